import type { AddressRange } from '../../cluster/address.ts';
import type { Cluster, Protocol, Workload } from '../../cluster/cluster.ts';
import { runningPorts } from '../../cluster/ports.ts';
import {
  allConnections,
  allPorts,
  type Connections,
  isAll,
  isFull,
  noConnections,
  protocols,
  subtractPorts,
  unite,
} from './connections.ts';
import { anyPod, type Described, isPartOf } from './described.ts';
import { isWithin, openForAll, openForSome, openThrough } from './extent.ts';
import { type Gate, gateOf, type Ungoverned } from './gate.ts';
import { outsideCutBy } from './outside.ts';
import { podsAsked } from './pods-asked.ts';
import type { BlockPeer, Direction, RuleOf } from './policy.ts';
import { admitted } from './reach.ts';
import { blocksOf } from './rule-terms.ts';
import { standIns } from './stand-ins.ts';
import { isWritten } from './written-pods.ts';

/** A port of the other end, which alone knows its number. */
export interface NamedPort {
  readonly name: string;
  readonly protocol: Protocol;
}

/** What is open to some others, or for them. */
export interface Opening {
  readonly connections: Connections;
  /** Ports of theirs that are open by name, beside those that are by number. */
  readonly named: readonly NamedPort[];
}

/** What is open between a workload and pods that the manifests do not bring. */
export interface PodsOpening extends Opening {
  readonly pods: Described;
  /** Whether every such pod has it; else there are rules that take something from those of them that they ask for. */
  readonly isCertain: boolean;
}

/**
 * What the policies of a workload let through in one direction between it and whatever the manifests do not bring. The
 * policies of the other end are those that nobody has written yet: they are not asked.
 */
export interface Exposure {
  /** Why nothing keeps it, where that is so. */
  readonly ungoverned?: Ungoverned;
  /** Every conceivable pod of the cluster, whatever its labels and its namespace. */
  readonly cluster: Opening;
  /** Pods that rules ask for, where they have more than the whole cluster has, or less than wider ones of these. */
  readonly pods: readonly PodsOpening[];
  /** The addresses outside, cut where rules cut. */
  readonly outside: readonly { readonly range: AddressRange; readonly connections: Connections }[];
}

/** What the policies of a workload make of others than the manifests bring. */
export function exposureOf(cluster: Cluster, workload: Workload, direction: Direction): Exposure {
  const gates = standIns(cluster, workload).map((pod) => gateOf(cluster, direction, pod));
  const [reason] = gates.map(({ ungoverned }) => ungoverned);
  return {
    ...(reason && gates.every(({ ungoverned }) => ungoverned) && { ungoverned: reason }),
    ...openInCluster(cluster, gates),
    outside: outsideOfGates(cluster, gates).map((range) => ({
      range,
      connections: openOutside(gates, range),
    })),
  };
}

function openOutside(gates: readonly Gate[], range: AddressRange): Connections {
  return gates.reduce((open, { cluster, direction, pod, ungoverned }) => {
    if (ungoverned) return allConnections;
    return unite(open, admitted(cluster, direction, { kind: 'pod', pod }, { kind: 'outside', range }));
  }, noConnections);
}

/** The addresses outside, cut where the rules for a workload cut in one direction: no other rule tells them apart for it. */
export function outsideSeenBy(cluster: Cluster, workload: Workload, direction: Direction): readonly AddressRange[] {
  return outsideOfGates(
    cluster,
    standIns(cluster, workload).map((pod) => gateOf(cluster, direction, pod)),
  );
}

function outsideOfGates(cluster: Cluster, gates: readonly Gate[]): readonly AddressRange[] {
  return outsideCutBy(cluster, gates.flatMap(blocksAt));
}

function blocksAt({ first, last }: Gate): readonly BlockPeer[] {
  return [...first, ...last].flatMap(({ rule }) => blocksOf(rule));
}

type Inside = Pick<Exposure, 'cluster' | 'pods'>;

const remembered = new WeakMap<Cluster, Map<string, Inside>>();

/** Workloads that are under the same rules share it. */
function openInCluster(cluster: Cluster, gates: readonly Gate[]): Inside {
  const known = remembered.get(cluster) ?? new Map<string, Inside>();
  remembered.set(cluster, known);
  const key = JSON.stringify(gates.map(keyOfGate));
  let inside = known.get(key);
  if (!inside) {
    const names = namesAsked(gates);
    const whole = openToCluster(gates, anyPod(cluster), names);
    inside = { cluster: whole, pods: openingsToPods(cluster, gates, whole, names) };
    known.set(key, inside);
  }
  return inside;
}

/** The rules, and what the names of ports stand for where the pod receives. */
function keyOfGate({ direction, pod, ungoverned, isIsolated, first, last }: Gate): unknown {
  if (ungoverned) return ungoverned;
  const rules = [...first, ...last].map(({ policy, rule }) => [policy.kind, policy.namespace, policy.name, rule.index]);
  const named = direction === 'ingress' ? runningPorts(pod.spec).filter(({ name }) => name !== undefined) : [];
  return [
    direction,
    isIsolated,
    rules,
    named.map(({ name, protocol, containerPort }) => [name, protocol, containerPort]),
  ];
}

/** The names of ports that some rule asks the other end for. */
function namesAsked(gates: readonly Gate[]): readonly NamedPort[] {
  const asked = new Map<string, NamedPort>();
  for (const { rule } of gates.flatMap((gate) => (gate.direction === 'egress' ? rulesOf(gate) : []))) {
    for (const { ports, protocol } of rule.ports === 'any' ? [] : rule.ports) {
      if (typeof ports !== 'object' || !('name' in ports)) continue;
      for (const each of protocol === 'any' ? protocols : [protocol]) {
        asked.set(`${ports.name}/${each}`, { name: ports.name, protocol: each });
      }
    }
  }
  return [...asked.values()];
}

function rulesOf({ first, last }: Gate): readonly RuleOf[] {
  return [...first, ...last];
}

/** What is open for every conceivable pod. */
function openToCluster(gates: readonly Gate[], any: Described, names: readonly NamedPort[]): Opening {
  const connections = openForAll({ gates }, any, allConnections);
  const named = names.filter((port) => !isFull(connections[port.protocol]) && isOpenForAll(gates, any, port));
  return { connections, named };
}

function isOpenForAll(gates: readonly Gate[], pods: Described, { name, protocol }: NamedPort): boolean {
  const wanted = { ...noConnections, [protocol]: allPorts };
  return isWithin(wanted, openForAll({ gates, called: name }, pods, wanted));
}

/** Those that tell more than the whole cluster, or something else than the wider ones of them. */
function openingsToPods(
  cluster: Cluster,
  gates: readonly Gate[],
  whole: Opening,
  names: readonly NamedPort[],
): readonly PodsOpening[] {
  if (isAll(whole.connections)) return [];
  const all = podsAsked(cluster, gates).map((pods) => openingTo(gates, pods, whole, names));
  return all.filter((each) => {
    const wider = all.filter((other) => other !== each && isPartOf(cluster, each.pods, other.pods));
    const expected = [whole, ...wider].reduce(either);
    const isLess = !holdsAll(each, expected);
    return isLess || (!holdsAll(expected, each) && !isWritten(cluster, each.pods));
  });
}

/**
 * What a pod has for being such a pod, by the rules that take all of these. It has less where it meets another rule that
 * takes something away; what all of them would lose to such rules is left out.
 */
function openingTo(gates: readonly Gate[], pods: Described, whole: Opening, names: readonly NamedPort[]): PodsOpening {
  const known = unite(whole.connections, openThrough({ gates }, pods, 'known'));
  const isForAll = isWithin(known, openForAll({ gates }, pods, known));
  const connections = isForAll ? known : openForSome({ gates }, pods, known);
  const named = names.filter(({ name, protocol }) => {
    const open = openThrough({ gates, called: name }, pods, 'known')[protocol];
    return subtractPorts(open, connections[protocol]).length > 0;
  });
  return { pods, connections, named, isCertain: isForAll && named.every((port) => isOpenForAll(gates, pods, port)) };
}

function either(a: Opening, b: Opening): Opening {
  return { connections: unite(a.connections, b.connections), named: [...a.named, ...b.named] };
}

/** Whether all that the other has is in the first. */
function holdsAll({ connections, named }: Opening, other: Opening): boolean {
  const isNamed = ({ name, protocol }: NamedPort) =>
    isFull(connections[protocol]) || named.some((port) => port.name === name && port.protocol === protocol);
  return isWithin(other.connections, connections) && other.named.every(isNamed);
}
