import { iconButton } from './controls.ts';
import { el } from './dom.ts';
import { gestures, type Meaning, meaningOf, pageKeys, searchKeys, treeKeys } from './keys.ts';
import { marks } from './marks.ts';
import { t } from './strings.ts';

/** The dialog that says what keys and mouse do. */
export interface Help {
  readonly root: HTMLDialogElement;
  /** Opens it, or closes it again: the focus goes back to where it was. */
  toggle(): void;
}

/** A line of the help: what to press or to do, in the ways that there are, and what comes of it. */
interface Line {
  readonly ways: readonly (Node | string)[];
  readonly text: string;
}

/** Builds the help, closed. */
export function createHelp(): Help {
  const title = el('h2', { id: 'help-title' }, t('help'));
  const root = el('dialog', { class: 'help', 'aria-labelledby': 'help-title' });
  root.append(
    el(
      'header',
      { class: 'help-head' },
      title,
      iconButton(marks.cross, t('close'), () => root.close()),
    ),
    el(
      'div',
      { class: 'help-groups' },
      group(t('helpPage'), linesOf(pageKeys)),
      group(t('helpTree'), [...linesOf(treeKeys), { ways: [t('anyLetter')], text: t('keyLetter') }]),
      group(t('helpSearch'), linesOf(searchKeys)),
      group(t('helpMouse'), mouseLines()),
    ),
  );
  root.addEventListener('keydown', (event) => {
    // What is behind it hears nothing; and it has one thing to focus, so that Tab leads nowhere.
    event.stopPropagation();
    const isClosing = event.key === 'Escape' || meaningOf(pageKeys, event) === 'help';
    if (isClosing) root.close();
    if (isClosing || event.key === 'Tab') event.preventDefault();
  });
  root.addEventListener('click', ({ target }) => {
    if (target === root) root.close();
  });
  return {
    root,
    toggle() {
      if (root.open) root.close();
      else root.showModal();
    },
  };
}

function linesOf(table: Readonly<Record<string, Meaning>>): readonly Line[] {
  return Object.values(table).map(({ keys, text }) => ({ ways: keys.map(keysPressed), text: t(text) }));
}

/** How keys are called on the keyboard. */
const names: Readonly<Record<string, string>> = {
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowRight: '→',
  ArrowLeft: '←',
  Escape: 'Esc',
  Delete: 'Del',
};

function keysPressed(chord: string): HTMLElement {
  return el('span', { class: 'help-keys' }, ...partsOf(chord).map((part) => el('kbd', {}, part)));
}

/** `Control f` as `Ctrl` `F`; a capital letter is one with Shift. */
function partsOf(chord: string): readonly string[] {
  const isMac = navigator.platform.startsWith('Mac');
  return chord.split(' ').flatMap((part) => {
    if (part === 'Control') return isMac ? '⌘' : 'Ctrl';
    if (part === 'Space') return t('keySpace');
    if (/^[A-Z]$/.test(part)) return ['Shift', part];
    return names[part] ?? (part.length === 1 ? part.toUpperCase() : part);
  });
}

function mouseLines(): readonly Line[] {
  return Object.values(gestures)
    .flat()
    .map(([gesture, text]) => ({ ways: [t(gesture)], text: t(text) }));
}

function group(title: string, lines: readonly Line[]): HTMLElement {
  return el('section', {}, el('h3', {}, title), el('dl', {}, ...lines.flatMap(lineParts)));
}

function lineParts({ ways, text }: Line): readonly HTMLElement[] {
  return [el('dt', {}, ...ways), el('dd', {}, text)];
}
