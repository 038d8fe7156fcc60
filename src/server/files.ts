import type { FileSystem } from '../manifests/files.ts';

/** Sends each URI to the file system that has it: `own` for what is on this machine's disk, else the client's. */
export function filesByScheme(own: FileSystem | undefined, client: FileSystem): FileSystem {
  const of = (uri: string) => (own && uri.startsWith('file:') ? own : client);
  return {
    readDirectory: (uri) => of(uri).readDirectory(uri),
    readFile: (uri) => of(uri).readFile(uri),
    stat: (uri) => of(uri).stat(uri),
  };
}
