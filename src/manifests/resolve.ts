import * as l10n from '@vscode/l10n';
import { type Alias, isAlias, isMap, isScalar, isSeq, type Node, type Pair, type Scalar, type YAMLMap } from 'yaml';
import { keyName } from './key.ts';
import { isBare, meaningOf, spanOfNode, textOf, type Value } from './node.ts';
import type { Note } from './note.ts';
import type { TextRule } from './rules.ts';
import { isSurelyString } from './scalar.ts';

export type Entry = Pair<Node, Node | null>;

/** The entries of a map by the name that each has in JSON: the last of each name, merged ones among them. */
export type Entries = ReadonlyMap<string, Entry>;

/** A document's tree with its aliases followed and the keys of its maps read. */
export interface Resolved {
  readonly root: Value;
  readonly text: string;
  readonly entries: ReadonlyMap<YAMLMap, Entries>;
  readonly targets: ReadonlyMap<Alias, Node>;
  readonly notes: readonly Note[];
  /** Whether its aliases unfold to more than kubectl puts up with: nothing of it is to be read. */
  readonly isExcessive: boolean;
}

/** What a node stands for: itself, or what its alias names; undefined for an alias of nothing. */
export function targetOf(resolved: Resolved, node: Value): Value | undefined {
  return isAlias(node) ? (resolved.targets.get(node) as Value | undefined) : node;
}

interface Walk {
  readonly text: string;
  readonly entries: Map<YAMLMap, Entries>;
  readonly targets: Map<Alias, Node>;
  readonly notes: Note[];
  readonly anchors: Map<string, Node>;
  /** How many nodes go-yaml decodes for an anchored node; missing while the walk is still inside it. */
  readonly sizes: Map<Node, number>;
  decoded: number;
  aliased: number;
  excessive: Node | undefined;
}

/**
 * Follows a tree once, in the order of the text, as go-yaml decodes it: an alias names the last anchor before it, merge
 * keys fill in where they stand, duplicate keys are found.
 *
 * Source: go.yaml.in/yaml/v2 `decode.go`, `decoder.unmarshal`, `mapping` and `merge`.
 */
export function resolve(root: Value, text: string): Resolved {
  const walk: Walk = {
    text,
    entries: new Map(),
    targets: new Map(),
    notes: [],
    anchors: new Map(),
    sizes: new Map(),
    decoded: 0,
    aliased: 0,
    excessive: undefined,
  };
  visit(walk, root);
  const { entries, targets, notes, excessive } = walk;
  if (excessive)
    note(walk, 'excessive-aliases', excessive, l10n.t('Aliases unfold to too much: kubectl refuses the document'));
  return { root, text, entries, targets, notes, isExcessive: excessive !== undefined };
}

/** Visits a node and says how many nodes it decodes to. */
function visit(walk: Walk, node: Node | null): number {
  walk.decoded++;
  if (walk.excessive) return 1;
  if (isAlias(node)) return visitAlias(walk, node);
  if (!isMap(node) && !isSeq(node)) return visitScalar(walk, node);
  if (node.anchor) walk.anchors.set(node.anchor, node);
  const size = 1 + (isMap(node) ? visitMap(walk, node) : visitItems(walk, node.items as Node[]));
  if (node.anchor) walk.sizes.set(node, size);
  return size;
}

function visitScalar(walk: Walk, node: Node | null): number {
  if (!isScalar(node)) return 1;
  if (node.anchor) {
    walk.anchors.set(node.anchor, node);
    walk.sizes.set(node, 1);
  }
  if (node.tag !== undefined && !meaningOf(node)) {
    note(walk, 'syntax-error', node, l10n.t('`{0}` is not what its tag says', textOf(node)));
  }
  return 1;
}

function visitItems(walk: Walk, items: readonly Node[]): number {
  let size = 0;
  for (const item of items) size += visit(walk, item);
  return size;
}

function visitAlias(walk: Walk, alias: Alias): number {
  const anchored = walk.anchors.get(alias.source);
  if (!anchored) {
    note(walk, 'syntax-error', alias, l10n.t('No anchor `&{0}` stands above', alias.source));
    return 1;
  }
  const size = walk.sizes.get(anchored);
  if (size === undefined) {
    note(walk, 'syntax-error', alias, l10n.t('`&{0}` contains itself', alias.source));
    return 1;
  }
  walk.targets.set(alias, anchored);
  walk.decoded += size;
  walk.aliased += size;
  if (isExcessive(walk)) walk.excessive = alias;
  return 1 + size;
}

/** Source: go.yaml.in/yaml/v2 `decode.go`, `decoder.unmarshal` and `allowedAliasRatio`. */
function isExcessive({ decoded, aliased }: Walk): boolean {
  if (aliased <= 100 || decoded <= 1000) return false;
  const low = 400_000;
  const high = 4_000_000;
  const share = Math.min(Math.max((decoded - low) / (high - low), 0), 1);
  return aliased / decoded > 0.99 - 0.89 * share;
}

function visitMap(walk: Walk, map: YAMLMap): number {
  const entries = new Map<string, Entry>();
  const merged = new Set<string>();
  let size = 0;
  for (const entry of map.items as Entry[]) {
    if (isMerge(entry.key)) {
      size += visit(walk, entry.value);
      merge(walk, entry, entries, merged);
      continue;
    }
    size += visit(walk, entry.key) + visit(walk, entry.value);
    const name = nameOfKey(walk, entry.key, map);
    if (name === undefined) continue;
    const first = entries.get(name);
    if (first && !merged.delete(name)) noteDuplicate(walk, name, first, entry);
    entries.set(name, entry);
  }
  walk.entries.set(map, entries);
  return size;
}

function noteDuplicate(walk: Walk, name: string, first: Entry, second: Entry): void {
  walk.notes.push({
    rule: 'duplicate-key',
    message: l10n.t('`{0}` is already set in this map', name),
    span: spanOfNode(second.key, walk.text),
    related: { message: l10n.t('set first here'), span: spanOfNode(first.key, walk.text) },
  });
}

function nameOfKey(walk: Walk, key: Node | null, map: YAMLMap): string | undefined {
  const scalar = isAlias(key) ? walk.targets.get(key) : key;
  if (isAlias(key) && !scalar) return undefined;
  const name = isScalar(scalar) ? nameOfScalar(scalar) : undefined;
  if (name === undefined) note(walk, 'syntax-error', key ?? map, l10n.t('A key must be a string'));
  return name;
}

function nameOfScalar(scalar: Scalar): string | undefined {
  if (isBare(scalar) && isSurelyString(textOf(scalar))) return textOf(scalar);
  const meaning = meaningOf(scalar);
  return meaning && keyName(meaning);
}

const mergeTag = 'tag:yaml.org,2002:merge';

/** Source: go.yaml.in/yaml/v2 `decode.go`, `isMerge`. */
function isMerge(key: Node | null): boolean {
  return isScalar(key) && key.value === '<<' && (isBare(key) || key.tag === mergeTag);
}

/** Fills a map with the entries of others. Of several in a list, the earlier win; all of them win over what stands above. */
function merge(walk: Walk, { key, value }: Entry, entries: Map<string, Entry>, merged: Set<string>): void {
  const sources = isSeq(value) ? (value.items as Node[]).toReversed() : [value];
  for (const source of sources) {
    const map = isAlias(source) ? walk.targets.get(source) : source;
    if (!isMap(map)) {
      note(walk, 'syntax-error', source ?? key, l10n.t('`<<` takes a map, or a list of maps'));
      return;
    }
    for (const [name, entry] of walk.entries.get(map) ?? []) {
      entries.set(name, entry);
      merged.add(name);
    }
  }
}

function note(walk: Walk, rule: TextRule, node: Node, message: string): void {
  walk.notes.push({ rule, message, span: spanOfNode(node, walk.text) });
}
