import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { look } from '../../src/manifests/look.ts';
import { findObjects } from '../../src/manifests/objects.ts';
import { resolve } from '../../src/manifests/resolve.ts';
import { parseTree } from '../../src/manifests/tree.ts';

test('a kind that is not modelled is told without parsing', () => {
  const crd =
    'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec:\n  names:\n    kind: Service\n';
  assert.equal(look(crd), 'other');
  assert.equal(look(`---\n# a Service\n${crd}`), 'other');
  assert.equal(look('{"name": "kind", "apiVersion": 1}'), 'other');
  assert.equal(look('services:\n  web:\n    image: nginx\n'), 'other');
  assert.equal(look('apiVersion: serving.knative.dev/v1\nkind: Service\n'), 'other');
  assert.equal(look('- kind: Service\n  apiVersion: v1\n'), 'unclear');
});

test('a modelled kind is told by its own line', () => {
  assert.equal(look('apiVersion: v1\nkind: Service\n'), 'modelled');
  assert.equal(look('"kind": "Service" # c\r\n"apiVersion": v1\r\n'), 'modelled');
  assert.equal(look('apiVersion: v1\nkind: ServiceList\n'), 'modelled');
  assert.equal(look('{"apiVersion": "v1", "kind": "Service"}'), 'modelled');
});

test('what is written in an unusual way is parsed', () => {
  for (const text of [
    '{apiVersion: v1, "k\\x69nd": Service}',
    '{kind: Foo, items: [{kind: Service}], apiVersion: v1}',
    '  kind: Service\n  apiVersion: v1\n',
    '? kind\n: Service\n? apiVersion\n: v1\n',
    '"k\\x69nd": Service\napiVersion: v1\n',
    'apiVersion: v1\nkind: Foo\nitems: []\n',
    'apiVersion: v1\nkind: >-\n  Service\n',
    'apiVersion: v1\nkind: !!binary U2VydmljZQ==\n',
    'x: &x\n  kind: Service\n<<: *x\napiVersion: v1\n',
    'x: 1\rkind: Service\rapiVersion: v1\r',
    '\uFEFFkind: Service\napiVersion: v1\n',
  ]) {
    assert.equal(look(text), 'unclear', text);
  }
});

const lines = [
  'apiVersion: v1',
  'kind: Service',
  'kind: Foo',
  'apiVersion: apps/v1',
  'kind: Deployment',
  'kind: "Service"',
  "'kind': Service",
  'kind:',
  '  Service',
  '  kind: Service',
  '  apiVersion: v1',
  '{kind: Service, apiVersion: v1}',
  '"kind": Service',
  '"k\\u0069nd": Service',
  '? kind',
  ': Service',
  '&a kind: Service',
  '!!str kind: Service',
  'x: &x {kind: Service}',
  '<<: *x',
  'x: "a',
  'kind: b"',
  'x: |',
  'x: >-',
  'items:',
  '- kind: Service',
  '- apiVersion: v1',
  '  kind: Pod',
  'kind: ServiceList',
  'kind: !!str Service',
  'kind: |-',
  'kind: &k Service',
  '# kind: Foo',
  '---',
  '...',
  '',
  '\tkind: Service',
  '{',
  '}',
  '"apiVersion": "v1",',
  '"kind": "Service"',
];

test('no modelled object is ever taken for something else', () => {
  const texts = fc.tuple(
    fc.array(fc.constantFrom(...lines), { maxLength: 8 }),
    fc.constantFrom('\n', '\r\n', '\n\n', '\r'),
    fc.boolean(),
  );
  fc.assert(
    fc.property(texts, ([parts, lineBreak, isComplete]) => {
      const text = [...(isComplete ? ['apiVersion: v1'] : []), ...parts].join(lineBreak);
      const tree = parseTree(text);
      const isSound = tree.errors.length === 0;
      if (isSound && look(text) === 'other') assert.equal(findObjects(resolve(tree.root, text)).length, 0);
    }),
    { numRuns: 2000 },
  );
});
