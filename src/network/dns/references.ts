/** A text after its references were replaced, and what each piece of it came from. */
export interface Expanded {
  readonly text: string;
  readonly pieces: readonly Piece[];
}

interface Piece {
  /** Where the piece stands in the text as it is after the replacement. */
  readonly start: number;
  readonly end: number;
  /** Where that is written. */
  readonly from: number;
  readonly to: number;
  /** Whether it is written so; else it is the value of the reference that is written there. */
  readonly literal: boolean;
}

/** Whether there is anything that the kubelet would replace in a text. */
export function hasReferences(text: string): boolean {
  return text.includes('$(') || text.includes('$$');
}

const reference = /\$(?:\$|\(([^)]{0,1000})\))/g;

/**
 * No process can be given an argument or a variable that is longer, and as many bytes are all that it may count on for the
 * whole of them: a few values that double each other would take all memory.
 * Source: torvalds/linux `include/uapi/linux/binfmts.h` MAX_ARG_STRLEN, `include/uapi/linux/limits.h` ARG_MAX.
 */
const longest = 131_072;

/** How much references may still put into the texts of one container. */
export interface Room {
  left: number;
}

export function roomOfContainer(): Room {
  return { left: longest };
}

/**
 * Replaces `$(NAME)` by the value of a variable. A variable without a value stays as it is written, and `$$` is how to write `$`.
 * Undefined where the text would become longer than what a process can be given.
 * Source: kubernetes/kubernetes `third_party/forked/golang/expansion/expand.go` Expand, MappingFuncFor.
 */
export function expand(
  text: string,
  read: (name: string) => string | undefined,
  room: Room = roomOfContainer(),
): Expanded | undefined {
  const pieces: Piece[] = [];
  let expanded = '';
  const add = (value: string, from: number, to: number, literal: boolean) => {
    if (to > from) pieces.push({ start: expanded.length, end: expanded.length + value.length, from, to, literal });
    expanded += value;
  };
  let done = 0;
  for (const { 0: found, 1: name, index } of text.matchAll(reference)) {
    const value = name === undefined ? '$' : read(name);
    if (value === undefined) continue;
    room.left -= value.length;
    if (expanded.length + value.length > longest || room.left < 0) return undefined;
    add(text.slice(done, index), done, index, true);
    done = index + found.length;
    add(value, index, done, false);
  }
  add(text.slice(done), done, text.length, true);
  return { text: expanded, pieces };
}

/** Where the characters `start` to `end` of the replaced text are written: a reference as a whole. */
export function writtenAt({ pieces }: Expanded, start: number, end: number): readonly [from: number, to: number] {
  const first = pieces[firstWhere(pieces, (piece) => piece.end > start)];
  const last = pieces[firstWhere(pieces, (piece) => piece.start >= end) - 1];
  const from = first ? first.from + (first.literal ? start - first.start : 0) : 0;
  const to = last ? last.to - (last.literal ? last.end - end : 0) : from;
  return [from, to];
}

/** Whether the characters `start` to `end` of the replaced text, which are some, are written as they are. */
export function isLiteral({ pieces }: Expanded, start: number, end: number): boolean {
  const first = pieces[firstWhere(pieces, (piece) => piece.end > start)];
  return first?.literal === true && end <= first.end;
}

/** The index of the first piece of which something holds that holds of every later one as well. */
function firstWhere(pieces: readonly Piece[], holds: (piece: Piece) => boolean): number {
  let low = 0;
  let high = pieces.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const piece = pieces[middle];
    if (piece && holds(piece)) high = middle;
    else low = middle + 1;
  }
  return low;
}
