import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CancellationToken, CancellationTokenSource } from 'vscode-languageserver/node';
import { planned } from '../../src/server/plan.ts';
import {
  type Location,
  locateRequest,
  type PlanResult,
  type ProofResult,
  planRequest,
  proofRequest,
  reachRequest,
  type WalkResult,
  type Wish,
  walkRequest,
} from '../../src/server/protocol.ts';
import { Session } from '../../src/server/session.ts';
import { Worlds } from '../../src/server/worlds.ts';
import type { Reach } from '../../src/topology/graph.ts';
import { listening, pod } from './api.ts';
import { behind, Disk, root, uriOf } from './client.ts';
import { impossible, Planning, possible } from './planned.ts';

const policies = `# who may reach whom
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: closed }
spec:
  podSelector: { matchLabels: { app: api } }
  ingress:
    - from:
        - podSelector: { matchLabels: { app: front } }
      ports: [{ port: 8080 }]
    - from:
        - podSelector: { matchLabels: { app: probe } }
      ports: [{ port: 9000 }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: probe-out }
spec:
  podSelector: { matchLabels: { app: probe } }
  egress:
    - to:
        - podSelector: { matchLabels: { app: api } }
      ports: [{ port: 9001 }]
`;
const pods = ['front', 'batch', 'probe', 'api'].map((name) => pod(name, listening)).join('---\n');
const files = { 'policies.yaml': policies, 'pods.yaml': pods };
const allowBatch: Wish = { type: 'allow', source: 'Pod/default/batch', target: 'Pod/default/api', port: '8080/TCP' };
const isolateBatch: Wish = { type: 'isolate', id: 'Pod/default/batch', directions: ['ingress'] };

test('what is supposed is in the picture, in what is reached, in the proof and on the walk, and in no file', async () => {
  const here = await Planning.start(files);
  const { connection } = here.client;
  const supposed = [allowBatch, isolateBatch];
  const [text, picture] = [await here.topology(), await here.topology(supposed)];
  assert.deepEqual([text.supposed, text.before, picture.supposed], [0, undefined, 2]);
  assert.deepEqual(picture.before, text.graph);
  const known = new Set(text.graph.nodes.map(({ id }) => id));
  const come = picture.graph.nodes.filter(({ id }) => !known.has(id));
  assert.deepEqual(
    come.map(({ id }) => id),
    ['NetworkPolicy/default/batch-default-deny-ingress'],
  );
  const reach: Reach = await connection.sendRequest(reachRequest, {
    set: here.set,
    id: 'Pod/default/batch',
    direction: 'from',
    supposed,
  });
  assert.equal(reach.peers.find(({ id }) => id === 'Pod/default/api')?.ports, '8080/TCP');
  const ends = { set: here.set, from: 'default/Pod/batch', to: 'default/Pod/api:8080/TCP' };
  const proofs: ProofResult[] = [
    await connection.sendRequest(proofRequest, ends),
    await connection.sendRequest(proofRequest, { ...ends, supposed }),
  ];
  assert.deepEqual(
    proofs.map(({ proof }) => proof.outcome),
    ['denied', 'allowed'],
  );
  const walk: WalkResult = await connection.sendRequest(walkRequest, { ...ends, supposed });
  assert.equal(walk.walk.end, 'arrives');
  assert.deepEqual(await here.topology(), text);
  await here.stop();
});

test('links of what is supposed lead to the texts of now, past what would stand above', async () => {
  const here = await Planning.start(files);
  const { connection } = here.client;
  const ends = { set: here.set, from: 'default/Pod/probe', to: 'default/Pod/api:9002/TCP' };
  const linesOf = async (supposed: readonly Wish[]) => {
    const { proof, targets }: ProofResult = await connection.sendRequest(proofRequest, { ...ends, supposed });
    assert.equal(proof.outcome, 'denied');
    const asked = proof.nearest.flatMap(({ rule, terms }) => [...rule, ...terms.flatMap((term) => term.asked)]);
    return asked.flatMap((word) => (word.type === 'link' ? [targets[word.link]] : []));
  };
  const plain = await linesOf([]);
  const lines = plain.map((target) => policies.split('\n')[target?.range.start.line ?? 0]?.trim());
  assert.ok(lines.includes('ports: [{ port: 9000 }]') && lines.includes('ports: [{ port: 9001 }]'), lines.join('\n'));
  assert.deepEqual(await linesOf([allowBatch, isolateBatch]), plain);
  const locate = (id: string, supposed?: readonly Wish[]): Promise<Location | null> =>
    connection.sendRequest(locateRequest, { set: here.set, id, ...(supposed && { supposed }) });
  const probeOut = 'NetworkPolicy/default/probe-out';
  assert.deepEqual(await locate(probeOut, [allowBatch]), await locate(probeOut));
  const made = 'NetworkPolicy/default/batch-default-deny-ingress';
  const where = await locate(made, [isolateBatch]);
  assert.deepEqual([await locate(made), where?.uri], [null, uriOf('policies.yaml')]);
  assert.deepEqual(where?.range.start, behind(policies, policies));
  await here.stop();
});

test('a proof of what is supposed has no ways out of its own to write', async () => {
  const here = await Planning.start(files);
  const ends = { set: here.set, from: 'default/Pod/front', to: 'default/Pod/api:8080/TCP' };
  const closed: Wish = { ...allowBatch, type: 'deny', source: 'Pod/default/front', keep: 'reaching-now' };
  const { proof, edits }: ProofResult = await here.client.connection.sendRequest(proofRequest, {
    ...ends,
    supposed: [closed],
  });
  assert.deepEqual([proof.outcome, proof.fixes, proof.unsearched, edits], ['denied', [], undefined, []]);
  await here.stop();
});

test('each wish is asked of the world of those before it, and a step that does nothing says why', async () => {
  const here = await Planning.start(files);
  const service: Wish = { type: 'addService', id: 'Pod/default/batch' };
  const toService: Wish = { type: 'allow', source: 'Pod/default/front', target: 'Service/default/batch', port: null };
  assert.match(impossible(await here.plan(toService)).reason, /is written in no file/);
  assert.equal(impossible(await here.plan(toService, [service])).reason, 'All of this is open');
  const all = possible(await here.plan(undefined, [service, allowBatch, allowBatch, toService]));
  assert.equal(all.title, '2 changes');
  assert.deepEqual(
    all.steps.map(({ impossible: reason }) => reason),
    [undefined, undefined, 'All of this is open', 'All of this is open'],
  );
  assert.equal(all.steps[2]?.title, 'Allow default/batch → default/api');
  assert.equal(all.effect.summary, 'opens 1 path, closes 0');
  assert.equal((await here.topology([service, allowBatch, allowBatch])).supposed, 2);
  const none = possible(await here.plan(undefined, []));
  assert.deepEqual([none.title, none.files, none.effect.opens.count], ['0 changes', [], 0]);
  await here.stop();
});

test('a plan on top of what is supposed tells of itself alone, and writes all of it', async () => {
  const here = await Planning.start(files);
  const result = await here.plan(isolateBatch, [allowBatch]);
  const { files: diffs, effect } = possible(result);
  assert.ok(diffs.every(({ hunks }) => hunks.every(({ lines }) => lines.every(({ kind }) => kind !== 'removed'))));
  assert.equal(effect.opens.count, 0);
  const { graph } = await here.topology([allowBatch, isolateBatch]);
  await here.write(result);
  assert.deepEqual((await here.topology()).graph, graph);
  await here.stop();
});

test('what is supposed goes along with the text: it is applied again, and what is done by now says so', async () => {
  const here = await Planning.start(files);
  const supposed = [allowBatch, isolateBatch];
  const first = await here.topology(supposed);
  await here.edit('pods.yaml', pods.replace('name: probe', 'name: prober'));
  const second = await here.topology(supposed);
  assert.equal(second.supposed, 2);
  assert.ok(second.graph.nodes.some(({ id }) => id === 'Pod/default/prober'));
  assert.notDeepEqual(second.graph, first.graph);
  await here.write(await here.plan(allowBatch));
  const { steps } = possible(await here.plan(undefined, supposed));
  assert.deepEqual(
    steps.map(({ impossible: reason }) => reason),
    ['All of this is open', undefined],
  );
  assert.equal((await here.topology(supposed)).supposed, 1);
  await here.edit('pods.yaml', pods.replace('name: batch', 'name: gone'));
  assert.equal((await here.topology(supposed)).supposed, 0);
  await here.stop();
});

test('a comment that changes beside the manifests is in the diff as it is now', async () => {
  const here = await Planning.start({ 'all.yaml': `${pods}---\n# the end\n` });
  const shown = async () => {
    const { files: diffs } = possible(await here.plan({ type: 'label', id: 'Pod/default/api', key: 'a', value: 'b' }));
    return diffs.flatMap(({ hunks }) => hunks.flatMap(({ lines }) => lines.map(({ text }) => text)));
  };
  assert.ok((await shown()).includes('# the end'));
  await here.edit('all.yaml', `${pods}---\n# an end\n`);
  assert.ok((await shown()).includes('# an end'));
  await here.stop();
});

test('a plan that nobody waits for any more is given up, and the next one comes', async () => {
  const here = await Planning.start(files);
  const { connection } = here.client;
  const source = new CancellationTokenSource();
  const ask = (wish: Wish, token = CancellationToken.None): Promise<PlanResult> =>
    connection.sendRequest(planRequest, { set: here.set, supposed: [], wish }, token);
  const first = assert.rejects(ask(allowBatch, source.token), /cancelled/i);
  source.cancel();
  assert.equal((await ask(isolateBatch)).plan.outcome, 'possible');
  await first;
  await here.stop();
});

test('between two wishes it is looked whether anybody waits still', async () => {
  const session = new Session(new Disk(files).system, { changed: () => {}, progress: () => {}, failed: () => {} });
  await session.load({ roots: [root], exclude: [], maxFileSize: Number.POSITIVE_INFINITY });
  const client = { markdown: true, commands: new Set<string>(), annotations: false };
  const context = { session, worlds: new Worlds(), client };
  const [set] = session.snapshot().sets;
  const params = { set: set?.id ?? '', supposed: [allowBatch, isolateBatch] };
  const looks = { most: 2, count: 0 };
  const token = {
    get isCancellationRequested() {
      looks.count += 1;
      return looks.count >= looks.most;
    },
  };
  assert.deepEqual([await planned(context, params, token), looks.count], [null, 2]);
  assert.equal((await planned(context, params, { isCancellationRequested: false }))?.plan.outcome, 'possible');
});
