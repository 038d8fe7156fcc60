import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { completionsAt, completionsIn } from '../../../src/questions/asked/complete.ts';
import { shop, world } from './world.ts';

const { cluster } = world();

/** What is offered at the `|` of a question, and what it would take the place of. */
function offered(marked: string): readonly [replaced: string, labels: readonly string[]] {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const { from, to, items } = completionsIn(cluster, text, offset);
  return [text.slice(from, to), items.map(({ label }) => label)];
}

describe('the words that a question can go on with', () => {
  const cases: readonly (readonly [marked: string, replaced: string, labels: readonly string[]])[] = [
    ['|', '', ['can', 'expect', 'resolve']],
    [' ex|', 'ex', ['can', 'expect', 'resolve']],
    ['c|an front', 'can', ['can', 'expect', 'resolve']],
    ['can front |', '', ['reach', '->']],
    ['expect front |', '', ['->', 'reach']],
    ['expect front -|', '-', ['->', 'reach']],
    ['expect front -> svc/api:80 |', '', ['allowed', 'denied']],
    ['expect front->svc/api:80 al|', 'al', ['allowed', 'denied']],
    ['resolve api |', '', ['from']],
    ['resolve api from front |', '', ['type', 'libc']],
    ['resolve api from front libc |', '', ['glibc', 'musl']],
    ['resolve api from front libc musl |', '', ['type']],
    ['resolve api from front type A|', 'A', ['A', 'AAAA', 'SRV', 'PTR', 'CNAME', 'TXT']],
    ['can front reach svc/api:80 |', '', []],
    ['xpect front |', '', []],
  ];
  for (const [marked, replaced, labels] of cases) {
    test(`“${marked}”`, () => assert.deepEqual(offered(marked), [replaced, labels]));
  }
});

test('names are offered in the form that means one thing alone, to those who can connect', () => {
  const [replaced, sources] = offered('can fr|');
  assert.equal(replaced, 'fr');
  for (const label of ['shop/deploy/front', 'node-1', 'internet']) assert.ok(sources.includes(label), label);
  assert.ok(sources.some((label) => label.startsWith('shop/pod/api-')));
  assert.ok(!sources.includes('shop/svc/api'));
  assert.equal(new Set(sources).size, sources.length);
  const [, targets] = offered('can front reach |');
  assert.ok(targets.indexOf('shop/svc/api') < targets.indexOf('shop/deploy/api'));
  const [, askers] = offered('resolve api from |');
  assert.ok(askers.includes('shop/deploy/front') && !askers.includes('internet') && !askers.includes('node-1'));
  assert.ok(offered('resolve |')[1].includes('api.shop'));
});

test('behind a colon stand the ports of what was chosen', () => {
  assert.deepEqual(offered('can front reach svc/api:|'), ['svc/api:', ['svc/api:80', 'svc/api:9090']]);
  assert.deepEqual(offered('can front->deploy/db:54|'), ['deploy/db:54', ['deploy/db:5432']]);
  assert.ok(offered('can front reach kube-system/svc/kube-dns:|')[1].includes('kube-system/svc/kube-dns:53/UDP'));
  assert.deepEqual(offered('can front reach api:|')[1], []);
  assert.deepEqual(offered('can front reach nobody:|')[1], []);
});

/** What is offered at the `|` of a file above the shop. */
function offeredIn(marked: string): readonly string[] | undefined {
  const offset = marked.indexOf('|');
  const text = `${marked.replace('|', '')}\n---\n${shop}`;
  const here = world(text);
  const file = here.snapshot.file('file:///w/a.yaml');
  assert.ok(file);
  const found = completionsAt(here.cluster, file, offset, ['path-blocked', 'unknown-service']);
  return found && [text.slice(found.from, found.to), ...found.items.map(({ label }) => label)];
}

test('within a comment of a file', () => {
  const verbs = ['', 'can', 'expect', 'resolve'];
  assert.deepEqual(offeredIn('# podwire:|'), verbs);
  assert.deepEqual(offeredIn('# podwire: |'), verbs);
  assert.deepEqual(offeredIn('# podwire:   |\n# podwire: can'), verbs);
  assert.deepEqual(offeredIn('# podwire: can front |reach svc/api'), ['reach', 'reach', '->']);
  assert.deepEqual(offeredIn('a: 1 # podwire: resolve api fr|'), ['fr', 'from']);
  assert.deepEqual(offeredIn('# podwire-ignore: |'), ['', 'path-blocked', 'unknown-service']);
  assert.deepEqual(offeredIn('# podwire-ignore: pa|th-bl'), ['path-bl', 'path-blocked', 'unknown-service']);
  assert.deepEqual(offeredIn('## Podwire: can front |'), ['', 'reach', '->']);
  assert.deepEqual(offeredIn('# podwire-ignore: path-blocked, |'), ['', 'unknown-service']);
  assert.deepEqual(offeredIn('# podwire-ignore: path-blocked because |'), ['']);
});

test('outside of such a comment nothing is offered', () => {
  assert.equal(offeredIn('# podwire: can\n|'), undefined);
  assert.equal(offeredIn('# pod|wire: can'), undefined);
  assert.equal(offeredIn('# a remark |'), undefined);
  assert.equal(offeredIn('a: b|'), undefined);
});

test('wherever in whatever text, what is replaced is around the offset, and without blanks', () => {
  const piece = fc.constantFrom('can', 'expect', ' ', '->', '→', 'svc/api', ':', 'front', '-', '>', 'resolve', '\t');
  const texts = fc.array(piece).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(texts, fc.nat(), (text, at) => {
      const offset = at % (text.length + 1);
      const { from, to } = completionsIn(cluster, text, offset);
      assert.ok(from <= offset && offset <= to);
      assert.doesNotMatch(text.slice(from, to), /\s/);
    }),
  );
});
