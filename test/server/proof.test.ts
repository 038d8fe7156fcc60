import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TextEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import {
  type ProofParams,
  type ProofResult,
  proofRequest,
  reachRequest,
  type TopologyResult,
  topologyRequest,
} from '../../src/server/protocol.ts';
import type { Reach } from '../../src/topology/graph.ts';
import { apiService, listening, pod } from './api.ts';
import { Client, Disk, uriOf } from './client.ts';
import { plain } from './planned.ts';

const shop = [
  apiService,
  pod('api', listening).replace('name: api', 'name: api-0'),
  pod('front'),
  `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: allow-front }
spec:
  podSelector: { matchLabels: { app: api } }
  ingress:
  - from:
    - podSelector: { matchLabels: { app: front-end } }
    ports: [{ port: 8080 }]
`,
].join('---\n');
const ends = { from: 'default/Pod/front', to: 'default/Service/api:80/TCP' };

test('a proof says the verdict, the side that stops it, and the rule that comes nearest term by term', async () => {
  const { client, set } = await open();
  const { proof } = await ask(client, { set, ...ends });
  assert.deepEqual([proof.outcome, proof.verdict, proof.blocked], ['denied', 'Denied.', 'ingress']);
  const text = proof.blocks
    .flatMap((block) => (block.type === 'line' ? [plain(block.content)] : block.items.map(plain)))
    .join('\n');
  assert.match(text, /^Denied\. default\/pod\/front → default\/svc\/api:80\/TCP\n/);
  assert.match(text, /\nIngress: allow-front isolates api-0, and no rule of it admits this\.\n/);
  const [nearest] = proof.nearest;
  assert.equal(nearest && plain(nearest.rule), 'allow-front rule 1');
  assert.deepEqual(
    nearest?.terms.map(({ holds, of, asked, actual }) => [holds, of, plain(asked), actual]),
    [
      [true, 'namespace', 'default', ''],
      [false, 'pod', 'app=front-end', 'front'],
      [true, 'port', '8080/TCP', ''],
    ],
  );
  await client.stop();
});

test('each link of a proof leads to the line of what it names', async () => {
  const { client, set } = await open();
  const { proof, targets } = await ask(client, { set, ...ends });
  const [, pod, port] = proof.nearest[0]?.terms ?? [];
  const lines = [pod, port].flatMap((term) =>
    (term?.asked ?? []).map((word) => {
      const target = word.type === 'link' ? targets[word.link] : undefined;
      assert.equal(target?.uri, uriOf('shop.yaml'));
      return shop.split('\n')[target?.range.start.line ?? 0]?.trim();
    }),
  );
  assert.deepEqual(lines, ['- podSelector: { matchLabels: { app: front-end } }', 'ports: [{ port: 8080 }]']);
  await client.stop();
});

test('a way out says what it opens, and does that and no more when it is written', async () => {
  const { client, disk, set } = await open();
  const { proof, edits } = await ask(client, { set, ...ends });
  const [fix] = proof.fixes;
  assert.equal(fix?.title, 'Ask for `app=front` in allow-front');
  assert.deepEqual(fix?.opens, ['default/pod/front → default/pod/api-0 on 8080/TCP']);
  assert.deepEqual([fix?.closes, fix?.opensMore], [[], false]);
  const changes = (edits[0] ?? []).map(({ range, text }): TextEdit => ({ range, newText: text }));
  const after = TextDocument.applyEdits(TextDocument.create(uriOf('shop.yaml'), 'yaml', 0, shop), changes);
  assert.equal(after, shop.replace('app: front-end', 'app: front'));
  disk.files.set(uriOf('shop.yaml'), after);
  await client.watched(['shop.yaml', 'Changed']);
  const { proof: proved } = await ask(client, { set, ...ends });
  assert.deepEqual([proved.outcome, proved.blocked, proved.nearest, proved.fixes], ['allowed', undefined, [], []]);
  await client.stop();
});

test('a Service cannot be where a connection comes from, and the answer says so', async () => {
  const { client, set } = await open();
  const { proof } = await ask(client, { set, from: 'default/Service/api', to: 'default/Pod/front' });
  assert.equal(proof.outcome, 'none');
  assert.match(proof.verdict, /is a Service: it cannot send/);
  const nobody = await ask(client, { set, from: 'default/Pod/nobody', to: ends.to });
  assert.match(nobody.proof.verdict, /nothing here is named/);
  assert.equal(await client.connection.sendRequest(proofRequest, { set: 'file:///elsewhere', ...ends }), null);
  await client.stop();
});

test('the world outside can be either end, and without a port the question is what is open', async () => {
  const { client, set } = await open();
  const out = await ask(client, { set, from: 'default/Pod/front', to: 'internet' });
  assert.deepEqual([out.proof.outcome, out.proof.verdict], ['allowed', 'Allowed on every port.']);
  const into = await ask(client, { set, from: 'internet', to: 'default/Pod/api-0' });
  assert.deepEqual([into.proof.outcome, into.proof.blocked], ['denied', 'ingress']);
  await client.stop();
});

test('in a large cluster ways out are looked for only when somebody asks for them', async () => {
  const pod = (name: number) => `---
apiVersion: v1
kind: Pod
metadata: { name: other-${name} }
spec: { containers: [{ name: main }] }
`;
  const { client, set } = await open(shop + Array.from({ length: 300 }, (_, index) => pod(index)).join(''));
  const { proof, edits } = await ask(client, { set, ...ends });
  assert.deepEqual([proof.outcome, proof.unsearched, proof.fixes, edits], ['denied', true, [], []]);
  const thorough = await ask(client, { set, ...ends, thorough: true });
  assert.deepEqual([thorough.proof.unsearched, thorough.proof.fixes.length > 0], [undefined, true]);
  const open80 = await ask(client, { set, from: ends.from, to: 'default/Pod/other-1:80' });
  assert.deepEqual([open80.proof.outcome, open80.proof.unsearched], ['allowed', undefined]);
  await client.stop();
});

test('what cannot be reached comes with the reason', async () => {
  const { client, set } = await open();
  const reach: Reach = await client.connection.sendRequest(reachRequest, {
    set,
    id: 'Pod/default/front',
    direction: 'from',
  });
  const api = reach.peers.find(({ id }) => id === 'Pod/default/api-0');
  assert.deepEqual([api?.outcome, api?.blocked], ['denied', 'ingress']);
  assert.match(api?.why ?? '', /^Ingress: allow-front isolates api-0, .*Nearest: allow-front rule 1: .*front-end/);
  assert.ok(reach.peers.every(({ outcome, why }) => (outcome === 'denied') === (why !== undefined)));
  await client.stop();
});

async function open(text = shop): Promise<{ client: Client; disk: Disk; set: string }> {
  const disk = new Disk({ 'shop.yaml': text });
  const client = await Client.start(disk);
  const { set }: TopologyResult = await client.connection.sendRequest(topologyRequest, {});
  return { client, disk, set };
}

function ask(client: Client, params: ProofParams): Promise<ProofResult> {
  return client.connection.sendRequest(proofRequest, params);
}
