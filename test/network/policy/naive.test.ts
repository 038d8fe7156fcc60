import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Cluster, Pod } from '../../../src/cluster/cluster.ts';
import { includes, protocols } from '../../../src/network/policy/connections.ts';
import { connectionsBetween } from '../../../src/network/policy/reach.ts';
import { isSurelyAllowed, judge } from '../../../src/network/policy/verdict.ts';
import { clusterOfObjects } from '../../support/cluster.ts';
import { isAllowed } from './naive.ts';
import { askedPorts, randomObjects } from './random-cluster.ts';

function writtenPods(cluster: Cluster): readonly Pod[] {
  return [...cluster.workloads.values()].filter(({ manifest }) => manifest).flatMap(({ pods }) => pods);
}

/** Compares all ways to ask, for each pair of pods and each port that could matter. */
function compare(cluster: Cluster, from: Pod, to: Pod): void {
  const ends = { from: { kind: 'pod', pod: from }, to: { kind: 'pod', pod: to } } as const;
  const open = connectionsBetween(cluster, ends.from, ends.to);
  for (const protocol of protocols) {
    for (const port of askedPorts) {
      const expected = isAllowed(cluster, from, to, protocol, port);
      const verdict = judge(cluster, { ...ends, protocol, port });
      const what = `${from.namespace}/${from.name} to ${to.namespace}/${to.name} on ${port}/${protocol}`;
      assert.equal(verdict.allowed, expected, `judged: ${what}`);
      assert.equal(includes(open, protocol, port), expected, `in the connections: ${what}`);
      const isSure = isSurelyAllowed(cluster, { ...ends, protocol, port });
      assert.equal(isSure, verdict.outcome === 'allowed', `without the proof: ${what}`);
      assertSound(verdict, what);
    }
  }
}

/** What a verdict says of itself holds together. */
function assertSound({ allowed, outcome, blockedBy, sides }: ReturnType<typeof judge>, what: string): void {
  assert.equal(blockedBy === undefined, allowed, what);
  if (outcome !== 'depends') assert.equal(allowed, outcome === 'allowed', what);
  for (const side of sides) {
    assert.equal(side.because === 'rule', side.admittedBy !== undefined, what);
    assert.equal(side.outcome === 'depends', side.assumption !== undefined, what);
    if (side.because === 'no-rule')
      assert.notEqual(side.nearest?.failures.length, 0, `${what}: a miss without a reason`);
  }
}

describe('the engine and a naive evaluator', () => {
  it('agree on every connection of random clusters', () => {
    fc.assert(
      fc.property(randomObjects, (objects) => {
        const cluster = clusterOfObjects(objects);
        const pods = writtenPods(cluster);
        for (const from of pods) for (const to of pods) compare(cluster, from, to);
      }),
      { numRuns: 300 },
    );
  });

  it('have something to disagree on: clusters differ, and so do the answers', () => {
    const answers = fc
      .sample(randomObjects, { numRuns: 100, seed: 1 })
      .map((objects) => clusterOfObjects(objects))
      .flatMap((cluster) => {
        const [from, to] = writtenPods(cluster);
        return from && to ? askedPorts.map((port) => isAllowed(cluster, from, to, 'TCP', port)) : [];
      });
    const allowed = answers.filter((answer) => answer).length;
    assert.ok(allowed > answers.length * 0.1 && allowed < answers.length * 0.9, `${allowed} of ${answers.length}`);
  });
});
