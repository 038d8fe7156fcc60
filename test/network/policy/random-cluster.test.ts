import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { byNetworkPolicies, type Question } from './naive-network-policy.ts';
import type { World } from './naive-terms.ts';
import { byTier } from './naive-tier.ts';
import { worldsOf } from './naive-worlds.ts';
import { clusterOfData, randomObjects } from './random-cluster.ts';

const world: World = {
  family: 4,
  undeclared: {},
  blocksMatchCluster: true,
  namesMatch: false,
  preferred: '',
};

const clusters = fc.sample(randomObjects, { numRuns: 500, seed: 1 }).map((objects) => clusterOfData(objects));

/** What one pod of each cluster is asked about another. */
const questions = clusters.flatMap((cluster): readonly Question[] => {
  const pods = [...cluster.workloads.values()].filter(({ manifest }) => manifest).flatMap((workload) => workload.pods);
  const [from, to] = pods;
  if (!from || !to) return [];
  const asked = { cluster, world, to, protocol: 'TCP', port: 80 } as const;
  return [
    { ...asked, direction: 'egress', own: from, other: to },
    { ...asked, direction: 'ingress', own: to, other: from },
  ];
});

function assertOften(answers: readonly unknown[], expected: readonly unknown[], least: number): void {
  for (const each of expected) {
    const times = answers.filter((answer) => answer === each).length;
    assert.ok(times >= least, `${each} but ${times} times of ${answers.length}`);
  }
}

describe('random clusters', () => {
  it('give each tier something to decide, in every way', () => {
    assertOften(
      questions.map((question) => byTier(question, 'Admin')),
      ['Allow', 'Deny', 'Pass', 'no match'],
      10,
    );
    assertOften(questions.map(byNetworkPolicies), ['Allow', 'Deny', 'not selected'], 10);
    assertOften(
      questions.map((question) => byTier(question, 'Baseline')),
      ['Allow', 'Deny', 'Pass', 'no match'],
      5,
    );
  });

  it('leave open what policies can leave open', () => {
    const counts = clusters.map((cluster) => worldsOf(cluster).length);
    assertOften(counts, [1, 2, 4], 10);
  });
});
