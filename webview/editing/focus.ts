/**
 * Draws something anew and leaves the keyboard where it is: on the element with the same key (`data-key`), where the one
 * that had it is gone.
 */
export function keepingFocus(root: HTMLElement, draw: () => void): void {
  const held = document.activeElement;
  const key = held instanceof HTMLElement && root.contains(held) ? held.dataset.key : undefined;
  draw();
  if (key === undefined || held === document.activeElement) return;
  const same = [...root.querySelectorAll<HTMLElement>('[data-key]')].find((each) => each.dataset.key === key);
  same?.focus({ preventScroll: true });
}
