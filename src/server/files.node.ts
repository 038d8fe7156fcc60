import { lstat, readdir, readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { URI, Utils } from 'vscode-uri';
import type { DirectoryEntry, FileSystem, FileType } from '../manifests/files.ts';

/** What the guard asks of anything in a folder. */
interface Kinds {
  isFile(): boolean;
  isDirectory(): boolean;
  isSymbolicLink(): boolean;
}

/**
 * The files below `roots` on the disk of this machine. Nothing outside of them is read, whatever a link or a path with
 * dots in it leads to.
 */
export function nodeFiles(roots: () => readonly string[]): FileSystem {
  const known = new Map<string, Promise<string | undefined>>();
  const realRoot = (root: string) => {
    const real = known.get(root) ?? realpath(URI.parse(root).fsPath).catch(() => undefined);
    known.set(root, real);
    return real;
  };
  const checked = async (uri: string) => {
    const real = await realpath(URI.parse(uri).fsPath);
    const around = await Promise.all(roots().map(realRoot));
    if (around.some((root) => root !== undefined && isBelow(root, real))) return real;
    throw new Error(`${uri} lies outside of the workspace folders`);
  };
  return {
    async readDirectory(uri) {
      const entries = await readdir(await checked(uri), { withFileTypes: true });
      const folder = URI.parse(uri);
      return entries.map((entry): DirectoryEntry => {
        return { name: entry.name, uri: Utils.joinPath(folder, entry.name).toString(), type: typeOf(entry) };
      });
    },
    async readFile(uri) {
      return readFile(await checked(uri));
    },
    async stat(uri) {
      const about = await lstat(await checked(uri));
      return { type: typeOf(about), size: about.size };
    },
  };
}

function isBelow(root: string, file: string): boolean {
  const relative = path.relative(root, file);
  return relative === '' || !(relative.startsWith('..') || path.isAbsolute(relative));
}

function typeOf(entry: Kinds): FileType {
  if (entry.isSymbolicLink()) return 'link';
  if (entry.isDirectory()) return 'directory';
  return entry.isFile() ? 'file' : 'other';
}
