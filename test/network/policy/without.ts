import assert from 'node:assert/strict';
import { blockOf, parseAddress } from '../../../src/cluster/address.ts';
import type { Cluster } from '../../../src/cluster/cluster.ts';
import type { Path } from '../../../src/manifests/manifest.ts';
import type { Connections } from '../../../src/network/policy/connections.ts';
import type { Party } from '../../../src/network/policy/party.ts';
import type { Policy } from '../../../src/network/policy/policy.ts';
import { connectionsBetween } from '../../../src/network/policy/reach.ts';

/** Objects without one that a policy was made of. */
export function withoutPolicy(objects: readonly object[], { manifest }: Policy): readonly object[] {
  return objects.filter((object) => object !== manifest.object);
}

/** Objects without items of lists in a policy. */
export function withoutItems(objects: readonly object[], { manifest }: Policy, paths: readonly Path[]) {
  const copy = structuredClone(manifest.object);
  for (const path of paths.toReversed()) (holderOf(copy, path) as unknown as object[]).splice(Number(path.at(-1)), 1);
  return replaced(objects, manifest.object, copy);
}

/** Objects in one of which, a policy, something else stands at a path. */
export function withValue(objects: readonly object[], { manifest }: Policy, path: Path, value: object) {
  const copy = structuredClone(manifest.object);
  holderOf(copy, path)[path.at(-1) ?? ''] = value;
  return replaced(objects, manifest.object, copy);
}

function holderOf(object: object, path: Path): Record<string, unknown> {
  return path.slice(0, -1).reduce<unknown>((inner, step) => (inner as never)[step], object) as Record<string, unknown>;
}

function replaced(objects: readonly object[], old: object, now: object): readonly object[] {
  return objects.map((object) => (object === old ? now : object));
}

/** Addresses within, at the edge of and without the blocks that random policies name. */
const askedAddresses = ['10.0.0.16', '192.0.2.0', '198.51.100.7', '198.51.100.8', '2001:db8:0:1::', '64:ff9b::1'];

/** Asserts that two clusters of the same pods and nodes let the same through, in either direction of each pair of ends. */
export function assertSameReach(before: Cluster, after: Cluster, what: string): void {
  const [ends, sameEnds] = [endsOf(before), endsOf(after)];
  assert.deepEqual([...ends.keys()], [...sameEnds.keys()]);
  for (const [from, source] of ends) {
    for (const [to, target] of ends) {
      const open = connectionsBetween(after, sameEnds.get(from) as Party, sameEnds.get(to) as Party);
      assert.deepEqual(plain(open), plain(connectionsBetween(before, source, target)), `${what}: ${from} to ${to}`);
    }
  }
}

function plain({ TCP, UDP, SCTP }: Connections) {
  return { TCP, UDP, SCTP };
}

function endsOf(cluster: Cluster): ReadonlyMap<string, Party> {
  const pods = [...cluster.workloads.values()].flatMap((workload) => workload.pods);
  return new Map([
    ...pods.map((pod): [string, Party] => [`${pod.namespace}/${pod.name}`, { kind: 'pod', pod }]),
    ...cluster.nodes.map((node): [string, Party] => [`node ${node.name}`, { kind: 'node', node }]),
    ...askedAddresses.map((text): [string, Party] => [text, outside(text)]),
  ]);
}

function outside(text: string): Party {
  const address = parseAddress(text);
  assert.ok(address, text);
  return { kind: 'outside', range: blockOf(address, address.family === 4 ? 32 : 128) };
}
