import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { blockOf, parseAddress } from '../../../src/cluster/address.ts';
import type { Workload } from '../../../src/cluster/cluster.ts';
import { addService } from '../../../src/fixes/plans/add-service.ts';
import { allow } from '../../../src/fixes/plans/allow.ts';
import { deny } from '../../../src/fixes/plans/deny.ts';
import {
  beyond,
  isOf,
  isShut,
  onlyPort,
  pairsOf,
  type Site,
  type Target,
  type Wanted,
  wantedBetween,
} from '../../../src/fixes/plans/ends.ts';
import { isolate, unisolate } from '../../../src/fixes/plans/isolate.ts';
import { changeLabel, changeSelector } from '../../../src/fixes/plans/labels.ts';
import { isImpossible } from '../../../src/fixes/plans/plan.ts';
import type { Labels } from '../../../src/manifests/kinds.ts';
import { callsOf, connectionsOf } from '../../../src/network/calls.ts';
import { allConnections, includes, isNone, subtract } from '../../../src/network/policy/connections.ts';
import type { Party } from '../../../src/network/policy/party.ts';
import { directions } from '../../../src/network/policy/policy.ts';
import { connectionsBetween } from '../../../src/network/policy/reach.ts';
import type { ListEnd, ListEntry } from '../../../src/questions/list.ts';
import { randomObjects } from '../../network/policy/random-cluster.ts';
import { labels, namespace } from '../../network/policy/random-terms.ts';
import { backend, calledService, caller } from '../calls.ts';
import { hands, isPod, same, settings, written } from '../naive.ts';
import { spoilt, spots } from '../spoilt.ts';
import type { TextWorld } from '../world.ts';
import { holds, refused } from './hold.ts';

const port = fc.constantFrom(80, 8080);
const outside = fc.constantFrom(
  '192.0.2.7/32',
  '198.51.100.0/24',
  '10.0.0.0/28',
  '2001:db8:ffff::/48',
  '2001:db8::/124',
  'internet',
);

/** Workloads that the manifests bring, by a number; or what lies outside. */
function siteOf({ cluster }: TextWorld, pick: number, text: string): Site {
  const workloads = workloadsOf(cluster);
  const workload = workloads[pick % (workloads.length + 1)];
  return workload ? { kind: 'workload', workload } : outsideOf(text);
}

/** The same, or the Service that is called. */
function targetOf({ cluster }: TextWorld, pick: number, text: string): Target {
  const services = [...cluster.services.values()].filter(({ manifest }) => manifest);
  const workloads = workloadsOf(cluster).map((workload): Target => ({ kind: 'workload', workload }));
  const inside = [...workloads, ...services.map((service): Target => ({ kind: 'service', service }))];
  return inside[pick % (inside.length + 1)] ?? outsideOf(text);
}

function outsideOf(text: string): Site {
  if (text === 'internet') return { kind: 'internet' };
  const [address = '', prefix = '32'] = text.split('/');
  return { kind: 'outside', range: blockOf(parseAddress(address)!, Number(prefix)) };
}

function workloadsOf(cluster: TextWorld['cluster']): readonly Workload[] {
  return [...cluster.workloads.values()].filter(({ manifest }) => manifest);
}

const both = fc.tuple(fc.nat(), outside);

/** What a Deployment makes has addresses that the simulation chose, and labels that its controller made up. */
const deployments = fc.array(fc.record({ namespace, labels, replicas: fc.integer({ min: 0, max: 2 }) }), {
  maxLength: 2,
});

const objects = fc.tuple(randomObjects, deployments).map(([some, given]) => [
  ...some,
  ...given.map(({ namespace: of, labels: own, replicas }, index) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { namespace: of, name: `many-${index}` },
    spec: {
      replicas,
      selector: { matchLabels: own },
      template: {
        metadata: { labels: own },
        spec: { containers: [{ name: 'server', ports: [{ name: 'http', containerPort: 8080 }] }] },
      },
    },
  })),
]);

/** How many calls go on to get through, of those that nobody wished closed and peers can mean; none of them is stopped. */
function callsKept(world: TextWorld, after: TextWorld, wanted: readonly Wanted[]): number {
  const calls = callsOf(world.cluster)
    .flatMap((call) => connectionsOf(world.cluster, call))
    .map((call) => same(world, call));
  const kept = calls.filter((call) => {
    const isWished = wanted.some(
      ({ from, to, connections }) =>
        isOf(endOf(call.from), from) && isOf(endOf(call.to), to) && includes(connections, call.protocol, call.port),
    );
    return (
      !isWished &&
      !isOnHost(call.from) &&
      !isOnHost(call.to) &&
      isOpen(world, call.from, call.to, { connections: onlyPort(call) })
    );
  });
  for (const call of kept) {
    const { from, to } = same(after, call);
    assert.ok(isOpen(after, from, to, { connections: onlyPort(call) }));
  }
  return kept.length;
}

function isOpen({ cluster }: TextWorld, from: Party, to: Party, { connections }: Pick<Wanted, 'connections'>): boolean {
  return isNone(subtract(connections, connectionsBetween(cluster, from, to)));
}

function isOnHost(party: Party): boolean {
  return isPod(party) && party.pod.spec.hostNetwork === true;
}

function endOf(party: Party): ListEnd {
  assert.ok(isPod(party));
  return { kind: 'workload', workload: party.pod.workload };
}

/** What is changed where a label of an object is, or what it selects by. */
function labelsOf({ kind, metadata, spec }: Labelled) {
  if (kind === 'NetworkPolicy') return spec?.podSelector?.matchLabels;
  if (kind !== 'Deployment') return metadata?.labels;
  const own = spec?.template?.metadata?.labels;
  for (const [key, value] of Object.entries(spec?.selector?.matchLabels ?? {})) assert.equal(own?.[key], value);
  return own;
}

interface Labelled {
  readonly kind: string;
  readonly metadata?: { readonly labels?: Labels };
  readonly spec?: {
    readonly podSelector?: { readonly matchLabels?: Labels };
    readonly selector?: { readonly matchLabels?: Labels };
    readonly template?: { readonly metadata?: { readonly labels?: Labels } };
  };
}

/** Another label of one of the objects, or another that it selects by. */
function labelled(world: TextWorld, pick: number, key: string, value: string | null) {
  const manifest = world.manifests[pick % Math.max(1, world.manifests.length)];
  if (!manifest) return undefined;
  const change = manifest.object.kind === 'NetworkPolicy' || pick % 2 === 0 ? changeSelector : changeLabel;
  return change(world, manifest, key, value);
}

/** With a call, and a Service that it means. */
const calling = fc
  .tuple(objects, namespace)
  .map(([some, called]) => [...some, caller, calledService(called), backend(called)]);

/** Whether a path is that of a pod with its node's address, where addresses were meant. */
function isOfNode(entry: ListEntry, from: Site, to: Target): boolean {
  const hasNodes = (end: ListEnd) => end.kind === 'workload' && end.workload.prototype.spec.hostNetwork === true;
  return (from.kind !== 'workload' && hasNodes(entry.from)) || (to.kind !== 'workload' && hasNodes(entry.to));
}

describe('a wish in a random cluster, written in a random hand', () => {
  it('to open something opens it, and exactly what it announces', () => {
    let done = 0;
    fc.assert(
      fc.property(calling, hands, settings, both, both, fc.option(port), (given, own, set, from, to, number) => {
        const world = written(given, own, set);
        const [source, target] = [siteOf(world, ...from), targetOf(world, ...to)];
        if (source.kind !== 'workload' && !('workload' in target)) return;
        const asked = number === null ? undefined : ({ protocol: 'TCP', port: number } as const);
        const result = allow(world, source, target, asked);
        if (isImpossible(result)) return;
        done++;
        const after = holds(world, result);
        assert.deepEqual(result.effect.closes, []);
        for (const wanted of wantedBetween(after.cluster, source, target, asked)) {
          assert.ok(
            pairsOf(after.cluster, wanted.from, wanted.to).every(([one, other]) => isOpen(after, one, other, wanted)),
          );
        }
      }),
      { numRuns: 200 },
    );
    assert.ok(done > 0, String(done));
  });

  it('to close something closes it, and exactly what it announces', () => {
    const done = { closed: 0, kept: 0, meant: 0 };
    fc.assert(
      fc.property(
        calling,
        hands,
        settings,
        both,
        both,
        fc.option(port),
        fc.constantFrom('reaching-now' as const, 'intended' as const),
        (given, own, set, one, other, number, keep) => {
          const world = written(given, own, set);
          const [from, to] = [siteOf(world, ...one), targetOf(world, ...other)];
          const asked = number === null ? undefined : ({ protocol: 'TCP', port: number } as const);
          const result = deny(world, { from, to, ...(asked && { port: asked }) }, keep);
          if (isImpossible(result)) return;
          done.closed++;
          const after = holds(world, result);
          assert.deepEqual(result.effect.opens, []);
          const wanted =
            asked || to.kind === 'service'
              ? wantedBetween(world.cluster, from, to, asked)
              : [{ from, to, connections: allConnections }];
          for (const each of wanted) assert.ok(isShut(after.cluster, each));
          if (keep === 'intended') {
            done.meant += callsKept(world, after, wanted);
            return;
          }
          done.kept += result.effect.closes.length;
          assert.deepEqual(
            beyond(result.effect.closes, wanted).filter((entry) => !isOfNode(entry, from, to)),
            [],
          );
        },
      ),
      { numRuns: 200 },
    );
    assert.ok(done.closed > 0 && done.kept > 0 && done.meant > 0, JSON.stringify(done));
  });

  it('to isolate, and not to any more, opens and closes exactly what it announces', () => {
    let [done, back] = [0, 0];
    fc.assert(
      fc.property(
        objects,
        hands,
        fc.nat(),
        fc.boolean(),
        fc.subarray(['ingress', 'egress'] as const, { minLength: 1 }),
        (given, own, pick, isNamespace, directions) => {
          const world = written(given, own);
          const workloads = workloadsOf(world.cluster);
          const workload = workloads[pick % workloads.length]!;
          const namespace = world.cluster.namespaces.get(workload.namespace)!;
          const what = isNamespace
            ? ({ kind: 'namespace', namespace } as const)
            : ({ kind: 'workload', workload } as const);
          const result = isolate(world, what, directions);
          if (isImpossible(result)) return;
          done++;
          const after = holds(world, result);
          assert.deepEqual(result.effect.opens, []);
          refused(isolate(after, what, directions));
          const undone = unisolate(after, what, directions);
          if (isImpossible(undone)) return;
          back++;
          holds(after, undone);
          assert.deepEqual(undone.effect.closes, []);
        },
      ),
      { numRuns: 120 },
    );
    assert.ok(done > 0 && back > 0, `${done} ${back}`);
  });

  it('to change a label or a selector, or to add a Service, has exactly the effect that it announces', () => {
    let done = 0;
    const kinds = fc.constantFrom('Pod', 'Deployment', 'Namespace', 'NetworkPolicy', 'Service');
    const change = fc.record({
      key: fc.constantFrom('app', 'tier', 'new'),
      value: fc.option(fc.constantFrom('a', 'b', 'c')),
    });
    fc.assert(
      fc.property(objects, hands, fc.nat(), kinds, change, (given, own, pick, kind, { key, value }) => {
        const world = written(given, own);
        const some = world.manifests.filter(({ object }) => object.kind === (kind === 'Service' ? 'Pod' : kind));
        const manifest = some[pick % Math.max(1, some.length)];
        if (!manifest) return;
        const workload = workloadsOf(world.cluster).find((each) => each.manifest?.object === manifest.object);
        const service = kind === 'Service' && workload ? addService(world, workload) : undefined;
        const result =
          service ?? (kind === 'NetworkPolicy' ? changeSelector : changeLabel)(world, manifest, key, value);
        if (isImpossible(result)) return;
        done++;
        const after = holds(world, result);
        if (service) {
          assert.ok(result.effect.starts.every((each) => each.workload.id === workload?.id));
          return;
        }
        const { object } = after.manifests[world.manifests.indexOf(manifest)]!;
        assert.equal(labelsOf(object as never)?.[key], value ?? undefined);
      }),
      { numRuns: 200 },
    );
    assert.ok(done > 0, String(done));
  });

  it('among objects of which something cannot be read has the effect that it announces, or is refused', () => {
    let done = 0;
    fc.assert(
      fc.property(calling, spots, hands, both, both, fc.option(port), (given, some, own, one, other, number) => {
        const world = written(spoilt(given, some), own);
        const [from, to] = [siteOf(world, ...one), targetOf(world, ...other)];
        const asked = number === null ? undefined : ({ protocol: 'TCP', port: number } as const);
        const edge = { from, to, ...(asked && { port: asked }) };
        const label = labelled(world, one[0], 'app', 'new');
        const results = [
          allow(world, from, to, asked),
          deny(world, edge, 'reaching-now'),
          deny(world, edge, 'intended'),
          ...(from.kind === 'workload' ? [isolate(world, from, directions), addService(world, from.workload)] : []),
          ...(label ? [label] : []),
        ];
        for (const result of results) {
          if (isImpossible(result)) continue;
          done++;
          holds(world, result);
        }
      }),
      { numRuns: 60 },
    );
    assert.ok(done > 0);
  });
});
