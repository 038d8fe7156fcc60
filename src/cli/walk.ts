import type { Dirent } from 'node:fs';
import { access, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { isMarker } from '../manifests/folders.ts';
import { reasonOf } from './reason.ts';

/** What a folder holds that may be a manifest. */
export interface Found {
  /** Absolute, in order. */
  readonly files: readonly string[];
  /** Folders that could not be listed, and why. */
  readonly unread: readonly string[];
}

/** A `.gitignore`, and the folder whose files it speaks of. */
interface Rules {
  readonly folder: string;
  readonly matcher: Ignore;
}

/** Lists everything below `root` that may be a manifest and that no `.gitignore` keeps out. */
export async function walk(root: string): Promise<Found> {
  const found = { files: [] as string[], unread: [] as string[] };
  await visit(root, await rulesAbove(root), found);
  return found;
}

/** Folders that never hold anybody's own manifests. */
const passedOver = new Set(['.git', 'node_modules']);

async function visit(folder: string, above: readonly Rules[], found: { files: string[]; unread: string[] }) {
  let entries: Dirent[];
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    found.unread.push(`${folder}: ${reasonOf(error)}`);
    return;
  }
  const rules = entries.some(({ name }) => name === '.gitignore') ? [...above, ...(await rulesOf(folder))] : above;
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const full = path.join(folder, entry.name);
    // A link to a folder may lead in a circle, and what it leads to has a path of its own.
    if (entry.isDirectory()) {
      if (!passedOver.has(entry.name) && !isIgnored(`${full}/`, rules)) await visit(full, rules, found);
    } else if (mayHoldManifests(entry.name) && !isIgnored(full, rules)) {
      found.files.push(full);
    }
  }
}

function mayHoldManifests(name: string): boolean {
  return /\.(?:ya?ml|json)$/i.test(name) || isMarker(name);
}

/** The rules of the repository above a folder; where there is no repository, none apply. */
async function rulesAbove(folder: string): Promise<readonly Rules[]> {
  const found: Rules[] = [];
  for (let at = folder; ; at = path.dirname(at)) {
    if (at !== folder) found.unshift(...(await rulesOf(at)));
    if (await isThere(path.join(at, '.git'))) return found;
    if (at === path.dirname(at)) return [];
  }
}

async function rulesOf(folder: string): Promise<readonly Rules[]> {
  const text = await readFile(path.join(folder, '.gitignore'), 'utf8').catch(() => undefined);
  return text === undefined ? [] : [{ folder, matcher: ignore().add(text) }];
}

/** The deepest `.gitignore` that says something decides. */
function isIgnored(full: string, rules: readonly Rules[]): boolean {
  for (const { folder, matcher } of rules.toReversed()) {
    const relative = full.slice(folder.length + (folder.endsWith('/') ? 0 : 1)).replaceAll(path.sep, '/');
    const { ignored, unignored } = matcher.test(relative);
    if (ignored || unignored) return ignored;
  }
  return false;
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
