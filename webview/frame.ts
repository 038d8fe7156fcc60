import type { ClusterNode, GraphNode, NamespaceNode } from '../src/topology/graph.ts';

/** A node in which others stand. */
export type FrameNode = NamespaceNode | ClusterNode;

/** Whether others stand in a node. */
export function isFrame(node: GraphNode): node is FrameNode {
  return node.type === 'namespace' || node.type === 'cluster';
}
