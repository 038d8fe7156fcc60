import type { Wish } from '../../src/client/panel-protocol.ts';
import type { Graph } from '../../src/topology/graph.ts';
import { labelOf } from '../facts.ts';
import type { Ends } from '../inquiry.ts';
import { t } from '../strings.ts';

/** A wish about the way between two ends. */
export type WayWish = Extract<Wish, { type: 'allow' | 'deny' }>;

/** Whether a wish is about the way between two ends. */
export function isWayWish(wish: Wish): wish is WayWish {
  return wish.type === 'allow' || wish.type === 'deny';
}

/** To open or to close the way between two ends, on the port that is asked about, else on the first one. */
export function wayWish(type: WayWish['type'], { source, target, ports }: Ends, port: string | undefined): WayWish {
  const way = { source, target, port: port ?? ports[0] ?? null };
  return type === 'allow' ? { type, ...way } : { type, ...way, keep: 'reaching-now' };
}

/** What is wished, in words, before a plan of it has a title. */
export function wishTitle(graph: Graph, wish: Wish): string {
  if (isWayWish(wish)) {
    const [source, target] = [labelOf(graph, wish.source), labelOf(graph, wish.target)];
    return t(wish.type === 'allow' ? 'planAllow' : 'planDeny', source, target);
  }
  return t(titles[wish.type], labelOf(graph, wish.id));
}

const titles = {
  isolate: 'planIsolate',
  unisolate: 'planUnisolate',
  addService: 'planAddService',
  label: 'planLabel',
  selector: 'planSelector',
} as const;

/** The nodes that a wish names. */
export function nodesOf(wish: Wish): readonly string[] {
  return isWayWish(wish) ? [wish.source, wish.target] : [wish.id];
}
