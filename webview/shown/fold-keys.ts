import { isFoldable } from '../frame.ts';
import { frontsOf } from './fronts.ts';
import type { Seen } from './sight.ts';

/** A node to open or to collapse. */
export interface Turn {
  readonly id: string;
  readonly how: 'open' | 'collapsed';
}

/** What a button or a double click turns at a node: a collapsed one opens, an open one that has something to fold folds. */
export function turnOf({ whole, graph }: Seen, id: string): Turn | undefined {
  const node = graph.nodes.find((each) => each.id === id);
  if (!node) return undefined;
  if (node.folded) return { id, how: 'open' };
  const foldable = isFoldable(node)
    ? graph.nodes.some(({ parent }) => parent === id)
    : node.type === 'workload' && frontsOf(whole).has(id);
  return foldable ? { id, how: 'collapsed' } : undefined;
}

/** What a key turns: a Service goes with its workload, and what has nothing to fold with its namespace. */
export function turnByKey(seen: Seen, id: string, how: Turn['how']): Turn | undefined {
  const turn = turnOf(seen, id);
  if (turn?.how === how) return turn;
  if (how === 'open') return undefined;
  const node = seen.graph.nodes.find((each) => each.id === id);
  const behind = [...frontsOf(seen.whole)].find(([, services]) => services.includes(id))?.[0];
  const around = behind ?? node?.parent;
  return around === undefined ? undefined : turnByKey(seen, around, how);
}

/** What is turned of all namespaces: all are collapsed, unless they are so already or are `wanted` open. */
export function turnOfAll(
  { graph }: Seen,
  wanted?: Turn['how'],
): { readonly ids: readonly string[]; readonly how: Turn['how'] } {
  const spaces = graph.nodes.filter(isFoldable);
  const open = spaces.filter(({ id, folded }) => !folded && graph.nodes.some(({ parent }) => parent === id));
  const how = wanted ?? (open.length ? 'collapsed' : 'open');
  return { ids: (how === 'collapsed' ? open : spaces.filter(({ folded }) => folded)).map(({ id }) => id), how };
}
