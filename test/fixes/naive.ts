import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type AddressRange, blockOf, covers, formatAddress, parseAddress, widthOf } from '../../src/cluster/address.ts';
import type { Cluster, Pod, Workload } from '../../src/cluster/cluster.ts';
import { defaultSettings, type Settings } from '../../src/cluster/settings.ts';
import type { Selection } from '../../src/fixes/plans/selections.ts';
import { type Connections, isNone, noConnections, subtract, unite } from '../../src/network/policy/connections.ts';
import type { Connection, Party } from '../../src/network/policy/party.ts';
import { podRangesOf } from '../../src/network/policy/peers.ts';
import { connectionsBetween } from '../../src/network/policy/reach.ts';
import { policiesSelecting } from '../../src/network/policy/selecting.ts';
import type { ListEnd, ListEntry } from '../../src/questions/list.ts';
import { type Hand, randomHand, yamlText } from '../edits/random-yaml.ts';
import { type TextWorld, worldOfTexts } from './world.ts';

/** What is open between ends, by their names. */
type PathMap = Map<string, Connections>;

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
  '2001:db8::9',
  '2001:db8:1::9',
  '2001:db8:ffff::1',
];

/**
 * Two pods of each workload, or the one that it would make. What its template makes has addresses that nobody knows: those
 * that the simulation chose for the first pod are gone by for all.
 */
export function podParties(cluster: Cluster): readonly Party[] {
  const pods = [...cluster.workloads.values()].flatMap((each) =>
    each.pods.length > 0 ? each.pods.slice(0, 2).map((pod) => asFirst(pod, each)) : [each.prototype],
  );
  return pods.map((pod) => ({ kind: 'pod', pod }));
}

function asFirst(pod: Pod, { pods: [first] }: Workload): Pod {
  const isChosen = pod.simulated && first?.simulated === true;
  return isChosen && pod !== first ? { ...pod, addresses: first.addresses } : pod;
}

/** The addresses. */
export function outsideParties(): readonly Party[] {
  return addresses.map((text) => ({ kind: 'outside', range: rangeAt(text) }));
}

function rangeAt(text: string): AddressRange {
  const address = parseAddress(text)!;
  return blockOf(address, widthOf(address.family));
}

/** Whether it is a pod. */
export function isPod(party: Party): party is Extract<Party, { kind: 'pod' }> {
  return party.kind === 'pod';
}

/** What opens and what closes between each two ends, asked of each pod and each address by itself. */
export function naiveDifference(before: Cluster, after: Cluster): { opened: PathMap; closed: PathMap } {
  const found = { opened: new Map<string, Connections>(), closed: new Map<string, Connections>() };
  const [old, now] = [before, after].map((cluster) => [...podParties(cluster), ...outsideParties()]);
  old!.forEach((from, i) => {
    old!.forEach((to, j) => {
      if (i === j || (!isPod(from) && !isPod(to)) || isForPods(before, from) || isForPods(before, to)) return;
      const [open, was] = [connectionsBetween(after, now![i]!, now![j]!), connectionsBetween(before, from, to)];
      const key = `${nameOf(from)} → ${nameOf(to)}`;
      add(found.opened, key, subtract(open, was));
      add(found.closed, key, subtract(was, open));
    });
  });
  return found;
}

/** What the Services and the policies of one state select, and those of the other do not, asked of each pod by itself. */
export function naiveSelections(some: Cluster, others: Cluster): readonly string[] {
  const known = selectedIn(others);
  return [...selectedIn(some)].filter((each) => !known.has(each)).sort();
}

function selectedIn(cluster: Cluster): ReadonlySet<string> {
  const services = [...cluster.services.values()].flatMap((service) =>
    service.endpoints.flatMap(({ pod }) => (pod ? selectionName({ by: { kind: 'service', service }, ...pod }) : [])),
  );
  const policies = podParties(cluster).flatMap((party) =>
    isPod(party)
      ? policiesSelecting(cluster, party.pod).map((policy) =>
          selectionName({ by: { kind: 'policy', policy }, ...party.pod }),
        )
      : [],
  );
  return new Set([...services, ...policies]);
}

/** The name of a selection: `NetworkPolicy/shop/api → shop/Deployment/api`. */
export function selectionName({ by, workload }: Selection): string {
  const { namespace, name } = by.kind === 'service' ? by.service : by.policy;
  return `${by.kind === 'service' ? 'Service' : by.policy.kind}/${namespace}/${name} → ${workload.id}`;
}

/** Whether it is an address of the range that pods draw theirs from: pods are asked by themselves. */
function isForPods(cluster: Cluster, party: Party): boolean {
  return party.kind === 'outside' && podRangesOf(cluster).some((range) => covers(range, party.range));
}

function add(map: PathMap, key: string, connections: Connections): void {
  if (!isNone(connections)) map.set(key, unite(map.get(key) ?? noConnections, connections));
}

/** The name of an end in these paths. */
export function nameOf(party: Party): string {
  if (isPod(party)) return party.pod.workload.id;
  return party.kind === 'outside' ? formatAddress({ family: party.range.family, value: party.range.first }) : '';
}

/** The same connection in another state. */
export function same({ cluster }: TextWorld, { from, to, ...rest }: Connection): Connection {
  const [source, target] = [from, to].map((party) => {
    const found = podParties(cluster).find((each) => nameOf(each) === nameOf(party));
    assert.ok(found);
    return found;
  });
  return { ...rest, from: source!, to: target! };
}

/** What is announced, for the ends that are asked. */
export function announced(cluster: Cluster, paths: readonly ListEntry[]): PathMap {
  const found: PathMap = new Map();
  for (const { from, to, connections } of paths) {
    for (const source of namesOf(cluster, from)) {
      for (const target of namesOf(cluster, to)) {
        const key = `${source} → ${target}`;
        add(found, key, connections);
      }
    }
  }
  return found;
}

function namesOf(cluster: Cluster, end: ListEnd): readonly string[] {
  if (end.kind === 'workload') return [end.workload.id];
  return addresses.filter((text) => {
    const range = rangeAt(text);
    return !isForPods(cluster, { kind: 'outside', range }) && covers(end.range, range);
  });
}

/** In an order that does not hang on how they were found. */
export function sorted(map: PathMap) {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The objects in a file, or in two where there are many hands, each in one of these. */
export function written(objects: readonly object[], hands: readonly Hand[], settings = defaultSettings): TextWorld {
  const texts = objects.map((each, at) => yamlText(each as never, { ...hands[at % hands.length]!, json: false }));
  const half = hands.length > 2 ? Math.ceil(texts.length / 2) : texts.length;
  const files = [texts.slice(0, half), texts.slice(half)].filter((own) => own.length > 0);
  const documents = (own: readonly string[]) => own.map((each) => each.trimEnd()).join('\n---\n');
  return worldOfTexts(new Map(files.map((own, at) => [`${at}.yaml`, documents(own)])), settings);
}

/** Clusters in which blocks mean pods, for sure or as the plugin has it, and such in which they do not. */
export const settings: fc.Arbitrary<Settings> = fc
  .constantFrom<Partial<Settings>>({}, {}, { cni: 'cilium' }, { blocksMatchPods: true }, { blocksMatchPods: false })
  .map((some) => ({ ...defaultSettings, ...some }));

/** Some hands. */
export const hands = fc.array(randomHand, { minLength: 1, maxLength: 4 });
