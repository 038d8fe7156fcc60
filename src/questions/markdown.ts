import type { Place } from '../manifests/manifest.ts';
import type { Action, Block, Doc, Inline, Phrase, Run } from './doc.ts';

/** What a surface that shows Markdown can do. */
export interface MarkdownOptions {
  /** The address that opens a place; undefined where it cannot be opened. */
  readonly href: (place: Place) => string | undefined;
  /** The address that does an action; undefined where the surface cannot do it. */
  readonly command: (action: Action) => string | undefined;
}

/**
 * An answer as Markdown. Every character of a manifest that means something to Markdown or HTML is escaped: the links
 * are Podwire's own alone.
 */
export function toMarkdown(doc: Doc, options: MarkdownOptions): string {
  return doc
    .map((block) => blockMarkdown(block, options))
    .filter((block) => block !== '')
    .join('\n\n');
}

function blockMarkdown(block: Block, options: MarkdownOptions): string {
  const show = (content: Phrase) => phraseMarkdown(content, options);
  switch (block.type) {
    case 'line':
      return show(block.content);
    case 'list':
      return block.items.map((item) => `- ${show(item)}`).join('\n');
    case 'table':
      return tableMarkdown(
        block.head.map(show),
        block.rows.map((row) => row.map(show)),
      );
    case 'actions':
      return block.actions.flatMap((action) => actionMarkdown(action, options)).join(' · ');
  }
}

function tableMarkdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => ':---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function actionMarkdown(action: Action, { command }: MarkdownOptions): string | [] {
  const href = command(action);
  return href ? `[${escaped(action.title)}](${address(href)})` : [];
}

function phraseMarkdown(content: Phrase, options: MarkdownOptions): string {
  return content
    .map((inline) => inlineMarkdown(inline, options))
    .join('')
    .replace(opening, '$1\\$2');
}

function inlineMarkdown(inline: Inline, { href }: MarkdownOptions): string {
  if (inline.type !== 'link') return runMarkdown(inline);
  const words = inline.content.map(runMarkdown).join('');
  const target = href(inline.place);
  return target === undefined ? words : `[${words}](${address(target)})`;
}

function runMarkdown({ type, text }: Run): string {
  const words = escaped(text);
  if (words.trim() === '') return words;
  switch (type) {
    case 'text':
      return words;
    case 'code':
      return codeSpan(text);
    case 'strong':
      return `**${words}**`;
    case 'emphasis':
      return `*${words}*`;
  }
}

/** What means something to Markdown or to HTML anywhere in a line. */
const marks = /[\\`*_[\]{}()<>&~!$@|]/g;
/** What makes a list, a heading, a rule or a quote of the line that it begins. */
const opening = /^(\s*\d*)([#+=.-])/;

/** Text that says what it said, and nothing else: no markup, no HTML, no address that becomes a link by itself. */
function escaped(text: string): string {
  return oneLine(text)
    .replace(marks, (mark) => entities[mark] ?? `\\${mark}`)
    .replace(/:\/\//g, ':\\/\\/')
    .replace(/\bwww\./gi, (found) => `${found.slice(0, -1)}\\.`);
}

const entities: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '|': '&#124;' };

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}

/**
 * Inside a code span nothing is escaped; its fence is longer than any run of backticks in it. A bar would end the cell
 * of a table even there, and what follows it would be Markdown again: such a text is no code.
 */
function codeSpan(text: string): string {
  if (text.includes('|')) return escaped(text);
  const words = oneLine(text);
  const longest = Math.max(0, ...[...words.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = /^`|`$|^ .* $/.test(words) ? ' ' : '';
  return `${fence}${pad}${words}${pad}${fence}`;
}

/** An address ends at a bracket or a blank, so those are written as their codes. */
function address(href: string): string {
  return href.replace(/[()<>\s\\]/g, (mark) => `%${mark.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
