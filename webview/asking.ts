import type { PageMessage } from '../src/client/panel-protocol.ts';
import type { Graph, GraphNode, Reach } from '../src/topology/graph.ts';

/** Whose reach is asked for: what is picked of the graph of a set, and in which direction. */
export interface Subject {
  readonly graph: Graph | undefined;
  readonly set: string | undefined;
  readonly picked: string | undefined;
  readonly direction: Reach['direction'];
}

/** What is asked of the reach of what is picked, and which answer counts. */
export class Asking {
  /** The answer, once it is there. */
  reach: Reach | undefined;
  private request = 0;
  private readonly post: (message: PageMessage) => void;

  constructor(post: (message: PageMessage) => void) {
    this.post = post;
  }

  /** Forgets the answer, and asks again where something is picked that can reach or be reached. */
  about({ graph, set, picked, direction }: Subject): void {
    this.reach = undefined;
    const node = graph?.nodes.find((candidate) => candidate.id === picked);
    if (!graph || !node || !hasReach(graph, node) || set === undefined) return;
    const request = ++this.request;
    this.post({ type: 'reach', request, set, id: node.id, direction: node.type === 'service' ? 'to' : direction });
  }

  /** Takes an answer; false for one that another question, or another pick, has overtaken. */
  receive(request: number, reach: Reach | null, picked: string | undefined): boolean {
    if (request !== this.request || !reach || reach.id !== picked) return false;
    this.reach = reach;
    return true;
  }
}

/** Whether a node of a graph reaches others in it, or is reached: a Service is called, and calls nobody. */
export function hasReach({ nodes }: Graph, { type }: GraphNode): boolean {
  if (type !== 'service' && type !== 'internet') return type === 'workload';
  // A view without workloads shows what is behind a Service instead.
  return nodes.some((node) => node.type === 'workload');
}
