import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { deployment, folder, lonelyService } from './folder.ts';
import { onShop, podwire, repository } from './podwire.ts';

interface Finding {
  readonly rule: string;
  readonly severity: string;
  readonly file: string;
  readonly start: { readonly line: number };
}

/** Every mistake that the example marks and a rule sees: `file:line rule`. */
const mistakes = [
  'catalog.yaml:41 target-port-missing',
  'checkout.yaml:27 path-blocked',
  'checkout.yaml:33 unknown-service',
  'frontend.yaml:28 path-blocked',
  'frontend.yaml:31 unknown-service',
  'network-policies.yaml:178 policy-peers-split',
  'network-policies.yaml:193 dns-blocked',
  'recommendations.yaml:26 service-port-missing',
  'recommendations.yaml:36 service-without-endpoints',
];

test('the example has one finding for each of its mistakes, and no other', async () => {
  const { status, stdout, stderr } = await onShop('check . --format json');
  assert.deepEqual([status, stderr], [1, '']);
  const findings: readonly Finding[] = JSON.parse(stdout).findings;
  assert.deepEqual(
    findings.map(({ file, start, rule }) => `${file}:${start.line} ${rule}`),
    mistakes,
  );
  const others = findings.filter(({ severity }) => severity !== 'warning');
  assert.deepEqual(
    others.map(({ rule, severity }) => `${severity} ${rule}`),
    ['information policy-peers-split'],
  );
});

test('every format tells of the same findings', async () => {
  const text = await onShop('check .');
  assert.match(text.stdout, /\n8 warnings, 1 information in 39 objects of 14 files\.\n$/);
  const sarif = await onShop('check . --format sarif');
  assert.equal(JSON.parse(sarif.stdout).runs[0].results.length, mistakes.length);
  const junit = await onShop('check . --format junit --fail-on hint');
  assert.equal(junit.stdout.match(/<failure /g)?.length, mistakes.length);
  assert.deepEqual([text.status, sarif.status, junit.status], [1, 1, 1]);
});

describe('exit status', () => {
  test('is that of the gravest finding against --fail-on', async () => {
    assert.equal((await onShop('check . --fail-on error')).status, 0);
    assert.equal((await onShop('check . --fail-on hint')).status, 1);
  });

  test('is 1 for a text that the API server refuses', async (context) => {
    const root = await folder(context, { 'app.yaml': deployment('app').replace('name: app\n', 'name: 12\n') });
    const { status, stdout } = await podwire(root, ['check', '.', '--fail-on', 'error']);
    assert.equal(status, 1);
    assert.match(stdout, /^app\.yaml:4:9: error: .*\[unquoted-string\]$/m);
  });

  test('is 2 where an input could not be read, findings or not', async () => {
    assert.equal((await onShop('check . gone.yaml')).status, 2);
  });
});

test('what a manifest brings never reaches the terminal as a command', async (context) => {
  const evil = lonelyService('"a\\e[31mb\\u202ec"');
  const root = await folder(context, { 'app.yaml': deployment('app'), 'evil.yaml': evil });
  for (const line of ['check .', 'endpoints .', 'list .', 'explain app 10.0.0.1:80\u001b[31m .']) {
    const { stdout, stderr } = await podwire(root, line.split(' '));
    for (const character of ['\u001b', '\u202e']) assert.ok(!(stdout + stderr).includes(character), line);
  }
});

test('podwire-ignore silences a rule for its document', async (context) => {
  const ignored = `# podwire-ignore: service-without-endpoints  they come from elsewhere\n${lonelyService('one')}`;
  const root = await folder(context, { 'app.yaml': deployment('app'), 'one.yaml': ignored });
  assert.equal((await podwire(root, ['check', '.'])).status, 0);
  const text = `# podwire-ignore: unquoted-string\n${deployment('app').replace('name: app\n', 'name: 12\n')}`;
  const texts = await folder(context, { 'app.yaml': text });
  assert.equal((await podwire(texts, ['check', '.'])).status, 0);
});

test('a fix that the text does not allow is not told of', async () => {
  const policy = (peers: string, others: string) => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: open, namespace: shop }
spec:
  podSelector: {}
  ingress:
    - from: ${peers}
    - {}
  egress:
    - to: ${others}
`;
  const web = '[{ podSelector: { matchLabels: { app: web } } }]';
  const fixesOf = async (text: string) => {
    const { stdout } = await podwire(repository, ['check', '-', '--format', 'json'], text);
    const [finding, ...others] = JSON.parse(stdout).findings;
    assert.deepEqual([finding.rule, finding.start.line, others], ['policy-redundant', 8, []]);
    return finding.fixes.map(({ title }: { readonly title: string }) => title);
  };
  assert.deepEqual(await fixesOf(policy(web, web)), ['Remove rule 1']);
  assert.deepEqual(await fixesOf(policy(`&web ${web}`, '*web')), [], 'the egress rule needs what the first holds');
});
