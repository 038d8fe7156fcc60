import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import manifest from '../../package.json' with { type: 'json' };
import { allRules } from '../../src/server/config.ts';
import { onShop, repository } from './podwire.ts';

const readme = readFileSync(path.join(repository, 'README.md'), 'utf8');

test('every rule has a heading, under which its default severity comes first', () => {
  for (const [rule, severity] of Object.entries(allRules)) {
    const [, section] = readme.split(`\n### ${rule}\n\n`);
    assert.ok(section, rule);
    assert.ok(section.toLowerCase().startsWith(severity), `${rule} is ${severity}`);
  }
});

test('every rule has a setting, and the setting its default severity', () => {
  const { properties } = manifest.contributes.configuration.properties['podwire.rules'];
  const severities = Object.entries(properties).map(([rule, { default: severity }]) => [rule, severity]);
  assert.deepEqual(Object.fromEntries(severities), allRules);
});

test('every setting is in the table', () => {
  const keys = Object.keys(manifest.contributes.configuration.properties).map((key) => key.replace('podwire.', ''));
  for (const key of keys) assert.match(readme, new RegExp(`^\\| \`${key}\` \\|`, 'm'));
});

describe('what the README shows is what is printed', () => {
  const shown = [...readme.matchAll(/^ {4}\$ podwire (.*)\n((?: {4}.*\n|\n(?= {4}))*)/gm)];
  assert.ok(shown.length >= 4);
  for (const [, line = '', block = ''] of shown) {
    test(line, async () => {
      const { stdout } = await onShop(line);
      for (const piece of block.replace(/^ {4}/gm, '').trimEnd().split('\n…\n')) {
        for (const paragraph of piece.split('\n\n')) assert.ok(stdout.includes(paragraph), paragraph);
      }
    });
  }
});
