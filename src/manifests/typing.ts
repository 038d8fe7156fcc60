import { walkFlow } from './flow.ts';
import type { Path } from './manifest.ts';
import { split } from './split.ts';

/** A value that is being typed, as the lines alone tell it: what is half written mostly does not parse. */
export interface Typing {
  /** Where the value stands in its object. */
  readonly path: Path;
  /** What is written of it before the cursor, on the cursor's line and without its quote. */
  readonly before: string;
  /** What stands behind the cursor on its line. */
  readonly after: string;
  /** The scalar that is written at a path of the object, without its quotes. */
  scalar(path: Path): string | undefined;
}

/** The value that is being typed at an offset of a text, if it is one. */
export function typingAt(text: string, offset: number): Typing | undefined {
  const chunk = split(text).findLast(({ start }) => start <= offset);
  if (!chunk) return undefined;
  const outline = new Outline(text, chunk.start, chunk.end, offset);
  outline.read();
  const { hit, scalars } = outline;
  if (!hit) return undefined;
  const base = hit.path[0] === 'items' && typeof hit.path[1] === 'number' ? hit.path.slice(0, 2) : [];
  const lineEnd = text.indexOf('\n', offset);
  return {
    path: hit.path.slice(base.length),
    before: text.slice(hit.start, offset),
    after: text.slice(offset, lineEnd < 0 ? text.length : lineEnd),
    scalar: (path) => scalars.get(JSON.stringify([...base, ...path])),
  };
}

/** A key, or an item of a sequence, that the lines below it belong to as long as they are indented deeper. */
interface Frame {
  readonly indent: number;
  readonly name: string | number;
}

interface Line {
  readonly start: number;
  readonly end: number;
}

class Outline {
  readonly scalars = new Map<string, string>();
  /** The value around the cursor, and where its characters begin. */
  hit: { readonly path: Path; readonly start: number } | undefined;
  readonly #text: string;
  readonly #start: number;
  readonly #end: number;
  readonly #cursor: number;
  #frames: Frame[] = [];
  /** Within a block scalar: how deep its parent is indented. */
  #block: number | undefined;

  constructor(text: string, start: number, end: number, cursor: number) {
    this.#text = text;
    this.#start = start;
    this.#end = end;
    this.#cursor = cursor;
  }

  read(): void {
    let at = this.#start;
    while (at < this.#end) {
      const newline = this.#text.indexOf('\n', at);
      const line = { start: at, end: newline < 0 || newline > this.#end ? this.#end : newline };
      at = Math.max(this.#readLine(line), line.end) + 1;
    }
  }

  /** Returns where it was read to, which is beyond the line where brackets are open at its end. */
  #readLine(line: Line): number {
    const content = this.#skipBlanks(line.start, line.end);
    const isBlank = content === line.end || this.#text[content] === '\r';
    const indent = content - line.start;
    if (this.#block !== undefined && (isBlank || indent > this.#block)) {
      if (this.#cursor - line.start > this.#block) this.#meet(this.#here(), Math.min(content, this.#cursor), line.end);
      return line.end;
    }
    this.#block = undefined;
    if (isBlank || this.#text[content] === '#' || this.#text.startsWith('---', line.start)) return line.end;
    if (this.#text[content] === '{' && this.#frames.length === 0) return this.#readFlow(content, -1);
    const behind = this.#readDashes(line, content);
    return this.#readContent(line, behind, behind > content);
  }

  /** `- ` by `- `, down to what stands behind the last one. */
  #readDashes(line: Line, content: number): number {
    let at = content;
    while (this.#text[at] === '-' && /[\s]/.test(this.#text[at + 1] ?? '\n')) {
      const indent = at - line.start;
      let index = 0;
      for (let top = this.#frames.at(-1); top; top = this.#frames.at(-1)) {
        if (top.indent < indent || (top.indent === indent && typeof top.name === 'string')) break;
        if (top.indent === indent && typeof top.name === 'number') index = top.name + 1;
        this.#frames.pop();
      }
      this.#frames.push({ indent, name: index });
      at = this.#skipBlanks(at + 1, line.end);
    }
    return at;
  }

  #readContent(line: Line, content: number, isItem: boolean): number {
    const key = this.#keyAt(content, line.end);
    if (!key) return isItem ? this.#readValue(line, content, this.#frames.at(-1)?.indent ?? 0) : line.end;
    const indent = content - line.start;
    while ((this.#frames.at(-1)?.indent ?? -1) >= indent) this.#frames.pop();
    this.#frames.push({ indent, name: key.name });
    const value = this.#skipBlanks(key.end, line.end);
    // Where nothing is written yet, the cursor may stand in any of the blanks.
    const isEmpty = value === line.end || this.#text[value] === '\r';
    return value > key.end ? this.#readValue(line, isEmpty ? key.end + 1 : value, indent) : line.end;
  }

  #readValue(line: Line, content: number, indent: number): number {
    const [properties = ''] = /^(?:[&!][^\s]*[ \t]+)*/.exec(this.#text.slice(content, line.end)) ?? [];
    const start = content + properties.length;
    const mark = this.#text[start] ?? '';
    if (mark === '[' || mark === '{') return this.#readFlow(start, indent);
    if (mark === '|' || mark === '>') this.#block = indent;
    else this.#readScalar(line, start);
    return line.end;
  }

  #readScalar(line: Line, start: number): void {
    const rest = this.#text.slice(start, line.end);
    const quote = /^["']?/.exec(rest)?.[0] ?? '';
    const closed = (quote === '"' ? /^"((?:[^"\\]|\\.)*)"/ : /^'((?:[^']|'')*)'/).exec(rest);
    const comment = quote === '' ? rest.search(/(?:^|[ \t])#/) : -1;
    const from = start + quote.length;
    const to = closed ? from + (closed[1] ?? '').length : comment >= 0 ? start + comment : line.end;
    const path = this.#here();
    this.scalars.set(JSON.stringify(path), this.#text.slice(from, to).trimEnd());
    if (/\s/.test(this.#text[start - 1] ?? '')) this.#meet(path, from, to);
  }

  /** JSON takes a name in quotes alone. */
  #readFlow(start: number, indent: number): number {
    const end = walkFlow(this.#text, start, this.#end, indent, (inner, from, to, quoted) => {
      const path = [...this.#here(), ...inner];
      this.scalars.set(JSON.stringify(path), this.#text.slice(from, to));
      if (quoted || indent >= 0) this.#meet(path, from, to);
    });
    return Math.max(end, start + 1);
  }

  #here(): Path {
    return this.#frames.map(({ name }) => name);
  }

  #meet(path: Path, start: number, end: number): void {
    if (start <= this.#cursor && this.#cursor <= end) this.hit = { path, start };
  }

  /** The key that begins at an offset, and where its colon ends. */
  #keyAt(start: number, end: number): { readonly name: string; readonly end: number } | undefined {
    const rest = this.#text.slice(start, end);
    const quoted = /^(?:"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)')[ \t]*:(?=\s|$)/.exec(rest);
    if (quoted) return { name: quoted[1] ?? quoted[2] ?? '', end: start + quoted[0].length };
    if (/^["'[{#&*!|>%@`]/.test(rest)) return undefined;
    const colon = rest.search(/:(?=\s|$)/);
    if (colon < 1 || /\s#/.test(rest.slice(0, colon))) return undefined;
    return { name: rest.slice(0, colon).trimEnd(), end: start + colon + 1 };
  }

  #skipBlanks(from: number, to: number): number {
    let at = from;
    while (at < to && (this.#text[at] === ' ' || this.#text[at] === '\t')) at++;
    return at;
  }
}
