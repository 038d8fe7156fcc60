import assert from 'node:assert/strict';

type Attributes = Readonly<Record<string, string>>;

/** What Graphviz would take out of a text. */
export interface ReadDot {
  readonly nodes: { readonly id: string; readonly attributes: Attributes }[];
  readonly edges: { readonly from: string; readonly to: string; readonly attributes: Attributes }[];
  readonly clusters: Map<string, Attributes>;
}

const token = /\s*(?:(->|[{}[\];,=])|([A-Za-z_][A-Za-z_0-9]*|-?\d+(?:\.\d+)?)|"((?:[^"\\]|\\.)*)")/sy;

/** Reads the part of DOT that pictures are written in; anything else is an error. See https://graphviz.org/doc/info/lang.html */
export function readDot(text: string): ReadDot {
  const tokens = tokensOf(text);
  const read: ReadDot = { nodes: [], edges: [], clusters: new Map() };
  const next = () => tokens[0];
  const take = (expected?: string) => {
    const taken = tokens.shift();
    assert.ok(taken !== undefined && (expected ?? taken) === taken, `${taken} in place of ${expected}`);
    return taken;
  };
  const attributes = (): Attributes => {
    const found: Record<string, string> = {};
    if (next() !== '[') return found;
    for (take('['); next() !== ']'; ) {
      const name = take();
      take('=');
      found[name] = take().replace(/^"/, '');
      if (next() === ',') take(',');
    }
    take(']');
    return found;
  };
  const statements = (cluster: string | undefined) => {
    for (take('{'); next() !== '}'; ) {
      const id = take();
      if (id === 'subgraph') statements(take());
      else if (id === 'graph' && cluster) read.clusters.set(cluster, attributes());
      else if (next() === '->') {
        take('->');
        read.edges.push({ from: id, to: take(), attributes: attributes() });
      } else if (id === 'graph' || id === 'node' || id === 'edge') attributes();
      else read.nodes.push({ id, attributes: attributes() });
    }
    take('}');
  };
  take('digraph');
  take();
  statements(undefined);
  assert.deepEqual(tokens, []);
  return read;
}

/** A quoted text keeps its opening quote, which tells it from a word. */
function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  const source = text.trimEnd();
  token.lastIndex = 0;
  while (token.lastIndex < source.length) {
    const at = token.lastIndex;
    const match = token.exec(source);
    assert.ok(match, `nothing is read at ${JSON.stringify(source.slice(at, at + 20))}`);
    const [, sign, word, quoted] = match;
    tokens.push(sign ?? word ?? `"${unescaped(quoted ?? '')}`);
  }
  return tokens;
}

/** What a label shows: escapes that Graphviz replaces by something of its own are an error here. */
function unescaped(quoted: string): string {
  assert.doesNotMatch(quoted, /\n/);
  return quoted
    .replace(/\\(.)/gs, (_, character: string) => {
      assert.match(character, /["\\n]/);
      return character === 'n' ? '\n' : character;
    })
    .replace(/&(\w+);|&/g, (_, name) => {
      assert.equal(name, 'amp');
      return '&';
    });
}
