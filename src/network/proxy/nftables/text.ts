import type { Chain, Container, Element, Rule, Table } from './table.ts';

/** The table as `nft list table` prints it. */
export function nftablesText({ family, sets, chains }: Table): string {
  const blocks = [...sets.map(containerText), ...chains.map(chainText)];
  return `table ${family} kube-proxy {\n\tcomment "rules for kube-proxy"\n${blocks.join('\n\n')}\n}`;
}

function containerText({ kind, name, properties, elements }: Container): string {
  const lines = elements.length > 0 ? [...properties, elementsText(elements)] : properties;
  return block(`${kind} ${name}`, lines);
}

/** IPv4 addresses alone stand two in a line, as nft has them. */
function elementsText(elements: readonly Element[]): string {
  const texts = elements.map(elementText);
  const isShort = texts.every((text) => /^[\d.]+$/.test(text));
  return `elements = { ${texts.reduce((all, text, index) => `${all},${isShort && index % 2 === 1 ? ' ' : wrapped}${text}`)} }`;
}

const wrapped = `\n${'\t'.repeat(3)}${' '.repeat(5)}`;

/** One element of a set or map, as it stands between commas. */
export function elementText({ key, comment, verdict }: Element): string {
  return `${key}${comment ? ` comment "${comment}"` : ''}${verdict ? ` : ${verdict}` : ''}`;
}

function chainText({ name, head, rules }: Chain): string {
  return block(`chain ${name}`, [...(head ? [head] : []), ...rules.map(ruleText)]);
}

/** A rule as nft lists it. */
export function ruleText({ text, comment }: Rule): string {
  return comment ? `${text} comment "${comment}"` : text;
}

function block(head: string, lines: readonly string[]): string {
  return `\t${head} {\n${lines.map((line) => `\t\t${line}\n`).join('')}\t}`;
}
