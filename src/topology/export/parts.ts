import type { Graph, GraphEdge, GraphNode } from '../graph.ts';
import type { Words } from './words.ts';

/** The nodes that stand in no other. */
export function outsideOf({ nodes }: Graph): readonly GraphNode[] {
  const boxes = new Set(nodes.filter(isBox).map(({ id }) => id));
  return nodes.filter(({ parent }) => parent === undefined || !boxes.has(parent));
}

/** Whether others stand in a node; into one that is collapsed they are folded. */
export function isBox({ type, folded }: GraphNode): boolean {
  return !folded && (type === 'namespace' || type === 'cluster' || type === 'group');
}

/** The nodes that stand in a box. */
export function membersOf(box: GraphNode, { nodes }: Graph): readonly GraphNode[] {
  return nodes.filter(({ parent }) => parent === box.id);
}

/** The edges between nodes that are there. */
export function edgesBetween({ nodes, edges }: Graph): readonly GraphEdge[] {
  const ids = new Set(nodes.map(({ id }) => id));
  return edges.filter(({ source, target }) => ids.has(source) && ids.has(target));
}

/** What is written under a node's name: `Deployment × 2`, `80/TCP`, `Admin 10`; empty where there is nothing to say. */
export function lineBelow(node: GraphNode, words: Words): string {
  return [ownLine(node), ...(node.folded ? [words.folded(node.folded)] : [])].filter(Boolean).join(', ');
}

function ownLine(node: GraphNode): string {
  switch (node.type) {
    case 'workload':
      return node.replicas === 1 ? node.kind : `${node.kind} × ${node.replicas}`;
    case 'service':
      return node.ports.join(', ');
    case 'policy':
      // Only a policy for the whole cluster has a place in an order.
      return node.tier === 'NetworkPolicy'
        ? ''
        : [node.tier, node.priority].filter((each) => each !== undefined).join(' ');
    case 'part':
      return node.about.join(', ');
    default:
      return '';
  }
}

/** Whether somebody means to send something along an edge; else it says what belongs to what. */
export function isTraffic({ type }: GraphEdge): boolean {
  return type === 'calls' || type === 'enters';
}

/** Whether an edge only joins its ends, and leads from neither to the other. */
export function isUndirected({ type, directed }: GraphEdge): boolean {
  return type === 'joins' && !directed;
}
