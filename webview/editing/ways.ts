import type { Graph, GraphNode } from '../../src/topology/graph.ts';
import { isCall } from '../facts.ts';
import { canBeEnd } from '../pair.ts';
import type { PickedPair } from '../pair-emphasis.ts';
import type { WayWish } from './wishes.ts';

type Ways = readonly WayWish['type'][];
const both: Ways = ['allow', 'deny'];

/** What can be done about what is picked: an open way can be denied, a blocked one allowed, and a node begins one. */
export function waysOf(graph: Graph, id: string | undefined, pair: PickedPair | undefined): Ways {
  if (pair)
    return { allowed: ['deny'], denied: ['allow'], depends: both, none: [] }[pair.proof?.outcome ?? 'none'] as Ways;
  const node = graph.nodes.find((each) => each.id === id);
  if (node) return canSend(node) ? both : [];
  const call = graph.edges.find((edge) => edge.id === id && isCall(edge));
  if (!call || call.bundles) return [];
  if (call.blocked) return ['allow'];
  return call.depends || call.unjudged ? both : ['deny'];
}

/** Whether a way can begin at a node. */
export function canSend(node: GraphNode): boolean {
  return (node.type === 'workload' || node.type === 'internet') && isItself(node);
}

/** The nodes that a way can lead to from another. */
export function targetsOf({ nodes }: Graph, source: string): ReadonlySet<string> {
  const targets = nodes.filter((node) => node.id !== source && canBeEnd(node) && isItself(node));
  return new Set(targets.map(({ id }) => id));
}

/** Not one of several pictures of something, and not gone by what is supposed. */
function isItself({ of, change }: GraphNode): boolean {
  return of === undefined && change !== 'gone';
}

/** The ports of a target that can be chosen, with the one that is asked for already. */
export function portsAt({ nodes }: Graph, { target, port }: WayWish): readonly string[] {
  const node = nodes.find(({ id }) => id === target);
  const known = node?.type === 'workload' || node?.type === 'service' ? node.ports : [];
  return [...new Set([...known, ...(port === null ? [] : [port])])];
}
