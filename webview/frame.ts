import type { ClusterNode, GraphNode, GroupNode, NamespaceNode } from '../src/topology/graph.ts';

/** A node in which others stand. */
export type FrameNode = NamespaceNode | ClusterNode | GroupNode;

/** Whether a node is one in which others can stand. */
export function isSpace(node: GraphNode): node is FrameNode {
  return node.type === 'namespace' || node.type === 'cluster' || node.type === 'group';
}

/** Whether a node is one into which what stands in it can be folded. */
export function isFoldable(node: GraphNode): node is NamespaceNode | GroupNode {
  return node.type === 'namespace' || node.type === 'group';
}

/** Whether others stand in a node: into one that is collapsed they are folded. */
export function isFrame(node: GraphNode): node is FrameNode {
  return isSpace(node) && !node.folded;
}
