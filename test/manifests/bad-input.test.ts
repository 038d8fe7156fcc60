import assert from 'node:assert/strict';
import { test } from 'node:test';
import { objectsIn, problemsIn, read } from './read.ts';

const head = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n';
const after = '---\napiVersion: v1\nkind: Service\nmetadata: {name: s}\n';

/** The rules that are told of a document, and whether the one after it is read all the same. */
function rulesOf(text: string): string[] {
  const file = read(`${text}\n${after}`);
  assert.equal(file.manifests.at(-1)?.object.kind, 'Service');
  return file.problems.map(({ rule }) => rule);
}

const many = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => make(index));

test('empty files, and files of nothing but comments and separators', () => {
  for (const text of ['', '\n', '---\n---\n', '# c\n', '\uFEFF', '...\n', '\r\n', ' \t \n']) {
    assert.deepEqual([objectsIn(text), problemsIn(text)], [[], []]);
  }
});

test('10,000-deep nesting of every kind', () => {
  const depth = 10_000;
  for (const value of [
    '['.repeat(depth) + ']'.repeat(depth),
    '['.repeat(depth),
    '{a: '.repeat(depth) + '}'.repeat(depth),
    `\n  ${'- '.repeat(depth)}x`,
    `\n  ${'? '.repeat(depth)}x`,
    `\n${many(1_000, (index) => `${' '.repeat(index + 1)}a:`).join('\n')}`,
  ]) {
    assert.deepEqual(rulesOf(`${head}data: ${value}`), ['too-deep']);
  }
  const json = `{"apiVersion":"v1","kind":"ConfigMap","data":${'['.repeat(depth)}${']'.repeat(depth)}}`;
  assert.deepEqual(problemsIn(json).length, 1);
});

test('nesting that comes from aliases alone', () => {
  const chain = many(10_000, (index) => `x${index}: &x${index} {a: ${index ? `*x${index - 1}` : 'b'}}`).join('\n');
  assert.deepEqual(rulesOf(`${head}${chain}\ndata: *x9999`), ['excessive-aliases']);
});

test('an alias bomb', () => {
  const level = (index: number) => `x${index + 1}: &x${index + 1} [${many(9, () => `*x${index}`).join(', ')}]`;
  assert.deepEqual(rulesOf(`${head}x0: &x0 [a]\n${many(40, level).join('\n')}`), ['excessive-aliases']);
  const merges = `x: &x {${many(2_000, (index) => `k${index}: v`)}}\ny:\n${'- <<: *x\n'.repeat(3_000)}`;
  assert.deepEqual(rulesOf(head + merges), ['excessive-aliases']);
});

test('as many aliases as go-yaml puts up with', () => {
  const [manifest] = read(`${head}x: &x y\ndata:\n${many(5_000, (index) => `  k${index}: *x`).join('\n')}`).manifests;
  assert.equal(Object.keys((manifest!.object as { data: object }).data).length, 5_000);
});

test('40,000 keys in a map, all different, all the same, all in need of quotes', () => {
  const map = (make: (index: number) => string) => `${head}data:\n${many(40_000, make).join('\n')}\n`;
  const file = read(map((index) => `  k${index}: v`));
  assert.equal(Object.keys((file.manifests[0]!.object as { data: object }).data).length, 40_000);
  assert.deepEqual(file.problems, []);
  assert.equal(
    file.text.slice(file.manifests[0]?.locate(['data', 'k39999'], 'entry').start),
    '  k39999: v\n'.trimStart(),
  );
  assert.equal(read(map(() => '  k: v')).problems.length, 39_999);
  assert.equal(read(map((index) => `  k${index}: ${index}`)).problems.length, 40_000);
});

test('`__proto__` and other names of JavaScript are keys like any other', () => {
  const text = `${head}data:\n  __proto__: a\n  constructor: b\n  toString: c\nconstructor: {}\n__proto__: {}\nmetadata:\n  labels: {__proto__: d}\n`;
  const [manifest] = read(text).manifests;
  const { data, metadata } = manifest!.object as { data: Record<string, string>; metadata: { labels: object } };
  assert.deepEqual(Object.entries(data), [
    ['__proto__', 'a'],
    ['constructor', 'b'],
    ['toString', 'c'],
  ]);
  assert.equal(Object.getPrototypeOf(data), null);
  assert.deepEqual(Object.keys(metadata.labels), ['__proto__']);
  assert.equal(read(text).at(text.indexOf(': d'))?.path.at(-1), '__proto__');
});

test('carriage returns, with and without line feeds', () => {
  const text = `${head}data:\n  a: |\n    b\n    c\n  d: 'e\n    f'\n`;
  const expected = objectsIn(text);
  assert.deepEqual(objectsIn(text.replaceAll('\n', '\r\n')), expected);
  assert.deepEqual(objectsIn(text.replaceAll('\n', '\r')), expected);
});

test('a byte order mark, before YAML and before JSON', () => {
  for (const text of [
    `\uFEFF${head}`,
    `\uFEFF---\n${head}`,
    '\uFEFF{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c"}}',
  ]) {
    assert.deepEqual([objectsIn(text).length, problemsIn(text)], [1, []]);
    const { start, end } = read(text).manifests[0]!.locate(['kind']);
    assert.match(text.slice(start, end), /^"?ConfigMap"?$/);
  }
});

test('tabs: an error where they indent, blanks elsewhere', () => {
  assert.deepEqual(problemsIn(`${head}data:\n\ta: b\n`), ['syntax-error at \t']);
  assert.deepEqual(problemsIn(`${head}data:\t{a:\tb}\t# c\n`), []);
});

test('text that runs to the end of the file in quotes is told where the quotes begin', () => {
  assert.deepEqual(problemsIn(`${head}data:\n  a: "b\n  c: d\n`), ['syntax-error at "']);
  assert.deepEqual(problemsIn(`${head}data:\n  a: 'b\n  c: d\n`), ["syntax-error at '"]);
});

test('wrong types in every field of every kind neither throw nor leave a wrong type behind', () => {
  for (const value of ['[]', '{}', 'on', '1.5', '"1"', '~', '[[]]', '{a: {}}', '*x', '!!int a', '|\n  a']) {
    const text = `apiVersion: ${value}\nkind: Service\nmetadata: ${value}\nspec: ${value}\n`;
    for (const { object } of read(text).manifests) assert.equal(typeof (object.metadata ?? {}), 'object');
    assert.doesNotThrow(() => problemsIn(`${head}data: ${value}\nmetadata: ${value}\n`));
  }
});
