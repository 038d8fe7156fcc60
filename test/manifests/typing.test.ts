import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Typing, typingAt } from '../../src/manifests/typing.ts';

/** What is typed where `‸` stands. */
function typing(marked: string): Typing | undefined {
  return typingAt(marked.replace('‸', ''), marked.indexOf('‸'));
}

function told(marked: string): readonly [path: string, before: string, after: string] | undefined {
  const found = typing(marked);
  return found && [found.path.join('/'), found.before, found.after];
}

test('a value is found by the keys above it', () => {
  const pod = 'kind: Pod\nspec:\n  containers:\n  - name: a\n  - name: b\n    env:\n      - name: URL\n        value: ';
  assert.deepEqual(told(`${pod}‸`), ['spec/containers/1/env/0/value', '', '']);
  assert.deepEqual(told(`${pod}htt‸`), ['spec/containers/1/env/0/value', 'htt', '']);
  assert.deepEqual(told(`${pod}"http://ca‸\n    ports: []\n`), ['spec/containers/1/env/0/value', 'http://ca', '']);
  assert.deepEqual(told(`${pod}'http://ca‸rt'\n`), ['spec/containers/1/env/0/value', 'http://ca', "rt'"]);
  assert.deepEqual(told(`${pod}a ‸ # why\n`), ['spec/containers/1/env/0/value', 'a ', ' # why']);
  assert.equal(typing(`${pod}a‸`)?.scalar(['spec', 'containers', 1, 'env', 0, 'name']), 'URL');
  assert.equal(typing(`${pod}a‸`)?.scalar(['kind']), 'Pod');
});

test('what stands behind the cursor tells of the object as well', () => {
  const found = typing('spec:\n  serviceName: ‸\nkind: "StatefulSet"\nmetadata: {name: db, namespace: shop}\n');
  assert.deepEqual(found?.path, ['spec', 'serviceName']);
  assert.equal(found?.scalar(['kind']), 'StatefulSet');
  assert.equal(found?.scalar(['metadata', 'namespace']), 'shop');
});

test('items of a sequence may stand as deep as its key, and in brackets', () => {
  assert.deepEqual(told('args:\n- a\n- ‸'), ['args/1', '', '']);
  assert.deepEqual(told('args:\n- - a\n  - b‸'), ['args/0/1', 'b', '']);
  assert.deepEqual(told('x:\n- a: 1\n  args: ["--db", "re‸'), ['x/0/args/1', 're', '']);
  assert.deepEqual(told('x:\n- a: 1\n  args: [\n    "--db",\n    re‸dis]\nb: c\n'), ['x/0/args/1', 're', 'dis]']);
  assert.deepEqual(told('x: {a: {b: c, d: e‸}}'), ['x/a/d', 'e', '}}']);
  // Brackets that nobody closed end where something else begins.
  assert.deepEqual(told('x:\n  args: ["a\n  env: ‸'), ['x/env', '', '']);
});

test('a text of several lines has its values line by line', () => {
  const map = 'kind: ConfigMap\ndata:\n  a.yaml: |\n    # not a comment: it is text\n    url: http://‸\n';
  assert.deepEqual(told(map), ['data/a.yaml', 'url: http://', '']);
  assert.deepEqual(told(map.replace('‸', '').concat('\n    ‸\n  b: c\n')), ['data/a.yaml', '', '']);
  assert.deepEqual(told(map.replace('‸', '').concat('  b: c‸\n')), ['data/b', 'c', '']);
});

test('an object of a list, and of a file of several, is told by itself', () => {
  const list = 'kind: List\nitems:\n- kind: Service\n- kind: Pod\n  spec:\n    hostname: a‸\n';
  assert.deepEqual(told(list), ['spec/hostname', 'a', '']);
  assert.equal(typing(list)?.scalar(['kind']), 'Pod');
  const several = 'kind: Service\n---\nkind: Pod\nspec:\n  hostname: a‸\n---\nkind: Job\n';
  assert.equal(typing(several)?.scalar(['kind']), 'Pod');
  assert.deepEqual(typing(several)?.path, ['spec', 'hostname']);
});

test('JSON is read as far as it is written, and takes values in quotes alone', () => {
  const json = '{\n  "kind": "Pod",\n  "spec": {\n    "containers": [{"name": "a"}, {"args": ["x", "htt‸\n';
  assert.deepEqual(told(json), ['spec/containers/1/args/1', 'htt', '']);
  assert.equal(typing(json)?.scalar(['kind']), 'Pod');
  assert.equal(typing('{"kind": P‸'), undefined);
  assert.deepEqual(told('{"a": "b\\"c‸"}'), ['a', 'b\\"c', '"}']);
});

test('keys, comments and what stands before a blank are no values', () => {
  for (const text of [
    'ki‸nd: Pod',
    'a:‸',
    'a: b # c‸',
    '# a: ‸',
    '‸',
    '\n‸\n',
    'a:\n-‸',
    '"a‸": b',
    '--- ‸',
    'a: "b" ‸',
  ]) {
    assert.equal(typing(text), undefined, text);
  }
});

test('Windows ends its lines otherwise', () => {
  const text = 'kind: Pod\r\nspec:\r\n  args:\r\n  - a\r\n  - htt‸\r\n  b: c\r\n';
  assert.deepEqual(told(text), ['spec/args/1', 'htt', '\r']);
  assert.deepEqual(told('a:\r\n  b: ‸\r\nc: d\r\n')?.slice(0, 2), ['a/b', '']);
});

const piece = fc.constantFrom(
  ...[
    'a',
    ': ',
    ':',
    '- ',
    '\n',
    '\n  ',
    '\n    ',
    '"',
    "'",
    '[',
    ']',
    '{',
    '}',
    ',',
    '|',
    '>',
    '#',
    ' ',
    '---',
    '\\',
    '\r\n',
    '&x ',
    '!t ',
  ],
);

test('no text is too odd, and what is found stands in it', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), fc.nat(), (pieces, at) => {
      const text = pieces.join('');
      const offset = at % (text.length + 1);
      const found = typingAt(text, offset);
      if (!found) return;
      assert.ok(text.slice(0, offset).endsWith(found.before));
      assert.ok(text.slice(offset).startsWith(found.after));
      assert.doesNotMatch(found.before + found.after, /\n/);
    }),
    { numRuns: 2000 },
  );
});

test('a long text is read at once', () => {
  const hostile = [
    'a'.repeat(200_000),
    '"'.repeat(50_000),
    '[ '.repeat(50_000),
    ' '.repeat(100_000),
    '- '.repeat(20_000),
  ];
  for (const text of [
    ...hostile,
    `a: ${'&a '.repeat(50_000)}`,
    `${'  a: b\n'.repeat(50_000)}`,
    `${' '.repeat(1e5)}:${' '.repeat(1e5)}`,
  ]) {
    // What goes back over the text for each of its characters would not end.
    assert.doesNotThrow(() => typingAt(text, text.length), text.slice(0, 20));
  }
});
