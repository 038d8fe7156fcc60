import type { Graph, GraphNode } from '../src/topology/graph.ts';
import { el } from './dom.ts';
import { changeWords } from './editing/compare.ts';
import { kindOf } from './facts.ts';
import { isFrame } from './frame.ts';
import { meaningOf, treeKeys } from './keys.ts';
import type { Turn } from './shown/fold-keys.ts';
import { findingsText, foldedCounts, isolationText, t } from './strings.ts';

/**
 * The picture as a tree of text. It is what the keyboard moves in and what a screen reader reads; the canvas shows where
 * it stands.
 */

export interface Branch {
  readonly id: string;
  readonly text: string;
  readonly children: readonly Branch[];
  /** What it holds is collapsed into it. */
  readonly isFolded: boolean;
}

/** The nodes of a graph in reading order, those of a namespace below it. */
export function branchesOf(graph: Graph): Branch[] {
  const spaces = new Set(graph.nodes.filter(isFrame).map((node) => node.id));
  const branch = (node: GraphNode): Branch => ({
    id: node.id,
    text: describe(node),
    isFolded: node.folded !== undefined,
    children: isFrame(node) ? children(node.id) : [],
  });
  const children = (id: string) => graph.nodes.filter((node) => node.parent === id && node.id !== id).map(branch);
  return graph.nodes.filter((node) => node.parent === undefined || !spaces.has(node.parent)).map(branch);
}

function describe(node: GraphNode): string {
  const isolated = node.type === 'workload' || node.type === 'namespace' ? isolationText(node.isolated) : '';
  const ports = node.type === 'workload' || node.type === 'service' ? node.ports.join(', ') : '';
  const host = node.type === 'workload' && node.hostNetwork ? t('hostNetwork') : '';
  const assumed = node.assumed ? t('assumed') : '';
  const folded = node.folded ? [t('collapsed'), ...foldedCounts(node.folded)].join(', ') : '';
  const change = node.change ? t(changeWords[node.change]) : '';
  return [node.label, kindOf(node), change, folded, ports, isolated, host, assumed, findingsText(node.findings)]
    .filter(Boolean)
    .join(', ');
}

export interface OutlineEvents {
  readonly onMove: (id: string) => void;
  readonly onEnter: (id: string) => void;
  /** Shift and Enter: the other end of a connection is to be picked. */
  readonly onChoose: () => void;
  /** A node is to be opened, or collapsed. */
  readonly onTurn: (how: Turn['how']) => void;
}

export interface Outline {
  show(graph: Graph): void;
  select(id: string | undefined): void;
  /** The keyboard comes to where the tree stands. */
  focus(): void;
}

/** Starts the tree in `root`, which has the role. */
export function createOutline(root: HTMLElement, events: OutlineEvents): Outline {
  let order: string[] = [];
  let current: string | undefined;
  const items = new Map<string, HTMLElement>();

  const select = (id: string | undefined) => {
    if (current !== undefined) mark(items.get(current), false);
    current = id !== undefined && items.has(id) ? id : undefined;
    if (current !== undefined) mark(items.get(current), true);
    const stop = items.get(current ?? order[0] ?? '');
    for (const item of items.values()) item.tabIndex = item === stop ? 0 : -1;
    if (stop && root.contains(document.activeElement)) stop.focus({ preventScroll: true });
  };

  const commands: Readonly<Record<string, (here: string) => void>> = {
    act: (here) => events.onEnter(here),
    choose: () => events.onChoose(),
    expand: () => events.onTurn('open'),
    collapse: () => events.onTurn('collapsed'),
  };
  root.addEventListener('keydown', (event) => {
    const here = idOf(document.activeElement);
    if (here === undefined) return;
    const meaning = meaningOf(treeKeys, event) ?? letterOf(event);
    if (meaning === undefined) return;
    const command = commands[meaning === 'inside' && isFolded(document.activeElement) ? 'expand' : meaning];
    const next = command ? undefined : destination(meaning, here, order, items);
    if (command) command(here);
    else if (next === undefined) return;
    else events.onMove(next);
    event.preventDefault();
  });

  return {
    show(graph) {
      items.clear();
      const focused = root.contains(document.activeElement);
      root.replaceChildren(...branchesOf(graph).map((branch) => render(branch, 1, items)));
      order = [...items.keys()];
      select(current);
      if (focused) items.get(current ?? order[0] ?? '')?.focus({ preventScroll: true });
    },
    select,
    focus: () => items.get(current ?? order[0] ?? '')?.focus({ preventScroll: true }),
  };
}

function mark(item: HTMLElement | undefined, selected: boolean): void {
  item?.setAttribute('aria-selected', String(selected));
}

function idOf(element: Element | null): string | undefined {
  return element instanceof HTMLElement ? element.dataset.id : undefined;
}

function isFolded(item: Element | null): boolean {
  return item?.getAttribute('aria-expanded') === 'false';
}

function render(branch: Branch, level: number, items: Map<string, HTMLElement>): HTMLElement {
  const item = el('li', {
    role: 'treeitem',
    'aria-level': String(level),
    'aria-selected': 'false',
    'aria-label': branch.text,
    'data-id': branch.id,
    tabindex: '-1',
  });
  items.set(branch.id, item);
  item.append(branch.text);
  if (branch.isFolded) item.setAttribute('aria-expanded', 'false');
  if (branch.children.length) {
    item.setAttribute('aria-expanded', 'true');
    item.append(el('ul', { role: 'group' }, ...branch.children.map((child) => render(child, level + 1, items))));
  }
  return item;
}

/** A letter that goes to the next name that begins with it; capital ones are commands. */
function letterOf({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): string | undefined {
  const isCommand = ctrlKey || metaKey || altKey || /\p{Lu}/u.test(key);
  return key.length === 1 && /\p{L}|\p{N}/u.test(key) && !isCommand ? key : undefined;
}

/** Where a key leads from `here`, by what it means or by its letter; undefined if it leads nowhere. */
function destination(
  meaning: string,
  here: string,
  order: readonly string[],
  items: ReadonlyMap<string, HTMLElement>,
): string | undefined {
  const index = order.indexOf(here);
  const item = items.get(here);
  if (meaning === 'next') return order[index + 1];
  if (meaning === 'previous') return order[index - 1];
  if (meaning === 'first') return order[0];
  if (meaning === 'last') return order.at(-1);
  if (meaning === 'inside') return idOf(item?.querySelector('[role=treeitem]') ?? null);
  if (meaning === 'outside') return idOf(item?.parentElement?.closest('[role=treeitem]') ?? null);
  const turned = [...order.slice(index + 1), ...order.slice(0, index + 1)];
  return turned.find((id) => items.get(id)?.ariaLabel?.toLowerCase().startsWith(meaning));
}
