import type { PlanView, Wish } from '../../src/client/panel-protocol.ts';
import { iconButton, textButton } from '../controls.ts';
import { el, icon, pressed } from '../dom.ts';
import { marks } from '../marks.ts';
import { spoken, ticked, unticked } from '../spoken.ts';
import { t } from '../strings.ts';
import { verdictLine } from '../verdict.ts';
import { diffSection } from './diff.ts';
import { effectSection } from './effect.ts';
import { keepingFocus, keyed, nowOf } from './focus.ts';
import { type Choices, choiceParts } from './plan-choices.ts';
import type { Supposed } from './what-if.ts';

/** A plan to look at, before it is written. */
export interface PlanSubject {
  readonly title: string;
  /** Undefined until it is worked out. */
  readonly plan: PlanView | undefined;
  /** It is the plan of now, and not of a text or of a choice before. */
  readonly isCurrent: boolean;
  /** The wish that it is of; with none it is of all that is supposed. */
  readonly wish: Wish | null;
  readonly choices: Choices | undefined;
  readonly supposed: readonly Supposed[];
  /** It was to be written, into a text that is another one by now. */
  readonly isRefused: boolean;
}

/** What a person does with a plan. */
export interface PlanEvents {
  readonly onPort: (port: string | null) => void;
  readonly onKeep: (keep: 'reaching-now' | 'intended') => void;
  readonly onFollow: (link: number) => void;
  /** One of what is supposed is taken back. */
  readonly onDrop: (index: number) => void;
  readonly onWrite: () => void;
  /** The wish is kept as supposed; without a wish, all that is supposed is forgotten. */
  readonly onSuppose: () => void;
  readonly onDiscard: () => void;
  readonly onClose: () => void;
}

/** What a change would write and what would come of it, with the buttons that write it or suppose it. */
export class PlanPanel {
  readonly root = el('section', { class: 'plan', 'aria-labelledby': 'plan-title', hidden: '' });
  private readonly title = el('h2', { id: 'plan-title', tabindex: '-1' });
  private readonly body = el('div', { class: 'plan-body' });
  private readonly actions = el('div', { class: 'plan-actions' });
  private readonly events: PlanEvents;
  /** Where the keyboard was before, and how far the side panel was scrolled. */
  private before: Element | null = null;
  private scrolled = 0;

  constructor(events: PlanEvents) {
    this.events = events;
    const close = iconButton(marks.cross, t('close'), events.onClose);
    this.root.append(el('header', { class: 'panel-title' }, this.title, close), this.body, this.actions);
    this.root.addEventListener('click', (event) => {
      const { link, port, drop } = pressed(event);
      if (link !== undefined) events.onFollow(Number(link));
      if (port !== undefined) events.onPort(port === '' ? null : port);
      if (drop !== undefined) events.onDrop(Number(drop));
    });
    this.root.addEventListener('change', ({ target }) => {
      if (!(target instanceof HTMLInputElement)) return;
      events.onKeep(target.value === 'intended' ? 'intended' : 'reaching-now');
    });
  }

  /** Shows a plan; the keyboard comes to a panel that opens, and goes back from one that closes. */
  show(subject: PlanSubject | undefined): void {
    const opens = subject !== undefined && this.root.hidden;
    const closes = subject === undefined && !this.root.hidden;
    if (subject) keepingFocus(this.root, () => this.draw(subject));
    const hadFocus = this.root.contains(document.activeElement);
    this.root.hidden = !subject;
    if (opens) this.scroll(0);
    if (opens) this.title.focus({ preventScroll: true });
    if (closes) this.scroll(this.scrolled);
    if (closes && hadFocus) this.goBack();
  }

  private scroll(to: number): void {
    if (this.root.parentElement) this.root.parentElement.scrollTop = to;
  }

  /** The panel may open: what is there now is to be found again. */
  remember(): void {
    if (!this.root.hidden) return;
    this.before = document.activeElement;
    this.scrolled = this.root.parentElement?.scrollTop ?? 0;
  }

  private goBack(): void {
    const tree = document.querySelector<HTMLElement>('[role=tree] [tabindex="0"]');
    (nowOf(this.before) ?? tree)?.focus({ preventScroll: true });
  }

  private draw(subject: PlanSubject): void {
    const { plan, title, choices, isCurrent } = subject;
    this.title.replaceChildren(...ticked(plan?.outcome === 'possible' && subject.wish ? plan.title : title));
    this.root.setAttribute('aria-busy', String(!isCurrent));
    const folded = new Map(
      [...this.root.querySelectorAll<HTMLDetailsElement>('[data-paths]')].map((each) => [
        each.dataset.paths,
        each.open,
      ]),
    );
    this.body.replaceChildren(
      ...(subject.isRefused ? [el('p', { class: 'hint' }, t('planStale'))] : []),
      ...(choices ? choiceParts(choices) : []),
      ...(subject.wish === null ? [stepList(subject)] : []),
      ...(plan ? planParts(plan) : [el('p', { class: 'muted waiting' }, t('reachEmpty'))]),
    );
    for (const each of this.root.querySelectorAll<HTMLDetailsElement>('[data-paths]')) {
      each.open = folded.get(each.dataset.paths) ?? each.open;
    }
    this.actions.replaceChildren(...this.buttons(subject));
  }

  private buttons({ plan, isCurrent, wish, supposed }: PlanSubject): readonly HTMLElement[] {
    const { onWrite, onSuppose, onDiscard, onClose } = this.events;
    const canWrite = isCurrent && plan?.outcome === 'possible' && plan.files.length > 0;
    const moot = plan?.outcome === 'possible' ? plan.steps.filter((step) => step.impossible !== undefined).length : 0;
    const count = supposed.length - moot + (wish === null ? 0 : 1);
    const words = count > 1 ? t('planWriteAll', count) : t('planWrite');
    return [
      enabled(canWrite, keyed('write', textButton(words, onWrite, 'primary'))),
      ...(wish === null
        ? [keyed('discard', textButton(t('whatIfDiscard'), onDiscard))]
        : [enabled(isCurrent && plan?.outcome === 'possible', keyed('suppose', textButton(t('whatIf'), onSuppose)))]),
      keyed('close', textButton(t('cancel'), onClose)),
    ];
  }
}

function enabled<T extends HTMLElement>(isEnabled: boolean, button: T): T {
  if (!isEnabled) button.setAttribute('disabled', '');
  return button;
}

function planParts(plan: PlanView): readonly HTMLElement[] {
  if (plan.outcome === 'impossible') {
    return [verdictLine('bad', t('planImpossible')), el('p', {}, ...ticked(plan.reason)), wordList(plan.related)];
  }
  return [
    effectSection(plan.effect),
    ...(plan.notes.length > 0 ? [el('h3', {}, t('planNotes')), wordList(plan.notes)] : []),
    el('h3', {}, t('planFiles')),
    ...plan.files.map(diffSection),
  ];
}

function wordList(texts: Extract<PlanView, { outcome: 'possible' }>['notes']): HTMLElement {
  return el('ul', { class: 'plan-words' }, ...texts.map((words) => el('li', {}, ...spoken(words))));
}

/** What is supposed, each with a button that takes it back, and why it does nothing where that is so. */
function stepList({ plan, supposed }: PlanSubject): HTMLElement {
  const told = plan?.outcome === 'possible' ? plan.steps : [];
  // Where one was taken back, what is known is of more than are left until the next answer.
  const steps = told.length === supposed.length ? told : [];
  const item = (title: string, index: number) => {
    const why = steps[index]?.impossible;
    const drop = { class: 'icon-button', type: 'button', 'data-drop': String(index), 'data-key': `drop ${index}` };
    const name = t('whatIfDrop', unticked(title));
    const button = el('button', { ...drop, title: name, 'aria-label': name }, icon(marks.cross, 14));
    return el(
      'li',
      { class: why === undefined ? 'step' : 'step moot' },
      el(
        'span',
        { class: 'step-title' },
        ...ticked(title),
        ...(why === undefined ? [] : [el('span', { class: 'step-why' }, ...ticked(why))]),
      ),
      button,
    );
  };
  return el('ol', { class: 'steps' }, ...supposed.map(({ title }, index) => item(steps[index]?.title ?? title, index)));
}
