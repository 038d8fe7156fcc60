import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { expand, hasReferences, isLiteral, writtenAt } from '../../../src/network/dns/references.ts';

const values = new Map([
  ['A', 'api'],
  ['PORT', '8080'],
  ['EMPTY', ''],
  ['NESTED', '$(A)'],
  ['a$(b', 'odd'],
]);

function expanding(text: string) {
  const result = expand(text, (name) => values.get(name));
  assert.ok(result);
  return result;
}

function expanded(text: string): string {
  return expanding(text).text;
}

describe('references to variables', () => {
  it('are replaced as the kubelet does', () => {
    const rows = {
      '$(A)': 'api',
      'http://$(A):$(PORT)/x': 'http://api:8080/x',
      '$(A)$(A)': 'apiapi',
      '$(EMPTY)-': '-',
      '$(NESTED)': '$(A)',
      '$(UNKNOWN):$(A)': '$(UNKNOWN):api',
      '$$(A)': '$(A)',
      '$$$(A)': '$api',
      $$$$: '$$',
      '$A $(': '$A $(',
      '$(A': '$(A',
      '$(a$(b)': 'odd',
      '$(A$(A)': '$(A$(A)',
      $: '$',
      plain: 'plain',
    };
    for (const [text, expected] of Object.entries(rows)) assert.equal(expanded(text), expected, text);
  });

  it('leave every other character where it is written', () => {
    const piece = fc.constantFrom(
      '$(A)',
      '$(PORT)',
      '$(EMPTY)',
      '$(X)',
      '$$',
      '$(',
      '$',
      ')',
      'x',
      ':',
      'É',
      '://',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.nat(60), fc.nat(20), (pieces, start, length) => {
        const text = pieces.join('');
        const result = expanding(text);
        const from = Math.min(start, result.text.length);
        const to = Math.min(from + length, result.text.length);
        const written = writtenAt(result, from, to);
        if (to > from) assert.ok(0 <= written[0] && written[0] < written[1] && written[1] <= text.length);
        if (to > from && isLiteral(result, from, to)) {
          assert.equal(text.slice(...written), result.text.slice(from, to));
        }
        if (!hasReferences(text)) assert.equal(result.text, text);
      }),
      { numRuns: 2000 },
    );
  });

  it('are told as a whole where they bring what is asked for', () => {
    const text = 'tcp://$(A).prod:$(PORT)/';
    const result = expanding(text);
    const place = (piece: string) => {
      const start = result.text.indexOf(piece);
      return text.slice(...writtenAt(result, start, start + piece.length));
    };
    assert.equal(result.text, 'tcp://api.prod:8080/');
    assert.equal(place('api.prod:8080'), '$(A).prod:$(PORT)');
    assert.equal(place('pi.pr'), '$(A).pr');
    assert.equal(place('.prod'), '.prod');
    assert.equal(place('808'), '$(PORT)');
  });

  it('take a time that grows with the text alone', { timeout: 60_000 }, () => {
    for (const piece of ['$(', '$', '$$(', '$(A', '$(A)', ')']) {
      expand(piece.repeat(100_000), (name) => values.get(name));
    }
  });

  it('make no longer text than a process can be given, nor more of them', () => {
    const value = 'x'.repeat(1000);
    assert.equal(expand('$(V)'.repeat(131), () => value)?.text.length, 131_000);
    assert.equal(
      expand('$(V)'.repeat(132), () => value),
      undefined,
    );
    const room = { left: 2500 };
    const lengths = [1, 1, 1, 0].map((times) => expand(`$(V)`.repeat(times), () => value, room)?.text.length);
    assert.deepEqual(lengths, [1000, 1000, undefined, 0]);
  });
});
