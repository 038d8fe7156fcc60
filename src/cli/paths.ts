import { stat } from 'node:fs/promises';
import path from 'node:path';
import { URI } from 'vscode-uri';
import { reasonOf } from './reason.ts';

/** What the PATHs of a call name. */
export interface Paths {
  /** Absolute. */
  readonly folders: readonly string[];
  readonly files: readonly string[];
  readonly stdin: boolean;
  /** What is not there, and why. */
  readonly unread: readonly string[];
}

/** Standard input has no place among the files. */
export const stdinUri = 'podwire-stdin:/stdin';

/** Tells folders, files and standard input apart. */
export async function sortPaths(paths: readonly string[], cwd: string): Promise<Paths> {
  const [folders, files, unread]: [string[], string[], string[]] = [[], [], []];
  for (const given of paths.filter((each) => each !== '-')) {
    const full = path.resolve(cwd, given);
    const about = await stat(full).catch((error: unknown) => reasonOf(error));
    if (typeof about === 'string') unread.push(`${given}: ${about}`);
    else (about.isDirectory() ? folders : files).push(full);
  }
  return { folders, files, stdin: paths.includes('-'), unread };
}

/** The URI of an absolute path, in the form in which the workspace knows it. */
export function uriOf(file: string): string {
  return URI.file(file).toString();
}

/** A file or a folder as people call it: relative to the current folder where it is below it. */
export function displayed(uri: string, cwd: string): string {
  if (uri === stdinUri) return '<stdin>';
  const file = URI.parse(uri).fsPath;
  const relative = path.relative(cwd, file) || '.';
  const isBelow = !relative.startsWith('..') && !path.isAbsolute(relative);
  return (isBelow ? relative : file).replaceAll(path.sep, '/');
}
