import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { connlistLine } from '../src/cli/list-connlist.ts';
import { defaultSettings } from '../src/cluster/settings.ts';
import { Workspace } from '../src/manifests/workspace.ts';
import { connlist, connlistCluster } from '../src/questions/connlist.ts';
import { type Result, resultOf, type Suite } from './suite.ts';

/** The connectivity that np-guard's analyzer prints for each folder of manifests, line by line. */
export function npGuard(corpus: string): Suite {
  const folder = path.join(corpus, 'np-guard');
  if (!existsSync(folder)) return { name: 'np-guard' };
  const cases = readdirSync(folder).filter((name) => existsSync(path.join(folder, name, 'expected.txt')));
  return { name: 'np-guard', run: () => cases.sort().map((name) => compare(name, path.join(folder, name))) };
}

function compare(name: string, folder: string): Result {
  return resultOf(name, () => {
    const expected = linesIn(readFileSync(path.join(folder, 'expected.txt'), 'utf8'));
    const actual = connlistOf(path.join(folder, 'manifests'));
    const missing = expected.filter((line) => !actual.includes(line)).map((line) => `missing: ${line}`);
    const extra = actual.filter((line) => !expected.includes(line)).map((line) => `extra: ${line}`);
    const misses = [...missing, ...extra];
    return misses.length > 0 || actual.join('\n') === expected.join('\n')
      ? misses
      : ['the lines stand in another order'];
  });
}

function linesIn(text: string): readonly string[] {
  return text.split(/\r?\n/).filter((line) => line !== '');
}

function connlistOf(folder: string): readonly string[] {
  const root = 'file:///corpus';
  const workspace = new Workspace({ roots: [root] });
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.(ya?ml|json)$/.test(file),
  );
  workspace.apply(
    files.sort().map((file) => ({ uri: `${root}/${file}`, text: readFileSync(path.join(folder, file), 'utf8') })),
  );
  const manifests = workspace.snapshot().sets.flatMap((set) => set.manifests);
  return [...connlist(connlistCluster(manifests, defaultSettings))].flat().map(connlistLine);
}
