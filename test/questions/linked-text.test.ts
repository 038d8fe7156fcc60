import assert from 'node:assert/strict';
import { test } from 'node:test';
import { code, line, link, list, phrase } from '../../src/questions/doc.ts';
import { toLinkedText } from '../../src/questions/linked-text.ts';
import { nowhere } from './nowhere.ts';

/** A link to the field of the same name. */
function to(name: string) {
  return link(code(name), { manifest: nowhere, path: [name] });
}

test('a table is aligned, with its sentences below', () => {
  const rows = [
    [phrase('1'), phrase('here'), phrase('x'), phrase('because of ', to('a'))],
    [phrase('10'), phrase('elsewhere'), [], []],
    [phrase('11'), [], phrase('y'), phrase('for ', to('b'), '.')],
  ];
  const { text } = toLinkedText([
    line('Head'),
    { type: 'table', head: [], rows },
    line('Tail'),
    list([phrase('item')]),
  ]);
  assert.equal(
    text,
    `Head

  1   here       x
      because of a
  10  elsewhere
  11             y
      for b.

Tail
  item
`,
  );
});

test('a link is where its words are, and leads where it leads', () => {
  const { text, links } = toLinkedText([line('→ ', to('first'), ', ', to('second')), list([to('third')])]);
  assert.deepEqual(
    links.map(({ start, end, place }) => [text.slice(start, end), place.path]),
    [
      ['first', ['first']],
      ['second', ['second']],
      ['third', ['third']],
    ],
  );
});

test('what a manifest brings of line breaks and control characters makes no line of its own', () => {
  const { text, links } = toLinkedText([line('a\nb\u001b[1m\u2028c ', to('d\r\ne'))]);
  assert.equal(text, 'a b [1m c d e\n');
  assert.equal(text.slice(links[0]?.start, links[0]?.end), 'd e');
});
