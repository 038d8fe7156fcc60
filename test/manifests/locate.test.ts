import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Path } from '../../src/manifests/manifest.ts';
import { marked } from './marked.ts';
import { read } from './read.ts';

/** Reads a text with marks, and compares what is asked of its last manifest with the marked spans. */
function expectSpans(source: string, ask: (at: Locator) => unknown[]): void {
  const { text, spans } = marked(source);
  const manifest = read(text).manifests.at(-1)!;
  const show = (span: unknown) => {
    const { start, end } = span as { start: number; end: number };
    return `${start}: ${text.slice(start, end)}`;
  };
  assert.deepEqual(ask(manifest).map(show), spans.map(show));
}

type Locator = ReturnType<typeof read>['manifests'][number];

const head = 'apiVersion: v1\nkind: Service\n';
const target: Path = ['spec', 'ports', 0, 'targetPort'];

test('a path is found at its value, its key, or both', () => {
  expectSpans(`# c\n---\n${head}spec:\n  ports:\n  - port: 80\n    ««targetPort»: «web»» # c\n`, (at) => [
    at.locate(target, 'entry'),
    at.locate(target, 'key'),
    at.locate(target),
  ]);
});

test('a block ends with the last thing in it', () => {
  expectSpans(
    `${head}spec:\n  ports:\n  - «port: 80\n    name: a» # c\n\n  # d\n  «selector»:\n\nstatus: {}\n`,
    (at) => [at.locate(['spec', 'ports', 0]), at.locate(['spec', 'selector'])],
  );
});

test('flow style and JSON are found alike', () => {
  expectSpans(`${head}spec: {ports: [«{port: 80, «targetPort»: «web»}»]}\n`, (at) => [
    at.locate(['spec', 'ports', 0]),
    at.locate(target, 'key'),
    at.locate(target),
  ]);
  expectSpans('{"apiVersion":"v1","kind":"Service","spec":{"ports":[{«"targetPort"»:«"web"»}]}}', (at) => [
    at.locate(target, 'key'),
    at.locate(target),
  ]);
});

test('a path that is not written is found at its nearest ancestor', () => {
  expectSpans(`${head}spec:\n  ports:\n  - «port: 80»\n`, (at) => [at.locate(target)]);
  const { manifests } = read(`${head}spec: {}\n`);
  assert.deepEqual(manifests[0]!.locate(['status', 'x'], 'key'), { start: 0, end: head.length + 'spec: {}'.length });
});

test('an alias is found where it is used, what is inside it where it is written', () => {
  expectSpans(`${head}x: &x\n  a: «b»\nspec:\n  selector: «*x»\n`, (at) => [
    at.locate(['spec', 'selector', 'a']),
    at.locate(['spec', 'selector']),
  ]);
  expectSpans(`${head}x: &x {a: «b»}\nspec:\n  selector:\n    <<: *x\n`, (at) => [
    at.locate(['spec', 'selector', 'a']),
  ]);
});

test('paths into the items of a list begin at the item', () => {
  expectSpans(
    `apiVersion: v1\nkind: List\nitems:\n- {}\n- ${head.replaceAll('\n', '\n  ')}metadata:\n    name: «a»\n`,
    (at) => [at.locate(['metadata', 'name'])],
  );
});

test('keys are found by the name that they have to kubectl', () => {
  expectSpans(`${head}spec:\n  selector:\n    «0x10»: a\n    «"b"»: c\n    «on»: d\n`, (at) => [
    at.locate(['spec', 'selector', '16'], 'key'),
    at.locate(['spec', 'selector', 'b'], 'key'),
    at.locate(['spec', 'selector', 'true'], 'key'),
  ]);
});

const config = 'apiVersion: v1\nkind: ConfigMap\ndata:\n';

test('a piece of a string is found in every style', () => {
  for (const value of [
    'http://«api»:80/x',
    "'it''s «api» y'",
    '"a\\tb\\u00e9\\x41 «api»\\n"',
    '"a \\\n    b «api»"',
    'plain text\n    over lines «api»',
    '|\n    first\n      second «api»\n\n    third\n',
    '|2-\n    «api»\n',
    '>-\n    first\n    second\n\n    third «api»\n',
    '|\r\n    first\r\n    second «api»\r\n',
    '&x !!str «api»',
    '"😀 «api»"',
  ]) {
    const { text, spans } = marked(`${config}  a: ${value}\n`);
    const manifest = read(text).manifests[0]!;
    const from = (manifest.object as { data: { a: string } }).data.a.indexOf('api');
    assert.deepEqual([value, manifest.locateText(['data', 'a'], from, from + 3)], [value, spans[0]]);
  }
});

test('every visible character of a string is found where it is written', () => {
  const words = fc.array(fc.constantFrom('a', 'b:c', "it's", '"q"', 'é😀', '#', '\\n', '-'), {
    minLength: 1,
    maxLength: 9,
  });
  const styles: ((words: string[], blank: string) => string)[] = [
    (words, blank) => `"${words.map((word) => JSON.stringify(word).slice(1, -1)).join(blank)}"`,
    (words, blank) => `'${words.join(blank).replaceAll("'", "''")}'`,
    (words, blank) => `|\n    x${words.join(blank)}\n`,
    (words, blank) => `>\n    x${words.join(blank)}\n`,
  ];
  const blanks = fc.constantFrom(' ', '\n    ', '\n\n    ', '\r\n    ', '\n     ');
  fc.assert(
    fc.property(words, fc.constantFrom(...styles), blanks, (words, style, blank) => {
      const { manifests, text } = read(`${config}  a: ${style(words, blank)}\n`);
      const value = (manifests[0]!.object as { data: { a: string } }).data.a;
      for (const { 0: character, index } of value.matchAll(/[a-z:é]/g)) {
        const { start, end } = manifests[0]!.locateText(['data', 'a'], index, index + 1);
        assert.equal(text.slice(start, end).replace('\\u00e9', 'é'), character);
      }
    }),
  );
});

test('an offset is told as a path and a part, with the characters before it in a string', () => {
  const { text, spans } = marked(
    `# c\n---\n${head}spec:\n  ports:\n  - port: 80\n    «targetPort»: "«we»b"\n  selector: «*»x\n`,
  );
  const file = read(text.replace('*x', '{}'));
  const [key, value, selector] = spans.map(({ start, end }) => [file.at(start), file.at(end)]);
  assert.deepEqual([key?.[0]?.path, key?.[0]?.part, key?.[0]?.span], [target, 'key', spans[0]]);
  assert.deepEqual([value?.[1]?.path, value?.[1]?.part, value?.[1]?.within], [target, 'value', 2]);
  assert.deepEqual([selector?.[0]?.path, selector?.[0]?.part], [['spec', 'selector'], 'value']);
  assert.equal(file.at(0), undefined);
  assert.equal(file.at(key![0]!.span.start)?.manifest, file.manifests[0]);
});

test('the place of every field leads back to it', () => {
  const text = `${head}metadata:\n  name: a\n  labels: {b: c, "d": 'e'}\nspec:\n  ports:\n  - port: 80\n    name: x\n  -\n    port: 81\n  clusterIP: >-\n    None\n`;
  const file = read(text);
  for (const path of [
    ['metadata'],
    ['metadata', 'name'],
    ['metadata', 'labels', 'd'],
    ['spec', 'ports', 0, 'name'],
    ['spec', 'ports', 1, 'port'],
    ['spec', 'clusterIP'],
  ]) {
    const key = file.manifests[0]!.locate(path, 'key');
    assert.deepEqual([file.at(key.start)?.path, file.at(key.start)?.part], [path, 'key']);
    if (path.length > 1) assert.deepEqual(file.at(file.manifests[0]!.locate(path).end)?.path, path);
  }
});
