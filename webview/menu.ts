import { el, icon } from './dom.ts';

/** One thing that a menu does. */
export interface MenuEntry {
  readonly label: string;
  readonly run: () => void;
}

/** A button with a menu; the groups of its entries are told apart by a line. */
export interface MenuButton {
  readonly root: HTMLElement;
  readonly button: HTMLButtonElement;
}

const chevron = 'M4 6.5 8 10.5 12 6.5';

/**
 * Builds a button that opens a menu below it, by the pattern of the ARIA Authoring Practices: arrows go round, Home and
 * End to the ends, a letter to the next entry that begins with it, Escape back to the button, Tab away.
 */
export function menuButton(name: string, paths: string, groups: readonly (readonly MenuEntry[])[]): MenuButton {
  const button = el(
    'button',
    { class: 'menu-button', type: 'button', 'aria-haspopup': 'menu', 'aria-expanded': 'false', title: name },
    icon(paths),
    el('span', { class: 'words' }, name),
    icon(chevron, 12),
  );
  button.ariaLabel = name;
  const items: HTMLElement[] = [];
  const menu = el('div', { class: 'menu', role: 'menu', 'aria-label': name, hidden: '' });
  for (const [index, group] of groups.entries()) {
    if (index > 0) menu.append(el('div', { class: 'menu-line', role: 'separator' }));
    for (const { label, run } of group) {
      const item = el('div', { class: 'menu-item', role: 'menuitem', tabindex: '-1' }, label);
      item.addEventListener('click', () => {
        close(true);
        run();
      });
      item.addEventListener('pointerenter', () => item.focus());
      items.push(item);
      menu.append(item);
    }
  }
  const root = el('div', { class: 'menu-root' }, button, menu);

  function open(index: number): void {
    menu.hidden = false;
    button.setAttribute('aria-expanded', 'true');
    items.at(index)?.focus();
  }

  function close(back: boolean): void {
    if (menu.hidden) return;
    menu.hidden = true;
    button.setAttribute('aria-expanded', 'false');
    if (back) button.focus();
  }

  button.addEventListener('click', () => (menu.hidden ? open(0) : close(true)));
  button.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    open(event.key === 'ArrowDown' ? 0 : -1);
    event.preventDefault();
  });
  menu.addEventListener('keydown', (event) => {
    const at = items.indexOf(document.activeElement as HTMLElement);
    const next = nextItem(items, at, event.key);
    if (next) next.focus();
    else if (event.key === 'Enter' || event.key === ' ') items[at]?.click();
    else if (event.key === 'Escape') close(true);
    // The focus goes on from the button.
    else if (event.key === 'Tab') return close(true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  root.addEventListener('focusout', ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node && root.contains(relatedTarget))) close(false);
  });
  return { root, button };
}

function nextItem(items: readonly HTMLElement[], at: number, key: string): HTMLElement | undefined {
  if (key === 'ArrowDown') return items[(at + 1) % items.length];
  if (key === 'ArrowUp') return items.at(at - 1);
  if (key === 'Home') return items[0];
  if (key === 'End') return items.at(-1);
  if (key.length !== 1 || key === ' ') return undefined;
  const begins = (item: HTMLElement) => item.textContent.toLowerCase().startsWith(key.toLowerCase());
  return [...items.slice(at + 1), ...items.slice(0, at + 1)].find(begins);
}
