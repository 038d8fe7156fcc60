import type { Graph, GraphEdge, Reach, ReachPeer } from '../src/topology/graph.ts';
import { iconButton, textButton } from './controls.ts';
import { el, icon } from './dom.ts';
import { type Facts, factsOf, type Item, isCall, kindOf, type List, overviewOf } from './facts.ts';
import { marks } from './marks.ts';
import type { Page } from './page.ts';
import type { Turn } from './shown/fold-keys.ts';
import { t } from './strings.ts';

export interface SidePanelEvents {
  readonly onPick: (id: string) => void;
  readonly onReveal: (id: string) => void;
  readonly onTrace: (edge: GraphEdge) => void;
  readonly onDirection: (direction: Reach['direction']) => void;
  readonly onTurn: (turn: Turn) => void;
  readonly onClose: () => void;
}

/** What the side panel is about. */
export interface Subject {
  readonly graph: Graph;
  /** The name of the whole. */
  readonly label: string;
  /** What is picked, if anything. */
  readonly id: string | undefined;
  readonly direction: Reach['direction'];
  /** Undefined while it is being worked out. */
  readonly reach: Reach | undefined;
  /** What is picked can be opened or collapsed. */
  readonly turn: Turn | undefined;
}

/** Fills the side panel with what is known of what is picked, or of the whole; hides it while there is nothing. */
export function showSidePanel(
  { panel, facts: body }: Pick<Page, 'panel' | 'facts'>,
  subject: Subject | undefined,
  events: SidePanelEvents,
): void {
  const picked = subject?.id === undefined ? undefined : factsOf(subject.graph, subject.id);
  const facts = picked ?? (subject && overviewOf(subject.graph, subject.label));
  panel.hidden = !facts;
  panel.classList.toggle('overview', !picked);
  if (!facts || !subject) {
    body.replaceChildren();
    return;
  }
  const { nodes, edges } = subject.graph;
  const node = nodes.find((candidate) => candidate.id === subject.id);
  const call = edges.find((edge) => edge.id === subject.id && isCall(edge) && !edge.bundles);
  body.replaceChildren(
    heading(facts, picked && subject, call, events),
    ...(facts.verdict ? [verdict(facts.verdict)] : []),
    ...(facts.messages ? [messages(facts.messages)] : []),
    ...(facts.rows.length ? [rows(facts)] : []),
    ...facts.lists.map((list) => listSection(list, events.onPick)),
    ...(node?.type === 'workload' ? [reachSection(subject, events)] : []),
  );
}

function heading(
  facts: Facts,
  subject: Subject | undefined,
  call: GraphEdge | undefined,
  events: SidePanelEvents,
): HTMLElement {
  const title = el('h2', {}, facts.title);
  const subtitle = el('p', { class: 'muted' }, facts.subtitle);
  if (subject?.id === undefined) return el('header', { class: 'panel-head' }, title, subtitle);
  const { id, turn, graph } = subject;
  const isBundle = graph.edges.some((edge) => edge.id === id && edge.bundles);
  return el(
    'header',
    { class: 'panel-head' },
    el('div', { class: 'panel-title' }, title, iconButton(marks.cross, t('close'), events.onClose)),
    subtitle,
    el(
      'div',
      { class: 'panel-actions' },
      isBundle ? undefined : textButton(t('goToYaml'), () => events.onReveal(id)),
      call && textButton(t('trace'), () => events.onTrace(call)),
      turn && textButton(t(turn.how === 'open' ? 'expand' : 'collapse'), () => events.onTurn(turn)),
    ),
  );
}

function verdict({ text, tone }: NonNullable<Facts['verdict']>): HTMLElement {
  return el('p', { class: `verdict ${tone}` }, icon(marks[tone]), el('strong', {}, text));
}

function messages(texts: readonly string[]): HTMLElement {
  return el('ul', { class: 'messages' }, ...texts.map((text) => el('li', {}, ...ticked(text))));
}

/** A message marks code by backticks. */
function ticked(text: string): (Node | string)[] {
  return text.split('`').map((piece, index) => (index % 2 === 1 ? el('code', {}, piece) : piece));
}

function rows(facts: Facts): HTMLElement {
  const list = el('dl', {});
  for (const row of facts.rows) list.append(el('dt', {}, row.name), el('dd', {}, ...ticked(row.value)));
  return list;
}

function listSection(list: List, pick: (id: string) => void): HTMLElement {
  return el('section', {}, el('h3', {}, list.title), itemList(list.items, pick));
}

function itemList(items: readonly Item[], pick: (id: string) => void): HTMLElement {
  return el('ul', { class: 'items' }, ...items.map((item) => el('li', {}, itemButton(item, pick))));
}

function itemButton(item: Item, pick: (id: string) => void): HTMLElement {
  const button = el(
    'button',
    { class: `item ${item.tone ?? ''}`, type: 'button' },
    el('span', { class: 'item-text' }, item.text),
    el('span', { class: 'item-aside' }, item.aside),
  );
  button.addEventListener('click', () => pick(item.id));
  return button;
}

/** The list of what the picked workload may reach, or what may reach it, with a switch between the two. */
function reachSection(subject: Subject, events: SidePanelEvents): HTMLElement {
  const { graph, reach, direction } = subject;
  const choice = (value: Reach['direction'], text: string) => {
    const button = el('button', { class: 'choice', type: 'button', 'aria-pressed': String(value === direction) }, text);
    button.addEventListener('click', () => events.onDirection(value));
    return button;
  };
  const switcher = el(
    'div',
    { class: 'choices', role: 'group', 'aria-label': t('direction') },
    choice('from', t('mayReach')),
    choice('to', t('mayBeReached')),
  );
  const known = new Map(graph.nodes.map((node) => [node.id, node]));
  const peers = (reach?.peers ?? []).filter((peer) => known.has(peer.id));
  const open = peers.filter((peer) => peer.outcome !== 'denied');
  const closed = peers.length - open.length;
  const item = (peer: ReachPeer): Item => {
    const node = known.get(peer.id);
    const where = node?.parent ? known.get(node.parent)?.label : undefined;
    const depends = peer.outcome === 'depends';
    return {
      id: peer.id,
      text: where ? `${where}/${node?.label}` : (node?.label ?? peer.id),
      aside: [peer.ports, ...(depends ? [t('depends')] : [])].join(' · '),
      ...(depends && { tone: 'warn' as const }),
    };
  };
  const none = el('p', { class: 'muted' }, reach ? t('nothingReached') : t('reachEmpty'));
  return el(
    'section',
    { class: 'reach' },
    switcher,
    open.length ? itemList(open.map(item), events.onPick) : none,
    closed ? el('p', { class: 'muted' }, t('reachHidden', closed)) : undefined,
  );
}

/** One line for a screen reader when something is picked. */
export function announcement(graph: Graph, id: string): string {
  const facts = factsOf(graph, id);
  const node = graph.nodes.find((candidate) => candidate.id === id);
  return facts ? [facts.title, node ? kindOf(node) : '', facts.verdict?.text ?? ''].filter(Boolean).join(', ') : '';
}
