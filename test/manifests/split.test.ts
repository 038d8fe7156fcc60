import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { split } from '../../src/manifests/split.ts';

const pieces = (text: string) => split(text).map(({ start, end }) => text.slice(start, end));

test('a document begins at its `---` line, whatever comment stands on it', () => {
  assert.deepEqual(pieces('a: 1\n--- # two\nb: 2\n---\nc: 3'), ['a: 1\n', '--- # two\nb: 2\n', '---\nc: 3']);
  assert.deepEqual(pieces('---\r\na: 1\r\n---\r\nb: 2\r\n'), ['---\r\na: 1\r\n', '---\r\nb: 2\r\n']);
  assert.deepEqual(pieces(''), []);
});

test('an indented `---` parts nothing, one at the margin parts even a string', () => {
  assert.deepEqual(pieces('a: |\n  ---\n  b'), ['a: |\n  ---\n  b']);
  assert.deepEqual(pieces('a: "x\n---\ny"'), ['a: "x\n', '---\ny"']);
});

test('what stands behind `---` and is no comment is a bad separator', () => {
  const text = 'a: 1\n---x y \nb: 2';
  const [, second] = split(text);
  assert.deepEqual(second?.badSeparator, { start: 8, end: 11 });
  assert.equal(text.slice(second?.start, second?.end).trim(), 'b: 2');
});

test('a file that begins with a brace is a stream of JSON values', () => {
  assert.deepEqual(pieces('{"a":"}{"}{"b":"\\"}"}'), ['{"a":"}{"}', '{"b":"\\"}"}']);
  assert.deepEqual(pieces('{"a":1}\n{"b":[{}]}\n'), ['{"a":1}', '{"b":[{}]}']);
  assert.deepEqual(pieces('{"a":1}\n---\n{"b":2}'), ['{"a":1}\n', '---\n{"b":2}']);
  assert.deepEqual(pieces('{"a":1}{"b":'), ['{"a":1}{"b":']);
});

test('no character is lost but what bad separators and the gaps of JSON streams take', () => {
  const lines = fc.array(fc.constantFrom('---', '--- # c', 'a: 1', '', '  - b', '----', '...', '\r'), {
    maxLength: 12,
  });
  fc.assert(
    fc.property(lines, (parts) => {
      const text = parts.join('\n');
      const chunks = split(text);
      chunks.forEach(({ start, badSeparator }, index) => {
        const before = chunks[index - 1]?.end ?? 0;
        assert.ok(badSeparator ? before < start : before === start);
      });
      assert.equal(chunks.at(-1)?.end ?? 0, text.length);
    }),
  );
});
