import { decode } from './decode.ts';
import { type Excluder, excluder, type GlobMap, type IgnoreRules, ignoreRules, isIgnored } from './exclusion.ts';
import type { DirectoryEntry, FileSystem } from './files.ts';
import { isMarker } from './folders.ts';
import { folderUri, isWithin } from './uri.ts';
import { type Change, defaultMaxFileSize } from './workspace.ts';

export interface DiscoveryOptions {
  /** The URIs of the workspace folders. */
  readonly roots: readonly string[];
  /** `files.exclude` and `search.exclude`. */
  readonly exclude?: readonly GlobMap[];
  /** In bytes; 5 MB where it is left out. */
  readonly maxFileSize?: number;
  /** Once `aborted` is true, the search ends with what it has. */
  readonly signal?: { readonly aborted: boolean };
}

/** A file or a folder that could not be read, and what the host says about it. */
export interface Failure {
  readonly uri: string;
  readonly message: string;
}

export interface FoundFiles {
  /** By URI. */
  readonly uris: readonly string[];
  readonly failures: readonly Failure[];
}

/** Files as they were read, and how far the reading is. */
export interface Batch {
  readonly changes: readonly Change[];
  readonly failures: readonly Failure[];
  readonly done: number;
  readonly total: number;
}

/** How many files are read at a time: enough to hide the way to a remote host. */
const batchSize = 64;

/** Whether a file of this name may hold manifests, or says something about those around it. */
export function isCandidate(name: string): boolean {
  return /\.(?:ya?ml|json)$/i.test(name) || isMarker(name);
}

/**
 * Finds the files that may hold manifests. Links are not followed: what they lead to is found where it is, or is out of
 * the workspace.
 */
export async function findFiles(files: FileSystem, options: DiscoveryOptions): Promise<FoundFiles> {
  const search: Search = { files, options, isExcluded: excluder(options.exclude ?? []), uris: new Set(), failures: [] };
  for (const root of options.roots) await searchFolder(search, folderUri(root), '', undefined);
  return { uris: [...search.uris].sort(), failures: search.failures };
}

/** Finds files and reads them, batch by batch. */
export async function* discover(files: FileSystem, options: DiscoveryOptions): AsyncGenerator<Batch, void> {
  const { uris, failures } = await findFiles(files, options);
  if (uris.length === 0) yield { changes: [], failures, done: 0, total: 0 };
  for (let done = 0; done < uris.length && !options.signal?.aborted; done += batchSize) {
    const read = await Promise.all(uris.slice(done, done + batchSize).map((uri) => tryRead(files, uri, options)));
    yield {
      changes: read.flatMap((result) => ('text' in result ? [result] : [])),
      failures: [...(done === 0 ? failures : []), ...read.flatMap((result) => ('message' in result ? [result] : []))],
      done: done + read.length,
      total: uris.length,
    };
  }
}

/** Reads a file as a change for the workspace; what is too large for it is not read. */
export async function readChange(files: FileSystem, uri: string, maxFileSize = defaultMaxFileSize): Promise<Change> {
  const { size } = await files.stat(uri);
  if (size > maxFileSize) return { uri, text: undefined, unread: 'too-large' };
  const text = decode(await files.readFile(uri));
  return text === undefined ? { uri, text, unread: 'binary' } : { uri, text };
}

/** Whether discovery would find the file at `uri`: what a file watcher says of it matters then. */
export async function isFound(files: FileSystem, uri: string, options: DiscoveryOptions): Promise<boolean> {
  const around = options.roots.map(folderUri).filter((root) => isWithin(root, uri));
  const found = await Promise.all(around.map((root) => isFoundBelow(files, root, uri, options)));
  return found.some(Boolean);
}

async function isFoundBelow(files: FileSystem, root: string, uri: string, options: DiscoveryOptions): Promise<boolean> {
  const search: Search = { files, options, isExcluded: excluder(options.exclude ?? []), uris: new Set(), failures: [] };
  await searchFolder(search, root, '', undefined, uri);
  return search.uris.has(uri);
}

async function tryRead(files: FileSystem, uri: string, options: DiscoveryOptions): Promise<Change | Failure> {
  try {
    return await readChange(files, uri, options.maxFileSize);
  } catch (error) {
    return { uri, message: messageOf(error) };
  }
}

interface Search {
  readonly files: FileSystem;
  readonly options: DiscoveryOptions;
  readonly isExcluded: Excluder;
  readonly uris: Set<string>;
  readonly failures: Failure[];
}

/** Searches a folder, whose path is relative to the workspace folder; with `only`, no further than to that file. */
async function searchFolder(
  search: Search,
  uri: string,
  path: string,
  above: IgnoreRules | undefined,
  only?: string,
): Promise<void> {
  if (search.options.signal?.aborted) return;
  try {
    const entries = await search.files.readDirectory(uri);
    const ignoreFile = entries.find(({ name, type }) => name === '.gitignore' && type === 'file');
    const rules = await ignoreRules(search.files, path, ignoreFile?.uri, above);
    const wanted = entries.filter(
      (entry) => (!only || isWithin(entry.uri, only)) && isWanted(search, path, entry, rules),
    );
    for (const entry of wanted) if (entry.type === 'file') search.uris.add(entry.uri);
    const folders = wanted.filter(({ type }) => type === 'directory');
    await Promise.all(folders.map(({ uri, name }) => searchFolder(search, uri, joined(path, name), rules, only)));
  } catch (error) {
    search.failures.push({ uri, message: messageOf(error) });
  }
}

function isWanted({ isExcluded }: Search, folder: string, { name, type }: DirectoryEntry, rules: IgnoreRules): boolean {
  if (type !== 'directory' && !(type === 'file' && isCandidate(name))) return false;
  const path = joined(folder, name);
  return !isExcluded(path) && !isIgnored(rules, type === 'directory' ? `${path}/` : path);
}

function joined(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
