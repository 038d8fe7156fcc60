import type { Graph, GraphEdge, GraphNode, Reach, ReachPeer } from '../src/topology/graph.ts';
import { hasReach } from './asking.ts';
import { iconButton, textButton } from './controls.ts';
import { el } from './dom.ts';
import { type Facts, factsOf, type Item, isCall, kindOf, type List, labelOf, overviewOf } from './facts.ts';
import { marks } from './marks.ts';
import type { Page } from './page.ts';
import { canBeEnd } from './pair.ts';
import type { PickedPair } from './pair-emphasis.ts';
import { pairFacts } from './pair-facts.ts';
import type { Focus } from './shown/focus.ts';
import type { Turn } from './shown/fold-keys.ts';
import { ticked } from './spoken.ts';
import { t } from './strings.ts';
import { verdictLine } from './verdict.ts';

export interface SidePanelEvents {
  readonly onPick: (id: string) => void;
  readonly onReveal: (id: string) => void;
  readonly onTrace: (edge: GraphEdge) => void;
  readonly onDirection: (direction: Reach['direction']) => void;
  /** Pick a node as the other end of what is picked. */
  readonly onPair: (id: string) => void;
  /** Begin to choose the other end. */
  readonly onChoose: () => void;
  readonly onTurn: (turn: Turn) => void;
  /** Look at what is near a node alone; at everything with no depth. */
  readonly onFocus: (id: string, depth: number | undefined) => void;
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
  /** Two ends, where two are picked that packets go between. */
  readonly pair: PickedPair | undefined;
  /** What is picked as the other end, whether or not it can be one. */
  readonly other: string | undefined;
  /** What to do while the other end is being chosen. */
  readonly choosing: string | undefined;
  /** What is picked can be opened or collapsed. */
  readonly turn: Turn | undefined;
  /** What alone is looked at. */
  readonly focus: Focus | undefined;
  /** Where it can be changed; one element through all pictures, with what a person types into it. */
  readonly changes: HTMLElement | undefined;
}

/** Fills the side panel with what is known of what is picked, or of the whole; hides it while there is nothing. */
export function showSidePanel(
  { panel, facts: body }: Pick<Page, 'panel' | 'facts'>,
  subject: Subject | undefined,
  events: SidePanelEvents,
): void {
  const picked = subject && pickedFacts(subject);
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
  const held = document.activeElement;
  body.replaceChildren(
    subject.pair ? pairHeading(facts, subject, events) : heading(facts, picked && subject, call, events),
    ...hints(subject),
    ...(facts.verdict ? [verdictLine(facts.verdict.tone, facts.verdict.text)] : []),
    ...(facts.messages ? [messages(facts.messages)] : []),
    ...focusChoices(subject, events),
    ...(facts.rows.length ? [rows(facts)] : []),
    ...(subject.changes ? [subject.changes] : []),
    ...facts.lists.map((list) => listSection(list, events.onPick)),
    ...(node && hasReach(subject.graph, node) && !subject.pair ? [reachSection(subject, node, events)] : []),
  );
  // To move an element takes the keyboard from it.
  if (held instanceof HTMLElement && body.contains(held)) held.focus({ preventScroll: true });
}

/** What there is to say of what is picked. The proof beside it says why a call is blocked. */
function pickedFacts({ graph, id, pair }: Subject): Facts | undefined {
  if (pair) return pairFacts(graph, pair);
  const facts = id === undefined ? undefined : factsOf(graph, id);
  const isProved = graph.edges.some((edge) => edge.id === id && isCall(edge) && !edge.bundles);
  return facts && isProved ? { ...facts, rows: [] } : facts;
}

/** What to do while the other end is chosen, and what is none. */
function hints({ graph, other, pair, choosing }: Subject): readonly HTMLElement[] {
  const noEnd = other !== undefined && !pair ? [t('pairNoEnd', labelOf(graph, other))] : [];
  return [...noEnd, ...(choosing ? [choosing] : [])].map((hint) => el('p', { class: 'muted hint' }, hint));
}

function pairHeading(facts: Facts, { direction }: Subject, events: SidePanelEvents): HTMLElement {
  return el(
    'header',
    { class: 'panel-head' },
    el('div', { class: 'panel-title' }, el('h2', {}, facts.title), iconButton(marks.cross, t('close'), events.onClose)),
    el('p', { class: 'muted' }, facts.subtitle),
    el(
      'div',
      { class: 'panel-actions' },
      textButton(t('swap'), () => events.onDirection(direction === 'from' ? 'to' : 'from')),
    ),
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
      isEnd(subject.graph, id) ? chooseButton(subject.direction, events) : undefined,
      turn && textButton(t(turn.how === 'open' ? 'expand' : 'collapse'), () => events.onTurn(turn)),
    ),
  );
}

function isEnd({ nodes }: Graph, id: string): boolean {
  return nodes.some((node) => node.id === id && canBeEnd(node));
}

function chooseButton(direction: Reach['direction'], events: SidePanelEvents): HTMLElement {
  return textButton(t(direction === 'from' ? 'pairTo' : 'pairFrom'), events.onChoose);
}

function messages(texts: readonly string[]): HTMLElement {
  return el('ul', { class: 'messages' }, ...texts.map((text) => el('li', {}, ...ticked(text))));
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

/** The list of what the picked node may reach, or what may reach it, with a switch between the two. */
function reachSection(subject: Subject, { type }: GraphNode, events: SidePanelEvents): HTMLElement {
  const { graph, reach, direction } = subject;
  const choice = (value: Reach['direction'], text: string) => {
    const button = el('button', { class: 'choice', type: 'button', 'aria-pressed': String(value === direction) }, text);
    button.addEventListener('click', () => events.onDirection(value));
    return button;
  };
  const isService = type === 'service';
  const switcher = isService
    ? el('h3', {}, t('mayBeReached'))
    : el(
        'div',
        { class: 'choices', role: 'group', 'aria-label': t('direction') },
        choice('from', t('mayReach')),
        choice('to', t('mayBeReached')),
      );
  const onPair = (id: string) => {
    // Whoever is in the list calls the Service.
    if (isService && direction === 'from') events.onDirection('to');
    events.onPair(id);
  };
  const known = new Map(graph.nodes.map((node) => [node.id, node]));
  const peers = (reach?.peers ?? []).filter((peer) => known.has(peer.id));
  const open = peers.filter((peer) => peer.outcome !== 'denied');
  const closed = peers.filter((peer) => peer.outcome === 'denied');
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
    open.length ? itemList(open.map(item), onPair) : none,
    closed.length ? closedPart(closed, item, onPair) : undefined,
  );
}

/** How many of those that cannot are named; in a large picture they are nearly all. */
const mostClosed = 100;

/** Those that cannot, each with the reason, below a line that counts them. */
function closedPart(
  closed: readonly ReachPeer[],
  item: (peer: ReachPeer) => Item,
  onPair: (id: string) => void,
): HTMLElement {
  const rest = closed.length - mostClosed;
  const entry = (peer: ReachPeer) => {
    const button = itemButton(item(peer), onPair);
    if (peer.why !== undefined) button.append(el('span', { class: 'item-why' }, ...ticked(peer.why)));
    return el('li', {}, button);
  };
  return el(
    'details',
    { class: 'closed' },
    el('summary', { class: 'muted' }, t('reachHidden', closed.length)),
    el('ul', { class: 'items' }, ...closed.slice(0, mostClosed).map(entry)),
    rest > 0 ? el('p', { class: 'muted' }, t('morePeers', rest)) : undefined,
  );
}

/** One line for a screen reader when two ends are picked and the verdict is known. */
export function pairAnnouncement(graph: Graph, pair: PickedPair): string {
  const { title, subtitle, verdict } = pairFacts(graph, pair);
  return [title, subtitle, verdict?.text ?? ''].filter(Boolean).join(', ');
}

/** One line for a screen reader when something is picked. */
export function announcement(graph: Graph, id: string): string {
  const facts = factsOf(graph, id);
  const node = graph.nodes.find((candidate) => candidate.id === id);
  return facts ? [facts.title, node ? kindOf(node) : '', facts.verdict?.text ?? ''].filter(Boolean).join(', ') : '';
}

const depths = [1, 2, 3];

/** How far around what is picked is looked at; with nothing picked, the way back to everything. */
function focusChoices({ graph, id, pair, focus }: Subject, events: SidePanelEvents): readonly HTMLElement[] {
  const node = graph.nodes.find((each) => each.id === id);
  if (pair || (!node && !focus)) return [];
  const at = node?.id ?? focus?.id ?? '';
  const isHere = focus?.id === at;
  const choice = (depth: number | undefined, text: string, name: string) => {
    const isChosen = depth === undefined ? !focus : isHere && focus.depth === depth;
    const button = el('button', { class: 'choice', type: 'button', 'aria-pressed': String(isChosen) }, text);
    button.ariaLabel = name;
    button.addEventListener('click', () => events.onFocus(at, depth));
    return button;
  };
  const around = depths.map((depth) => choice(depth, String(depth), t('focusDepth', depth)));
  const choices = [...(node ? around : []), choice(undefined, t('focusAll'), t('focusAll'))];
  return [
    el(
      'div',
      { class: 'focus' },
      el('span', { class: 'muted' }, t('focus')),
      el('div', { class: 'choices', role: 'group', 'aria-label': t('focus') }, ...choices),
    ),
  ];
}
