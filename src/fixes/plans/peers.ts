import { type AddressRange, blockOf, covers, type Family, formatCidr, widthOf } from '../../cluster/address.ts';
import type { Cluster, Workload } from '../../cluster/cluster.ts';
import type { Data } from '../../edits/change.ts';
import { type Connections, isAll, isFull, protocols } from '../../network/policy/connections.ts';
import { blocksMatchPods, nameLabel, podRangesOf } from '../../network/policy/peers.ts';
import { mergeRanges } from '../../questions/outside.ts';
import { peerFor } from '../identity.ts';
import type { Site } from './ends.ts';
import { tellApart } from './tell-apart.ts';

/** The blocks that a range is made of, the fewest that there are. */
export function blocksOf({ family, first, last }: AddressRange): readonly string[] {
  const blocks: string[] = [];
  for (let at = first; at <= last; ) {
    let prefix = widthOf(family);
    while (prefix > 0 && isBlock({ family, value: at }, prefix - 1, last)) prefix--;
    const block = blockOf({ family, value: at }, prefix);
    blocks.push(formatCidr(block));
    at = block.last + 1n;
  }
  return blocks;
}

function isBlock(start: { readonly family: Family; readonly value: bigint }, prefix: number, last: bigint): boolean {
  const block = blockOf(start, prefix);
  return block.first === start.value && block.last <= last;
}

/** The families in which the pods of a cluster have addresses. */
function familiesIn(cluster: Cluster): readonly Family[] {
  const families = new Set(podRangesOf(cluster).map(({ family }) => family));
  for (const { pods } of cluster.workloads.values()) {
    for (const { addresses } of pods) for (const each of addresses) families.add(each.includes(':') ? 6 : 4);
  }
  return ([4, 6] as const).filter((family) => families.has(family));
}

/** Every address but those of some ranges, and but those of pods where blocks mean pods too. */
function everyAddressBut(cluster: Cluster, ranges: readonly AddressRange[]): readonly Data[] {
  const own = blocksMatchPods(cluster.settings, 'NetworkPolicy') ? podRangesOf(cluster) : [];
  return familiesIn(cluster).map((family) => {
    const out = [...own, ...ranges].filter((range) => range.family === family);
    const except = mergeRanges(out).flatMap(blocksOf);
    const cidr = family === 4 ? '0.0.0.0/0' : '::/0';
    return { ipBlock: { cidr, ...(except.length > 0 && { except }) } };
  });
}

/** The peers that mean an end and, as far as it can be told, nobody else. Undefined where none can for sure. */
export function peersFor(cluster: Cluster, namespace: string, end: Site): readonly Data[] | undefined {
  if (end.kind === 'internet') return everyAddressBut(cluster, []);
  if (end.kind === 'outside') return blocksOf(end.range).map((cidr) => ({ ipBlock: { cidr } }));
  const peer = peerFor(cluster, namespace, { kind: 'pod', pod: end.workload.prototype });
  return peer === undefined ? undefined : [peer];
}

/** A peer that means pods of a namespace by more than its own labels. */
export function podsIn(policyNamespace: string, namespace: string, podSelector: Data): Data {
  if (namespace === policyNamespace) return { podSelector };
  return { namespaceSelector: { matchLabels: { [nameLabel]: namespace } }, podSelector };
}

/** Peers, or those from whom one cannot be told. */
export type Peers = { readonly peers: readonly Data[] } | { readonly same: readonly Workload[] };

/** The peers that mean every pod but those of an end. */
export function everyPodBut(cluster: Cluster, namespace: string, end: Site): Peers {
  if (end.kind !== 'workload') return { peers: [{ namespaceSelector: {} }] };
  const { workload } = end;
  const others = [...cluster.workloads.values()].filter(
    (each) => each.namespace === workload.namespace && each.id !== workload.id && !each.prototype.spec.hostNetwork,
  );
  const { terms, same } = tellApart(workload, others);
  if (same.length > 0) return { same };
  return {
    peers: [
      otherNamespaces(workload.namespace),
      ...terms.map((term) => podsIn(namespace, workload.namespace, { matchExpressions: [{ ...term }] })),
    ],
  };
}

function otherNamespaces(namespace: string): Data {
  return { namespaceSelector: { matchExpressions: [{ key: nameLabel, operator: 'NotIn', values: [namespace] }] } };
}

/** The peers that mean everybody but an end. */
export function everybodyBut(cluster: Cluster, namespace: string, end: Site): Peers {
  const pods = everyPodBut(cluster, namespace, end);
  if ('same' in pods || end.kind === 'internet') return pods;
  return { peers: [...pods.peers, ...everyAddressBut(cluster, end.kind === 'outside' ? [end.range] : [])] };
}

/** Ports as items of a rule; undefined where all are meant. */
export function portItems(connections: Connections, namesProtocol = true): readonly Data[] | undefined {
  if (isAll(connections)) return undefined;
  return protocols.flatMap((protocol): readonly Data[] => {
    const ports = connections[protocol];
    const own: { readonly [name: string]: Data } = namesProtocol || protocol !== 'TCP' ? { protocol } : {};
    if (isFull(ports)) return [{ protocol }];
    return ports.map(([port, endPort]) => ({ ...own, port, ...(endPort > port && { endPort }) }));
  });
}

/** The CIDRs of pods that blocks must leave out for a peer's block to mean addresses outside alone. */
export function podBlocks(cluster: Cluster, within: AddressRange): readonly string[] | undefined {
  const near = podRangesOf(cluster).filter(({ family }) => family === within.family);
  return near.every((range) => covers(within, range)) ? near.flatMap(blocksOf) : undefined;
}
