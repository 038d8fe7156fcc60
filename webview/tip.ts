import type { Graph, Reach } from '../src/topology/graph.ts';
import { el } from './dom.ts';
import type { Point } from './geometry.ts';
import { ticked } from './spoken.ts';

/** The reason beside what the mouse is on. Who does not see it finds the same words in the side panel. */
export class Tip {
  readonly root = el('div', { class: 'tip', 'aria-hidden': 'true', hidden: '' });

  /** Says a text beside a point of the stage, or nothing. */
  show(text: string | undefined, at: Point | undefined): void {
    this.root.hidden = text === undefined || !at;
    if (text === undefined || !at) return;
    this.root.replaceChildren(...ticked(text));
    const { clientWidth, clientHeight } = this.root.parentElement ?? this.root;
    const left = Math.max(8, Math.min(at.x, clientWidth - this.root.offsetWidth - 8));
    const top = Math.max(8, Math.min(at.y, clientHeight - this.root.offsetHeight - 8));
    this.root.style.left = `${left}px`;
    this.root.style.top = `${top}px`;
  }
}

/** Why something cannot be reached: a workload, a Service all of whose workloads cannot, a call that is blocked. */
export function reasonFor({ edges }: Graph, reach: Reach | undefined, id: string): string | undefined {
  const call = edges.find((edge) => edge.id === id);
  if (call) return call.why;
  const behind = edges.filter(({ type, source }) => type === 'selects' && source === id).map(({ target }) => target);
  const asked = behind.length > 0 ? behind : [id];
  const peers = asked.map((each) => reach?.peers.find((peer) => peer.id === each));
  return peers.every((peer) => peer?.outcome === 'denied') ? peers[0]?.why : undefined;
}
