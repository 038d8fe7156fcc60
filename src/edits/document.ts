import type { Manifest } from '../manifests/manifest.ts';
import type { Data } from './change.ts';
import { blockLines } from './render.ts';
import type { Splice } from './splice.ts';
import { type Style, styleOf } from './style.ts';

/** One more document behind that of a manifest, in its style; undefined for JSON, where documents do not stand in a row. */
export function documentBehind(manifest: Manifest, object: Data): Splice | undefined {
  const { tree, start } = manifest.written();
  const style = styleOf(tree, 0);
  if (style.isJson) return undefined;
  const at = start + tree.text.length;
  const isClosed = /(?:^|[\r\n])$/.test(tree.text);
  const lines = ['---', ...blockLines(object, style)].join(style.lineEnd);
  const text = isClosed ? lines + style.lineEnd : style.lineEnd + lines;
  return { uri: manifest.uri, span: { start: at, end: at }, text };
}

/** How a text is written that follows nothing. */
const plainStyle: Style = {
  lineEnd: '\n',
  step: 2,
  listStep: 2,
  unit: '  ',
  isJson: false,
  isTight: false,
  padding: { map: ' ', list: '' },
  isQuoting: false,
  quote: "'",
};

/** The text of a file that holds one object. */
export function documentText(object: Data): string {
  return `${blockLines(object, plainStyle).join('\n')}\n`;
}
