import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { findingsOf } from '../../src/checks/find.ts';
import type { Finding } from '../../src/checks/finding.ts';
import type { Protocol } from '../../src/cluster/cluster.ts';
import { deniedFixes } from '../../src/fixes/denied-fixes.ts';
import { type PolicyFix, policyFixes } from '../../src/fixes/policy-fixes.ts';
import type { Connection } from '../../src/network/policy/party.ts';
import { judge } from '../../src/network/policy/verdict.ts';
import { randomObjects } from '../network/policy/random-cluster.ts';
import { askedPorts, labels, namespace } from '../network/policy/random-terms.ts';
import { backend, calledService, caller } from './calls.ts';
import { announced, hands, naiveDifference, podParties, same, settings, sorted, written } from './naive.ts';
import { afterSplices, type TextWorld } from './world.ts';

function denied({ cluster }: TextWorld, pick: number): Connection | undefined {
  const parties = podParties(cluster);
  const protocol = (['TCP', 'UDP'] as const)[pick % 2] as Protocol;
  const all = parties.flatMap((from) =>
    parties.flatMap((to) => askedPorts.map((port): Connection => ({ from, to, protocol, port }))),
  );
  const some = all.filter((each) => judge(cluster, each).outcome === 'denied');
  return some[pick % Math.max(1, some.length)];
}

function check(world: TextWorld, connection: Connection, fix: PolicyFix): void {
  const after = afterSplices(world, fix.splices);
  const text = () => `${fix.title}\n${[...after.texts.values()].join('\n')}`;
  assert.equal(judge(after.cluster, same(after, connection)).outcome, 'allowed', text());
  const { opened, closed } = naiveDifference(world.cluster, after.cluster);
  assert.deepEqual(sorted(announced(world.cluster, fix.opens)), sorted(opened), text());
  assert.deepEqual(sorted(announced(world.cluster, fix.closes)), sorted(closed), text());
}

describe('a fix of a denial in a random cluster, written in a random hand', () => {
  it('lets the connection through, and opens and closes exactly what it announces', () => {
    let offered = 0;
    fc.assert(
      fc.property(randomObjects, hands, settings, fc.nat(), (objects, hands, settings, pick) => {
        const world = written(objects, hands, settings);
        const connection = denied(world, pick);
        if (!connection) return;
        for (const fix of policyFixes(world, [connection])) {
          offered++;
          check(world, connection, fix);
        }
      }),
      { numRuns: 200 },
    );
    assert.ok(offered > 0);
  });

  it('is the end of the finding', () => {
    const offered = { 'path-blocked': 0, 'dns-blocked': 0 };
    fc.assert(
      fc.property(
        randomObjects,
        labels,
        namespace,
        hands,
        fc.constantFrom('path-blocked', 'dns-blocked'),
        (objects, selector, of, hands, asked) => {
          const world = written(
            [...objects, caller, calledService(of, selector), ...['east', 'west', 'north'].map(backend)],
            hands,
          );
          const finding = findingsOf(world.cluster, {}).find(({ rule }) => rule === asked);
          // Every policy that blocks queries is a finding of its own.
          const isIt = (each: Finding) =>
            each.rule === asked && (asked === 'path-blocked' || idAt(each) === (finding && idAt(finding)));
          for (const { title, splices } of finding?.denied ? deniedFixes(world, finding.denied) : []) {
            offered[asked]++;
            const left = findingsOf(afterSplices(world, splices).cluster, {}).filter(isIt);
            assert.deepEqual(left, [], title);
          }
        },
      ),
      { numRuns: 400 },
    );
    assert.ok(offered['path-blocked'] > 0 && offered['dns-blocked'] > 0);
  });
});

function idAt({ place: { manifest, path } }: Finding): string {
  const { kind, metadata } = manifest.object;
  return [kind, metadata?.namespace, metadata?.name, ...path].join('/');
}
