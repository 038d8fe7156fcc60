import type { KubernetesObject } from './kinds.ts';
import type { Resolved } from './resolve.ts';

/** The way from an object's root to one of its fields: `['spec', 'ports', 0, 'targetPort']`. */
export type Path = readonly (string | number)[];

/** A half-open range of UTF-16 code units in the text of a file. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Which part of a map entry is meant: its key, its value, or from the key's start to the value's end. */
export type Part = 'key' | 'value' | 'entry';

/**
 * One Kubernetes object as it stands in a text: plain data, and beside it a way to ask where a field is written.
 *
 * `object` keeps its identity as long as the text of its YAML document stays the same, so what is derived from one
 * object alone can be remembered under it (`WeakMap`). The manifest around it is made anew when the document moves.
 */
export interface Manifest<T extends KubernetesObject = KubernetesObject> {
  readonly uri: string;
  readonly object: T;
  /** The rules that a `# podwire-ignore: RULE` comment in the object's YAML document silences. */
  readonly ignored: ReadonlySet<string>;
  /**
   * Where `path` stands in the file. A path that is not written there gives its nearest written ancestor, so that
   * the answer is never empty: at worst it is the whole object.
   */
  locate(path: Path, part?: Part): Span;
  /** Where the characters `from` to `to` of the string at `path` are written: a hostname inside a ConfigMap's text. */
  locateText(path: Path, from: number, to: number): Span;
  /** The YAML that the object stands in: for who writes into it. */
  written(): Written;
}

/** The document that an object stands in. */
export interface Written {
  /** Its offsets count from the document's beginning. */
  readonly tree: Resolved;
  /** Where the document begins in the file. */
  readonly start: number;
  /** From the document's root to the object: empty but for the items of a list. */
  readonly path: Path;
}

/** A field of an object, or a piece of the string in it: what a finding or a proof points to. */
export interface Place {
  readonly manifest: Manifest;
  readonly path: Path;
  /** The value alone when left out. */
  readonly part?: Part;
  /** Offsets within the string at `path`. */
  readonly within?: readonly [from: number, to: number];
}

/** Where `place` is written. */
export function spanOf(place: Place): Span {
  const { manifest, path, part, within } = place;
  return within ? manifest.locateText(path, within[0], within[1]) : manifest.locate(path, part);
}

/** The namespace that `kubectl apply` would put an object of a namespaced kind into. */
export function namespaceOf(object: KubernetesObject): string {
  return object.metadata?.namespace || 'default';
}

/** The name of an object; a `generateName` stands for the name that the API server would make of it. */
export function nameOf(object: KubernetesObject): string {
  return object.metadata?.name || object.metadata?.generateName || '';
}
