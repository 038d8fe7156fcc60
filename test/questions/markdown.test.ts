import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { marked, type Token } from 'marked';
import { code, type Doc, emphasis, line, link, list, phrase, strong, text } from '../../src/questions/doc.ts';
import { toMarkdown } from '../../src/questions/markdown.ts';
import { nowhere } from './nowhere.ts';

const options = { href: () => 'file:///a.yaml#L1', command: () => 'command:podwire.showTopology' };

function tokensOf(markdown: string): readonly Token[] {
  const found: Token[] = [];
  marked.walkTokens(marked.lexer(markdown), (token) => {
    found.push(token);
  });
  return found;
}

/** Every shape in which a text of a manifest stands in a document. */
function docOf(hostile: string): Doc {
  const all = [text(hostile), code(hostile), strong(hostile), emphasis(hostile)];
  return [
    line(hostile),
    line(text('before '), ...all, text(' after')),
    list(all.map((each) => [each])),
    {
      type: 'table',
      head: [[text('a')], [text('b')]],
      rows: [all.slice(0, 2), all.slice(2), [code(`${hostile}|`), code(hostile)]].map((row) =>
        row.map((each) => [each]),
      ),
    },
    line(link(code(hostile), { manifest: nowhere, path: [] })),
    { type: 'actions', actions: [{ type: 'topology', title: hostile, id: 'x' }] },
  ];
}

const ours = new Set(['file:///a.yaml#L1', 'command:podwire.showTopology']);

/** Links and pictures that are not ours, and HTML. */
function intruders(markdown: string): readonly string[] {
  return tokensOf(markdown).flatMap((token) => {
    if (token.type === 'html' || token.type === 'image') return [token.raw];
    return token.type === 'link' && !ours.has(token.href) ? [token.raw] : [];
  });
}

const hostile = [
  '[x](command:workbench.action.terminal.new)',
  '![x](https://example.com/x.png)',
  '<img src=x onerror=alert(1)>',
  '<a href="command:x">y</a>',
  'https://example.com',
  'www.example.com',
  'me@example.com',
  '`[x](command:y)',
  '``` [x](command:y)',
  '\\[x](command:y)',
  '|`[x](command:y)',
  '\\|[x](command:y)',
  '`\\`[x](command:y)`',
  '\n\n# [x](command:y)',
  '\n[x]: command:y\n\n[x]',
  '](command:y)',
  '&lt;b&gt; &#60;i&#62;',
  '<command:x>',
  '*x* _y_ ~~z~~',
];

for (const each of hostile) {
  test(`${JSON.stringify(each)} stays text`, () => {
    assert.deepEqual(intruders(toMarkdown(docOf(each), options)), []);
  });
}

test('no text of a manifest becomes a link, a picture or HTML', () => {
  const piece = fc.constantFrom(
    '`',
    '[',
    ']',
    '(',
    ')',
    '<',
    '>',
    '|',
    '\\',
    '!',
    '*',
    '_',
    '&',
    ':',
    '/',
    '#',
    '\n',
    ' ',
    'a',
    'command:x',
    'http://x.y',
    '$(',
    '~',
    '-',
    '1.',
    '@',
  );
  const texts = fc.array(piece, { maxLength: 24 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(texts, (each) => {
      assert.deepEqual(intruders(toMarkdown(docOf(each), options)), []);
    }),
    { numRuns: 500 },
  );
});

test('what a text says is what is read', () => {
  const words = '1. a_b*c* `d` <e> & f|g #h [i](j) - k';
  const [paragraph] = marked.lexer(toMarkdown([line(words)], options));
  const shown = tokensOf(paragraph?.raw ?? '').filter(({ type }) => type === 'text' || type === 'escape');
  const read = shown.map((token) => ('text' in token ? token.text : '')).join('');
  const decoded = read
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&#124;/g, '|')
    .replace(/&amp;/g, '&');
  assert.ok(decoded.endsWith(words), decoded);
});

test('looks, links and actions', () => {
  const doc: Doc = [
    line(strong('api'), ' · ', code('prod'), phrase(' ', emphasis('simulated'))),
    line(link(code('default-deny'), { manifest: nowhere, path: [] }), ' isolates it'),
    { type: 'actions', actions: [{ type: 'topology', title: 'Topology', id: 'Service/a/b' }] },
  ];
  assert.equal(
    toMarkdown(doc, options),
    '**api** · `prod` *simulated*\n\n[`default-deny`](file:///a.yaml#L1) isolates it\n\n[Topology](command:podwire.showTopology)',
  );
});

test('an action that the surface cannot do is left out, and so is a link that leads nowhere', () => {
  const doc: Doc = [
    line(link('a', { manifest: nowhere, path: [] })),
    { type: 'actions', actions: [{ type: 'topology', title: 'Topology', id: 'x' }] },
  ];
  assert.equal(toMarkdown(doc, { href: () => undefined, command: () => undefined }), 'a');
});
