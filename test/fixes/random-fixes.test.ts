import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { findingsOf } from '../../src/checks/find.ts';
import type { Finding } from '../../src/checks/finding.ts';
import { blockOf, formatAddress, parseAddress } from '../../src/cluster/address.ts';
import type { Cluster, Protocol } from '../../src/cluster/cluster.ts';
import { deniedFixes } from '../../src/fixes/denied-fixes.ts';
import { type PolicyFix, policyFixes } from '../../src/fixes/policy-fixes.ts';
import { type Connections, isNone, noConnections, subtract, unite } from '../../src/network/policy/connections.ts';
import type { Connection, Party } from '../../src/network/policy/party.ts';
import { connectionsBetween } from '../../src/network/policy/reach.ts';
import { judge } from '../../src/network/policy/verdict.ts';
import type { ListEnd, ListEntry } from '../../src/questions/list.ts';
import { type Hand, randomHand, yamlText } from '../edits/random-yaml.ts';
import { randomObjects } from '../network/policy/random-cluster.ts';
import { askedPorts, labels, namespace } from '../network/policy/random-terms.ts';
import { afterSplices, type TextWorld, worldOfTexts } from './world.ts';

/** Addresses on both sides of what the random blocks cut, and some that none of them has. */
const addresses = [
  '10.0.0.0',
  '10.0.0.3',
  '10.0.0.6',
  '10.0.0.9',
  '10.0.0.14',
  '10.1.0.1',
  '192.0.2.7',
  '198.51.100.1',
];

function podParties(cluster: Cluster): readonly Party[] {
  return [...cluster.workloads.values()].flatMap(({ pods }) => pods.slice(0, 2)).map((pod) => ({ kind: 'pod', pod }));
}

function outsideParties(): readonly Party[] {
  return addresses.map((text) => ({ kind: 'outside', range: blockOf(parseAddress(text)!, 32) }));
}

function isPod(party: Party): party is Extract<Party, { kind: 'pod' }> {
  return party.kind === 'pod';
}

/** What opens between each two ends, asked of each pod and each address by itself. */
function naiveDifference(before: Cluster, after: Cluster): Map<string, Connections> {
  const found = new Map<string, Connections>();
  const [old, now] = [before, after].map((cluster) => [...podParties(cluster), ...outsideParties()]);
  old!.forEach((from, i) => {
    old!.forEach((to, j) => {
      if (i === j || (!isPod(from) && !isPod(to))) return;
      const more = subtract(connectionsBetween(after, now![i]!, now![j]!), connectionsBetween(before, from, to));
      const key = `${nameOf(from)} → ${nameOf(to)}`;
      if (!isNone(more)) found.set(key, unite(found.get(key) ?? noConnections, more));
    });
  });
  return found;
}

function nameOf(party: Party): string {
  if (isPod(party)) return party.pod.workload.id;
  return party.kind === 'outside' ? formatAddress({ family: 4, value: party.range.first }) : '';
}

/** What a fix announces, for the ends that are asked. */
function announced(opens: readonly ListEntry[]): Map<string, Connections> {
  const found = new Map<string, Connections>();
  for (const { from, to, connections } of opens) {
    for (const source of namesOf(from)) {
      for (const target of namesOf(to)) {
        const key = `${source} → ${target}`;
        found.set(key, unite(found.get(key) ?? noConnections, connections));
      }
    }
  }
  return found;
}

function namesOf(end: ListEnd): readonly string[] {
  if (end.kind === 'workload') return [end.workload.id];
  return addresses.filter((text) => {
    const { family, value } = parseAddress(text)!;
    return family === end.range.family && end.range.first <= value && value <= end.range.last;
  });
}

function denied({ cluster }: TextWorld, pick: number): Connection | undefined {
  const parties = podParties(cluster);
  const protocol = (['TCP', 'UDP'] as const)[pick % 2] as Protocol;
  const all = parties.flatMap((from) =>
    parties.flatMap((to) => askedPorts.map((port): Connection => ({ from, to, protocol, port }))),
  );
  const some = all.filter((each) => judge(cluster, each).outcome === 'denied');
  return some[pick % Math.max(1, some.length)];
}

function same({ cluster }: TextWorld, { from, to, ...rest }: Connection): Connection {
  const [source, target] = [from, to].map((party) => {
    const found = podParties(cluster).find((each) => nameOf(each) === nameOf(party));
    assert.ok(found);
    return found;
  });
  return { ...rest, from: source!, to: target! };
}

function check(world: TextWorld, connection: Connection, fix: PolicyFix): void {
  const after = afterSplices(world, fix.splices);
  const text = () => `${fix.title}\n${[...after.texts.values()].join('\n')}`;
  assert.equal(judge(after.cluster, same(after, connection)).outcome, 'allowed', text());
  const actual = naiveDifference(world.cluster, after.cluster);
  assert.deepEqual(sorted(announced(fix.opens)), sorted(actual), text());
}

function sorted(map: Map<string, Connections>) {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The objects in a file, each in one of some hands. */
function written(objects: readonly object[], hands: readonly Hand[]): TextWorld {
  const texts = objects.map((each, at) => yamlText(each as never, { ...hands[at % hands.length]!, json: false }));
  return worldOfTexts(new Map([['all.yaml', texts.map((each) => each.trimEnd()).join('\n---\n')]]));
}

const hands = fc.array(randomHand, { minLength: 1, maxLength: 4 });

describe('a fix of a denial in a random cluster, written in a random hand', () => {
  it('lets the connection through, and opens exactly what it announces', () => {
    let offered = 0;
    fc.assert(
      fc.property(randomObjects, hands, fc.nat(), (objects, hands, pick) => {
        const world = written(objects, hands);
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
            [...objects, caller, serviceOf(selector, of), ...['east', 'west', 'north'].map(backend)],
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

/** The only one who calls. */
const caller = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { namespace: 'west', name: 'caller', labels: { app: 'a', tier: 'caller' } },
  spec: {
    containers: [
      { name: 'main', env: [{ name: 'URL', value: 'http://called.east, http://called.west, http://called.north' }] },
    ],
  },
};

function serviceOf(selector: object, namespace: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { namespace, name: 'called' },
    spec: { selector: { ...selector, app: 'a' }, ports: [{ port: 80, targetPort: 8080 }] },
  };
}

function backend(namespace: string): object {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { namespace, name: 'backend' },
    spec: {
      replicas: 2,
      template: { metadata: { labels: { app: 'a', tier: 'b' } }, spec: { containers: [{ name: 'main' }] } },
    },
  };
}
