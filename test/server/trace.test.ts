import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AnswerResult, answerRequest, type ChoicesResult, choicesRequest } from '../../src/server/protocol.ts';
import { api } from './api.ts';
import { behind, Client, Disk, uriOf } from './client.ts';

test('between whom a packet can be followed, and its way, which follows the text', async () => {
  const disk = new Disk({ 'api.yaml': api });
  const client = await Client.start(disk);
  const uri = uriOf('api.yaml');
  const { sources, targets }: ChoicesResult = await client.connection.sendRequest(choicesRequest, { uri });
  assert.deepEqual(
    [sources[0], targets[0], targets[2]],
    [
      'default/pod/api',
      { name: 'default/svc/api', ports: ['80'] },
      { name: 'kube-system/svc/kube-dns', ports: ['53/UDP', '53'] },
    ],
  );
  assert.ok(sources.includes('internet') && targets.some(({ name }) => name === 'node-1'));
  for (const from of sources.slice(0, 2)) {
    for (const to of targets.flatMap(({ name, ports }) => [name, ...ports.map((port) => `${name}:${port}`)])) {
      const { text } = await walk(client, from, to);
      assert.match(text, /^[A-Z][a-z ]+[.:] /, `${from} ${to}`);
    }
  }
  const ask = async () => (await walk(client, 'internet', 'default/svc/api:80')).text;
  assert.match(await ask(), /^Lost on the way\. 203\.0\.113\.7 → default\/api:80\/TCP\n/);
  disk.files.set(uri, api.replace('spec:\n  selector', 'spec:\n  type: NodePort\n  selector'));
  await client.watched(['api.yaml', 'Changed']);
  await client.settle();
  assert.match(await ask(), /^Arrives\. /);
  await client.stop();
});

test('a walk leads to the lines that it rests on', async () => {
  const client = await Client.start(new Disk({ 'api.yaml': api }));
  const { text, links } = await walk(client, 'node-1', 'svc/api:80');
  const lines = text.split('\n');
  const told = links.map(({ range: { start, end }, target }) => {
    assert.equal(target.uri, uriOf('api.yaml'));
    assert.equal(start.line, end.line);
    return [lines[start.line]?.slice(start.character, end.character), target.range.start.line + 1];
  });
  assert.deepEqual(told, [
    ['default/api:80/TCP', 4],
    ['api', 9],
  ]);
  await client.stop();
});

test('a name that means nothing is told', async () => {
  const client = await Client.start(new Disk({ 'api.yaml': api }));
  assert.deepEqual(await walk(client, 'web', 'internet'), { text: 'nothing here is named “web”\n', links: [] });
  await client.stop();
});

test('a document of no cluster has no walk', async () => {
  const client = await Client.start(new Disk());
  assert.equal(await client.connection.sendRequest(choicesRequest, {}), null);
  assert.equal(await walk(client, 'internet', 'internet'), null);
  await client.stop();
});

test('a hover on a Service leads to a walk to it, one on a hostname to the walk from where it stands', async () => {
  const front = `apiVersion: v1
kind: Pod
metadata: { name: front }
spec:
  containers:
  - name: main
    env: [{ name: API, value: "http://api" }]
`;
  const client = await Client.start(new Disk({ 'api.yaml': api, 'front.yaml': front }));
  assert.deepEqual(linked(await client.hoverText('api.yaml', behind(api, 'name: a')), 'Trace from…'), [
    { uri: uriOf('api.yaml'), to: 'default/svc/api' },
  ]);
  const link = linked(await client.hoverText('front.yaml', behind(front, 'http://a')), 'Trace');
  assert.deepEqual(link, [{ uri: uriOf('front.yaml'), from: 'default/pod/front', to: 'default/svc/api:80' }]);
  await client.stop();
});

test('a Service without ports, and a name that is no Service, lead to no walk', async () => {
  const others = `apiVersion: v1
kind: Service
metadata: { name: outside }
spec: { type: ExternalName, externalName: example.com }
---
apiVersion: v1
kind: Pod
metadata: { name: front }
spec:
  containers:
  - name: main
    env: [{ name: API, value: "http://nobody.default.svc" }]
`;
  const client = await Client.start(new Disk({ 'others.yaml': others }));
  assert.match(await client.hoverText('others.yaml', behind(others, 'name: o')), /Topology(?![\s\S]*Trace)/);
  assert.match(await client.hoverText('others.yaml', behind(others, 'http://n')), /no Service(?![\s\S]*Trace)/);
  await client.stop();
});

function walk(client: Client, from: string, to: string): Promise<AnswerResult> {
  return client.connection.sendRequest(answerRequest, { uri: uriOf('api.yaml'), asked: { trace: { from, to } } });
}

/** What a link of a hover hands to the command that follows a packet. */
function linked(markdown: string, title: string): unknown {
  const link = [...markdown.matchAll(/\[([^\]]*)\]\(command:podwire\.trace\?([^)]*)\)/g)].find(
    (each) => each[1] === title,
  );
  assert.ok(link, markdown);
  return JSON.parse(decodeURIComponent(link[2] ?? ''));
}
