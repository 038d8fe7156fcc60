import type { Graph, GraphNode } from '../src/topology/graph.ts';
import { isCall } from './facts.ts';
import type { Ends } from './inquiry.ts';
import { t } from './strings.ts';

/**
 * The second end, beside the one that is picked. While somebody is choosing it, whatever is clicked or walked to is it;
 * later only what is clicked with Shift.
 */
export class Pair {
  other: string | undefined;
  isChoosing = false;
  /** What is to become of the way to the end that is being chosen; without it, the way is only looked at. */
  purpose: 'allow' | 'deny' | undefined;

  /** Begins to choose the other end. */
  start(purpose?: 'allow' | 'deny'): void {
    this.isChoosing = true;
    this.purpose = purpose;
  }

  /** What to do while the other end is being chosen. */
  get hint(): string {
    return t(this.purpose === undefined ? 'pairHint' : this.purpose === 'allow' ? 'allowHint' : 'denyHint');
  }

  /** Whether something that is pointed at becomes the other end of what is picked; then it is. */
  take(id: string, picked: string | undefined, isExtending: boolean): boolean {
    if (picked === undefined || !(isExtending || this.isChoosing)) return false;
    // The keyboard may pass over what is picked on its way to the other end.
    if (id === picked && !this.isChoosing) return false;
    this.other = id === picked ? undefined : id;
    return true;
  }

  /** A click settles what was being chosen; tells what it was chosen for. */
  settle(): Pair['purpose'] {
    const { purpose } = this;
    this.stop();
    return purpose;
  }

  private stop(): void {
    this.isChoosing = false;
    this.purpose = undefined;
  }

  /** Takes the latest step back; false where there is none. */
  back(): boolean {
    const isStep = this.other !== undefined || this.isChoosing;
    // With an end chosen, choosing goes on: only the next step ends it.
    if (this.other === undefined) this.stop();
    this.other = undefined;
    return isStep;
  }

  /** Something else is picked. */
  clear(): void {
    this.other = undefined;
    this.stop();
  }
}

/** The ends of what is picked: of a call, or of what is picked and the other end; undefined where there are no two. */
export function endsOfPick(graph: Graph, set: string, { picked, other, direction }: Picks): Ends | undefined {
  if (other !== undefined) return endsOfPair(graph, set, picked, other, direction);
  const call = graph.edges.find((edge) => edge.id === picked && isCall(edge));
  const isWhole =
    call && [call.source, call.target].every((id) => graph.nodes.some((node) => node.id === id && canBeEnd(node)));
  return isWhole ? { set, source: call.source, target: call.target, ports: call.ports } : undefined;
}

/** What is picked, and in which direction packets are looked at. */
interface Picks {
  readonly picked: string | undefined;
  readonly other: string | undefined;
  readonly direction: 'from' | 'to';
}

/** Who sends to whom; undefined where one of them is gone, or neither sends nor receives. */
function endsOfPair(
  graph: Graph,
  set: string,
  picked: string | undefined,
  other: string | undefined,
  direction: 'from' | 'to',
): Ends | undefined {
  const [from, to] = direction === 'from' ? [picked, other] : [other, picked];
  const source = graph.nodes.find(({ id }) => id === from);
  const target = graph.nodes.find(({ id }) => id === to);
  if (!source || !target || !canBeEnd(source) || !canBeEnd(target)) return undefined;
  const ports = target.type === 'workload' || target.type === 'service' ? target.ports : [];
  return { set, source: source.id, target: target.id, ports: [...new Set(ports)] };
}

/** Whether packets come from a node, or go to it. */
export function canBeEnd({ type }: GraphNode): boolean {
  return type === 'workload' || type === 'service' || type === 'internet';
}
