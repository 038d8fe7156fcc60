import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { repository } from '../../scripts/paths.ts';

const most = 150_000;

test('every picture that the README names is there, says what it shows, and is small', () => {
  const readme = readFileSync(path.join(repository, 'README.md'), 'utf8');
  const named = [...readme.matchAll(/!\[([^\]]*)\]\(([^)\s]+)\)/g)].map(([, text = '', file = '']) => ({ text, file }));
  assert.ok(named.length >= 3, 'it has pictures');
  for (const { text, file } of named) {
    assert.ok(text.length > 20, `${file} needs words for who cannot see it`);
    const bytes = readFileSync(path.join(repository, file));
    assert.equal(bytes.toString('latin1', 1, 4), 'PNG', file);
    assert.ok(bytes.length < most, `${file} has ${bytes.length} bytes`);
  }
});
