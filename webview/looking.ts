import type { GraphNode } from '../src/topology/graph.ts';
import { isFoldable } from './frame.ts';
import { type Turn, turnByKey, turnOf, turnOfAll } from './shown/fold-keys.ts';
import type { Meaning } from './shown/meaning.ts';
import { folding, plainSight, type Seen, type Sight, seen } from './shown/sight.ts';

/** What looking at the graph asks of its surroundings. */
export interface LookingEvents {
  /** Whether all of the picture shows, and is to show on. */
  readonly isFitted: () => boolean;
  /** The graph is to be seen in another way. */
  readonly onLook: () => void;
}

/** How a person looks at the graph: what is collapsed, hidden or in focus, and what is seen by that. */
export class Looking {
  sight: Sight = plainSight;
  seen: Seen | undefined;
  /** What was opened, and is to come into view; or all of the picture. */
  private coming: string | undefined;
  private readonly events: LookingEvents;

  constructor(events: LookingEvents) {
    this.events = events;
  }

  /** Sees the graph in another way. */
  look(change: Partial<Sight>): void {
    this.sight = { ...this.sight, ...change };
    if (this.events.isFitted()) this.coming ??= 'all';
    this.events.onLook();
  }

  /** What is to come into view, now that it is drawn. */
  takeComing(): string | undefined {
    const { coming } = this;
    this.coming = undefined;
    return coming;
  }

  /** Opens or collapses nodes; what comes into view then is the one, or all of the picture. */
  turn(ids: readonly string[], how: Turn['how']): void {
    this.coming = ids.length === 1 ? ids[0] : 'all';
    this.look(folding(this.sight, ids, how));
  }

  /** Opens what a node or an edge is folded into, and brings that into view. */
  openTo(id: string, around: readonly string[]): void {
    this.turn(around, 'open');
    this.coming = id;
  }

  turnAll(): void {
    const turn = this.seen && turnOfAll(this.seen);
    if (turn) this.turn(turn.ids, turn.how);
  }

  /** Opens what is collapsed, and at a double click collapses an open namespace; false where nothing is to be turned. */
  act(id: string, isDouble: boolean): boolean {
    const turn = this.turnOf(id);
    const isSpace = this.seen?.graph.nodes.some((node) => node.id === id && isFoldable(node));
    if (!turn || (turn.how !== 'open' && !(isDouble && isSpace))) return false;
    this.turn([turn.id], turn.how);
    return true;
  }

  /** A key opens or collapses what is picked, and everything while nothing is; false where nothing is to be turned. */
  turnByKey(how: Turn['how'], picked: string | undefined): boolean {
    const { seen } = this;
    if (!seen) return false;
    const turn = picked === undefined ? undefined : turnByKey(seen, picked, how);
    const ids = picked === undefined ? turnOfAll(seen, how).ids : turn ? [turn.id] : [];
    if (ids.length) this.turn(ids, how);
    return ids.length > 0;
  }

  /** What can be turned at a node. */
  turnOf(id: string | undefined): Turn | undefined {
    return this.seen && id !== undefined ? turnOf(this.seen, id) : undefined;
  }

  /** What would be seen with a collapsed namespace opened; undefined for anything else. */
  withOpened(id: string): Seen | undefined {
    const node = this.seen?.graph.nodes.find((each) => each.id === id);
    if (!this.seen || node?.type !== 'namespace' || !node.folded) return undefined;
    return seen(this.seen.whole, folding(this.sight, [id], 'open'));
  }

  /** The largest of what is collapsed: it takes the longest to be opened. */
  get largestCollapsed(): string | undefined {
    const size = ({ folded }: GraphNode) => folded?.nodes.length ?? 0;
    const spaces = this.seen?.graph.nodes.filter(({ type, folded }) => type === 'namespace' && folded) ?? [];
    return spaces.toSorted((a, b) => size(a) - size(b)).at(-1)?.id;
  }

  /** Hides what the legend names, or lets it stand. */
  hide(meaning: Meaning, hide: boolean): void {
    const others = (this.sight.hidden ?? []).filter((each) => each !== meaning);
    this.look({ hidden: hide ? [...others, meaning] : others });
  }

  /** Looks at what is near a node alone; at everything with no depth. */
  focus(id: string, depth: number | undefined): void {
    this.look({ focus: depth === undefined ? null : { id, depth } });
  }
}
