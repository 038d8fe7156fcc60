import type { Place } from '../manifests/manifest.ts';

/**
 * An answer as a document: what every surface shows, and none words anew. It holds no markup, so whatever a manifest
 * says stays text; the renderers (`markdown.ts`, `text.ts`) escape it for where it goes.
 */
export type Doc = readonly Block[];

export type Block =
  | { readonly type: 'line'; readonly content: Phrase }
  | { readonly type: 'list'; readonly items: readonly Phrase[] }
  | { readonly type: 'table'; readonly head: readonly Phrase[]; readonly rows: readonly (readonly Phrase[])[] }
  /** What can be done from here; a surface shows those that it knows. */
  | { readonly type: 'actions'; readonly actions: readonly Action[] };

/** One run of text after another. */
export type Phrase = readonly Inline[];

export type Inline = Run | Link;

/** Text of one look. */
export interface Run {
  readonly type: 'text' | 'code' | 'strong' | 'emphasis';
  readonly text: string;
}

/** Text that leads to where something is written. */
export interface Link {
  readonly type: 'link';
  readonly content: readonly Run[];
  readonly place: Place;
  /** Another link of the sentence says enough where places are spelled out. */
  readonly quiet: boolean;
}

/** Something that a surface can do, as data: which, and on what. */
export type Action = TopologyAction | TraceAction;

/** Show a node in the picture. */
export interface TopologyAction {
  readonly type: 'topology';
  readonly title: string;
  /** The id of the node in the picture (`Kind/namespace/name`). */
  readonly id: string;
}

/** Follow a packet. */
export interface TraceAction {
  readonly type: 'trace';
  readonly title: string;
  /** By the names that `walkQuestion` takes; the surface asks who sends where it is left out. */
  readonly from?: string;
  readonly to: string;
}

/** What a phrase is put together from: a string is plain text. */
export type Part = string | number | Inline | Phrase;

export function line(...parts: readonly Part[]): Block {
  return { type: 'line', content: parts.flatMap(inlinesOf) };
}

export function list(items: readonly Phrase[]): Block {
  return { type: 'list', items };
}

export function text(content: string): Inline {
  return { type: 'text', text: content };
}

export function code(content: string | number): Inline {
  return { type: 'code', text: String(content) };
}

export function strong(content: string): Inline {
  return { type: 'strong', text: content };
}

export function emphasis(content: string): Inline {
  return { type: 'emphasis', text: content };
}

/** Text that leads to a place, where there is one: what every cluster has is written nowhere. */
export function link(part: Part, place: Place | undefined): Phrase {
  return linked(part, place, false);
}

/** A link that is not spelled out where links cannot be followed. */
export function quietLink(part: Part, place: Place | undefined): Phrase {
  return linked(part, place, true);
}

function linked(part: Part, place: Place | undefined, quiet: boolean): Phrase {
  const content = inlinesOf(part);
  if (!place) return content;
  const runs = content.flatMap((inline) => (inline.type === 'link' ? inline.content : [inline]));
  return [{ type: 'link', content: runs, place, quiet }];
}

/** One phrase out of several parts. */
export function phrase(...parts: readonly Part[]): Phrase {
  return parts.flatMap(inlinesOf);
}

/**
 * A translated message whose `{0}`, `{1}`, … are phrases: `say(l10n.t('Reached by {0}'), names)`. The message comes
 * without its arguments from `l10n.t`, so that they keep their looks and their links.
 */
export function say(message: string, ...parts: readonly Part[]): Phrase {
  return message.split(/\{(\d)\}/).flatMap((piece, index) => {
    if (index % 2 === 1) return inlinesOf(parts[Number(piece)] ?? '');
    return piece === '' ? [] : [text(piece)];
  });
}

/** A message that marks code by backticks, as diagnostics do, with the code told from the text. */
export function ticked(message: string): Phrase {
  return message.split('`').flatMap((piece, index) => {
    if (piece === '') return [];
    return [index % 2 === 1 ? code(piece) : text(piece)];
  });
}

/** A phrase that begins a line: its first letter is a capital one, unless it begins with a name. */
export function capitalized(content: Phrase): Phrase {
  const [first, ...rest] = content;
  if (first?.type !== 'text') return content;
  return [{ ...first, text: first.text.charAt(0).toLocaleUpperCase() + first.text.slice(1) }, ...rest];
}

/** Phrases with the same text between each two. */
export function join(phrases: readonly Phrase[], separator = ', '): Phrase {
  return phrases.flatMap((each, index) => (index === 0 ? each : [text(separator), ...each]));
}

function inlinesOf(part: Part): Phrase {
  if (typeof part === 'string' || typeof part === 'number') return [text(String(part))];
  return 'type' in part ? [part] : part;
}

/** The words of a phrase alone. */
export function plain(content: Phrase): string {
  return content.map((inline) => (inline.type === 'link' ? plain(inline.content) : inline.text)).join('');
}
