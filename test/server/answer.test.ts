import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AnswerResult, answerRequest, type ChoicesResult, choicesRequest } from '../../src/server/protocol.ts';
import { folder } from '../cli/folder.ts';
import { podwire } from '../cli/podwire.ts';
import { apiService, listening, pod } from './api.ts';
import { behind, Client, Disk, uriOf } from './client.ts';

const manifests = [
  apiService,
  pod('api', listening),
  pod('front', '{ name: main, env: [{ name: API, value: "http://api" }] }'),
  `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: only-front }
spec:
  podSelector: { matchLabels: { app: api } }
  ingress: [{ from: [{ podSelector: { matchLabels: { app: front } } }] }]
`,
].join('---\n');

test('a question is put together from what there is: names that are written, names of Services, who can ask', async () => {
  const client = await Client.start(new Disk({ 'all.yaml': manifests }));
  const { hosts, askers }: ChoicesResult = await client.connection.sendRequest(choicesRequest, {});
  assert.deepEqual(hosts.slice(0, 2), ['api', 'api.default']);
  assert.deepEqual(askers.slice(0, 2), ['default/pod/api', 'default/pod/front']);
  assert.ok(!askers.includes('internet') && !askers.includes('node-1'));
  await client.stop();
});

test('an answer leads to the lines that it rests on, and follows the text', async () => {
  const disk = new Disk({ 'all.yaml': manifests });
  const client = await Client.start(disk);
  const { text, links } = await ask(client, 'can front reach svc/api:80');
  assert.match(text, /^Allowed\. default\/pod\/front → default\/svc\/api:80\n/);
  const lines = text.split('\n');
  const told = links.map(({ range: { start, end }, target }) => [
    lines[start.line]?.slice(start.character, end.character),
    manifests.split('\n')[target.range.start.line],
  ]);
  assert.deepEqual(
    told.find(([words]) => words === 'rule 1'),
    ['rule 1', '  ingress: [{ from: [{ podSelector: { matchLabels: { app: front } } }] }]'],
  );
  disk.files.set(uriOf('all.yaml'), manifests.replace('app: front } } }]', 'app: back } } }]'));
  await client.watched(['all.yaml', 'Changed']);
  await client.settle();
  assert.match((await ask(client, 'can front reach svc/api:80')).text, /^Denied\./);
  await client.stop();
});

test('what cannot be read says what was expected', async () => {
  const client = await Client.start(new Disk({ 'all.yaml': manifests }));
  assert.match((await ask(client, 'can front svc/api')).text, /reach/);
  assert.equal((await ask(client, 'can frunt reach svc/api')).text.includes('did you mean default/pod/front?'), true);
  assert.equal((await ask(client, 'resolve api from front type MX')).links.length, 0);
  await client.stop();
});

const connections = [
  'front svc/api:80',
  'front svc/api',
  'api pod/front:9000',
  'internet svc/api:80',
  'front 192.0.2.1:443',
];
for (const connection of connections) {
  const [from, to] = connection.split(' ');

  test(`one answer in a document, in a comment and on the command line: ${from} to ${to}`, async (context) => {
    const cwd = await folder(context, { 'all.yaml': manifests });
    const { stdout } = await podwire(cwd, ['explain', `${from}`, `${to}`, '.']);
    await assertOneAnswer(`can ${from} reach ${to}`, stdout.replace(/To allow it:\n[\s\S]*/, ''));
  });
}

const lookups = ['api', 'api.default.svc.cluster.local.', 'nobody.elsewhere', 'example.com', '10.96.0.10'];
for (const name of lookups) {
  for (const options of ['', ' libc musl', ' type SRV']) {
    test(`one answer in a document, in a comment and on the command line: ${name}${options}`, async (context) => {
      const cwd = await folder(context, { 'all.yaml': manifests });
      const flags = options
        .trim()
        .replace(/^(\w+)/, '--$1')
        .split(' ')
        .filter(Boolean);
      const { stdout } = await podwire(cwd, ['resolve', name, '--from', 'front', '.', ...flags]);
      await assertOneAnswer(`resolve ${name} from front${options}`, stdout);
    });
  }
}

/** Lines and links are each surface's own; the words are not. */
async function assertOneAnswer(question: string, printed: string): Promise<void> {
  const asked = `# podwire: ${question}\n${manifests}`;
  const client = await Client.start(new Disk({ 'all.yaml': asked }));
  const expected = wordsOf(printed.replace(/ \(all\.yaml:\d+\)/g, ''));
  assert.equal(wordsOf((await ask(client, question)).text), expected);
  const hover = await client.hoverText('all.yaml', behind(asked, '# podwire: '));
  assert.equal(wordsOf(plainMarkdown(hover)), expected);
  await client.stop();
}

/** Without the actions, the addresses of links, marks and escapes. */
function plainMarkdown(markdown: string): string {
  return markdown
    .replace(/\[[^\]]*\]\(command:podwire\.[^)]*\)( · )?/g, '')
    .replace(/\]\([^)]*\)/g, '')
    .replace(/^- /gm, '')
    .replace(/&nbsp;/g, ' ')
    .replace(/\\(.)|[*`[]/g, '$1');
}

function wordsOf(text: string): string {
  return text.split(/\s+/).filter(Boolean).join(' ');
}

function ask(client: Client, question: string): Promise<AnswerResult> {
  return client.connection.sendRequest(answerRequest, { asked: { question } });
}
