import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applySplices } from '../../../src/edits/splice.ts';
import { Workspace } from '../../../src/manifests/workspace.ts';
import { answerTo, questionAt, questionsIn } from '../../../src/questions/asked/comments.ts';
import { commentIssues } from '../../../src/questions/asked/issues.ts';
import { shop, world } from './world.ts';

/** A file of its own. */
function fileOf(text: string, name = 'a.yaml') {
  const workspace = new Workspace({ roots: ['file:///w'] });
  workspace.apply([{ uri: `file:///w/${name}`, text }]);
  const file = workspace.snapshot().file(`file:///w/${name}`);
  assert.ok(file);
  return file;
}

function questions(text: string, name?: string): readonly string[] {
  return questionsIn(fileOf(text, name)).map((each) => each.text.trim());
}

const pod = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n';

test('questions stand in comments wherever YAML has them', () => {
  assert.deepEqual(questions('# podwire: can a reach b\n'), ['can a reach b']);
  assert.deepEqual(questions('#podwire:can a reach b'), ['can a reach b']);
  assert.deepEqual(questions(`${pod}  labels: {x: y} # podwire: can a reach b\n`), ['can a reach b']);
  assert.deepEqual(questions(`# podwire: can a reach b\n---\n${pod}---\n# podwire : can c reach d\n`), [
    'can a reach b',
    'can c reach d',
  ]);
  assert.deepEqual(questions('a: 1\n# podwire: can a reach b\nb: [\n  1, # podwire: can c reach d\n]\n'), [
    'can a reach b',
    'can c reach d',
  ]);
});

test('the word counts in any case and behind several signs: no assertion is none without a word', () => {
  assert.deepEqual(questions('# Podwire: can a reach b\n## podwire: can c reach d\n###PODWIRE : can e reach f\n'), [
    'can a reach b',
    'can c reach d',
    'can e reach f',
  ]);
  assert.match(
    issues('## Podwire: expect front -> svc/db:5432 allowed')[0] ?? '',
    /^expectation-failed error at ## Podwire/,
  );
  assert.match(issues('## Podwire: expect fornt -> svc/db denied')[0] ?? '', /^question-unreadable error at fornt:/);
  assert.deepEqual(
    issues('## Podwire-Ignore : expectation-failed\n# podwire: expect front -> svc/db:5432 allowed'),
    [],
  );
  assert.match(issues('## Podwire-Ignore: path-bloked')[0] ?? '', /^unknown-rule warning at path-bloked:/);
  assert.match(issues('## Podwire-Ingore: path-blocked')[0] ?? '', /^question-unreadable warning at Podwire-Ingore:/);
});

test('lines may end as on Windows', () => {
  const text = `${pod}# podwire: can a reach b\r\n# podwire: can c reach d\r\nspec: {}\r\n`;
  assert.deepEqual(
    questionsIn(fileOf(text)).map(({ comment }) => text.slice(comment.span.start, comment.span.end)),
    ['# podwire: can a reach b', '# podwire: can c reach d'],
  );
});

test('what looks like a comment within a string is none', () => {
  assert.deepEqual(questions(`${pod}data: |\n  # podwire: can a reach b\n  x\n`), []);
  assert.deepEqual(questions(`${pod}data: >-\n  y # podwire: can a reach b\n`), []);
  assert.deepEqual(questions(`${pod}data: "# podwire: can a reach b"\n`), []);
  assert.deepEqual(questions(`${pod}data: a#podwire: can a reach b\n`), []);
  assert.deepEqual(questions('{"apiVersion": "v1", "kind": "Pod", "x": "# podwire: can a reach b"}', 'a.json'), []);
});

test('a mistake in the syntax elsewhere takes no question away', () => {
  assert.deepEqual(questions(`${pod}  b: [\n# podwire: can a reach b\n`), ['can a reach b']);
  assert.deepEqual(questions(`${pod}  b: "x\n# podwire: can a reach b\n---\n${pod}`), ['can a reach b']);
  assert.deepEqual(
    questions(
      `${pod}  b: "x\n# podwire: can a reach b\nc: "y"\n# podwire: can c reach d\ne: 'f\n# podwire: can e reach f`,
    ),
    ['can a reach b', 'can c reach d', 'can e reach f'],
  );
  assert.deepEqual(questions(`${pod}\tb: x\n# podwire: can a reach b\n`), ['can a reach b']);
  assert.deepEqual(questions(`${pod} b: c: d\n# podwire: can a reach b\n`), ['can a reach b']);
});

test('templates are not read, nor are their comments', () => {
  assert.deepEqual(questions(`${pod}  labels: {{ .x }}\n# podwire: can a reach b\n`), []);
});

test('words of a question keep their places in the file', () => {
  const text = `${pod}  x: y    #   podwire:   can fornt reach svc/api:80   \n`;
  const file = fileOf(text);
  const [question] = questionsIn(file);
  assert.ok(question);
  const answer = answerTo(world().cluster, question);
  assert.ok('error' in answer);
  assert.equal(text.slice(question.start + answer.at[0], question.start + answer.at[1]), 'fornt');
  assert.deepEqual(questionAt(file, text.indexOf('fornt')), question);
  assert.equal(questionAt(file, text.indexOf('x: y')), undefined);
});

/** What is told of comments that stand above the shop: `rule severity at text: message`. */
function issues(comments: string, severities: Readonly<Record<string, 'off' | 'hint'>> = {}): readonly string[] {
  const text = `${comments}\n---\n${shop}`;
  const here = world(text);
  const file = here.snapshot.file('file:///w/a.yaml');
  assert.ok(file);
  const rules = { severities, names: ['path-blocked', 'expectation-failed', 'question-unreadable'] };
  return commentIssues(here.cluster, file, rules).map(({ rule, severity, message, span }) => {
    return `${rule} ${severity} at ${text.slice(span.start, span.end)}: ${message}`;
  });
}

test('an expectation that does not hold is an error at its comment; one that does, and questions, are nothing', () => {
  assert.deepEqual(issues('# podwire: expect front -> svc/db:5432 denied\n# podwire: can front reach svc/db:5432'), []);
  const [failed, ...others] = issues('# podwire: expect front -> svc/db:5432 allowed');
  assert.deepEqual(others, []);
  assert.match(
    failed ?? '',
    /^expectation-failed error at # podwire: expect front -> svc\/db:5432 allowed: `front` → `svc\/db:5432` is expected to be allowed, and is denied\..*default-deny isolates db/,
  );
});

test('what cannot be read is told at its word: an error in an expectation, else a warning', () => {
  const head = (text: string) => issues(text).map((each) => each.split(': ', 1)[0]);
  assert.deepEqual(head('# podwire: expect fornt -> svc/db denied'), ['question-unreadable error at fornt']);
  assert.deepEqual(head('# podwire: can fornt reach svc/db'), ['question-unreadable warning at fornt']);
  assert.deepEqual(head('# podwire: tell me'), ['question-unreadable warning at tell']);
  assert.match(issues('# podwire: resolv a from front')[0] ?? '', /did you mean `resolve`\?$/);
  assert.match(issues('# podwire: expect front -> svc/db')[0] ?? '', /error at # podwire: expect front.*`allowed`/);
  assert.match(issues('# podwire:')[0] ?? '', /^question-unreadable warning at # podwire:/);
});

test('an expectation on a port that there is not asserts nothing: it is told at the port', () => {
  assert.deepEqual(issues('# podwire: expect front -> svc/api:81 denied'), [
    'question-unreadable error at 81: Service `api` has no port 81; it has http 80/TCP, metrics 9090/TCP',
  ]);
  assert.match(
    issues('# podwire: expect internet -> svc/api:metrcs denied')[0] ?? '',
    / error at metrcs: Service `api`/,
  );
  assert.deepEqual(issues('# podwire: expect front -> deploy/db:sqll denied'), [
    'question-unreadable error at sqll: `shop/deploy/db` has no port named `sqll`',
  ]);
  assert.deepEqual(issues('# podwire: can front reach svc/api:81'), []);
  // A port of another protocol, and a number that a pod does not declare, are closed or open by what decides.
  assert.deepEqual(issues('# podwire: expect front -> svc/api:80/UDP denied'), []);
  assert.deepEqual(issues('# podwire: expect front -> deploy/db:9999 denied'), []);
});

test('a rule that there is not, and a word that means nothing, are told with what is nearest', () => {
  assert.deepEqual(issues('# podwire-ignore: path-blocked because of reasons'), []);
  assert.deepEqual(issues('# podwire-ignore: path-blocked, path-bloked, x because'), [
    'unknown-rule warning at path-bloked: There is no rule `path-bloked`. Did you mean `path-blocked`?',
    'unknown-rule warning at x: There is no rule `x`',
  ]);
  assert.match(issues('# podwire-ingore: path-blocked')[0] ?? '', /^question-unreadable warning at podwire-ingore: /);
  assert.deepEqual(issues('# podwire is what reads this\n# podwire-like words'), []);
});

test('the settings and a comment silence it as any rule, the comment for its document alone', () => {
  const expectation = '# podwire: expect front -> svc/db:5432 allowed';
  assert.deepEqual(issues(`# podwire-ignore: expectation-failed\n${expectation}`), []);
  assert.equal(issues(`# podwire-ignore: expectation-failed\n---\n${expectation}`).length, 1);
  assert.deepEqual(issues(expectation, { 'expectation-failed': 'off' }), []);
  assert.match(issues(expectation, { 'expectation-failed': 'hint' })[0] ?? '', /^expectation-failed hint/);
});

test('the fixes are what could be meant, with the port that was written', () => {
  const fixed = (comment: string) => {
    const text = `${comment}\n---\n${shop}`;
    const here = world(text);
    const file = here.snapshot.file('file:///w/a.yaml');
    assert.ok(file);
    const rules = { severities: {}, names: ['path-blocked'] };
    const fixes = commentIssues(here.cluster, file, rules).flatMap((issue) => issue.fixes);
    return fixes.map(({ splices }) => applySplices(text, splices).split('\n', 1)[0]);
  };
  assert.deepEqual(fixed('# podwire: expect front -> api:80 allowed'), [
    '# podwire: expect front -> shop/deploy/api:80 allowed',
    '# podwire: expect front -> shop/svc/api:80 allowed',
  ]);
  assert.deepEqual(fixed('# podwire: can fornt reach svc/api'), ['# podwire: can shop/deploy/front reach svc/api']);
  assert.deepEqual(fixed('# podwire: expect front -> svc/api:metrcs/TCP denied'), [
    '# podwire: expect front -> svc/api:metrics/TCP denied',
    '# podwire: expect front -> svc/api:http/TCP denied',
  ]);
  assert.deepEqual(fixed('# podwire: expect front -> svc/api alowed'), [
    '# podwire: expect front -> svc/api allowed',
    '# podwire: expect front -> svc/api denied',
  ]);
  assert.deepEqual(fixed('# podwire-ignore: path-bloked'), ['# podwire-ignore: path-blocked']);
  assert.deepEqual(fixed('# podwire: can front reach'), []);
});
