import type { Graph } from '../src/topology/graph.ts';
import { type Face, internetFace, type Paint, policyFace, serviceFace, workloadFace } from './face.ts';
import { foldedFace } from './folded-face.ts';
import { isFoldable } from './frame.ts';
import { partFace } from './part-face.ts';

/** The face of each node but the open namespaces, whose size is known only when they are laid out. */
export function facesOf(graph: Graph, paint: Paint): Map<string, Face> {
  const faces = new Map<string, Face>();
  for (const node of graph.nodes) {
    if (node.type === 'workload') faces.set(node.id, workloadFace(node, paint));
    else if (node.type === 'service') faces.set(node.id, serviceFace(node, paint));
    else if (node.type === 'policy') faces.set(node.id, policyFace(node, paint));
    else if (isFoldable(node) && node.folded) faces.set(node.id, foldedFace(node, node.folded, paint));
    else if (node.type === 'internet') faces.set(node.id, internetFace(node, paint));
    else if (node.type === 'part') faces.set(node.id, partFace(node, paint));
  }
  return faces;
}
