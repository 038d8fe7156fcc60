import type { PlanView } from '../../src/client/panel-protocol.ts';
import type { Graph } from '../../src/topology/graph.ts';
import { type Emphasis, keepServices, nothing, type OverlayEdge, others } from '../emphasis.ts';
import { t } from '../strings.ts';

type Paths = Extract<PlanView, { outcome: 'possible' }>['effect']['opens'];

/** Of what a plan is drawn. */
export interface PlanSubject {
  readonly plan: PlanView | undefined;
  /** The nodes that the wish names. */
  readonly nodes: readonly string[];
  /** What is drawn for a node of the whole graph. */
  readonly standIn: (id: string) => string | undefined;
}

/** What stands out while a plan is looked at: whom it is about, and the ways that it opens and closes. */
export function planEmphasis(graph: Graph, { plan, nodes, standIn }: PlanSubject): Emphasis {
  const effect = plan?.outcome === 'possible' ? plan.effect : undefined;
  const overlay = [...waysOf(effect?.opens, 'opens', standIn), ...waysOf(effect?.closes, 'closes', standIn)];
  const drawn = new Set(graph.nodes.map(({ id }) => id));
  const ends = nodes.flatMap((id) => standIn(id) ?? []).filter((id) => drawn.has(id));
  const keep = new Set([...ends, ...overlay.flatMap(({ source, target }) => [source, target])]);
  keepServices(graph, keep);
  const [picked, other] = ends;
  return {
    ...nothing,
    picked,
    ...(other !== undefined && { other }),
    faded: overlay.length > 0 ? others(graph, keep) : nothing.faded,
    overlay: overlay.length > mostWords ? overlay.map((way) => ({ ...way, label: signs[way.change] })) : overlay,
  };
}

/** Of so many ways each says in words what becomes of it; of more, a sign does. */
const mostWords = 6;

type Way = OverlayEdge & { readonly change: 'opens' | 'closes' };
const signs = { opens: '+', closes: '×' } as const;
const words = { opens: 'wayOpens', closes: 'wayCloses' } as const;

/** The paths as edges: one between two nodes, however many paths of those folded into them it stands for. */
function waysOf(
  paths: Paths | undefined,
  change: 'opens' | 'closes',
  standIn: (id: string) => string | undefined,
): readonly Way[] {
  const ways = new Map<string, Way>();
  for (const path of paths?.paths ?? []) {
    const source = path.source === undefined ? undefined : standIn(path.source);
    const target = path.target === undefined ? undefined : standIn(path.target);
    if (source === undefined || target === undefined || source === target) continue;
    const id = `${change} ${source} ${target}`;
    ways.set(id, { id, source, target, label: `${signs[change]} ${t(words[change])}`, depends: false, change });
  }
  return [...ways.values()];
}
