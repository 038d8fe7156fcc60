import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applySplices } from '../../src/edits/splice.ts';
import type { ServiceObject } from '../../src/manifests/kinds.ts';
import { objectsIn, problemsIn, read, readMarked } from './read.ts';

const service = (spec: string) => `apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec:\n${spec}`;
const specIn = (text: string) => (objectsIn(text)[0] as ServiceObject).spec;

test('objects of modelled kinds are read, everything else is passed over in silence', () => {
  const text = [
    'apiVersion: v1\nkind: Service\nmetadata:\n  name: a\nspec:\n  clusterIP: None\n  unknown: [1]\n',
    'apiVersion: example.org/v1\nkind: Service\n',
    'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nbroken: [\n',
    'kind: Service\n',
    'version: "3"\nservices: {a: on, a: off}\n',
    '# nothing\n',
  ].join('---\n');
  assert.deepEqual(objectsIn(text), [
    { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' }, spec: { clusterIP: 'None' } },
  ]);
  assert.deepEqual(problemsIn(text), []);
});

test('lists are flattened, and a typed list lends its items their kind', () => {
  const list = `apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Service}\n- apiVersion: v1\n  kind: PodList\n  items:\n  - metadata: {name: p}\n- {apiVersion: x/v1, kind: Foo}\n`;
  assert.deepEqual(objectsIn(list), [
    { apiVersion: 'v1', kind: 'Service' },
    { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' } },
  ]);
});

test('an object needs a name, be it a generated one', () => {
  assert.deepEqual(problemsIn('apiVersion: v1\nkind: Service\nmetadata:\n  labels: {a: b}\n'), [
    'missing-name at metadata',
  ]);
  assert.deepEqual(problemsIn('apiVersion: v1\nkind: Service\n'), ['missing-name at kind']);
  assert.deepEqual(problemsIn('apiVersion: v1\nkind: Pod\nmetadata: {generateName: a-}\n'), []);
  assert.deepEqual(problemsIn('apiVersion: v1\nkind: Service\nmetadata: [\n'), ['syntax-error at [']);
});

test('a field of a wrong type is left out and told once, at its value', () => {
  const { file, rules, spans, expected } = readMarked(
    service('  selector: «[a]»\n  type: «{}»\n  ports:\n  - port: 80\n  - «12»\n  - port: «80.5»\n  - port: 81.0\n'),
  );
  assert.deepEqual(rules, ['wrong-type', 'wrong-type', 'wrong-type', 'wrong-type']);
  assert.deepEqual(spans, expected);
  assert.deepEqual(specIn(file.text), { ports: [{ port: 80 }, null, {}, { port: 81 }] });
});

test('of a block that stands in the wrong place only the first line is marked', () => {
  assert.deepEqual(problemsIn(service('  type:\n    a: b\n    c: d\n')), ['wrong-type at a: b']);
});

test('null is an absent field, and the zero value in a list or a map', () => {
  const text = service('  type: ~\n  ports:\n  -\n  - port: null\n  clusterIPs: [null]\n  selector: {a: }\n');
  assert.deepEqual(specIn(text), { ports: [{}, {}], clusterIPs: [''], selector: { a: '' } });
  assert.deepEqual(problemsIn(text), []);
});

test('a plain scalar that is no string is an error that quotes put right, in the style used nearby', () => {
  const { file, rules, spans, expected } = readMarked(
    service(
      '  selector:\n    a: \'x\'\n    b: «on»\n    c: «1.10»\n    d: «0777»\n    e: "y"\n    f: «1e3»\n    g: 2001-01-01\n',
    ),
  );
  assert.deepEqual(rules, ['unquoted-string', 'unquoted-string', 'unquoted-string', 'unquoted-string']);
  assert.deepEqual(spans, expected);
  const meant = { a: 'x', b: 'on', c: '1.10', d: '0777', e: 'y', f: '1e3', g: '2001-01-01' };
  assert.deepEqual(specIn(file.text)?.selector, meant);
  const fixed = applySplices(
    file.text,
    file.problems.flatMap(({ fixes }) => fixes?.[0]?.splices ?? []),
  );
  assert.match(fixed, /b: 'on'\n {4}c: '1.10'\n {4}d: "0777"\n {4}e: "y"\n {4}f: "1e3"\n/);
  assert.deepEqual(problemsIn(fixed), []);
  assert.deepEqual(specIn(fixed)?.selector, meant);
});

test('a number or a boolean in quotes is an error that taking them away puts right', () => {
  const text = service('  publishNotReadyAddresses: "true"\n  ports:\n  - port: \'80\'\n    targetPort: "8080"\n');
  assert.deepEqual(problemsIn(text), ['quoted-value at "true"', "quoted-value at '80'"]);
  const fixed = applySplices(
    text,
    read(text).problems.flatMap(({ fixes }) => fixes?.[0]?.splices ?? []),
  );
  assert.deepEqual(problemsIn(fixed), []);
  assert.deepEqual(specIn(fixed), specIn(text));
  assert.deepEqual(specIn(text), { publishNotReadyAddresses: true, ports: [{ port: 80, targetPort: '8080' }] });
});

test('a named port that YAML reads as a boolean is quoted, one that it reads as a number is a number', () => {
  const text = service('  ports:\n  - targetPort: on\n  - targetPort: 0x50\n  - targetPort: 1.5\n');
  assert.deepEqual(problemsIn(text), ['unquoted-string at on', 'wrong-type at 1.5']);
  assert.deepEqual(specIn(text), { ports: [{ targetPort: 'on' }, { targetPort: 80 }, {}] });
});

const policy = (spec: string) =>
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p}\nspec:\n${spec}`;

test('what means something else when a part is missing is read as a whole or not at all', () => {
  const peers = policy(
    '  podSelector: {}\n  ingress:\n  - from:\n    - podSelector: {matchLabels: {a: {}}}\n    - ipBlock: {cidr: a, except: [[]]}\n    - {}\n',
  );
  assert.deepEqual(specIn(peers), { podSelector: {}, ingress: [{ from: [null, null, {}] }] });
  assert.deepEqual(problemsIn(peers), ['wrong-type at {}', 'wrong-type at []']);
  assert.deepEqual(specIn(policy('  podSelector: {}\n  ingress:\n  - from: all\n  - {}\n')), {
    podSelector: {},
    ingress: [null, {}],
  });
  assert.deepEqual(objectsIn(policy('  podSelector: {matchExpressions: [{key: a, values: [{}]}]}\n')), []);
});

test('a policy whose syntax is broken is not read around the break', () => {
  const text = policy('  podSelector: {}\n  ingress:\n  - from:\n    - podSelector: @\n');
  assert.deepEqual(objectsIn(text), []);
  assert.deepEqual(problemsIn(text), ['syntax-error at @']);
});

test('a broken document keeps what could be read, and leaves the others alone', () => {
  const text = `${service('  type: @\n  clusterIP: None\n  clusterIP: None\n')}---\n${service('  type: ClusterIP\n')}`;
  assert.deepEqual(problemsIn(text), ['syntax-error at @']);
  assert.equal(objectsIn(text).length, 2);
  assert.deepEqual(specIn(text)?.clusterIP, 'None');
});

test('a key that is set twice is told at the second place, with the first beside it; the last one counts', () => {
  const { file, rules, spans, expected } = readMarked(
    service('  type: a\n  «type»: b\n  «"type"»: c\n  selector: {1: a, «"1"»: b, y: c, «on»: d}\n'),
  );
  assert.deepEqual(rules, ['duplicate-key', 'duplicate-key', 'duplicate-key', 'duplicate-key']);
  assert.deepEqual(spans, expected);
  assert.equal(file.problems[0]?.related?.length, 1);
  assert.deepEqual(specIn(file.text), { type: 'c', selector: { 1: 'b', true: 'd' } });
});

test('merge keys fill in where they stand, as go-yaml has it', () => {
  const text = `x: &x {type: a, clusterIP: b}\n${service('  type: c\n  <<: *x\n  clusterIP: d\n')}`;
  assert.deepEqual(specIn(text), { type: 'a', clusterIP: 'd' });
  assert.deepEqual(problemsIn(text), []);
  assert.deepEqual(specIn(service('  <<: [{type: a}, {type: b, clusterIP: c}]\n')), { type: 'a', clusterIP: 'c' });
  assert.deepEqual(problemsIn(service('  <<: 1\n')), ['syntax-error at 1']);
});

test('aliases share what they name; of one that is used twice, what is wrong is told once', () => {
  const text =
    service('  selector: &s {a: 1}\n  externalIPs: [&i b, *i]\n') +
    `---\n${service('  ports: [&p {port: a}, *p, *p]\n')}`;
  assert.deepEqual(problemsIn(text), ['unquoted-string at 1', 'wrong-type at a']);
  const [first, second] = read(text).manifests.map(({ object }) => (object as ServiceObject).spec);
  assert.deepEqual(first?.externalIPs, ['b', 'b']);
  assert.equal(second?.ports?.[1], second?.ports?.[2]);
});

test('an alias of nothing, and one of what it stands in, are told', () => {
  assert.deepEqual(problemsIn(service('  type: *x\n')), ['syntax-error at *x']);
  assert.deepEqual(problemsIn(service('  selector: &x {a: *x}\n')), ['syntax-error at *x']);
});

test('kubectl takes nothing but a comment behind `---`, and no directive', () => {
  const text = `%YAML 1.1\n---\n${service('  type: a\n')}--- b # c\n${service('  type: b\n')}`;
  assert.deepEqual(problemsIn(text), ['syntax-error at %YAML 1.1', 'document-separator at b # c']);
  assert.equal(objectsIn(text).length, 2);
  assert.deepEqual(problemsIn('--- a\nb: c\n'), []);
  const fix = read(text).problems[0]?.fixes?.[0]?.splices ?? [];
  assert.ok(applySplices(text, fix).startsWith('---\napiVersion'));
});

test('comments name the rules that are not to be told for their document', () => {
  const text = `# podwire-ignore: one, two because of three\n${service('  type: "# podwire-ignore: four"\n')}---\n${service('  type: a # podwire-ignore: five\n')}`;
  assert.deepEqual(
    read(text).manifests.map(({ ignored }) => [...ignored]),
    [['one', 'two'], ['five']],
  );
});

test('comments that speak to Podwire are handed out with their place and the objects around them', () => {
  const text = `# podwire: can a reach b\n${service('  type: a\n')}---\n#podwire: expect x -> y allowed  \n`;
  const { comments, manifests } = read(text);
  assert.deepEqual(
    comments.map(({ text, manifests }) => [text, manifests]),
    [
      ['podwire: can a reach b', manifests],
      ['podwire: expect x -> y allowed', []],
    ],
  );
  assert.deepEqual(
    comments.map(({ span }) => text.slice(span.start, span.end)),
    ['# podwire: can a reach b', '#podwire: expect x -> y allowed'],
  );
});

test('a template is passed over; braces in strings are data', () => {
  assert.equal(read(service('  type: {{ .Values.type }}\n')).templated, true);
  assert.equal(read(`{{- if .Values.on }}\n${service('  type: a\n')}{{- end }}\n`).templated, true);
  assert.equal(read('apiVersion: v1\nkind: Service\nmetadata: {name: "{{ .Release.Name }}"}\n').templated, true);
  const dashboard =
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n  a: "{{ pod }}"\n  b: |\n    {{ range }}\n';
  assert.equal(read(dashboard).manifests.length, 1);
});
