import type { WalkView } from '../src/client/panel-protocol.ts';
import { textButton } from './controls.ts';
import { el, fill, icon, pressed } from './dom.ts';
import { type Ends, Inquiry, type Question } from './inquiry.ts';
import { marks, type Tone } from './marks.ts';
import { spoken } from './spoken.ts';
import { t } from './strings.ts';
import { verdictLine } from './verdict.ts';
import { commandsText, type Hop, toneOf, toneOfHop, type Walk } from './walk-facts.ts';

/** What the section asks of its surroundings. */
export interface WalkEvents {
  readonly onAsk: (question: Question) => void;
  readonly onFollow: (request: number, link: number) => void;
  readonly onCopy: (text: string) => void;
  readonly onFold: (folded: boolean) => void;
}

/**
 * The way of a packet, hop by hop, as a section of its own that folds. What a new answer leaves as it was stays in place
 * with its focus: clicks are told apart by data of the elements, which look the same whoever made them.
 */
export class WalkSection {
  readonly root: HTMLDetailsElement;
  private readonly events: WalkEvents;
  private readonly inquiry: Inquiry<WalkView>;
  private readonly outcome = el('div', { role: 'status' });
  private readonly intro = el('div', { class: 'walk-intro' });
  private readonly hops = el('ol', { class: 'hops' });
  private readonly remarks = el('div', { class: 'walk-remarks' });
  private readonly back = el('ol', { class: 'hops back' });
  private readonly commands = el('ul', { class: 'commands' });
  private readonly wayBack = folding(t('walkBack'), this.back);
  private readonly checks = folding(
    t('walkCommands'),
    textButton(t('copyAll'), () => this.copyAll()),
    this.commands,
  );

  constructor(events: WalkEvents, folded: boolean) {
    this.events = events;
    this.inquiry = new Inquiry<WalkView>(events.onAsk, !folded);
    this.root = el(
      'details',
      { class: 'walk', hidden: '', open: folded ? undefined : '' },
      el('summary', {}, el('h3', {}, t('walk'))),
      ...[this.outcome, this.intro, this.hops, this.remarks, this.wayBack, this.checks],
    );
    this.root.addEventListener('toggle', () => {
      this.inquiry.look(this.root.open);
      events.onFold(!this.root.open);
    });
    this.root.addEventListener('click', (event) => this.press(event));
  }

  /** The packet to follow, in the picture of now; none hides the section. */
  about(ends: Ends | undefined): void {
    this.inquiry.about(ends);
    this.draw();
  }

  /** Takes an answer. */
  receive(request: number, walk: WalkView | null): void {
    if (this.inquiry.receive(request, walk ?? undefined)) this.draw();
  }

  private press(event: Event): void {
    const { link, copy } = pressed(event);
    if (link !== undefined) this.events.onFollow(this.inquiry.answered, Number(link));
    if (copy !== undefined) this.events.onCopy(copy);
  }

  private copyAll(): void {
    const walk = this.inquiry.answer;
    if (walk && walk.end !== 'none') this.events.onCopy(commandsText(walk.commands));
  }

  private draw(): void {
    const { ends, answer: walk } = this.inquiry;
    const told = walk && walk.end !== 'none' ? walk : undefined;
    this.root.hidden = !ends;
    fill(this.outcome, walk ? [verdictLine(toneOf(walk), walk.verdict)] : []);
    fill(this.intro, walk ? (told ? introOf(told) : []) : [el('p', { class: 'muted waiting' }, t('reachEmpty'))]);
    fill(this.hops, told?.hops.map((hop, index) => hopItem(hop, told.hops[index - 1], toneOfHop(told, index))) ?? []);
    fill(this.remarks, told?.remarks.map((remark) => el('p', {}, ...spoken(remark))) ?? []);
    fill(this.back, told?.back.map((hop, index) => hopItem(hop, told.back[index - 1], undefined)) ?? []);
    fill(this.commands, told?.commands.map((each, index) => commandItem(each, told.commands[index - 1])) ?? []);
    this.wayBack.hidden = !told?.back.length;
    this.checks.hidden = !told?.commands.length;
  }
}

function folding(title: string, ...content: readonly HTMLElement[]): HTMLDetailsElement {
  return el('details', { class: 'walk-part', hidden: '' }, el('summary', {}, el('h4', {}, title)), ...content);
}

function introOf({ question, grounds }: Walk): readonly HTMLElement[] {
  return [el('p', {}, ...spoken(question)), el('p', { class: 'muted' }, ...spoken(grounds))];
}

/** Where it happens is said to everybody once in a row, and to a screen reader at each hop. */
function hopItem(hop: Hop, before: Hop | undefined, tone: Tone | undefined): HTMLElement {
  const { kind, site, interfaces, step, packet, how } = hop;
  const stays = before?.site === site && before.kind === kind;
  const place = kind === 'outside' ? site : `${t(kind)} ${site}`;
  return el(
    'li',
    { class: `hop ${tone ?? ''}` },
    el('div', { class: stays ? 'unseen' : 'hop-site' }, place),
    el(
      'div',
      { class: 'hop-step' },
      tone && icon(marks[tone], 14),
      el('strong', {}, step),
      interfaces === '' ? undefined : el('code', {}, interfaces),
    ),
    packet === '' ? undefined : el('div', {}, el('code', {}, packet)),
    how.length === 0 ? undefined : el('div', { class: 'hop-how' }, ...spoken(how)),
  );
}

function commandItem(each: Walk['commands'][number], before: Walk['commands'][number] | undefined): HTMLElement {
  const { on, command } = each;
  const isElsewhere = on !== before?.on;
  const copy = { class: 'copy', type: 'button', title: t('copy', command), 'aria-label': t('copy', command) };
  return el(
    'li',
    {},
    isElsewhere ? el('div', { class: 'hop-site' }, on === '' ? 'kubectl' : `${t('node')} ${on}`) : undefined,
    el(
      'div',
      { class: 'command' },
      el('code', {}, command),
      el('button', { ...copy, 'data-copy': command }, icon(marks.copy, 14)),
    ),
  );
}
