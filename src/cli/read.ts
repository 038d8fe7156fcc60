import { URI } from 'vscode-uri';
import { decode } from '../manifests/decode.ts';
import { type Failure, findFiles, readChange } from '../manifests/discovery.ts';
import type { FileSystem } from '../manifests/files.ts';
import type { Change } from '../manifests/workspace.ts';
import { nodeFiles } from '../server/files.node.ts';
import { ignoredAbove } from './ignored-above.ts';
import { type Paths, stdinUri, uriOf } from './paths.ts';

/** Texts as they were read, and what could not be. */
export interface Read {
  readonly changes: readonly Change[];
  readonly failures: readonly Failure[];
}

/** Reads the files that are named, and what lies below the folders that are. */
export async function readFiles({ folders, files }: Paths, maxFileSize: number): Promise<Read> {
  const roots = [...folders, ...files].map(uriOf);
  const system = nodeFiles(() => roots);
  const below = await Promise.all(folders.map((folder) => filesBelow(system, folder)));
  const uris = new Set([...below.flatMap((each) => each.uris), ...files.map(uriOf)]);
  const { changes, failures } = await readAll(system, [...uris], maxFileSize);
  return { changes, failures: [...below.flatMap((each) => each.failures), ...failures] };
}

async function filesBelow(system: FileSystem, folder: string) {
  const { uris, failures } = await findFiles(system, { roots: [uriOf(folder)] });
  const isIgnored = await ignoredAbove(folder);
  return { uris: uris.filter((uri) => !isIgnored(URI.parse(uri).fsPath)), failures };
}

/** How many files are read at once: enough to keep a disk busy, few enough for any limit of open files. */
const atOnce = 64;

async function readAll(system: FileSystem, uris: readonly string[], maxFileSize: number): Promise<Read> {
  const changes: Change[] = [];
  const failures: Failure[] = [];
  for (let start = 0; start < uris.length; start += atOnce) {
    const reading = uris.slice(start, start + atOnce).map(async (uri) => {
      await readChange(system, uri, maxFileSize).then(
        (change) => changes.push(change),
        (error: unknown) => failures.push({ uri, message: error instanceof Error ? error.message : String(error) }),
      );
    });
    await Promise.all(reading);
  }
  return { changes, failures };
}

/** Reads standard input to its end. */
export async function readStdin(stream: AsyncIterable<Uint8Array | string>): Promise<Change> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  const text = decode(Buffer.concat(chunks));
  return { uri: stdinUri, text, ...(text === undefined && { unread: 'binary' }) };
}
