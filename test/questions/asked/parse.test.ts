import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { parseQuestion, type Question, questionText } from '../../../src/questions/asked/parse.ts';

/** A question without the places of its words. */
function meaning(question: Question): unknown {
  return JSON.parse(JSON.stringify(question, (_, value) => (value?.text === undefined ? value : value.text)));
}

function read(text: string): unknown {
  const question = parseQuestion(text);
  assert.ok(!('error' in question), `${text}: ${JSON.stringify(question)}`);
  return meaning(question);
}

test('the forms of questions', () => {
  assert.deepEqual(read('can prod/deploy/frontend reach svc/api:8080'), {
    kind: 'can',
    from: 'prod/deploy/frontend',
    to: 'svc/api:8080',
  });
  assert.deepEqual(read('expect internet -> prod/svc/db:5432/TCP denied'), {
    kind: 'expect',
    from: 'internet',
    to: 'prod/svc/db:5432/TCP',
    outcome: 'denied',
  });
  assert.deepEqual(read('resolve api.prod from deploy/frontend'), {
    kind: 'resolve',
    name: 'api.prod',
    from: 'deploy/frontend',
  });
  assert.deepEqual(read('resolve _http._tcp.api from pod/a libc musl type SRV'), {
    kind: 'resolve',
    name: '_http._tcp.api',
    from: 'pod/a',
    type: 'SRV',
    libc: 'musl',
  });
});

test('blanks, capitals of keywords, the kind of arrow and the mark of a question mean nothing', () => {
  const can = read('can a reach b:1');
  for (const text of [
    '  can\ta   reach b:1  ',
    'CAN a Reach b:1',
    'can a -> b:1',
    'can a→b:1',
    'can a->b:1?',
    'can a reach b:1 ?',
  ]) {
    assert.deepEqual(read(text), can, text);
  }
  assert.deepEqual(read('expect a reach b ALLOWED'), read('expect a->b allowed'));
  assert.deepEqual(read('resolve x from a type srv'), read('resolve x from a type SRV'));
});

test('names keep hyphens, brackets and colons', () => {
  assert.deepEqual(read('can front-end-1 -> [fd00::1]:80'), { kind: 'can', from: 'front-end-1', to: '[fd00::1]:80' });
  assert.deepEqual(read('can shop/web[Deployment]->10.0.0.0/8:443'), {
    kind: 'can',
    from: 'shop/web[Deployment]',
    to: '10.0.0.0/8:443',
  });
});

test('words know where they stand', () => {
  const text = ' expect  web->db denied';
  const question = parseQuestion(text);
  assert.ok(!('error' in question) && question.kind === 'expect');
  for (const word of [question.from, question.to]) assert.equal(text.slice(word.from, word.to), word.text);
});

describe('what cannot be read says where, and what is expected there', () => {
  const cases: readonly (readonly [text: string, at: string, expected: readonly string[]])[] = [
    ['', '', ['can', 'expect', 'resolve']],
    ['xpect a -> b denied', 'xpect', ['can', 'expect', 'resolve']],
    ['can', '', []],
    ['can a', '', ['reach', '->']],
    ['can a raech b', 'raech', ['reach', '->']],
    ['can -> b', '->', []],
    ['expect a b allowed', 'b', ['->', 'reach']],
    ['expect a -> b', '', ['allowed', 'denied']],
    ['expect a -> b alowed', 'alowed', ['allowed', 'denied']],
    ['expect a -> b denied because', 'because', []],
    ['resolve x', '', ['from']],
    ['resolve x from a type', '', ['A', 'AAAA', 'SRV', 'PTR', 'CNAME', 'TXT']],
    ['resolve x from a type MX', 'MX', ['A', 'AAAA', 'SRV', 'PTR', 'CNAME', 'TXT']],
    ['resolve x from a libc musl libc glibc', 'libc', ['type']],
  ];
  for (const [text, at, expected] of cases) {
    test(`“${text}”`, () => {
      const wrong = parseQuestion(text);
      assert.ok('error' in wrong);
      const [from, to] = wrong.at;
      assert.equal(text.slice(from, to), at);
      assert.ok(at !== '' || from === text.length);
      assert.deepEqual(wrong.expected, expected);
    });
  }
});

test('a slip in a keyword is told with the word that is nearest', () => {
  const wrong = parseQuestion('expect a -> b alowed');
  assert.match('error' in wrong ? wrong.error : '', /did you mean `allowed`\?$/);
});

const name = fc.stringMatching(/^[a-z0-9][a-z0-9./:[\]_-]{0,20}[a-z0-9]$/).filter((each) => !each.includes('->'));
const anyQuestion: fc.Arbitrary<string> = fc.oneof(
  fc.tuple(name, name).map(([from, to]) => `can ${from} reach ${to}`),
  fc
    .tuple(name, name, fc.constantFrom('allowed', 'denied'))
    .map(([from, to, outcome]) => `expect ${from} -> ${to} ${outcome}`),
  fc
    .tuple(name, name, fc.constantFrom('', ' type AAAA', ' libc musl', ' type PTR libc glibc'))
    .map(([asked, from, options]) => `resolve ${asked} from ${from}${options}`),
);

test('a question that is printed and read again is the same', () => {
  fc.assert(
    fc.property(anyQuestion, (text) => {
      const question = parseQuestion(text);
      assert.ok(!('error' in question), text);
      assert.equal(questionText(question), text);
      assert.deepEqual(parseQuestion(questionText(question)), question);
    }),
  );
});

test('no text throws, and each that cannot be read has a place within it', () => {
  const pieces = fc.constantFrom(
    'can',
    'expect',
    'resolve',
    ' ',
    '->',
    '→',
    'reach',
    'from',
    'a',
    '?',
    '\r\n',
    '\t',
    '-',
    '>',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(pieces).map((each) => each.join('')),
      ),
      (text) => {
        const read = parseQuestion(text);
        if (!('error' in read)) return;
        assert.ok(0 <= read.at[0] && read.at[0] <= read.at[1] && read.at[1] <= text.length);
        assert.ok(read.error.length > 0);
      },
    ),
    { numRuns: 2000 },
  );
});

test('a long text is read once', () => {
  const texts = [
    'can '.repeat(50_000),
    '-'.repeat(200_000),
    `can ${'->'.repeat(100_000)}`,
    ' '.repeat(200_000),
    '?'.repeat(200_000),
  ];
  // An expression that goes back over them would not end.
  for (const text of texts) assert.ok('error' in parseQuestion(`${text}x`));
});
