import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import type { DiffView, Wish } from '../../src/server/protocol.ts';
import type { Graph } from '../../src/topology/graph.ts';
import { hands, written } from '../fixes/naive.ts';
import { randomObjects } from '../network/policy/random-cluster.ts';
import { Planning, possible } from './planned.ts';

const pod = `apiVersion: v1
kind: Pod
metadata: { name: a, labels: { app: a } }
spec: { containers: [{ name: main, ports: [{ containerPort: 80 }] }] }
`;

/** A wish with numbers for its ends, whatever nodes there are. */
const draft = fc.record({
  type: fc.constantFrom('allow', 'deny', 'isolate', 'unisolate', 'addService', 'label', 'selector'),
  one: fc.nat(),
  other: fc.nat(),
  port: fc.constantFrom(null, '80/TCP', '8080/TCP'),
  keep: fc.constantFrom('reaching-now', 'intended'),
  directions: fc.subarray(['ingress', 'egress'], { minLength: 1 }),
  key: fc.constantFrom('app', 'tier', 'new'),
  value: fc.constantFrom(null, 'a', 'b', 'c'),
});
type Draft = typeof draft extends fc.Arbitrary<infer T> ? T : never;

/** What each wish may be about. */
const ends = ['workload', 'service', 'internet'];
const subjects: Readonly<Record<Draft['type'], readonly string[]>> = {
  allow: ends,
  deny: ends,
  isolate: ['namespace', 'workload'],
  unisolate: ['namespace', 'workload'],
  addService: ['workload'],
  label: ['workload', 'namespace', 'service', 'policy'],
  selector: ['service', 'policy', 'workload'],
};

/** The wish, with nodes of a picture for its numbers. */
function wishOf({ nodes }: Graph, { one, other, ...rest }: Draft): Wish {
  const some = nodes.filter(({ type }) => subjects[rest.type].includes(type));
  const idOf = (pick: number) => some[pick % some.length]?.id ?? 'internet';
  return { ...rest, id: idOf(one), source: idOf(one), target: idOf(other) } as Wish;
}

const givens = fc.tuple(randomObjects, hands, fc.array(draft, { minLength: 1, maxLength: 4 }), fc.boolean());

it('writing what is supposed makes the world that was supposed, and the diff shows all of it', async () => {
  let done = 0;
  await fc.assert(
    fc.asyncProperty(givens, async ([objects, own, drafts, isWindows]) => {
      const [text = ''] = written(objects, own).texts.values();
      const before = isWindows ? text.replace(/\r?\n/g, '\r\n') : text;
      const here = await Planning.start({ 'all.yaml': before });
      const { graph } = await here.topology();
      const wishes = drafts.map((each) => wishOf(graph, each));
      const result = await here.plan(undefined, wishes);
      const { files, steps } = possible(result);
      done += steps.filter((step) => step.impossible === undefined).length;
      const [last] = wishes.slice(-1);
      const onTop = await here.plan(last, wishes.slice(0, -1));
      if (onTop.plan.outcome === 'possible') assert.deepEqual([onTop.edits, onTop.files], [result.edits, result.files]);
      const supposed = await here.topology(wishes);
      await here.write(result);
      const now = await here.topology();
      assert.deepEqual(spelt(now.graph), spelt(supposed.graph));
      for (const diff of files) {
        const old = diff.isNew ? '' : before;
        assert.deepEqual(patched(linesOf(old), diff), linesOf(here.text(diff.name)));
      }
      await here.stop();
    }),
    { numRuns: 60 },
  );
  assert.ok(done > 0);
});

it('whatever is wished of whatever id, there is a plan, or a reason', async () => {
  const here = await Planning.start({ 'all.yaml': pod });
  const text = fc.oneof(
    fc.string(),
    fc.constantFrom('Pod/default/a', 'Namespace//default', 'internet', 'cluster', '//', 'Pod/default', '__proto__', ''),
  );
  const wish = fc.record({
    type: fc.constantFrom('allow', 'deny', 'isolate', 'unisolate', 'addService', 'label', 'selector'),
    id: text,
    source: text,
    target: text,
    port: fc.option(fc.oneof(fc.string(), fc.constantFrom('80/TCP', '0/TCP', '99999/UDP', '-1/TCP', '80/ICMP'))),
    keep: fc.constantFrom('reaching-now', 'intended'),
    directions: fc.subarray(['ingress', 'egress']),
    key: text,
    value: fc.option(text),
  });
  await fc.assert(
    fc.asyncProperty(wish, fc.array(wish, { maxLength: 2 }), async (one, supposed) => {
      const result = await here.plan(one as Wish, supposed as Wish[]);
      assert.ok(result?.plan.outcome, JSON.stringify(one));
    }),
    { numRuns: 300 },
  );
  assert.deepEqual(here.client.log, []);
  await here.stop();
});

/** A picture in an order that does not hang on which file comes first. */
function spelt({ nodes, edges }: Graph): readonly string[] {
  return [...nodes, ...edges].map((each) => JSON.stringify(each)).sort();
}

function linesOf(text: string): readonly string[] {
  return text
    .replace(/\r?\n$/, '')
    .split(/\r?\n/)
    .filter((line, _, all) => all.length > 1 || line !== '');
}

/** The lines after a diff; what it shows of those before has to be there. */
function patched(lines: readonly string[], { hunks }: DiffView): readonly string[] {
  let shift = 0;
  return hunks.reduce<readonly string[]>((before, hunk) => {
    const old = hunk.lines.filter(({ kind }) => kind !== 'added').map(({ text }) => text);
    const now = hunk.lines.filter(({ kind }) => kind !== 'removed').map(({ text }) => text);
    const start = hunk.before - 1 + shift;
    assert.deepEqual(before.slice(start, start + old.length), old);
    assert.equal(hunk.after - 1, start);
    shift += now.length - old.length;
    return before.toSpliced(start, old.length, ...now);
  }, lines);
}
