import { Composer, type Document, Lexer, type ParsedNode, Parser } from 'yaml';

/** A document's text as `yaml` parses it: nodes with ranges, all scalars as they are written. */
export interface Tree {
  readonly root: ParsedNode | null;
  readonly errors: readonly TreeError[];
  /** Where the nesting went too deep to be followed; there is no root then. */
  readonly tooDeep?: number;
}

/** What `yaml` says about a place in the text. */
export interface TreeError {
  readonly code: string;
  readonly message: string;
  readonly pos: readonly [number, number];
}

/** No type of the API nests a tenth as deep; the parser's and our own recursion is safe at this depth. */
export const maxDepth = 250;

/** Scalars stay text, since neither of the schemas of `yaml` is kubectl's; duplicate keys are found elsewhere, in linear time. */
const options = { schema: 'failsafe', resolveKnownTags: false, uniqueKeys: false, prettyErrors: false } as const;

/** How many lexemes are read between two pauses: some milliseconds' worth. */
const sliceLength = 20_000;

/** Parses the first YAML document in `text`: the one that kubectl reads. */
export function parseTree(text: string): Tree {
  const parsing = parseInSlices(text);
  for (;;) {
    const { done, value } = parsing.next();
    if (done) return value;
  }
}

/** Parses as `parseTree` does, and pauses now and then within a long document. */
export function* parseInSlices(text: string): Generator<void, Tree> {
  const parser = new Parser();
  const composer = new Composer<ParsedNode, true>(options);
  let first: Document.Parsed | undefined;
  let count = 0;
  for (const lexeme of new Lexer().lex(withLineFeeds(text))) {
    for (const token of parser.next(lexeme)) for (const document of composer.next(token)) first ??= document;
    if (parser.stack.length > maxDepth) return { root: null, errors: [], tooDeep: parser.offset };
    if (++count % sliceLength === 0) yield;
  }
  for (const token of parser.end()) for (const document of composer.next(token)) first ??= document;
  for (const document of composer.end(true, text.length)) first ??= document;
  return { root: first?.contents ?? null, errors: first?.errors ?? [] };
}

/** To go-yaml a carriage return ends a line, also one without a line feed; to `yaml` it does not. */
function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replace(/\r(?!\n)/g, '\n') : text;
}
