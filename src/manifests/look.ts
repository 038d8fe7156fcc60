import { kinds } from './kinds.ts';

/**
 * What a document is, as far as a cheap look can tell: certainly nothing that is modelled, by its own words a modelled
 * object, or only to be told by parsing it.
 */
export type Look = 'other' | 'modelled' | 'unclear';

const groups = new Map(kinds.map((kind) => [kind.kind, kind.groups]));

/** A word written so that it does not look like itself: an escape in quotes, or base64. */
const disguise = /\\[xuU\r\n]|!!binary|tag:yaml/;

/** What YAML 1.1 also takes for the end of a line. */
const oddLineBreak = /\r(?!\n)|[\u0085\u2028\u2029]/;

/** A line at the left margin that begins a simple entry of the root map, with its key and, where it is simple, its value. */
const entry = /^["']?([\w./-]+)["']?[ \t]*:(?:$|[ \t]+(?:(["']?)([\w./-]+)\2[ \t]*(?:#.*)?$)?)/;

/**
 * Looks at a document without parsing it. `other` is said only when it is certain: a YAML file may hold megabytes of
 * CustomResourceDefinitions, but no modelled object must be missed for that.
 */
export function look(text: string): Look {
  if (!text.includes('kind') || !text.includes('apiVersion')) return disguise.test(text) ? 'unclear' : 'other';
  const roots = rootEntries(text);
  if (!roots) return lookIntoFlow(text);
  const known = roots.kinds.some((kind) => roots.apiVersions.some((apiVersion) => isModelled(kind, apiVersion)));
  const isComplete = roots.kinds.length > 0 && roots.apiVersions.length > 0;
  if (!known && !roots.items && isComplete) return oddLineBreak.test(text) ? 'unclear' : 'other';
  return known && roots.kinds.length === 1 ? 'modelled' : 'unclear';
}

function isModelled(kind: string, apiVersion: string): boolean {
  const slash = apiVersion.indexOf('/');
  const group = slash < 0 ? '' : apiVersion.slice(0, slash);
  return kind.endsWith('List') || (groups.get(kind)?.includes(group) ?? false);
}

interface RootEntries {
  readonly kinds: readonly string[];
  readonly apiVersions: readonly string[];
  readonly items: boolean;
}

/**
 * The values of `kind` and `apiVersion` at the left margin, and whether `items` stands there; undefined where the root is not written
 * as a block map of simple entries at the margin. Text in quotes may run over lines and put more at the margin than
 * there are entries, never fewer.
 */
function rootEntries(text: string): RootEntries | undefined {
  const found = { kind: [] as string[], apiVersion: [] as string[] };
  let items = false;
  let started = false;
  for (let start = 0; start < text.length; start = nextLine(text, start)) {
    if (isInside(text.charCodeAt(start))) continue;
    if (isItemOrMarker(text, start)) continue;
    const match = entry.exec(lineAt(text, start));
    if (!match?.[1]) return undefined;
    started = true;
    if (match[1] === 'items') items = true;
    if (match[1] !== 'kind' && match[1] !== 'apiVersion') continue;
    if (!match[3]) return undefined;
    found[match[1]].push(match[3]);
  }
  return started ? { kinds: found.kind, apiVersions: found.apiVersion, items } : undefined;
}

/** A line that cannot begin an entry of a root map at the margin: indented, empty, or a comment. */
function isInside(first: number): boolean {
  return first === 0x20 || first === 0x0a || first === 0x0d || first === 0x23;
}

/** An item of a list at the margin (no map of entries can begin below one), or the `---` that opens the document. */
function isItemOrMarker(text: string, start: number): boolean {
  return text.charCodeAt(start) === 0x2d && /^(?:-[ \t\r\n]|---)/.test(text.slice(start, start + 3));
}

function nextLine(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  return newline < 0 ? text.length : newline + 1;
}

function lineAt(text: string, start: number): string {
  const newline = text.indexOf('\n', start);
  const end = newline < 0 ? text.length : newline;
  return text.slice(start, text.charCodeAt(end - 1) === 0x0d ? end - 1 : end);
}

/** A document in braces is something else if no modelled kind, nor a list, is named in it at all. */
function lookIntoFlow(text: string): Look {
  if (!text.trimStart().startsWith('{') || disguise.test(text)) return 'unclear';
  const named = /["']?kind["']?\s*:\s*["']?(\w+)/.exec(text)?.[1] ?? '';
  if (groups.has(named)) return 'modelled';
  const isForeign = !/List\b|items/.test(text) && !kinds.some(({ kind }) => text.includes(kind));
  return isForeign ? 'other' : 'unclear';
}
