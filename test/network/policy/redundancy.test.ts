import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Cluster } from '../../../src/cluster/cluster.ts';
import { groupBy } from '../../../src/manifests/group.ts';
import { coveredPolicies, coveredRules, shadowedRules } from '../../../src/network/policy/cover.ts';
import { directions, type Policy, type RuleOf } from '../../../src/network/policy/policy.ts';
import { policiesOf } from '../../../src/network/policy/selecting.ts';
import { unmatchedPeer, unmatchedSubject } from '../../../src/network/policy/unmatched.ts';
import { unmatchedPorts } from '../../../src/network/policy/unmatched-port.ts';
import { clusterOfData, randomObjects } from './random-cluster.ts';
import { assertSameReach, withoutItems, withoutPolicy, withValue } from './without.ts';

const runs = { numRuns: Number(process.env.RUNS ?? 500) };

/** Checks that nothing changes in random clusters without what is found in them, and that something is found at all. */
function holdsWithout(find: (cluster: Cluster, objects: readonly object[]) => readonly (readonly object[])[]) {
  let found = 0;
  fc.assert(
    fc.property(randomObjects, (objects) => {
      const before = clusterOfData(objects);
      for (const others of find(before, objects)) {
        found++;
        assertSameReach(before, clusterOfData(others), 'changed');
      }
    }),
    runs,
  );
  assert.ok(found > runs.numRuns / 50, `found ${found} times only`);
}

/** All of them at once: rules are found in the order in which they stand. */
function withoutRules(objects: readonly object[], rules: readonly RuleOf[]): readonly (readonly object[])[] {
  return [...groupBy(rules, ({ policy }) => policy)].map(([policy, own]) =>
    withoutItems(
      objects,
      policy,
      own.map(({ rule }) => rule.path),
    ),
  );
}

/** Stands in the place of a peer that would leave an empty list, which means all. */
function nobody({ kind }: Policy): object {
  const selector = { matchLabels: { app: 'nobody' } };
  return kind === 'NetworkPolicy' ? { podSelector: selector } : { namespaceSelector: {}, podSelector: selector };
}

function unusedPort({ kind }: Policy): object {
  if (kind === 'NetworkPolicy') return { port: 'unused' };
  return kind === 'ClusterNetworkPolicy' ? { destinationNamedPort: 'unused' } : { namedPort: 'unused' };
}

describe('nothing changes in a random cluster', () => {
  it('without the rules that other rules of their policy cover', () => {
    holdsWithout((cluster, objects) => withoutRules(objects, policiesOf(cluster).flatMap(coveredRules)));
  });

  it('without all the policies that others cover', () => {
    holdsWithout((cluster, objects) => {
      const namespaced = policiesOf(cluster).filter(({ tier }) => tier === 'NetworkPolicy');
      const groups = [...groupBy(namespaced, ({ namespace }) => namespace).values()];
      const covered = groups.flatMap(coveredPolicies);
      return covered.length > 0 ? [covered.reduce((left, { policy }) => withoutPolicy(left, policy), objects)] : [];
    });
  });

  it('without the rules of a policy that others of its tier shadow', () => {
    holdsWithout((cluster, objects) =>
      (['Admin', 'Baseline'] as const).flatMap((tier) =>
        withoutRules(objects, shadowedRules(policiesOf(cluster).filter((policy) => policy.tier === tier))),
      ),
    );
  });

  it('without a policy that selects nothing', () => {
    holdsWithout((cluster, objects) => {
      return policiesOf(cluster)
        .filter((policy) => unmatchedSubject(cluster, policy))
        .map((policy) => withoutPolicy(objects, policy));
    });
  });

  it('without a peer that means nobody', () => {
    holdsWithout((cluster, objects) => {
      return policiesOf(cluster).flatMap((policy) =>
        directions.flatMap((direction) =>
          (policy.rules[direction] ?? []).flatMap(({ peers }) =>
            (peers === 'any' ? [] : peers)
              .filter((peer) => peer.kind === 'pods' && unmatchedPeer(cluster, policy, peer))
              .map((peer) => withValue(objects, policy, peer.path, nobody(policy))),
          ),
        ),
      );
    });
  });

  it('without a name that no port of a receiving pod has', () => {
    holdsWithout((cluster, objects) => {
      return policiesOf(cluster).flatMap((policy) =>
        directions.flatMap((direction) =>
          (policy.rules[direction] ?? []).flatMap((rule) =>
            unmatchedPorts(cluster, policy, direction, rule).map(({ term }) =>
              withValue(objects, policy, term.path, unusedPort(policy)),
            ),
          ),
        ),
      );
    });
  });
});
