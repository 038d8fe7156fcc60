import type { ClientMessage, PageMessage, PlanView, Wish } from '../../src/client/panel-protocol.ts';
import type { Graph } from '../../src/topology/graph.ts';
import type { Canvas } from '../canvas.ts';
import type { Emphasis } from '../emphasis.ts';
import type { Ends } from '../inquiry.ts';
import type { Keeping } from '../keeping.ts';
import type { Looking } from '../looking.ts';
import type { Page } from '../page.ts';
import { canBeEnd } from '../pair.ts';
import type { PickedPair } from '../pair-emphasis.ts';
import { unticked } from '../spoken.ts';
import { t } from '../strings.ts';
import { ChangeSection } from './change-section.ts';
import { changeCounts, compared } from './compare.ts';
import { ConnectingLine } from './connecting-line.ts';
import { planEmphasis } from './plan-emphasis.ts';
import { PlanInquiry, type PlanQuestion } from './plan-inquiry.ts';
import { PlanPanel, type PlanSubject } from './plan-panel.ts';
import { canSend, portsAt, targetsOf, waysOf } from './ways.ts';
import { WhatIf } from './what-if.ts';
import { WhatIfBar, whatIfTitle } from './what-if-bar.ts';
import { isWayWish, nodesOf, type WayWish, wayWish, wishTitle } from './wishes.ts';

type GraphMessage = Extract<ClientMessage, { type: 'graph' }>;

/** What editing needs to know of the page, and what it asks of it. */
export interface EditingSources {
  readonly page: Page;
  readonly looking: Looking;
  readonly keeping: Keeping;
  readonly post: (message: PageMessage) => void;
  readonly announce: (text: string) => void;
  /** What is picked; where that has two ends, these, and the port that is asked about there. */
  readonly picked: () => {
    readonly id: string | undefined;
    readonly ends: Ends | undefined;
    readonly port: string | undefined;
  };
  /** The other end of what is picked is to be chosen, to open or to close the way. */
  readonly onChoose: (purpose: WayWish['type']) => void;
  /** The picture is to be brought in line. */
  readonly onChange: () => void;
}

/** Changing the network in the picture: what is wished, the plan of it, and what is only supposed. */
export class Editing {
  readonly line: ConnectingLine;
  private readonly around: EditingSources;
  private readonly inquiry: PlanInquiry;
  private readonly whatIf: WhatIf;
  private readonly panel: PlanPanel;
  private readonly bar: WhatIfBar;
  private readonly section: ChangeSection;
  private set: string | undefined;
  private inForce = 0;
  private merged: { readonly of: Graph; readonly graph: Graph } | undefined;
  /** Who would be isolated, by the latest answer about these ends. */
  private isolates: readonly string[] = [];
  /** What is being written; it may be closed meanwhile, or another be looked at. */
  private writing: PlanQuestion | undefined;
  /** The last plan was not written, as its text had changed. */
  private isRefused = false;
  /** What is supposed has changed, and was asked about; the picture of it is still to come. */
  private isAwaited = false;

  constructor(around: EditingSources) {
    const { page, post, keeping } = around;
    this.around = around;
    this.inquiry = new PlanInquiry(post);
    this.whatIf = new WhatIf(keeping.state.whatIf, post, (whatIf) => keeping.change({ whatIf }));
    this.panel = new PlanPanel({
      onPort: (port) => this.choose({ port }),
      onKeep: (keep) => this.choose({ keep }),
      onFollow: (link) => post({ type: 'follow', of: 'plan', request: this.inquiry.answered, link }),
      onDrop: (index) => this.drop(index),
      onWrite: () => this.write(),
      onSuppose: () => this.suppose(),
      onDiscard: () => this.discard(),
      onClose: () => this.close(),
    });
    this.bar = new WhatIfBar({ onReview: () => this.ask(null), onDiscard: () => this.discard() });
    this.section = new ChangeSection({ onWay: (type) => this.begin(type), onWish: (wish) => this.ask(wish) });
    this.line = new ConnectingLine(page.stage, {
      isSource: (id) => this.drawn?.nodes.some((node) => node.id === id && canSend(node)) ?? false,
      targetsOf: (source) => (this.drawn ? targetsOf(this.drawn, source) : new Set()),
      onConnect: (source, target) => this.connect(source, target),
    });
    page.panel.prepend(this.panel.root);
    page.middle.before(this.bar.root);
  }

  /** The canvas calls back here, so it comes after. */
  attach(canvas: Canvas): void {
    this.line.attach(canvas);
  }

  private get drawn(): Graph | undefined {
    return this.around.looking.seen?.graph;
  }

  private get whole(): Graph {
    return this.around.looking.seen?.whole ?? { nodes: [], edges: [] };
  }

  /** Takes what the client says; false for what is not about changes alone. */
  receive(message: ClientMessage): boolean {
    if (message.type === 'graph') this.graphCame(message);
    if (message.type === 'plan') this.receivePlan(message.request, message.plan);
    else if (message.type === 'applied' && this.writing) this.receiveApplied(this.writing, message.isDone);
    else return false;
    return true;
  }

  /** Another picture has come: a plan is of the text that it was made for, so it is asked for again. */
  private graphCame({ set, supposed = 0 }: GraphMessage): void {
    const { question } = this.inquiry;
    this.set = set;
    this.inForce = supposed;
    this.whatIf.tell(set);
    if (question && question.set !== set) this.close();
    else if (question && !this.isAwaited) this.inquiry.askAgain(question, this.whatIf.wishesOf(set));
    this.isAwaited = false;
  }

  /** The graph of a message; where it is a supposed one, with what differs from the text marked. */
  graphOf({ graph, before }: GraphMessage): Graph {
    if (this.merged?.of !== graph) this.merged = { of: graph, graph: before ? compared(before, graph) : graph };
    this.showBar(this.merged.graph);
    return this.merged.graph;
  }

  private showBar(graph: Graph): void {
    const supposed = this.whatIf.listOf(this.set);
    this.bar.show({ supposed, inForce: this.inForce, counts: changeCounts(graph) });
  }

  /** That the picture is not of the text alone, in words; undefined where it is. */
  get supposed(): string | undefined {
    const { length } = this.whatIf.listOf(this.set);
    return length > 0 ? whatIfTitle(length) : undefined;
  }

  /** What stands out while a plan is looked at. */
  emphasis(graph: Graph): Emphasis | undefined {
    const { question, plan } = this.inquiry;
    if (!question) return undefined;
    const nodes = question.wish ? nodesOf(question.wish) : [];
    const standIn = (id: string) => this.around.looking.seen?.standIn(id);
    return planEmphasis(graph, { plan, nodes, standIn });
  }

  /** The part of the side panel where what is picked can be changed. */
  changes(graph: Graph, id: string | undefined, pair: PickedPair | undefined): HTMLElement | undefined {
    const node = pair ? undefined : graph.nodes.find((each) => each.id === id);
    return this.section.about({ node, ways: waysOf(graph, id, pair) });
  }

  /** To open or to close a way: the one that is picked, else one whose other end is chosen first. */
  begin(type: WayWish['type']): void {
    const { id, ends, port } = this.around.picked();
    if (ends) this.ask(wayWish(type, ends, port));
    else if (this.drawn?.nodes.some((node) => node.id === id && canBeEnd(node))) this.around.onChoose(type);
    else this.around.announce(t('pickFirst'));
  }

  private connect(source: string, target: string): void {
    const wish = { type: 'allow', source, target, port: null } as const;
    this.ask({ ...wish, port: portsAt(this.whole, wish)[0] ?? null });
  }

  /** Takes the latest step back; false where there is none. */
  escape(): boolean {
    if (this.line.cancel()) return true;
    if (!this.inquiry.question) return false;
    this.close();
    return true;
  }

  /** Closes the plan that is looked at, if one is. */
  close(): void {
    if (!this.inquiry.question) return;
    this.inquiry.close();
    this.isRefused = false;
    this.show();
  }

  private ask(wish: Wish | null): void {
    const { set } = this;
    if (set === undefined) return;
    this.isRefused = false;
    this.isolates = [];
    this.inquiry.ask({ set, wish }, this.whatIf.wishesOf(set));
    this.show();
  }

  /** Asks about the same wish with another choice. */
  private choose(change: { readonly port: string | null } | { readonly keep: 'reaching-now' | 'intended' }): void {
    const { question } = this.inquiry;
    if (!question?.wish || !isWayWish(question.wish)) return;
    const wish = { ...question.wish, ...change } as WayWish;
    this.inquiry.askAgain({ ...question, wish }, this.whatIf.wishesOf(question.set));
    this.show();
  }

  private receivePlan(request: number, answer: PlanView | null): void {
    const plan = answer ?? noAnswer();
    if (!this.inquiry.receive(request, plan)) return;
    this.isolates = plan.isolates;
    this.show();
    const words = plan.outcome === 'possible' ? [plan.title, plan.effect.summary] : [t('planImpossible'), plan.reason];
    this.around.announce(unticked(words.join(': ')));
  }

  private write(): void {
    if (!this.inquiry.isCurrent || this.writing) return;
    this.writing = this.inquiry.question;
    this.around.post({ type: 'write', of: 'plan', request: this.inquiry.answered, edit: 0 });
  }

  private receiveApplied(written: PlanQuestion, isDone: boolean): void {
    const isSeen = this.inquiry.question === written;
    this.writing = undefined;
    if (isDone) {
      this.whatIf.clear(written.set);
      if (isSeen) this.close();
      this.around.announce(t('planWritten', undoKeys()));
    } else if (isSeen) {
      this.isRefused = true;
      this.inquiry.askAgain(written, this.whatIf.wishesOf(written.set));
      this.show();
      this.around.announce(t('planStale'));
    } else this.around.announce(t('fixStale'));
  }

  /** Keeps the wish as one that is supposed, so that the picture shows what would be. */
  private suppose(): void {
    const { question, plan } = this.inquiry;
    if (!question?.wish || plan?.outcome !== 'possible') return;
    this.whatIf.add(question.set, { wish: question.wish, title: plan.title });
    this.close();
    this.around.announce(whatIfTitle(this.whatIf.listOf(question.set).length));
  }

  private drop(index: number): void {
    const { question } = this.inquiry;
    if (!question) return;
    this.whatIf.drop(question.set, index);
    const left = this.whatIf.wishesOf(question.set);
    if (left.length === 0) {
      this.close();
      return;
    }
    this.isAwaited = true;
    this.inquiry.askAgain(question, left);
    this.show();
  }

  private discard(): void {
    if (this.set !== undefined) this.whatIf.clear(this.set);
    this.close();
    this.around.announce(t('whatIfDiscarded'));
  }

  private show(): void {
    const subject = this.subject();
    this.panel.remember();
    this.around.page.panel.classList.toggle('planning', subject !== undefined);
    this.around.onChange();
    this.panel.show(subject);
  }

  private subject(): PlanSubject | undefined {
    const { question, plan, isCurrent } = this.inquiry;
    if (!question) return undefined;
    const { wish } = question;
    const supposed = this.whatIf.listOf(question.set);
    const choices =
      wish && isWayWish(wish) ? { wish, ports: portsAt(this.whole, wish), isolates: this.isolates } : undefined;
    const title = wish ? wishTitle(this.whole, wish) : whatIfTitle(supposed.length);
    return { title, plan, isCurrent, wish, choices, supposed, isRefused: this.isRefused };
  }
}

/** Nobody could say: it is asked again when the next picture comes. */
function noAnswer(): PlanView {
  return { outcome: 'impossible', reason: t('planUnknown'), related: [], isolates: [] };
}

function undoKeys(): string {
  return /mac/i.test(navigator.platform) ? '⌘Z' : 'Ctrl+Z';
}
