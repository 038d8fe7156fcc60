/**
 * Draws something anew and leaves the keyboard where it is: on the element with the same key (`data-key`), where the one
 * that had it is gone.
 */
export function keepingFocus(root: HTMLElement, draw: () => void): void {
  const held = document.activeElement;
  const key = held instanceof HTMLElement && root.contains(held) ? held.dataset.key : undefined;
  draw();
  if (key === undefined || held === document.activeElement) return;
  keyedIn(root, key)?.focus({ preventScroll: true });
}

/** What had the keyboard once, or what was drawn in its place since; undefined where there is neither. */
export function nowOf(before: Element | null): HTMLElement | undefined {
  if (!(before instanceof HTMLElement) || before === document.body) return undefined;
  if (before.isConnected) return before;
  const { key } = before.dataset;
  return key === undefined ? undefined : keyedIn(document.body, key);
}

/** Gives an element the key by which it is found again when it is drawn anew. */
export function keyed<T extends HTMLElement>(key: string, element: T): T {
  element.dataset.key = key;
  return element;
}

function keyedIn(root: HTMLElement, key: string): HTMLElement | undefined {
  return [...root.querySelectorAll<HTMLElement>('[data-key]')].find((each) => each.dataset.key === key);
}

/** Scrolls the side panel, and nothing else, as far as it takes to see all of something. */
export function revealIn(panel: Element | null, element: Element): void {
  if (!panel) return;
  const hidden = element.getBoundingClientRect().bottom + 8 - panel.getBoundingClientRect().bottom;
  if (hidden > 0) panel.scrollTop += hidden;
}
