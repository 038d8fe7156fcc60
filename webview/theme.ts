import { css, legible, mix, parseColour, type Rgb } from './colour.ts';
import type { Families } from './svg.ts';

/** The colours and fonts of the picture, all from the editor's theme: a canvas does not inherit a stylesheet. */
export interface Theme {
  readonly ground: string;
  readonly space: string;
  readonly card: string;
  /** A card from so far away that nothing can be read on it. */
  readonly shape: string;
  readonly picked: string;
  readonly border: string;
  readonly text: string;
  readonly muted: string;
  readonly accent: string;
  readonly line: string;
  readonly service: string;
  readonly policy: string;
  readonly good: string;
  readonly bad: string;
  readonly warn: string;
  readonly note: string;
  /** What is written on a badge of `bad`, `warn` or `note`. */
  readonly onBadge: string;
  readonly highContrast: boolean;
  readonly fade: number;
  readonly fonts: Families;
}

type Read = (name: string) => string;

/** Builds the theme from the editor's variables. `kind` is what the body's class says. */
export function themeFrom(read: Read, kind: { readonly light: boolean; readonly highContrast: boolean }): Theme {
  const ground = pick(read, ['editor-background'], kind.light ? [255, 255, 255] : [30, 30, 30]);
  const text = pick(read, ['foreground', 'editor-foreground'], kind.light ? [0, 0, 0] : [255, 255, 255], ground);
  const accent = pick(
    read,
    kind.highContrast ? ['contrastActiveBorder', 'focusBorder'] : ['focusBorder'],
    text,
    ground,
  );
  const edge = pick(read, ['contrastBorder'], mix(ground, text, kind.light ? 0.2 : 0.22), ground);
  const plain = kind.highContrast ? ground : mix(ground, text, kind.light ? 0 : 0.055);
  const strong = (names: readonly string[], fallback: Rgb) =>
    css(legible(pick(read, names, fallback, ground), ground, text, kind.highContrast ? 5.5 : 3.6));
  return {
    ground: css(ground),
    space: css(kind.highContrast ? ground : mix(ground, text, kind.light ? 0.028 : 0.02)),
    card: css(plain),
    shape: css(mix(ground, text, kind.light ? 0.1 : 0.13)),
    picked: css(mix(plain, accent, kind.highContrast ? 0.25 : kind.light ? 0.1 : 0.3)),
    border: css(edge),
    text: css(text),
    muted: css(legible(pick(read, ['descriptionForeground'], mix(ground, text, 0.7), ground), ground, text, 4.6)),
    accent: css(accent),
    line: css(mix(ground, text, kind.highContrast ? 0.85 : 0.5)),
    service: strong(['charts-purple', 'symbolIcon-interfaceForeground'], [177, 128, 215]),
    policy: strong(['charts-blue', 'textLink-foreground'], [55, 148, 255]),
    good: strong(['charts-green', 'testing-iconPassed'], [60, 160, 80]),
    bad: strong(['editorError-foreground', 'errorForeground', 'charts-red'], [241, 76, 76]),
    warn: strong(['editorWarning-foreground', 'charts-yellow'], [204, 167, 0]),
    note: strong(['editorInfo-foreground', 'charts-blue'], [55, 148, 255]),
    onBadge: css(ground),
    highContrast: kind.highContrast,
    fade: kind.highContrast ? 0.45 : kind.light ? 0.36 : 0.28,
    fonts: {
      text: read('font-family') || 'system-ui, sans-serif',
      mono: read('editor-font-family') || 'monospace',
    },
  };
}

function pick(read: Read, names: readonly string[], fallback: Rgb, ground?: Rgb): Rgb {
  for (const name of names) {
    const colour = parseColour(read(name));
    if (!colour || colour.alpha === 0) continue;
    return ground ? mix(ground, colour.rgb, colour.alpha) : colour.rgb;
  }
  return fallback;
}

/** The theme of the page as it stands. */
export function currentTheme(): Theme {
  const style = getComputedStyle(document.documentElement);
  const classes = document.body.classList;
  const highContrast = classes.contains('vscode-high-contrast') || classes.contains('vscode-high-contrast-light');
  const light = classes.contains('vscode-light') || classes.contains('vscode-high-contrast-light');
  return themeFrom((name) => style.getPropertyValue(`--vscode-${name}`).trim(), { light, highContrast });
}

/** Calls back when the editor's theme changes: VS Code then rewrites the root's style and the body's class. */
export function onThemeChange(changed: () => void): void {
  let waiting = false;
  const observer = new MutationObserver(() => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      changed();
    });
  });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
  observer.observe(document.body, { attributes: true, attributeFilter: ['style', 'class', 'data-vscode-theme-id'] });
}

/** Whether things may move by themselves. */
export function mayAnimate(): boolean {
  return (
    !document.body.classList.contains('vscode-reduce-motion') && !matchMedia('(prefers-reduced-motion: reduce)').matches
  );
}
