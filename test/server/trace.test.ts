import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type TraceEndsResult, traceEndsRequest, traceRequest } from '../../src/server/protocol.ts';
import { Client, Disk, uriOf } from './client.ts';

const api = `apiVersion: v1
kind: Service
metadata:
  name: api
spec:
  selector:
    app: api
  ports:
  - port: 80
    targetPort: web
---
apiVersion: v1
kind: Pod
metadata:
  name: api
  labels:
    app: api
spec:
  containers:
  - name: main
    ports:
    - name: web
      containerPort: 8080
`;

test('between whom a packet can be followed, and its way, which follows the text', async () => {
  const disk = new Disk({ 'api.yaml': api });
  const client = await Client.start(disk);
  const uri = uriOf('api.yaml');
  const ends: TraceEndsResult = await client.connection.sendRequest(traceEndsRequest, { uri });
  assert.deepEqual(
    [ends.from[0], ends.to[0], ends.to[2]],
    ['default/pod/api', 'default/svc/api:80', 'kube-system/svc/kube-dns:53/UDP'],
  );
  assert.ok(ends.from.includes('internet') && ends.to.includes('node-1'));
  for (const from of ends.from.slice(0, 2)) {
    for (const to of ends.to) {
      assert.match(
        await client.connection.sendRequest(traceRequest, { uri, from, to }),
        /^[A-Z][a-z ]+[.:] /,
        `${from} ${to}`,
      );
    }
  }
  const ask = () =>
    client.connection.sendRequest<string>(traceRequest, { uri, from: 'internet', to: 'default/svc/api:80' });
  assert.match(await ask(), /^Lost on the way\. 203\.0\.113\.7 → default\/api:80\/TCP \(api\.yaml:4\)/);
  disk.files.set(uri, api.replace('spec:\n  selector', 'spec:\n  type: NodePort\n  selector'));
  await client.watched(['api.yaml', 'Changed']);
  await client.settle();
  assert.match(await ask(), /^Arrives\. /);
  await client.stop();
});

test('a name that means nothing is told', async () => {
  const client = await Client.start(new Disk({ 'api.yaml': api }));
  const text = await client.connection.sendRequest(traceRequest, {
    uri: uriOf('api.yaml'),
    from: 'web',
    to: 'internet',
  });
  assert.equal(text, 'nothing here is named “web”\n');
  await client.stop();
});
