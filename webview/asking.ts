import type { PageMessage } from '../src/client/panel-protocol.ts';
import type { Graph, Reach } from '../src/topology/graph.ts';

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

  /** Forgets the answer, and asks again where a workload is picked. */
  about({ graph, set, picked, direction }: Subject): void {
    this.reach = undefined;
    const node = graph?.nodes.find((candidate) => candidate.id === picked);
    if (node?.type !== 'workload' || set === undefined) return;
    const request = ++this.request;
    this.post({ type: 'reach', request, set, id: node.id, direction });
  }

  /** Takes an answer; false for one that another question, or another pick, has overtaken. */
  receive(request: number, reach: Reach | null, picked: string | undefined): boolean {
    if (request !== this.request || !reach || reach.id !== picked) return false;
    this.reach = reach;
    return true;
  }
}
