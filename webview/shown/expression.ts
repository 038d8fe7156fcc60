/** What a search asks of a node or an edge. */
export interface Term {
  readonly key: 'word' | 'ns' | 'kind' | 'label' | 'port' | 'blocked';
  /** In lower case, but for labels: Kubernetes tells their letters apart. */
  readonly value: string;
  readonly not: boolean;
}

/** What is wrong with a search: a key of the page's texts, and what fills its place. */
export interface Unreadable {
  readonly problem: 'searchKey' | 'searchValue' | 'searchQuote' | 'searchNot';
  readonly about: string;
}

/** A search that was read; all its terms have to hold. */
export type Expression = { readonly terms: readonly Term[] } | Unreadable;

interface Token {
  readonly text: string;
  /** What is in quotes is a word, whatever it looks like. */
  readonly isQuoted: boolean;
}

/** Reads `ns=prod kind=Service label:team=a port=5432 blocked not word -word "two words"`. */
export function readExpression(text: string): Expression {
  const tokens = tokensOf(text);
  if (!tokens) return { problem: 'searchQuote', about: '' };
  const terms: Term[] = [];
  let not = false;
  for (const token of tokens) {
    if (!token.isQuoted && token.text.toLowerCase() === 'not') {
      not = !not;
      continue;
    }
    const isMinus = !token.isQuoted && token.text.startsWith('-') && token.text.length > 1;
    const term = termOf(isMinus ? { ...token, text: token.text.slice(1) } : token, not !== isMinus);
    if ('problem' in term) return term;
    terms.push(term);
    not = false;
  }
  return not ? { problem: 'searchNot', about: '' } : { terms };
}

/** Undefined where a quote is not closed. */
function tokensOf(text: string): Token[] | undefined {
  const tokens: Token[] = [];
  // A quote may stand behind a key or a minus: ns="a b".
  for (const [whole, bare, quoted, end] of text.matchAll(/([^\s"]*)"([^"]*)("?)|[^\s"]+/g)) {
    if (quoted === undefined) tokens.push({ text: whole, isQuoted: false });
    else if (!end) return undefined;
    else tokens.push({ text: `${bare}${quoted}`, isQuoted: bare === '' });
  }
  return tokens;
}

function termOf({ text, isQuoted }: Token, not: boolean): Term | Unreadable {
  const lower = text.toLowerCase();
  if (isQuoted) return { key: 'word', value: lower, not };
  if (lower === 'blocked') return { key: 'blocked', value: '', not };
  if (lower.startsWith('label:')) {
    const value = text.slice('label:'.length);
    return /^[^=]+(=.*)?$/.test(value) ? { key: 'label', value, not } : { problem: 'searchValue', about: 'label:' };
  }
  const [, key, value] = /^([^=]+)=(.*)$/.exec(lower) ?? [];
  if (key === undefined) return { key: 'word', value: lower, not };
  if (key !== 'ns' && key !== 'kind' && key !== 'port')
    return { problem: 'searchKey', about: text.slice(0, key.length) };
  return value ? { key, value, not } : { problem: 'searchValue', about: `${key}=` };
}
