/** The characters that YAML takes for quotes. */
export type Quote = '"' | "'";

/** `text`, which has no line breaks, as a YAML scalar that is a string whatever it looks like. */
export function quoted(text: string, quote: Quote): string {
  return quote === "'" ? `'${text.replaceAll("'", "''")}'` : JSON.stringify(text);
}
