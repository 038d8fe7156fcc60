import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Piece } from '../../src/edits/add.ts';
import { type Change, changed, type Data, isSame } from '../../src/edits/change.ts';
import { editTree } from '../../src/edits/edit.ts';
import { applySplices } from '../../src/edits/splice.ts';
import type { Path } from '../../src/manifests/manifest.ts';
import { resolve } from '../../src/manifests/resolve.ts';
import { parseTree } from '../../src/manifests/tree.ts';
import { readYaml } from '../../src/manifests/yaml.ts';
import { randomData, randomHand, randomObject, yamlText } from './random-yaml.ts';

function read(text: string): unknown {
  const { data, problems } = readYaml(text, 'file:///a.yaml');
  assert.deepEqual(problems, [], text);
  return data;
}

function treeOf(text: string) {
  return resolve(parseTree(text).root, text);
}

function spliced(text: string, pieces: readonly Piece[]): string {
  const splices = pieces.map(({ start, end, text }) => ({ uri: '', span: { start, end }, text }));
  return applySplices(text, splices);
}

/** Every path into some data. */
function pathsIn(data: Data): readonly Path[] {
  if (typeof data !== 'object') return [[]];
  const steps: readonly (readonly [string | number, Data])[] = Array.isArray(data)
    ? (data as readonly Data[]).map((item, index) => [index, item] as const)
    : Object.entries(data);
  return [[], ...steps.flatMap(([step, value]) => pathsIn(value).map((path) => [step, ...path]))];
}

const isLong = (data: unknown) => typeof data === 'object' && data !== null && Object.keys(data).length > 0;

function at(data: Data, path: Path): unknown {
  return path.reduce<unknown>((inner, step) => (inner as Record<string | number, unknown>)[step], data);
}

/** Changes that fit the data, and that an edit is there for: it does not put one collection in the place of another. */
function changesOf(data: Data, value: Data): readonly Change[] {
  return pathsIn(data).flatMap((path): readonly Change[] => {
    const here = at(data, path);
    const set: Change = { kind: 'set', path, value };
    return [
      ...(path.length > 0 ? [{ kind: 'remove', path } as const] : []),
      ...(path.length > 0 && !isLong(here) && (typeof here === 'object' || typeof value !== 'object') ? [set] : []),
      ...(Array.isArray(here) && path.length > 0 ? [{ kind: 'append', path, value } as const] : []),
      ...(typeof here === 'object' && !Array.isArray(here)
        ? [
            { kind: 'set', path: [...path, 'added'], value } as const,
            { kind: 'append', path: [...path, 'added', 'deeper'], value } as const,
          ]
        : []),
    ];
  });
}

describe('an edit of random YAML', () => {
  it('means what was meant, keeps every comment beside it, and touches nothing else', () => {
    fc.assert(
      fc.property(randomObject, randomData, randomHand, fc.nat(), (data, value, hand, pick) => {
        const text = yamlText(data, hand);
        assert.ok(isSame(read(text), data), text);
        const changes = changesOf(data, value);
        const change = changes[pick % changes.length] as Change;
        const pieces = editTree(treeOf(text), change);
        assert.ok(pieces, `declined ${JSON.stringify(change)} in\n${text}`);
        const after = spliced(text, pieces);
        assert.ok(isSame(read(after), changed(data, change)), after);
        if (change.kind !== 'remove') {
          const remarks = (each: string) => each.match(/# a [a-z]+/g)?.length ?? 0;
          assert.equal(remarks(after), remarks(text), after);
        }
        assert.equal(after.includes('\r\n') && /[^\r]\n/.test(after), false, JSON.stringify(after));
      }),
      { numRuns: 2000 },
    );
  });
});

/** The text after a change; undefined where it is declined. */
function edited(text: string, change: Change): string | undefined {
  const pieces = editTree(treeOf(text), change);
  return pieces && spliced(text, pieces);
}

const rule = { from: [{ podSelector: { matchLabels: { app: 'web' } } }], ports: [{ port: 80 }] };

describe('an edit follows the style of the document', () => {
  it('with dashes under the key, or further in', () => {
    const under = 'spec:\n    podSelector: {}\n    ingress:\n    - from: # here\n      - podSelector: {}\n\n# end\n';
    assert.equal(
      edited(under, { kind: 'append', path: ['spec', 'ingress'], value: rule }),
      under.replace(
        '      - podSelector: {}\n',
        `      - podSelector: {}
    - from:
      - podSelector:
            matchLabels:
                app: web
      ports:
      - port: 80
`,
      ),
    );
    const further = 'spec:\n  podSelector: {}\n  policyTypes:\n    - Ingress # only';
    assert.equal(
      edited(further, { kind: 'append', path: ['spec', 'ingress'], value: { ports: [{ port: 80 }] } }),
      `${further}\n  ingress:\n    - ports:\n        - port: 80`,
    );
  });

  it('in place of an empty list, before its comment', () => {
    assert.equal(
      edited('spec:\r\n  ingress: [] # nobody\r\n  egress:\r\n', {
        kind: 'append',
        path: ['spec', 'ingress'],
        value: { ports: [{ port: 'web' }] },
      }),
      'spec:\r\n  ingress: # nobody\r\n    - ports:\r\n        - port: web\r\n  egress:\r\n',
    );
  });

  it('in flow, on one line or on many', () => {
    assert.equal(
      edited("{ spec: { ports: [{ port: 'web' }] } }", {
        kind: 'append',
        path: ['spec', 'ports'],
        value: { port: '80', protocol: 'UDP' },
      }),
      "{ spec: { ports: [{ port: 'web' }, { port: '80', protocol: UDP }] } }",
    );
    assert.equal(
      edited('ports: [\n  80, # http\n  81 # more\n]\n', { kind: 'append', path: ['ports'], value: 82 }),
      'ports: [\n  80, # http\n  81, # more\n  82\n]\n',
    );
    const json = JSON.stringify({ spec: { ports: [{ port: 80 }] } }, null, '\t');
    assert.equal(
      edited(json, { kind: 'append', path: ['spec', 'ports'], value: { port: 81 } }),
      JSON.stringify({ spec: { ports: [{ port: 80 }, { port: 81 }] } }, null, '\t'),
    );
    assert.equal(edited('{"a":[1]}', { kind: 'set', path: ['b', 'c'], value: 'd' }), '{"a":[1],"b":{"c":"d"}}');
  });

  it('with the quotes that are there, and with some where a string needs them', () => {
    const set = (text: string, value: Data) => edited(text, { kind: 'set', path: ['app'], value });
    assert.equal(set("app: 'front' # who", 'web'), "app: 'web' # who");
    assert.equal(set('app: front', '80'), 'app: "80"');
    assert.equal(set("b: 'x'\napp: front", 'on'), "b: 'x'\napp: 'on'");
    assert.equal(set('app: |- # who\n  front\nb: 1', 'web'), 'app: web # who\nb: 1');
  });

  it('with the quotes of the strings beside, though it needs none', () => {
    const add = (text: string, path: Path, value: Data) => edited(text, { kind: 'append', path, value });
    assert.equal(add('a: ["x", "y"]', ['a'], 'z'), 'a: ["x", "y", "z"]');
    assert.equal(add("a:\n  - 'x'\n", ['a'], 'z'), "a:\n  - 'x'\n  - 'z'\n");
    assert.equal(add('a: ["x", y]', ['a'], 'z'), 'a: ["x", y, z]');
    assert.equal(add('a: ["80", 80]', ['a'], { b: 'z' }), 'a: ["80", 80, { b: z }]');
    const set = (text: string) => edited(text, { kind: 'set', path: ['tier'], value: 'back' });
    assert.equal(set('"app": "x"\n'), '"app": "x"\n"tier": "back"\n');
    assert.equal(set("app: 'x'\n"), "app: 'x'\ntier: 'back'\n");
    assert.equal(set('{ app: "x" }'), '{ app: "x", tier: "back" }');
  });

  it('takes comments within what goes away with it, and leaves those beside it', () => {
    const text = 'on: |\n  two\n  lines\napp:\n  app:\n  - web\n\n  # within\n# beside\n';
    assert.equal(edited(text, { kind: 'remove', path: ['app'] }), 'on: |\n  two\n  lines\n# beside\n');
    const blank = `app: web\r\nlast: 1${'\r\n'.repeat(5000)}end: 2\r\n`;
    assert.equal(edited(blank, { kind: 'remove', path: ['last'] }), blank.replace('last: 1\r\n', ''));
  });

  it('takes away the lines that are its own', () => {
    const list = 'peers:\n  # one\n  - a: 1 # first\n    b: 2\n  - c: 3\n';
    assert.equal(edited(list, { kind: 'remove', path: ['peers', 0, 'a'] }), list.replace('a: 1 # first\n    ', ''));
    assert.equal(edited(list, { kind: 'remove', path: ['peers', 1] }), list.replace('  - c: 3\n', ''));
    assert.equal(edited('a:\n  - b # c\nd: 1\n', { kind: 'remove', path: ['a', 0] }), 'a: [] # c\nd: 1\n');
    assert.equal(edited('[a, b, c]', { kind: 'remove', path: [1] }), '[a, c]');
    assert.equal(edited('a: { b: 1 }', { kind: 'remove', path: ['a', 'b'] }), 'a: {}');
    assert.equal(edited('a: [ 1, ]', { kind: 'remove', path: ['a', 0] }), 'a: []');
    assert.equal(edited('a: [ 1 # one\n  ]', { kind: 'remove', path: ['a', 0] }), 'a: [  # one\n  ]');
  });
});

describe('an edit is declined', () => {
  it('where a text is shared', () => {
    const shared = 'a: &labels { app: web }\nb: *labels\n';
    for (const name of ['a', 'b']) {
      assert.equal(edited(shared, { kind: 'set', path: [name, 'app'], value: 'db' }), undefined);
      assert.equal(edited(shared, { kind: 'set', path: [name, 'tier'], value: 'db' }), undefined);
    }
  });

  it('where a field comes from elsewhere and would have to go, but not where another takes its place', () => {
    const merged = 'a: &labels { app: web }\nc:\n  <<: *labels\n';
    assert.equal(edited(merged, { kind: 'remove', path: ['c', 'app'] }), undefined);
    assert.equal(edited(merged, { kind: 'set', path: ['c', 'app'], value: 'db' }), `${merged.trimEnd()}\n  app: db\n`);
  });

  it('where it does not fit, or the text is broken', () => {
    assert.equal(edited('a: [1]\n', { kind: 'set', path: ['a', 'b'], value: 1 }), undefined);
    assert.equal(edited('a: 1\n', { kind: 'remove', path: ['b'] }), undefined);
    assert.equal(edited('a: [1\n', { kind: 'append', path: ['a'], value: 1 }), undefined);
    assert.equal(edited('', { kind: 'set', path: ['a'], value: 1 }), undefined);
  });
});
