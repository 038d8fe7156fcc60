import type { Location } from 'vscode-languageserver';
import type { Snapshot } from '../manifests/workspace.ts';
import { buildGraph } from '../topology/build.ts';
import { placeOfEdge } from '../topology/edges.ts';
import type { Graph, Reach } from '../topology/graph.ts';
import { nodeIdOf, placeOfNode } from '../topology/ids.ts';
import { placeInView, viewNamed, views } from '../topology/views/registry.ts';
import type { View } from '../topology/views/view.ts';
import { type Context, spotAt } from './context.ts';
import { reachOfNode } from './end-reach.ts';
import type { LocateParams, NodeAtParams, ReachParams, TopologyParams, TopologyResult } from './protocol.ts';
import { plansOf, supposedIn } from './supposed.ts';
import type { World } from './worlds.ts';

const wholes = new WeakMap<World, Graph>();
/** What each view shows of a whole. */
const drawn = new WeakMap<Graph, Map<string, Graph>>();

/** The picture of the cluster of a document, or of the first one, as a view shows it. */
export function topology(context: Context, { uri, view: wanted, supposed }: TopologyParams): TopologyResult | null {
  const { session, worlds } = context;
  const snapshot = session.snapshot();
  const set = (uri === undefined ? undefined : snapshot.setOf(uri)) ?? snapshot.sets[0];
  const view = viewNamed(wanted);
  const tabs = { view: view.id, views: views.map(({ id, title }) => ({ id, title: title() })) };
  const found = set && supposedIn(context, set.id, supposed);
  if (!found) return { ...emptyPicture(snapshot), ...tabs };
  const { id, label } = set;
  const graph = graphOf(found.world, view);
  const { length } = plansOf(found);
  const before = length > 0 && { before: graphOf(worlds.of(snapshot, set, session.roots), view) };
  return { set: id, label, graph, brokenFiles: brokenFiles(snapshot, id), supposed: length, ...before, ...tabs };
}

function graphOf(world: World, view: View): Graph {
  const whole = wholes.get(world) ?? buildGraph(world.cluster, world.findings);
  wholes.set(world, whole);
  const known = drawn.get(whole) ?? new Map<string, Graph>();
  drawn.set(whole, known);
  const graph = known.get(view.id) ?? view.draw(world.cluster, whole);
  known.set(view.id, graph);
  return graph;
}

/** Nothing to draw, which is an answer too. */
function emptyPicture(snapshot: Snapshot): Omit<TopologyResult, 'view' | 'views'> {
  return {
    set: '',
    label: '',
    graph: { nodes: [], edges: [] },
    brokenFiles: brokenFiles(snapshot, undefined),
    supposed: 0,
  };
}

/** The files of a set with errors in their text; of all sets where none is meant. */
function brokenFiles(snapshot: Snapshot, set: string | undefined): number {
  return [...snapshot.problems].filter(
    ([uri, problems]) =>
      problems.some(({ severity }) => severity === 'error') && (set === undefined || snapshot.setOf(uri)?.id === set),
  ).length;
}

/** What a picked workload, a Service or the world outside may reach, or what may reach it. */
export function reach(context: Context, { set, id, direction, supposed }: ReachParams): Reach | null {
  const found = supposedIn(context, set, supposed);
  return (found && reachOfNode(found.world.cluster, id, direction)) ?? null;
}

/** Where a node or an edge is written. */
export function locate(context: Context, { set, id, supposed }: LocateParams): Location | null {
  const found = supposedIn(context, set, supposed);
  if (!found) return null;
  const { world } = found;
  const place = placeOfNode(world.cluster, id) ?? placeOfEdge(world.cluster, id) ?? placeInView(world.cluster, id);
  return (place && found.locate(place)) ?? null;
}

/** The node that is written at a position. */
export function nodeAt(context: Context, { uri, position }: NodeAtParams): string | null {
  const found = spotAt(context, uri, position);
  return (found && nodeIdOf(found.world.cluster, found.spot.manifest)) ?? null;
}
