import type { ElkNode } from 'elkjs/lib/elk-api.js';

export type { ElkExtendedEdge as ElkEdge, ElkNode, ElkPort } from 'elkjs/lib/elk-api.js';

/** Lays a graph out; the worker does, and so may a test. */
export type Elk = (graph: ElkNode) => Promise<ElkNode>;
