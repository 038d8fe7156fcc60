import { readFileSync } from 'node:fs';
import path from 'node:path';
import { repository } from './paths.ts';

/** Every text that package.json names and package.nls.json does not have, and the other way round. */
export function textProblems(): string[] {
  const named = new Set([...read('package.json').matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key ?? ''));
  const there = new Set(Object.keys(JSON.parse(read('package.nls.json'))));
  return [
    ...[...named.difference(there)].map((key) => `package.nls.json lacks ${key}`),
    ...[...there.difference(named)].map((key) => `package.json never names ${key} of package.nls.json`),
  ];
}

function read(file: string): string {
  return readFileSync(path.join(repository, file), 'utf8');
}
