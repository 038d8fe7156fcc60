import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { contains, parseAddress } from '../../../src/cluster/address.ts';
import type { Cluster, Pod, Workload } from '../../../src/cluster/cluster.ts';
import { matches, mergeLabels } from '../../../src/cluster/selector.ts';
import type { Labels } from '../../../src/manifests/kinds.ts';
import {
  type Connections,
  intersect,
  isNone,
  noConnections,
  subtract,
  unite,
} from '../../../src/network/policy/connections.ts';
import type { Described } from '../../../src/network/policy/described.ts';
import { type Exposure, exposureOf, type Opening } from '../../../src/network/policy/exposure.ts';
import { nameLabel } from '../../../src/network/policy/peers.ts';
import { type Direction, directions, type Rule } from '../../../src/network/policy/policy.ts';
import { admitted } from '../../../src/network/policy/reach.ts';
import { policiesOf } from '../../../src/network/policy/selecting.ts';
import { standIns } from '../../../src/network/policy/stand-ins.ts';
import { clusterOfData, randomObjects } from './random-cluster.ts';
import { labels, namespace, portName, portNumber, protocol } from './random-terms.ts';

const runs = { numRuns: Number(process.env.RUNS ?? 500) };

/** A Pod that somebody adds to the manifests, and the labels of its Namespace where that comes along. */
const addition = fc.record({
  namespace: fc.oneof(namespace, fc.constant('south')),
  namespaceLabels: fc.option(labels),
  labels,
  ports: fc.array(fc.record({ name: portName, containerPort: portNumber, protocol }), { maxLength: 2 }),
});

type Addition = typeof addition extends fc.Arbitrary<infer T> ? T : never;

/** Pods draw their addresses from where the blocks of random policies cut, or from where none does. */
const settings = fc.constantFrom({}, { podCIDR: ['10.0.0.0/28', '2001:db8::/124'] });

/** What was told of one direction of a workload, and what it has with a pod that is added after that. */
interface Case {
  readonly exposure: Exposure;
  readonly pod: Pod;
  readonly cluster: Cluster;
  readonly open: Connections;
  readonly what: string;
}

function* casesOf(objects: readonly object[], added: Addition, given: object): Generator<Case> {
  const before = clusterOfData(objects, given);
  const cluster = clusterOfData([...objects, ...objectsOf(before, added)], given);
  const pod = cluster.workloads.get(`${added.namespace}/Pod/added`)?.pods[0];
  assert.ok(pod);
  for (const workload of before.workloads.values()) {
    const after = cluster.workloads.get(workload.id);
    if (!after || !workload.manifest || !isGovernedAlike(before, cluster, workload)) continue;
    for (const direction of directions) {
      const exposure = exposureOf(before, workload, direction);
      const open = openTo(cluster, after, direction, pod);
      yield { exposure, pod, cluster, open, what: `${workload.id} ${direction}` };
    }
  }
}

/** A namespace that is declared already stays as it is. */
function objectsOf(
  { namespaces }: Cluster,
  { namespace, namespaceLabels, labels, ports }: Addition,
): readonly object[] {
  const isDeclared = namespaces.get(namespace)?.manifest !== undefined;
  const declaration = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels: namespaceLabels } };
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace, name: 'added', labels },
    spec: { containers: [{ name: 'main', ports }] },
  };
  return namespaceLabels && !isDeclared ? [declaration, pod] : [pod];
}

/** A workload whose own namespace gets labels may be selected by other policies than before. */
function isGovernedAlike(before: Cluster, after: Cluster, { namespace }: Workload): boolean {
  const isDeclared = ({ namespaces }: Cluster) => namespaces.get(namespace)?.manifest !== undefined;
  return isDeclared(before) === isDeclared(after);
}

/** What any pod of a workload has with another pod, as far as its own policies go. */
function openTo(cluster: Cluster, workload: Workload, direction: Direction, other: Pod): Connections {
  return standIns(cluster, workload)
    .map((pod) => admitted(cluster, direction, { kind: 'pod', pod }, { kind: 'pod', pod: other }))
    .reduce(unite, noConnections);
}

/** The numbers that an opening comes to for a pod, which has its own behind the names of ports. */
function numbersOf({ connections, named }: Opening, { spec }: Pod): Connections {
  const ports = (spec.containers ?? []).flatMap((container) => container?.ports ?? []);
  let open = connections;
  for (const port of ports) {
    const protocol = (port?.protocol ?? 'TCP') as 'TCP';
    const isNamed = named.some((each) => each.name === port?.name && each.protocol === protocol);
    const number = port?.containerPort ?? 0;
    if (isNamed) open = unite(open, { ...noConnections, [protocol]: [[number, number]] });
  }
  return open;
}

function isDescribed(
  { cluster, pod }: Pick<Case, 'cluster' | 'pod'>,
  { namespaces, pods, addresses }: Described,
): boolean {
  const own = pod.addresses.flatMap((text) => parseAddress(text) ?? []);
  return (
    matches(pod.labels, pods) &&
    matches(cluster.namespaces.get(pod.namespace)?.labels ?? {}, namespaces) &&
    addresses.every((ranges) => ranges.some((range) => own.some((address) => contains(range, address))))
  );
}

/** Whether rules may mean the pod by the labels of one that was there before, which is told of elsewhere. */
function isLikeWritten(objects: readonly object[], { namespace, labels }: Addition): boolean {
  const others = objects as readonly { kind: string; metadata: { namespace?: string; labels?: typeof labels } }[];
  return others.some(({ kind, metadata }) => {
    const entries = Object.entries(metadata.labels ?? {});
    return kind === 'Pod' && metadata.namespace === namespace && entries.some(([key, value]) => labels[key] === value);
  });
}

function assertWithin(narrow: Connections, wide: Connections, what: string): void {
  assert.ok(isNone(subtract(narrow, wide)), `${what}: ${JSON.stringify(narrow)} in ${JSON.stringify(wide)}`);
}

describe('a pod that is added to a random cluster', () => {
  test('has what every pod has, and what all such pods have', () => {
    const property = fc.property(randomObjects, addition, settings, (objects, added, given) => {
      for (const each of casesOf(objects, added, given)) {
        const { cluster, pods } = each.exposure;
        const promised = pods.filter(({ isCertain, pods }) => isCertain && isDescribed(each, pods));
        for (const opening of [cluster, ...promised]) assertWithin(numbersOf(opening, each.pod), each.open, each.what);
      }
    });
    fc.assert(property, runs);
  });

  test('has nothing that is not told of some pods that it is one of', () => {
    const property = fc.property(randomObjects, addition, settings, (objects, added, given) => {
      fc.pre(!isLikeWritten(objects, added));
      for (const each of casesOf(objects, added, given)) {
        const { cluster, pods } = each.exposure;
        const told = pods.filter(({ pods }) => isDescribed(each, pods));
        const most = [cluster, ...told].map((opening) => numbersOf(opening, each.pod)).reduce(unite);
        assertWithin(each.open, most, each.what);
      }
    });
    fc.assert(property, runs);
  });
});

/** A key with each of its values that some policy may ask for, another value, and not at all. */
const choices = ['app', 'tier', '__proto__'].map((key) => [
  {},
  ...['a', 'b', 'c', 'z'].map((value) => ({ [key]: value })),
]);

/** Every way to have those of the labels that are asked for. */
function combinations(keys: ReadonlySet<string>): readonly Labels[] {
  return choices
    .filter(([, first]) => keys.has(Object.keys(first ?? {})[0] ?? ''))
    .reduce<readonly Labels[]>((all, ways) => all.flatMap((each) => ways.map((way) => mergeLabels(each, way))), [{}]);
}

/** Where no block of a random policy is, whatever addresses the pods have that are there. */
const apart = { podCIDR: ['10.244.0.0/16', 'fd00:10:244::/64'] };

/** Every pod that a rule of the cluster could tell from the others, in namespaces that are there and in any other. */
function conceivable(cluster: Cluster): { readonly cluster: Cluster; readonly pods: readonly Pod[] } {
  const peers = policiesOf(cluster).flatMap(({ rules }) =>
    directions.flatMap((direction) => (rules[direction] ?? []).flatMap(({ peers }) => (peers === 'any' ? [] : peers))),
  );
  const terms = peers.filter((peer) => peer.kind === 'pods');
  const ofPods = combinations(new Set(terms.flatMap(({ pods }) => pods ?? []).map(({ key }) => key)));
  const ofNamespaces = combinations(new Set(terms.flatMap(({ namespaces }) => namespaces ?? []).map(({ key }) => key)));
  const namespaces = new Map(cluster.namespaces);
  const manifest = cluster.namespaces.get('east')?.manifest;
  assert.ok(manifest);
  ofNamespaces.forEach((labels, index) => {
    const name = `other-${index}`;
    namespaces.set(name, { name, labels: mergeLabels(labels, { [nameLabel]: name }), manifest });
  });
  const [sample] = [...cluster.workloads.values()].map(({ prototype }) => prototype);
  assert.ok(sample);
  const addresses = ['10.244.0.9', 'fd00:10:244::9'];
  const pods = [...namespaces.keys()].flatMap((namespace) =>
    ofPods.map((labels): Pod => ({ ...sample, namespace, labels, addresses, spec: {}, simulated: true })),
  );
  return { cluster: { ...cluster, namespaces }, pods };
}

function isNamed({ ports }: Rule): boolean {
  return ports !== 'any' && ports.some((term) => typeof term.ports === 'object' && 'name' in term.ports);
}

test('what is told of a random cluster is what comes out for every conceivable pod', () => {
  const declarations = ['east', 'west', 'north'].map((name) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name },
  }));
  const property = fc.property(randomObjects, fc.constantFrom(...directions), (objects, direction) => {
    const before = clusterOfData([...declarations, ...objects], apart);
    const { cluster, pods } = conceivable(before);
    const workload = [...before.workloads.values()].find(({ manifest }) => manifest);
    assert.ok(workload);
    const rules = policiesOf(before).flatMap((policy) => policy.rules.egress ?? []);
    fc.pre(direction === 'ingress' || !rules.some(isNamed));
    const exposure = exposureOf(before, workload, direction);
    const all = pods.map((pod) => ({ pod, cluster, open: openTo(cluster, workload, direction, pod) }));
    assert.deepEqual(exposure.cluster.connections, all.map(({ open }) => open).reduce(intersect));
    for (const { pods, connections, isCertain } of exposure.pods) {
      const such = all.filter((each) => isDescribed(each, pods)).map(({ open }) => open);
      assert.ok(such.length > 0);
      assertWithin(connections, such.reduce(unite), 'for some of them');
      assert.equal(isNone(subtract(connections, such.reduce(intersect))), isCertain);
    }
  });
  fc.assert(property, { numRuns: Number(process.env.RUNS ?? 500) / 10 });
});
