import ignore, { type Ignore } from 'ignore';
import picomatch from 'picomatch/posix.js';
import { decode } from './decode.ts';
import type { FileSystem } from './files.ts';

/** Glob patterns as `files.exclude` and `search.exclude` have them; only those set to `true` count. */
export type GlobMap = Readonly<Record<string, unknown>>;

/** Whether a path, relative to the workspace folder, is excluded by a pattern. */
export type Excluder = (path: string) => boolean;

/** What nobody keeps manifests in. */
const always = ['**/.git', '**/node_modules'];

/** Puts patterns together. A folder that matches is excluded with everything in it. */
export function excluder(globs: readonly GlobMap[]): Excluder {
  const chosen = globs.flatMap((map) => Object.keys(map).filter((glob) => map[glob] === true));
  return picomatch([...always, ...chosen.map((glob) => glob.replace(/\/$/, ''))], { dot: true });
}

/** The `.gitignore` files that apply in a folder, from the folder's own upwards. */
export interface IgnoreRules {
  readonly folder: string;
  readonly own: Ignore | undefined;
  readonly above: IgnoreRules | undefined;
}

/** The rules in `folder`, a path relative to the workspace folder; `uri` is that of its `.gitignore`, if it has one. */
export async function ignoreRules(
  files: FileSystem,
  folder: string,
  uri: string | undefined,
  above: IgnoreRules | undefined,
): Promise<IgnoreRules> {
  const text = uri && decode(await files.readFile(uri));
  return { folder, own: text ? ignore().add(text) : undefined, above };
}

/** Whether git would leave out `path`: the innermost file with something to say about it decides. Folders end in a slash. */
export function isIgnored(rules: IgnoreRules, path: string): boolean {
  for (let level: IgnoreRules | undefined = rules; level; level = level.above) {
    const relative = level.folder === '' ? path : path.slice(level.folder.length + 1);
    const verdict = level.own?.test(relative);
    if (verdict?.ignored || verdict?.unignored) return verdict.ignored;
  }
  return false;
}
