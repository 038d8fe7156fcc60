import type { Location } from 'vscode-languageserver';
import type { Snapshot } from '../manifests/workspace.ts';
import { buildGraph } from '../topology/build.ts';
import { placeOfEdge } from '../topology/edges.ts';
import type { Graph, Reach } from '../topology/graph.ts';
import { nodeIdOf, placeOfNode } from '../topology/ids.ts';
import { reachOf } from '../topology/reach.ts';
import { type Context, spotAt, worldNamed } from './context.ts';
import { locationOf } from './positions.ts';
import type { LocateParams, NodeAtParams, ReachParams, TopologyParams, TopologyResult } from './protocol.ts';
import type { World } from './worlds.ts';

const graphs = new WeakMap<World, Graph>();

/** The picture of the cluster of a document, or of the first one. */
export function topology(context: Context, { uri }: TopologyParams): TopologyResult | null {
  const { session, worlds } = context;
  const snapshot = session.snapshot();
  const set = (uri === undefined ? undefined : snapshot.setOf(uri)) ?? snapshot.sets[0];
  if (!set) return emptyPicture(snapshot);
  const world = worlds.of(snapshot, set, session.roots);
  const graph = graphs.get(world) ?? buildGraph(world.cluster, world.findings);
  graphs.set(world, graph);
  return { set: set.id, label: set.label, graph, brokenFiles: brokenFiles(snapshot, set.id) };
}

/** Nothing to draw, which is an answer too. */
function emptyPicture(snapshot: Snapshot): TopologyResult {
  return { set: '', label: '', graph: { nodes: [], edges: [] }, brokenFiles: brokenFiles(snapshot, undefined) };
}

/** The files of a set with errors in their text; of all sets where none is meant. */
function brokenFiles(snapshot: Snapshot, set: string | undefined): number {
  return [...snapshot.problems].filter(
    ([uri, problems]) =>
      problems.some(({ severity }) => severity === 'error') && (set === undefined || snapshot.setOf(uri)?.id === set),
  ).length;
}

/** What a picked workload may reach, or what may reach it. */
export function reach(context: Context, { set, id, direction }: ReachParams): Reach | null {
  const found = worldNamed(context, set);
  return (found && reachOf(found.world.cluster, id, direction)) ?? null;
}

/** Where a node or an edge is written. */
export function locate(context: Context, { set, id }: LocateParams): Location | null {
  const found = worldNamed(context, set);
  if (!found) return null;
  const { snapshot, world } = found;
  const place = placeOfNode(world.cluster, id) ?? placeOfEdge(world.cluster, id);
  return place ? locationOf(snapshot, place) : null;
}

/** The node that is written at a position. */
export function nodeAt(context: Context, { uri, position }: NodeAtParams): string | null {
  const found = spotAt(context, uri, position);
  return (found && nodeIdOf(found.world.cluster, found.spot.manifest)) ?? null;
}
