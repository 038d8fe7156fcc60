import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { quoted } from '../../src/edits/quote.ts';
import { applySplices } from '../../src/edits/splice.ts';
import { readYaml } from '../../src/manifests/yaml.ts';

test('quoted text is the same text to YAML, in either kind of quotes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii' }), fc.constantFrom('"' as const, "'" as const), (text, quote) => {
      const { data, problems } = readYaml(`a: ${quoted(text, quote)}`, 'file:///a.yaml');
      assert.deepEqual([(data as { a: string }).a, problems], [text, []]);
    }),
  );
});

test('splices change what they name and nothing else, in whatever order they come', () => {
  const uri = 'file:///a.yaml';
  const splices = [
    { uri, span: { start: 0, end: 1 }, text: 'A' },
    { uri, span: { start: 3, end: 3 }, text: '-' },
    { uri, span: { start: 1, end: 2 }, text: '' },
  ];
  assert.equal(applySplices('abcd', splices), 'Ac-d');
  assert.equal(applySplices('abcd', splices.toReversed()), 'Ac-d');
});
