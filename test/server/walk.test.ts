import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type AnswerResult,
  answerRequest,
  type TopologyResult,
  topologyRequest,
  type WalkResult,
  type Words,
  walkRequest,
} from '../../src/server/protocol.ts';
import { apiService, listening, pod } from './api.ts';
import { Client, Disk, uriOf } from './client.ts';

const shop = [
  apiService,
  pod('api', listening),
  pod('front'),
  `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: allow-front }
spec:
  podSelector: { matchLabels: { app: api } }
  ingress:
  - from:
    - podSelector: { matchLabels: { app: front-end } }
`,
].join('---\n');
const repaired = shop.replace('app: front-end', 'app: front');
const ends = { from: 'default/Pod/front', to: 'default/Service/api:80/TCP' };

test('a walk is told part by part in the words of its document, and follows the text', async () => {
  const { client, disk, set } = await open(shop);
  const before = await told(client, set);
  assert.deepEqual([before.end, before.verdict], ['denied', 'Denied on the way.']);
  assert.deepEqual(before.back, []);
  assert.equal(before.hops.at(-1)?.allowed, false);
  await assertSaysWhatTheDocumentSays(client, before);
  disk.files.set(uriOf('shop.yaml'), repaired);
  await client.watched(['shop.yaml', 'Changed']);
  await client.settle();
  const after = await told(client, set);
  assert.deepEqual([after.end, after.remarks], ['arrives', []]);
  const { kind, site, step, allowed } = after.hops.findLast((hop) => hop.allowed !== undefined) ?? {};
  assert.deepEqual([kind, site?.startsWith('node-'), step, allowed], ['node', true, 'policy, ingress', true]);
  assert.deepEqual([after.hops.at(-1)?.kind, after.hops.at(-1)?.site], ['pod', 'api']);
  assert.ok(after.back.length > 0 && after.commands.some(({ command }) => command.includes('nc -vz api 80')));
  await assertSaysWhatTheDocumentSays(client, after);
  await client.stop();
});

test('each link of a walk leads to the line of what it names', async () => {
  const { client, set } = await open(shop);
  const { walk, targets } = await ask(client, { set, ...ends });
  assert.ok(walk.end !== 'none');
  const links = [walk.question, ...walk.hops.map(({ how }) => how), ...walk.remarks].flat().flatMap((word) => {
    if (word.type !== 'link') return [];
    const target = targets[word.link];
    assert.equal(target?.uri, uriOf('shop.yaml'));
    return [[plain(word.content), lineOf(target.range.start.line)]];
  });
  assert.deepEqual(links.slice(0, 2), [
    ['default/front', 'metadata: { name: front, labels: { app: front } }'],
    ['default/api:80/TCP', 'metadata: { name: api }'],
  ]);
  const rules = links.filter(([text]) => text === 'rule 1').map(([, line]) => line);
  assert.deepEqual(rules, ['- from:']);
  await client.stop();
});

test('where there is no walk, it says why', async () => {
  const { client, set } = await open(shop);
  const { walk, targets } = await ask(client, { set, from: 'default/Pod/nobody', to: ends.to });
  assert.deepEqual([walk.end, targets], ['none', []]);
  assert.match(walk.verdict, /nobody/);
  assert.equal(await client.connection.sendRequest(walkRequest, { set: 'file:///elsewhere', ...ends }), null);
  await client.stop();
});

async function open(text: string): Promise<{ client: Client; disk: Disk; set: string }> {
  const disk = new Disk({ 'shop.yaml': text });
  const client = await Client.start(disk);
  const { set }: TopologyResult = await client.connection.sendRequest(topologyRequest, {});
  return { client, disk, set };
}

function ask(client: Client, params: { set: string; from: string; to: string }): Promise<WalkResult> {
  return client.connection.sendRequest(walkRequest, params);
}

async function told(client: Client, set: string) {
  const { walk } = await ask(client, { set, ...ends });
  assert.ok(walk.end !== 'none', walk.verdict);
  return walk;
}

async function assertSaysWhatTheDocumentSays(client: Client, walk: Awaited<ReturnType<typeof told>>): Promise<void> {
  const { text }: AnswerResult = await client.connection.sendRequest(answerRequest, { asked: { trace: ends } });
  const parts = [
    ...[walk.question, walk.grounds, ...walk.remarks].map(plain),
    ...[...walk.hops, ...walk.back].flatMap(({ site, interfaces, step, packet, how }) => [
      ...[site, interfaces, step, packet],
      plain(how),
    ]),
    ...walk.commands.map(({ command }) => command),
  ];
  for (const part of parts) assert.ok(text.includes(part), `${part}\nis not in\n${text}`);
}

function plain(words: Words): string {
  return words.map((word) => (word.type === 'link' ? plain(word.content) : word.text)).join('');
}

function lineOf(line: number): string | undefined {
  return shop.split('\n')[line]?.trim();
}
