import { type Snapshot, Workspace } from '../manifests/workspace.ts';
import type { FullConfig } from '../server/config.ts';
import type { Call } from './command.ts';
import { readConfig } from './config.ts';
import { nearestConfig, nestedConfigs } from './nested-config.ts';
import { displayed, sortPaths, stdinUri, uriOf } from './paths.ts';
import { readFiles, readStdin } from './read.ts';
import { reasonOf } from './reason.ts';
import { UsageError } from './usage.ts';

/** What the PATHs of a call named, as it was read. */
export interface Input {
  readonly snapshot: Snapshot;
  /** The URIs of the folders and files that were named themselves. */
  readonly named: ReadonlySet<string>;
  /** What could not be read, and why. */
  readonly unread: readonly string[];
  /** What holds for the set that a folder makes: the nearest `podwire.yaml` from there up to the folder that was named. */
  configOf(folder: string): FullConfig;
  /** A file or a folder as people call it: relative to the current folder where it is below it. */
  display(uri: string): string;
}

/** Reads what `operands` name. */
export async function readInput(call: Call, operands: readonly string[]): Promise<Input> {
  if (operands.length === 0) throw new UsageError('no PATH given (. is the current folder, - is standard input)');
  const { cwd, stdin } = call.io;
  const display = (uri: string) => displayed(uri, cwd);
  const paths = await sortPaths(operands, cwd);
  const { config, unread: wrong } = await readConfig(call, paths.folders);
  const { changes, failures } = await readFiles(paths, config.maxFileSize);
  const piped = paths.stdin ? [await readStdin(stdin)] : [];
  const named = new Set([...paths.folders, ...paths.files].map(uriOf).concat(paths.stdin ? stdinUri : []));
  const workspace = new Workspace({ roots: [...named], maxFileSize: config.maxFileSize });
  workspace.apply([...changes, ...piped]);
  const snapshot = workspace.snapshot();
  const nested = nestedConfigs(call, snapshot, named, display);
  const failed = failures.map(({ uri, message }) => `${display(uri)}: ${reasonOf(message)}`);
  const wrongNested = [...nested.values()].flatMap((each) => each.unread);
  return {
    snapshot,
    named,
    unread: [...paths.unread, ...failed, ...wrong, ...wrongNested],
    configOf: (folder) => nearestConfig(folder, named, nested) ?? config,
    display,
  };
}
