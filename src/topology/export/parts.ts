import type { Graph, GraphEdge, GraphNode } from '../graph.ts';

/** The nodes that stand in no other. */
export function outsideOf({ nodes }: Graph): readonly GraphNode[] {
  const ids = new Set(nodes.map(({ id }) => id));
  return nodes.filter((node) => !isBox(node) && !(node.parent && ids.has(node.parent)));
}

/** Whether others stand in a node. */
export function isBox({ type }: GraphNode): boolean {
  return type === 'namespace' || type === 'cluster';
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
export function lineBelow(node: GraphNode): string {
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
    default:
      return '';
  }
}

/** Whether somebody means to send something along an edge; else it says what belongs to what. */
export function isTraffic({ type }: GraphEdge): boolean {
  return type === 'calls' || type === 'enters';
}
