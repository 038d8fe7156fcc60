import { isMap, isScalar, isSeq, Scalar } from 'yaml';
import type { Manifest, Path } from '../manifests/manifest.ts';
import { isQuoted, type Value } from '../manifests/node.ts';
import { plainData } from '../manifests/plain.ts';
import { type Resolved, resolve } from '../manifests/resolve.ts';
import { parseTree } from '../manifests/tree.ts';
import { addEntry, addItem, type Piece } from './add.ts';
import { type Change, changed, type Data, isSame } from './change.ts';
import { fill } from './fill.ts';
import { join } from './join.ts';
import { quoted } from './quote.ts';
import { remove } from './remove.ts';
import { isPlain, scalarText } from './render.ts';
import type { Splice } from './splice.ts';
import { contentEnd, isBlock, isVacant, type Spot, wayTo } from './spot.ts';
import { lineEnd, type Style, styleOf } from './style.ts';

/**
 * The splices that make a change in the text of a manifest, in the style of what stands around it. Undefined where there
 * are none that mean this and nothing else: the field is shared through an alias or brought by a merge key, say.
 */
export function edit(manifest: Manifest, change: Change): readonly Splice[] | undefined {
  const { tree, start, path } = manifest.written();
  const pieces = editTree(tree, { ...change, path: [...path, ...change.path] });
  return pieces?.map((piece) => ({
    uri: manifest.uri,
    span: { start: start + piece.start, end: start + piece.end },
    text: piece.text,
  }));
}

/** The same for the tree of one document. What is read from the text after it is compared with what was meant. */
export function editTree(tree: Resolved, change: Change): readonly Piece[] | undefined {
  const pieces = piecesOf(tree, change);
  return pieces && means(spliced(tree.text, pieces), changed(plainData(tree, tree.root), change)) ? pieces : undefined;
}

function means(text: string, data: unknown): boolean {
  const { root, errors } = parseTree(text);
  if (errors.length > 0) return false;
  const tree = resolve(root, text);
  return isSame(plainData(tree, tree.root), data);
}

function spliced(text: string, pieces: readonly Piece[]): string {
  const backwards = pieces.toSorted((a, b) => b.start - a.start);
  return backwards.reduce((all, { start, end, text }) => all.slice(0, start) + text + all.slice(end), text);
}

function piecesOf(tree: Resolved, change: Change): readonly Piece[] | undefined {
  const { spot, missing } = wayTo(tree, change.path);
  const style = styleOf(tree, spot.node?.range?.[0] ?? 0);
  switch (change.kind) {
    case 'remove':
      return missing.length === 0 ? remove(tree.text, spot, wayTo(tree, change.path.slice(0, -1)).spot) : undefined;
    case 'join':
      return missing.length === 0 && isSeq(spot.parent)
        ? join(tree.text, spot.parent, Number(change.path.at(-1)), style)
        : undefined;
    case 'append':
      return missing.length === 0 && isSeq(spot.node) && spot.node.items.length > 0
        ? addItem(tree.text, spot.node, change.value, style)
        : write(tree.text, spot, missing, [change.value], style);
    case 'set':
      return write(tree.text, spot, missing, change.value, style);
  }
}

/** Gives a value to the deepest spot that is written of a path, wrapped into what is missing of it. */
function write(text: string, spot: Spot, missing: Path, value: Data, style: Style): readonly Piece[] | undefined {
  if (isVacant(spot)) {
    const all = wrap(missing, value);
    return all === undefined ? undefined : fill(text, spot, all, style);
  }
  const [name, ...rest] = missing;
  if (name === undefined) return replace(text, spot.node, value, style);
  const inner = wrap(rest, value);
  if (inner === undefined || typeof name === 'number' || !isMap(spot.node)) return undefined;
  return addEntry(text, spot.node, name, inner, style);
}

/** `value` as the field that a path of names leads to. */
function wrap(path: Path, value: Data): Data | undefined {
  return path.reduceRight<Data | undefined>(
    (inner, name) => (inner === undefined || typeof name === 'number' ? undefined : { [name]: inner }),
    value,
  );
}

/** Another scalar in the place of one, in quotes of the same kind. Of a block of lines the header's comment stays. */
function replace(text: string, node: Value, value: Data, style: Style): readonly Piece[] | undefined {
  if (!isScalar(node) || typeof value === 'object') return undefined;
  const [start, end] = node.range;
  const written =
    typeof value === 'string' && isQuoted(node) && isPlain(value)
      ? quoted(value, node.type === Scalar.QUOTE_SINGLE ? "'" : '"')
      : scalarText(value, style);
  if (!isBlock(node)) return [{ start, end, text: written }];
  const header = start + text.slice(start).search(/\s/);
  return [
    { start, end: header, text: written },
    { start: lineEnd(text, header), end: contentEnd(text, node), text: '' },
  ];
}
