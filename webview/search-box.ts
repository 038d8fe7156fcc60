import { el, icon } from './dom.ts';
import { meaningOf, searchKeys } from './keys.ts';
import { t } from './strings.ts';

/** A search that a person gave a name. */
export interface SavedSearch {
  readonly name: string;
  readonly query: string;
}

export interface SearchEvents {
  readonly onFind: (query: string) => void;
  readonly onNext: () => void;
  readonly onLeave: () => void;
  /** What is not found is to be hidden, or only to stand back. */
  readonly onFilter: (isFiltering: boolean) => void;
  readonly onSave: (query: string) => void;
  readonly onDrop: (name: string) => void;
  readonly completions: (text: string) => readonly string[];
}

const shapes = { filter: 'M2 3H14L9.5 8.5V13L6.5 11.5V8.5Z', save: 'M4 2H12V14L8 11 4 14Z' };

interface Option {
  readonly text: string;
  readonly query: string;
  /** The name of a saved search. */
  readonly saved?: string;
}

/**
 * A field with a list of what its text may become, by the combobox pattern of the ARIA Authoring Practices: arrows go
 * through the list, Enter or Tab takes, Escape closes, Delete forgets a saved search. Beside it stand the switch to hide
 * what is not found, and the button that saves.
 */
export class SearchBox {
  readonly root: HTMLElement;
  readonly field = searchField();
  private readonly list = el('div', { class: 'search-list', id: 'search-list', role: 'listbox', hidden: '' });
  private readonly problem = el('div', { class: 'search-problem', id: 'search-problem', role: 'alert', hidden: '' });
  private readonly switch: HTMLButtonElement;
  private readonly events: SearchEvents;
  private saved: readonly SavedSearch[] = [];
  private options: readonly Option[] = [];
  private active = -1;

  constructor(events: SearchEvents) {
    this.events = events;
    this.list.ariaLabel = t('find');
    this.switch = button(shapes.filter, t('filter'), () => {
      const isOn = this.switch.getAttribute('aria-pressed') !== 'true';
      this.switch.setAttribute('aria-pressed', String(isOn));
      events.onFilter(isOn);
    });
    this.switch.setAttribute('aria-pressed', 'false');
    const save = button(shapes.save, t('saveSearch'), () => {
      if (this.field.value.trim()) events.onSave(this.field.value.trim());
    });
    save.classList.add('save');
    this.root = el('div', { class: 'search', role: 'search' }, this.field, this.switch, save, this.list, this.problem);
    this.field.addEventListener('input', () => {
      events.onFind(this.field.value);
      this.open();
    });
    this.field.addEventListener('keydown', (event) => {
      if (!this.onKey(event)) return;
      event.preventDefault();
      event.stopPropagation();
    });
    this.field.addEventListener('blur', () => this.close());
  }

  /** Shows a search that comes from elsewhere, and whether it hides. */
  set(query: string, isFiltering: boolean): void {
    if (this.field.value !== query) this.field.value = query;
    this.switch.setAttribute('aria-pressed', String(isFiltering));
  }

  /** Says what is wrong with the search; nothing where it can be read. */
  complain(text: string): void {
    this.problem.hidden = !text;
    if (this.problem.textContent !== text) this.problem.textContent = text;
    this.field.setAttribute('aria-invalid', String(text !== ''));
  }

  setSaved(saved: readonly SavedSearch[]): void {
    this.saved = saved;
    if (!this.list.hidden) this.open();
  }

  private open(): void {
    const text = this.field.value;
    const has = ({ name, query }: SavedSearch) => `${name} ${query}`.toLowerCase().includes(text.toLowerCase());
    this.options = [
      ...this.saved.filter(has).map(({ name, query }) => ({ text: `${name} · ${query}`, query, saved: name })),
      ...this.events.completions(text).map((query) => ({ text: query, query })),
    ];
    this.active = -1;
    this.render();
  }

  private close(): void {
    this.options = [];
    this.active = -1;
    this.render();
  }

  private render(): void {
    const { field, list, active } = this;
    list.hidden = this.options.length === 0;
    field.setAttribute('aria-expanded', String(!list.hidden));
    list.replaceChildren(...this.options.map((option, index) => this.element(option, index)));
    if (active < 0) field.removeAttribute('aria-activedescendant');
    else field.setAttribute('aria-activedescendant', `search-option-${active}`);
    list.children[active]?.scrollIntoView({ block: 'nearest' });
  }

  private element(option: Option, index: number): HTMLElement {
    const look = `search-option${option.saved === undefined ? '' : ' saved'}`;
    const selected = String(index === this.active);
    const attributes = { class: look, id: `search-option-${index}`, role: 'option', 'aria-selected': selected };
    const element = el('div', attributes, option.text);
    // Before the field loses the focus, which closes the list.
    element.addEventListener('pointerdown', (event) => {
      event.preventDefault();
      this.take(option);
    });
    return element;
  }

  private take({ query }: Option): void {
    this.field.value = query;
    this.events.onFind(query);
    this.field.focus();
    // What ends in a sign wants a value next.
    if (/[=:\s]$/.test(query)) this.open();
    else this.close();
  }

  /** Whether the key meant something here. */
  private onKey(event: KeyboardEvent): boolean {
    const meaning = meaningOf(searchKeys, event);
    const chosen = this.options[this.active];
    if (meaning === 'nextOption') this.go(1);
    else if (meaning === 'previousOption') this.go(-1);
    else if (chosen && (meaning === 'go' || meaning === 'take')) this.take(chosen);
    else if (chosen?.saved !== undefined && meaning === 'forget') this.events.onDrop(chosen.saved);
    else if (meaning === 'go') this.next();
    else if (meaning === 'leave') this.leave();
    else return false;
    return true;
  }

  private go(step: 1 | -1): void {
    if (this.list.hidden) this.open();
    const count = this.options.length;
    const from = this.active < 0 && step < 0 ? 0 : this.active;
    this.active = count ? (from + step + count) % count : -1;
    this.render();
  }

  private next(): void {
    this.close();
    this.events.onNext();
  }

  private leave(): void {
    if (!this.list.hidden) {
      this.close();
      return;
    }
    this.field.value = '';
    this.events.onFind('');
    this.events.onLeave();
  }
}

function searchField(): HTMLInputElement {
  return el('input', {
    class: 'search-field',
    type: 'text',
    role: 'combobox',
    placeholder: t('find'),
    title: t('searchHelp'),
    'aria-label': t('find'),
    'aria-autocomplete': 'list',
    'aria-controls': 'search-list',
    'aria-expanded': 'false',
    'aria-describedby': 'search-problem',
    autocomplete: 'off',
    spellcheck: 'false',
  });
}

function button(paths: string, name: string, press: () => void): HTMLButtonElement {
  const attributes = { class: 'search-button', type: 'button', 'aria-label': name, title: name };
  const element = el('button', attributes, icon(paths, 14));
  element.addEventListener('click', press);
  return element;
}
