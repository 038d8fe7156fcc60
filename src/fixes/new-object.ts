import type { Data } from '../edits/change.ts';
import { documentBehind, documentText } from '../edits/document.ts';
import { edit } from '../edits/edit.ts';
import type { Splice } from '../edits/splice.ts';
import { lineStart } from '../edits/style.ts';
import type { File } from '../manifests/file.ts';
import type { Manifest } from '../manifests/manifest.ts';
import { parentOf } from '../manifests/uri.ts';
import { type Trial, withNewFile, withSplices } from './trial.ts';

/** A name that none of some others has: with a number behind it where it is taken. */
export function freeName(taken: Iterable<string | undefined>, name: string): string {
  const all = new Set(taken);
  for (let count = 1; ; count++) {
    const candidate = count === 1 ? name : `${name}-${count}`;
    if (!all.has(candidate)) return candidate;
  }
}

/** The same among the NetworkPolicies of a namespace. */
export function freePolicyName({ cluster }: Trial, namespace: string, name: string): string {
  const policies = cluster.policies.get(namespace) ?? [];
  return freeName(
    policies.map(({ object }) => object.metadata?.name),
    name,
  );
}

/** The trial with one more document behind that of a manifest; undefined where documents do not stand in a row. */
export function withDocument(trial: Trial, manifest: Manifest, object: Data): Trial | undefined {
  const splice = documentBehind(manifest, object);
  const after = splice && withSplices(trial, manifest.uri, [splice]);
  const count = trial.file(manifest.uri)?.manifests.length ?? 0;
  return after?.file(manifest.uri)?.manifests.length === count + 1 ? after : undefined;
}

/**
 * The trial with one more object: behind the first of some manifests that it can stand behind, else in a file of its own
 * beside the first of them.
 */
export function withObject(
  trial: Trial,
  beside: readonly Manifest[],
  object: Data,
  fileName: string,
): Trial | undefined {
  for (const manifest of beside) {
    const after = withDocument(trial, manifest, object);
    if (after) return after;
  }
  const [first] = beside;
  if (!first) return undefined;
  const uri = `${parentOf(first.uri)}/${encodeURIComponent(fileName)}`;
  const after = withNewFile(trial, uri, documentText(object));
  return after?.file(uri)?.manifests.length === 1 ? after : undefined;
}

/** The trial without an object: without its document, or its item of a list; undefined where neither can be taken away. */
export function withoutObject(trial: Trial, manifest: Manifest): Trial | undefined {
  const file = trial.file(manifest.uri);
  const isItem = manifest.written().path.length > 0;
  const splices = file && (isItem ? edit(manifest, { kind: 'remove', path: [] }) : documentOf(file, manifest));
  if (!splices) return undefined;
  const after = withSplices(trial, manifest.uri, splices);
  return after?.file(manifest.uri)?.manifests.length === file.manifests.length - 1 ? after : undefined;
}

/** What takes a document away in which an object stands alone. */
function documentOf(file: File, manifest: Manifest): readonly Splice[] | undefined {
  const { tree, start } = manifest.written();
  const placed = file.documents.find((each) => each.start === start);
  if (placed?.manifests.length !== 1) return undefined;
  const end = start + tree.text.length;
  // What stands above the first document may be about the file: it stays. With it goes the separator of the one behind.
  const isFirst = start === 0;
  const from = isFirst ? lineStart(tree.text, tree.root?.range?.[0] ?? 0) : start;
  const separator = isFirst ? /^---[ \t]*\r?\n/.exec(file.text.slice(end)) : undefined;
  const span = { start: from, end: end + (separator?.[0].length ?? 0) };
  return [{ uri: manifest.uri, span, text: '' }];
}
