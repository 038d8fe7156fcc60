import { stat } from 'node:fs/promises';
import path from 'node:path';
import { URI } from 'vscode-uri';
import { decode } from '../manifests/decode.ts';
import { findFiles, readChange } from '../manifests/discovery.ts';
import type { FileSystem } from '../manifests/files.ts';
import { baseName, parentOf } from '../manifests/uri.ts';
import { type Change, type Snapshot, Workspace } from '../manifests/workspace.ts';
import type { FullConfig } from '../server/config.ts';
import { nodeFiles } from '../server/files.node.ts';
import type { Call } from './command.ts';
import { type CalledConfig, configFrom, readConfig } from './config.ts';
import { ignoredAbove } from './ignored-above.ts';
import { reasonOf } from './reason.ts';
import { UsageError } from './usage.ts';

/** What the PATHs of a call named, as it was read. */
export interface Input {
  readonly snapshot: Snapshot;
  /** What holds for the set that a folder makes: the nearest `podwire.yaml` from there up to the folder that was named. */
  configOf(folder: string): FullConfig;
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
export async function readInput(call: Call, paths: readonly string[]): Promise<Input> {
  if (paths.length === 0) throw new UsageError('no PATH given (. is the current folder, - is standard input)');
  const { io } = call;
  const display = (uri: string) => displayed(uri, io.cwd);
  const { folders, files, unread } = await sort(paths, io.cwd);
  const { config, unread: wrong } = await readConfig(call, folders);

  const named = new Set([...folders, ...files].map(uriOf));
  const system = nodeFiles(() => [...named]);
  const found = await filesBelow(system, folders);
  const { changes, failures } = await readAll(
    system,
    new Set([...found.uris, ...files.map(uriOf)]),
    config.maxFileSize,
  );
  if (paths.includes('-')) {
    named.add(stdinUri);
    changes.push({ uri: stdinUri, ...(await stdinText(io.stdin)) });
  }
  const workspace = new Workspace({ roots: [...named], maxFileSize: config.maxFileSize });
  workspace.apply(changes);
  const snapshot = workspace.snapshot();
  const nested = call.options.config === undefined ? nestedConfigs(call, snapshot, named, display) : new Map();
  const failed = [...found.failures, ...failures].map(({ uri, message }) => `${display(uri)}: ${reasonOf(message)}`);
  const wrongNested = [...nested.values()].flatMap((each) => each.unread);
  return {
    snapshot,
    configOf: (folder) => nearestConfig(folder, named, nested) ?? config,
    named,
    unread: [...unread, ...failed, ...wrong, ...wrongNested],
    display,
  };
}

type Configs = ReadonlyMap<string, CalledConfig>;

/** The `podwire.yaml` files below the folders that were named, by folder; those of the named folders are read already. */
function nestedConfigs(
  call: Call,
  { files }: Snapshot,
  named: ReadonlySet<string>,
  display: Input['display'],
): Configs {
  const found = [...files.values()].filter(({ uri }) => baseName(uri) === 'podwire.yaml' && !named.has(parentOf(uri)));
  return new Map(found.map(({ uri, text }) => [parentOf(uri), configFrom(call.options, { name: display(uri), text })]));
}

function nearestConfig(folder: string, named: ReadonlySet<string>, configs: Configs): FullConfig | undefined {
  for (let at = folder; at.includes('/') && !named.has(at); at = parentOf(at)) {
    const found = configs.get(at);
    if (found) return found.config;
  }
  return undefined;
}

function uriOf(file: string): string {
  return URI.file(file).toString();
}

interface Sorted {
  /** Absolute paths. */
  readonly folders: readonly string[];
  readonly files: readonly string[];
  readonly unread: readonly string[];
}

async function sort(paths: readonly string[], cwd: string): Promise<Sorted> {
  const [folders, files, unread]: [string[], string[], string[]] = [[], [], []];
  for (const given of paths.filter((each) => each !== '-')) {
    const full = path.resolve(cwd, given);
    const about = await stat(full).catch((error: unknown) => reasonOf(error));
    if (typeof about === 'string') unread.push(`${given}: ${about}`);
    else (about.isDirectory() ? folders : files).push(full);
  }
  return { folders, files, unread };
}

type Failures = readonly { readonly uri: string; readonly message: string }[];

async function filesBelow(system: FileSystem, folders: readonly string[]) {
  const found = await Promise.all(
    folders.map(async (folder) => {
      const { uris, failures } = await findFiles(system, { roots: [uriOf(folder)] });
      const isIgnored = await ignoredAbove(folder);
      return { uris: uris.filter((uri) => !isIgnored(URI.parse(uri).fsPath)), failures };
    }),
  );
  return { uris: found.flatMap(({ uris }) => uris), failures: found.flatMap(({ failures }) => failures) };
}

/** How many files are read at once: enough to keep a disk busy, few enough for any limit of open files. */
const atOnce = 64;

async function readAll(system: FileSystem, uris: ReadonlySet<string>, maxFileSize: number) {
  const waiting = [...uris];
  const changes: Change[] = [];
  const failures: Failures[number][] = [];
  for (let start = 0; start < waiting.length; start += atOnce) {
    const reading = waiting.slice(start, start + atOnce).map(async (uri) => {
      await readChange(system, uri, maxFileSize).then(
        (change) => changes.push(change),
        (error: unknown) => failures.push({ uri, message: String(error instanceof Error ? error.message : error) }),
      );
    });
    await Promise.all(reading);
  }
  return { changes, failures };
}

async function stdinText(stream: AsyncIterable<Uint8Array | string>): Promise<Pick<Change, 'text' | 'unread'>> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  const text = decode(Buffer.concat(chunks));
  return text === undefined ? { text, unread: 'binary' } : { text };
}

function displayed(uri: string, cwd: string): string {
  if (uri === stdinUri) return '<stdin>';
  const file = URI.parse(uri).fsPath;
  const relative = path.relative(cwd, file) || '.';
  const isBelow = !relative.startsWith('..') && !path.isAbsolute(relative);
  return (isBelow ? relative : file).replaceAll(path.sep, '/');
}
