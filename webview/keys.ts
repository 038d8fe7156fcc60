import type { StringKey } from '../src/client/panel-protocol.ts';
import type { CanvasEvents } from './canvas.ts';

/**
 * What the keys and the mouse do. Who listens looks here what a key means, and the help shows all of it: there is no key
 * that only one of the two knows.
 */

/** A key as events name it (a space is `Space`), with `Control`, `Alt` or `Shift` in front where it is held. */
type Chord = string;

/** What some keys do, and the text that says so. */
export interface Meaning {
  readonly keys: readonly Chord[];
  readonly text: StringKey;
}

/** Keys that mean the same wherever one is in the page. */
export const pageKeys = {
  help: { keys: ['?'], text: 'keyHelp' },
  find: { keys: ['Control f'], text: 'keyFind' },
  back: { keys: ['Escape'], text: 'keyBack' },
  allow: { keys: ['A'], text: 'allowTo' },
  deny: { keys: ['D'], text: 'denyTo' },
} as const satisfies Readonly<Record<string, Meaning>>;

/** Keys in the tree, which is where the keyboard moves in the picture. */
export const treeKeys = {
  next: { keys: ['ArrowDown'], text: 'keyNext' },
  previous: { keys: ['ArrowUp'], text: 'keyPrevious' },
  inside: { keys: ['ArrowRight'], text: 'keyInside' },
  outside: { keys: ['ArrowLeft'], text: 'keyOutside' },
  first: { keys: ['Home'], text: 'keyFirst' },
  last: { keys: ['End'], text: 'keyLast' },
  act: { keys: ['Enter', 'Space'], text: 'keyAct' },
  choose: { keys: ['Shift Enter'], text: 'keyChoose' },
  expand: { keys: ['+', '='], text: 'keyExpand' },
  collapse: { keys: ['-'], text: 'keyCollapse' },
} as const satisfies Readonly<Record<string, Meaning>>;

/** Keys in the field of the search. */
export const searchKeys = {
  nextOption: { keys: ['ArrowDown'], text: 'keyNextOption' },
  previousOption: { keys: ['ArrowUp'], text: 'keyPreviousOption' },
  go: { keys: ['Enter'], text: 'keyGo' },
  take: { keys: ['Tab'], text: 'keyTake' },
  forget: { keys: ['Delete'], text: 'keyForget' },
  leave: { keys: ['Escape'], text: 'keyLeave' },
} as const satisfies Readonly<Record<string, Meaning>>;

/** What is done with the mouse, by what the canvas tells of it: the gesture, and what it does. */
export const gestures: Readonly<
  Record<keyof CanvasEvents, readonly (readonly [gesture: StringKey, text: StringKey])[]>
> = {
  onTap: [
    ['mouseClick', 'mousePick'],
    ['mouseShiftClick', 'keyChoose'],
  ],
  onDoubleTap: [['mouseDoubleClick', 'mouseAct']],
  onHover: [['mousePoint', 'mouseExplain']],
  onDrag: [
    ['mouseDragCard', 'mouseMoveCard'],
    ['mouseDragGrip', 'mouseAllow'],
  ],
  onViewport: [['mouseDragGround', 'mouseMoveView']],
  onZoom: [['mouseWheel', 'mouseZoom']],
};

/** What a key that was pressed means by a table; undefined for nothing. */
export function meaningOf<K extends string>(
  table: Readonly<Record<K, Meaning>>,
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
): K | undefined {
  const chord = chordOf(event);
  return (Object.keys(table) as K[]).find((name) => table[name].keys.includes(chord));
}

/** A sign alone is another one with Shift, which is not told of it then. */
function chordOf({ key, ctrlKey, metaKey, altKey, shiftKey }: Parameters<typeof meaningOf>[1]): Chord {
  const isCommand = ctrlKey || metaKey;
  const name = key === ' ' ? 'Space' : isCommand ? key.toLowerCase() : key;
  return [isCommand && 'Control', altKey && 'Alt', shiftKey && (isCommand || name.length > 1) && 'Shift', name]
    .filter(Boolean)
    .join(' ');
}

/** Whether a key is a letter or a sign of a text that somebody writes. */
export function isTyping({ target, key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  const isField = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
  return isField && key.length === 1 && !ctrlKey && !metaKey && !altKey;
}
