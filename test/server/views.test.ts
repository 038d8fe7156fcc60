import assert from 'node:assert/strict';
import { test } from 'node:test';
import { locateRequest, type TopologyResult, topologyRequest } from '../../src/server/protocol.ts';
import { Client, Disk, uriOf } from './client.ts';

const shop = `kind: Pod
apiVersion: v1
metadata: { name: web, labels: { app: web } }
spec: { containers: [{ name: main, image: web }] }
---
kind: NetworkPolicy
apiVersion: networking.k8s.io/v1
metadata: { name: closed }
spec:
  podSelector: {}
  ingress:
  - from: [{ podSelector: { matchLabels: { app: web } } }]
`;

test('the picture comes in the view that is asked for, with the names of all', async () => {
  const client = await Client.start(new Disk({ 'shop.yaml': shop }));
  const ask = (view?: string): Promise<TopologyResult> =>
    client.connection.sendRequest(topologyRequest, view === undefined ? {} : { view });
  const first = await ask();
  assert.equal(first.view, first.views[0]?.id);
  assert.deepEqual(
    first.views.map(({ title }) => title),
    ['Connectivity', 'Services', 'Policies', 'Nodes'],
  );
  const drawn: string[] = [];
  for (const { id } of first.views) {
    const { view, graph } = await ask(id);
    assert.equal(view, id);
    drawn.push(JSON.stringify(graph));
  }
  assert.equal(new Set(drawn).size, drawn.length, 'each view is another picture');
  assert.equal((await ask('of a later version')).view, first.view);

  const id = 'NetworkPolicy/default/closed ingress 0 0';
  const place: unknown = await client.connection.sendRequest(locateRequest, { set: first.set, id });
  const { uri, range } = place as { uri: string; range: { start: { line: number } } };
  assert.deepEqual([uri, range.start.line], [uriOf('shop.yaml'), 11]);
  await client.stop();
});
