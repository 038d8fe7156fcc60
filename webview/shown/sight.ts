import {
  arrayOf,
  boolean,
  dictionaryOf,
  type Guarded,
  nullable,
  number,
  object,
  oneOf,
  string,
} from '../../src/client/guard.ts';
import type { Graph } from '../../src/topology/graph.ts';
import { collapse, foldingOf } from './collapse.ts';
import { collapsedIn, type Folds } from './collapsed.ts';
import { readExpression } from './expression.ts';
import { filtered } from './filter.ts';
import { focused } from './focus.ts';
import { meanings, without } from './meaning.ts';

/** Whether a value is what a person chose to see of a graph. */
export const isSight = object(
  { folds: dictionaryOf(oneOf('open', 'collapsed')) },
  {
    /** A search, and whether what it does not find is hidden. */
    query: string,
    isFiltering: boolean,
    hidden: arrayOf(oneOf(...meanings)),
    focus: nullable(object({ id: string, depth: number })),
  },
);
export type Sight = Guarded<typeof isSight>;

export const plainSight: Sight = { folds: {} };

/** A graph and what is seen of it. */
export interface Seen {
  readonly whole: Graph;
  /** What is drawn. */
  readonly graph: Graph;
  readonly collapsed: ReadonlySet<string>;
  /** The node or edge that is drawn for one of the whole graph; undefined where there is none. */
  standIn(id: string): string | undefined;
}

/** What is seen of a graph by a person's choice. */
export function seen(whole: Graph, sight: Sight): Seen {
  const part = partOf(whole, sight);
  const collapsed = collapsedIn(whole, sight.folds);
  const graph = collapse(part, collapsed);
  const into = foldingOf(part, collapsed);
  const drawn = new Set([...graph.nodes, ...graph.edges].map(({ id }) => id));
  const bundles = new Map(
    graph.edges.flatMap(({ id, bundles }) => (bundles ?? []).map((edge) => [edge.id, id] as const)),
  );
  const standIn = (id: string) => (drawn.has(id) ? id : (into.get(id) ?? bundles.get(id)));
  return { whole, graph, collapsed, standIn };
}

/** What is left of a graph by the filter, the legend and the focus, before anything is folded. */
function partOf(whole: Graph, { query = '', isFiltering = false, hidden = [], focus }: Sight): Graph {
  const expression = readExpression(isFiltering ? query : '');
  const found = 'terms' in expression ? filtered(whole, expression.terms) : whole;
  const seen = without(found, hidden);
  return focus ? focused(seen, focus) : seen;
}

/** The choice with some nodes opened or collapsed. */
export function folding(sight: Sight, ids: readonly string[], how: Folds[string]): Sight {
  return { ...sight, folds: { ...sight.folds, ...Object.fromEntries(ids.map((id) => [id, how])) } };
}

/** What must be opened for a node or an edge of the whole graph to be drawn. */
export function aroundOf({ whole, collapsed }: Seen, id: string): string[] {
  const edge = whole.edges.find((each) => each.id === id);
  const into = foldingOf(whole, collapsed);
  return (edge ? [edge.source, edge.target] : [id]).flatMap((end) => into.get(end) ?? []);
}
