import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shop } from '../questions/asked/world.ts';
import { folder } from './folder.ts';
import { podwire } from './podwire.ts';

const held = '# podwire: expect front -> svc/db:5432 denied\n# podwire: can front reach svc/db:5432\n';
const failed = '# podwire: expect front -> svc/db:5432 allowed\n';
const unreadable = '# podwire: expect fornt -> svc/db:5432 denied\n';

interface Finding {
  readonly rule: string;
  readonly severity: string;
  readonly file: string;
  readonly start: { readonly line: number };
  readonly related: readonly { readonly file: string; readonly start: { readonly line: number } }[];
}

function isAsked(rule: string): boolean {
  return ['expectation-failed', 'question-unreadable', 'unknown-rule'].includes(rule);
}

test('an expectation that does not hold fails the check in every format, one that holds does not', async (context) => {
  const good = await folder(context, { 'shop.yaml': shop, 'questions.yaml': held });
  const bad = await folder(context, { 'shop.yaml': shop, 'questions.yaml': failed });
  const shared = ['check', '.', '--fail-on', 'error'];
  assert.equal((await podwire(good, shared)).status, 0);
  const text = await podwire(bad, shared);
  assert.equal(text.status, 1);
  assert.match(
    text.stdout,
    /^questions\.yaml:1:1: error: `front` → `svc\/db:5432` is expected to be allowed, and is denied\. .* \[expectation-failed\]\n {4}shop\.yaml:\d+:\d+: Ingress: default-deny isolates db and has no rule\.\n/m,
  );
  const json = await podwire(bad, [...shared, '--format', 'json']);
  const [finding, ...others] = (JSON.parse(json.stdout).findings as readonly Finding[]).filter(({ rule }) =>
    isAsked(rule),
  );
  assert.deepEqual(others, []);
  assert.deepEqual(
    [finding?.rule, finding?.severity, finding?.file, finding?.start.line],
    ['expectation-failed', 'error', 'questions.yaml', 1],
  );
  assert.deepEqual(
    finding?.related.map(({ file }) => file),
    ['shop.yaml', 'shop.yaml', 'shop.yaml'],
  );
  const sarif = await podwire(bad, [...shared, '--format', 'sarif']);
  const results: readonly { ruleId: string; level: string }[] = JSON.parse(sarif.stdout).runs[0].results;
  assert.deepEqual(
    results.filter(({ ruleId }) => isAsked(ruleId)).map(({ level }) => level),
    ['error'],
  );
  const junit = await podwire(bad, [...shared, '--format', 'junit']);
  assert.match(
    junit.stdout,
    /<testcase name="expectation-failed at 1:1" classname="questions.yaml">\s*<failure type="error"/,
  );
  assert.deepEqual([json.status, sarif.status, junit.status], [1, 1, 1]);
});

test('an expectation that cannot be read fails the check, a question that cannot be read is a warning', async (context) => {
  const folderWith = (text: string) => folder(context, { 'shop.yaml': `${text}${shop}` });
  const shared = ['check', '.', '--fail-on', 'error'];
  assert.equal((await podwire(await folderWith(unreadable), shared)).status, 1);
  const question = await podwire(await folderWith('# podwire: can fornt reach db\n'), shared);
  assert.equal(question.status, 0);
  assert.match(
    question.stdout,
    /^shop\.yaml:1:16: warning: Nothing here is named “fornt”; .* \[question-unreadable\]$/m,
  );
});

test('each question is asked of the set of its folder, and settings make of it what they say', async (context) => {
  const open = shop.replace('name: default-deny, namespace: shop', 'name: default-deny, namespace: x');
  const root = await folder(context, {
    'shop.yaml': `${held}${shop}`,
    'open/podwire.yaml': 'cni: calico\n',
    'open/shop.yaml': `${held}${open}`,
    'quiet/podwire.yaml': 'rules: {expectation-failed: off}\n',
    'quiet/shop.yaml': `${held}${open}`,
  });
  const { stdout } = await podwire(root, ['check', '.', '--format', 'json']);
  const found = (JSON.parse(stdout).findings as readonly Finding[]).filter(({ rule }) => isAsked(rule));
  assert.deepEqual(
    found.map(({ file, rule }) => `${file} ${rule}`),
    ['open/shop.yaml expectation-failed'],
  );
});

test('questions may come from standard input, and stand in a file without manifests', async (context) => {
  const root = await folder(context, { 'sub/questions.yaml': failed });
  const { status, stdout } = await podwire(root, ['check', '-', 'sub', '--fail-on', 'error'], `${held}${shop}`);
  assert.equal(status, 1);
  assert.match(stdout, /^sub\/questions\.yaml:1:1: error: .* \[expectation-failed\]$/m);
});

test('options of the call count for questions too', async (context) => {
  const root = await folder(context, { 'shop.yaml': `${held}${shop}` });
  const { status, stdout } = await podwire(root, ['check', '.', '--cni', 'flannel', '--fail-on', 'error']);
  assert.equal(status, 1);
  assert.match(stdout, /flannel/);
});
