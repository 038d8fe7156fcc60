import type { Paint } from '../../webview/face.ts';
import type { Measure } from '../../webview/text.ts';
import { themeFrom } from '../../webview/theme.ts';

/** A measure without a canvas: every UTF-16 unit is 0.6 of the size wide. */
export const measure: Measure = (text, font) => text.length * font.size * 0.6;

/** A theme in which nothing is set, so that all colours are the fallbacks. */
export const paint: Paint = {
  theme: themeFrom(() => '', { light: false, highContrast: false }),
  measure,
  assumed: 'assumed',
  isolation: ({ ingress, egress }) => [ingress && 'in', egress && 'out'].filter(Boolean).join(', '),
};
