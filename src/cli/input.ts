import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { folderUri } from '../manifests/uri.ts';
import { type Change, type Snapshot, Workspace } from '../manifests/workspace.ts';
import type { Call } from './command.ts';
import { type Config, readConfig } from './config.ts';
import { reasonOf } from './reason.ts';
import { UsageError } from './usage.ts';
import { walk } from './walk.ts';

/** What the PATHs of a call named, as it was read. */
export interface Input {
  readonly snapshot: Snapshot;
  readonly config: Config;
  /** The URIs of the folders and files that were named themselves. */
  readonly named: ReadonlySet<string>;
  /** What could not be read, and why. */
  readonly unread: readonly string[];
  /** A file or a folder as people call it: relative to the current folder where it is below it. */
  display(uri: string): string;
}

/** Standard input has no place among the files. */
const stdinUri = 'podwire-stdin:/stdin';

/** Reads what `paths` name. */
export async function readInput({ io, options }: Call, paths: readonly string[]): Promise<Input> {
  if (paths.length === 0) throw new UsageError('no PATH given (. is the current folder, - is standard input)');
  const found = await find(paths, io.cwd);
  const config = await readConfig(options, found.folders, io.cwd);
  const workspace = new Workspace({ roots: [...found.named], maxFileSize: config.maxFileSize });
  const changes = await readAll(found.files, config.maxFileSize, found.unread);
  if (found.stdin) changes.push({ uri: stdinUri, text: await textOf(io.stdin) });
  workspace.apply(changes);
  const home = folderUri(pathToFileURL(io.cwd).href);
  return {
    snapshot: workspace.snapshot(),
    config,
    named: found.named,
    unread: [...found.unread, ...config.unread],
    display: (uri) => displayed(uri, home),
  };
}

interface Finds {
  /** Absolute, each once. */
  readonly files: ReadonlySet<string>;
  readonly folders: readonly string[];
  readonly named: ReadonlySet<string>;
  readonly stdin: boolean;
  readonly unread: string[];
}

async function find(paths: readonly string[], cwd: string): Promise<Finds> {
  const [files, named] = [new Set<string>(), new Set<string>()];
  const [folders, unread]: [string[], string[]] = [[], []];
  for (const given of paths.filter((each) => each !== '-')) {
    const full = path.resolve(cwd, given);
    const about = await stat(full).catch((error: unknown) => reasonOf(error));
    if (typeof about === 'string') {
      unread.push(`${given}: ${about}`);
      continue;
    }
    named.add(folderUri(pathToFileURL(full).href));
    if (!about.isDirectory()) {
      files.add(full);
      continue;
    }
    folders.push(full);
    const below = await walk(full);
    unread.push(...below.unread);
    for (const file of below.files) files.add(file);
  }
  const stdin = paths.includes('-');
  if (stdin) named.add(stdinUri);
  return { files, folders, named, stdin, unread };
}

/** How many files are read at once: enough to keep a disk busy, few enough for any limit of open files. */
const atOnce = 32;

async function readAll(files: ReadonlySet<string>, maxFileSize: number, unread: string[]): Promise<Change[]> {
  const waiting = [...files];
  const changes: Change[] = [];
  for (let start = 0; start < waiting.length; start += atOnce) {
    const read = waiting.slice(start, start + atOnce).map((file) => readOne(file, maxFileSize));
    for (const result of await Promise.all(read)) {
      if (typeof result === 'string') unread.push(result);
      else changes.push(result);
    }
  }
  return changes;
}

/** A change for the workspace, or in words why there is none. */
async function readOne(file: string, maxFileSize: number): Promise<Change | string> {
  const uri = pathToFileURL(file).href;
  try {
    const { size } = await stat(file);
    if (size > maxFileSize) return { uri, text: undefined, unread: 'too-large' };
    return { uri, text: await readFile(file, 'utf8') };
  } catch (error) {
    return `${file}: ${reasonOf(error)}`;
  }
}

async function textOf(stream: AsyncIterable<Uint8Array | string>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

function displayed(uri: string, home: string): string {
  if (uri === stdinUri) return '<stdin>';
  if (uri === home) return '.';
  const isBelow = uri.startsWith(`${home}/`);
  const text = isBelow ? uri.slice(home.length + 1) : uri.replace(/^file:\/\//, '');
  return decodeURIComponent(text);
}
