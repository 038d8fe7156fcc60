import type { Wish } from '../../src/client/panel-protocol.ts';
import { textButton } from '../controls.ts';
import { el, icon, pressed } from '../dom.ts';
import { marks } from '../marks.ts';
import { t } from '../strings.ts';
import { keepingFocus, nowOf, revealIn } from './focus.ts';
import { keyProblem, valueProblem } from './label-syntax.ts';

/** Whose labels, or which selector, are looked at. */
export interface LabelSubject {
  readonly id: string;
  readonly title: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The keys of those that nobody wrote, so that nobody can change them. */
  readonly made: readonly string[];
}

type LabelWish = Extract<Wish, { type: 'label' | 'selector' }>;

/**
 * Labels, or what a selector asks for, as a list in which each can be given another value, taken away, or added. What is
 * typed stays while the picture changes around it.
 */
export class LabelEditor {
  readonly root = el('section', { class: 'labels', hidden: '' });
  private readonly type: LabelWish['type'];
  private readonly wish: (wish: LabelWish) => void;
  private readonly list = el('div', {});
  private readonly form: LabelForm;
  private subject: LabelSubject | undefined;

  constructor(type: LabelWish['type'], wish: (wish: LabelWish) => void) {
    this.type = type;
    this.wish = wish;
    this.form = new LabelForm({
      isKnown: (key) => Object.hasOwn(this.subject?.labels ?? {}, key),
      onSet: (key, value) => this.ask(key, value),
    });
    this.root.append(this.list, this.form.root);
    this.list.addEventListener('click', (event) => {
      const { edit, remove, add } = pressed(event);
      if (edit !== undefined) this.form.open(edit, this.subject?.labels[edit] ?? '');
      if (remove !== undefined) this.ask(remove, null);
      if (add !== undefined) this.form.open(undefined, '');
    });
  }

  /** Shows the labels of something, or nothing. */
  about(subject: LabelSubject | undefined): void {
    if (subject?.id !== this.subject?.id || this.form.isGranted(subject?.labels ?? {})) this.form.close();
    this.subject = subject;
    this.root.hidden = !subject;
    if (subject) keepingFocus(this.list, () => this.draw(subject));
  }

  private ask(key: string, value: string | null): void {
    if (this.subject) this.wish({ type: this.type, id: this.subject.id, key, value });
  }

  private draw({ title, labels, made }: LabelSubject): void {
    const items = Object.entries(labels).map(([key, value]) =>
      el(
        'li',
        { class: 'label' },
        el('code', { class: 'label-text' }, `${key}=${value}`),
        ...(made.includes(key) ? [el('span', { class: 'muted' }, t('labelMade'))] : actionsOf(key)),
      ),
    );
    const add = el('button', { class: 'link', type: 'button', 'data-add': '', 'data-key': 'add' }, t('labelAdd'));
    this.list.replaceChildren(el('h3', {}, title), el('ul', { class: 'label-list' }, ...items), add);
  }
}

function actionsOf(key: string): readonly HTMLElement[] {
  return [
    iconOf('edit', key, marks.edit, t('labelEdit', key)),
    iconOf('remove', key, marks.cross, t('labelRemove', key)),
  ];
}

function iconOf(what: 'edit' | 'remove', key: string, paths: string, name: string): HTMLElement {
  const attributes = { class: 'icon-button', type: 'button', [`data-${what}`]: key, 'data-key': `${what} ${key}` };
  const button = el('button', { ...attributes, title: name }, icon(paths, 14));
  button.ariaLabel = name;
  return button;
}

interface FormEvents {
  readonly isKnown: (key: string) => boolean;
  readonly onSet: (key: string, value: string) => void;
}

/** The two fields of a label; the key of one that there is stays what it is. */
class LabelForm {
  readonly root = el('div', { class: 'label-form', role: 'group', hidden: '' });
  private readonly key = field();
  private readonly value = field();
  private readonly problem = el('p', { class: 'problem', role: 'alert', hidden: '' });
  private readonly events: FormEvents;
  /** The key of the label that is changed; undefined for one that is added. */
  private own: string | undefined;
  /** What is in the fields was asked for. */
  private isAsked = false;
  private before: Element | null = null;

  constructor(events: FormEvents) {
    this.events = events;
    this.root.append(
      el('label', {}, t('labelKey'), this.key),
      el('label', {}, t('labelValue'), this.value),
      this.problem,
      el('div', { class: 'panel-actions' }, ...this.buttons()),
    );
    this.root.addEventListener('input', () => this.tell(undefined));
    this.root.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.leave();
      else if (event.key === 'Enter' && event.target instanceof HTMLInputElement) this.submit();
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
  }

  private buttons(): readonly HTMLElement[] {
    return [textButton(t('labelPreview'), () => this.submit()), textButton(t('cancel'), () => this.leave())];
  }

  open(own: string | undefined, value: string): void {
    this.before = document.activeElement;
    this.own = own;
    this.key.value = own ?? '';
    this.key.readOnly = own !== undefined;
    this.value.value = value;
    this.root.ariaLabel = own === undefined ? t('labelAdd') : t('labelEdit', own);
    this.root.hidden = false;
    this.tell(undefined);
    const first = own === undefined ? this.key : this.value;
    revealIn(this.root.closest('.panel'), this.root);
    first.focus({ preventScroll: true });
    first.select();
  }

  close(): void {
    this.root.hidden = true;
  }

  /** What was asked for is so by now. */
  isGranted(labels: Readonly<Record<string, string>>): boolean {
    const { key, value } = this.fields();
    return this.isAsked && Object.hasOwn(labels, key) && labels[key] === value;
  }

  private fields(): { readonly key: string; readonly value: string } {
    return { key: this.key.value.trim(), value: this.value.value.trim() };
  }

  private leave(): void {
    this.close();
    nowOf(this.before)?.focus();
  }

  private submit(): void {
    const { key, value } = this.fields();
    const wrongKey = this.own === undefined ? this.keyProblem(key) : undefined;
    const wrongValue = valueProblem(value);
    if (wrongKey !== undefined) this.tell(wrongKey, this.key);
    else if (wrongValue !== undefined) this.tell(wrongValue, this.value);
    else {
      this.isAsked = true;
      this.events.onSet(key, value);
    }
  }

  private keyProblem(key: string): string | undefined {
    return keyProblem(key) ?? (this.events.isKnown(key) ? t('labelKnown', key) : undefined);
  }

  /** Says what is wrong, and in which field; nothing where nothing is. */
  private tell(problem: string | undefined, at?: HTMLInputElement): void {
    this.isAsked = false;
    this.problem.hidden = problem === undefined;
    this.problem.textContent = problem ?? '';
    for (const each of [this.key, this.value]) each.setAttribute('aria-invalid', String(each === at));
    at?.focus({ preventScroll: true });
    if (at) revealIn(this.root.closest('.panel'), this.root);
  }
}

function field(): HTMLInputElement {
  return el('input', { class: 'text-field', type: 'text', spellcheck: 'false', autocomplete: 'off' });
}
