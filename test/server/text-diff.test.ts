import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { textDiff } from '../../src/server/text-diff.ts';

const signs = { same: ' ', removed: '-', added: '+' };

/** The hunks of a diff as patches write them. */
function patch(before: string, after: string): readonly string[] {
  return textDiff('a.yaml', before, after).hunks.map(({ before, after, lines }) =>
    [`@@ ${before} ${after}`, ...lines.map(({ kind, text }) => `${signs[kind]}${text}`)].join('\n'),
  );
}

const pod = 'kind: Pod\nmetadata:\n  name: a\n';
const service = (name: string) => `---\nkind: Service\nmetadata:\n  name: ${name}\n`;

test('a document that is put before one that begins alike is told from the line that parts them', () => {
  const before = pod + service('old');
  const after = pod + service('new') + service('old');
  const lines = ' kind: Pod\n metadata:\n   name: a\n+---\n+kind: Service\n+metadata:\n+  name: new\n';
  assert.deepEqual(patch(before, after), [`@@ 1 1\n${lines} ---\n kind: Service\n metadata:`]);
  assert.deepEqual(patch(after, before), [`@@ 1 1\n${lines.replaceAll('+', '-')} ---\n kind: Service\n metadata:`]);
});

test('what repeats within a document stays where it is', () => {
  const before = 'ports:\n  - port: 1\n    name: x\n';
  assert.deepEqual(patch(before, `${before}  - port: 2\n    name: x\n`), [
    '@@ 1 1\n ports:\n   - port: 1\n     name: x\n+  - port: 2\n+    name: x',
  ]);
});

test('changes that are far from each other stand by themselves, by the numbers of their lines', () => {
  const lines = Array.from({ length: 20 }, (_, i) => `line ${i + 1}`);
  const after = lines.flatMap((line) => (line === 'line 3' ? [] : line === 'line 15' ? ['LINE 15', 'more'] : [line]));
  assert.deepEqual(
    patch(lines.join('\r\n'), after.join('\r\n')).map((hunk) => hunk.split('\n').slice(0, 1).concat(changes(hunk))),
    [
      ['@@ 1 1', '-line 3'],
      ['@@ 12 11', '-line 15', '+LINE 15', '+more'],
    ],
  );
  assert.deepEqual(patch('a\n', 'a\n'), []);
});

test('a file that is made is new in all lines', () => {
  assert.deepEqual(textDiff('new.yaml', undefined, 'a: 1\n'), {
    name: 'new.yaml',
    isNew: true,
    hunks: [{ before: 1, after: 1, lines: [{ kind: 'added', text: 'a: 1' }] }],
  });
});

test('the one text and the hunks make the other, whatever repeats', () => {
  const text = fc
    .array(fc.constantFrom('---', 'a', 'b', 'c'), { minLength: 1, maxLength: 14 })
    .map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(text, text, (before, after) => assert.equal(written(before, textDiff('a.yaml', before, after)), after)),
    { numRuns: 500 },
  );
});

function written(text: string, { hunks }: ReturnType<typeof textDiff>): string {
  const old = text.split('\n');
  const made: string[] = [];
  let at = 0;
  for (const { before, lines } of hunks) {
    while (at < before - 1) made.push(old[at++] ?? '');
    for (const line of lines) {
      if (line.kind !== 'added') assert.equal(old[at++], line.text);
      if (line.kind !== 'removed') made.push(line.text);
    }
  }
  return [...made, ...old.slice(at)].join('\n');
}

function changes(hunk: string): readonly string[] {
  return hunk.split('\n').filter((line) => /^[+-]/.test(line));
}
