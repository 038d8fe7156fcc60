import { access } from 'node:fs/promises';
import path from 'node:path';
import { URI } from 'vscode-uri';
import { type IgnoreRules, ignoreRules, isIgnored } from '../manifests/exclusion.ts';
import { nodeFiles } from '../server/files.node.ts';

/**
 * Whether git leaves out a file below `folder` for what a `.gitignore` above the folder says: `podwire check k8s` and
 * `podwire check .` read the same files of `k8s`. Outside of a repository none applies.
 */
export async function ignoredAbove(folder: string): Promise<(file: string) => boolean> {
  const repository = await repositoryAround(folder);
  if (repository === undefined || repository === folder) return () => false;
  const files = nodeFiles(() => [URI.file(repository).toString()]);
  let rules: IgnoreRules | undefined;
  for (const each of foldersBetween(repository, folder)) {
    const file = path.join(each, '.gitignore');
    const uri = (await isThere(file)) ? URI.file(file).toString() : undefined;
    rules = await ignoreRules(files, wayFrom(repository, each), uri, rules);
  }
  const known = rules;
  return (file) => known !== undefined && stepsTo(wayFrom(repository, file)).some((step) => isIgnored(known, step));
}

async function repositoryAround(folder: string): Promise<string | undefined> {
  for (let at = folder; ; at = path.dirname(at)) {
    if (await isThere(path.join(at, '.git'))) return at;
    if (at === path.dirname(at)) return undefined;
  }
}

/** `repository` and what lies between it and `folder`, without the latter: that one is searched with its own rules. */
function foldersBetween(repository: string, folder: string): readonly string[] {
  const parent = path.dirname(folder);
  return folder === repository ? [] : [...foldersBetween(repository, parent), parent];
}

/** `a/`, `a/b/` and `a/b/c.yaml`: a folder that is left out takes everything in it along. */
function stepsTo(way: string): readonly string[] {
  const parts = way.split('/');
  return parts.map((_, index) => `${parts.slice(0, index + 1).join('/')}${index < parts.length - 1 ? '/' : ''}`);
}

function wayFrom(folder: string, file: string): string {
  return path.relative(folder, file).replaceAll(path.sep, '/');
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
