import assert from 'node:assert/strict';
import { test } from 'node:test';
import { behind, Client, Disk, uriOf } from './client.ts';

const service = `apiVersion: v1
kind: Service
metadata:
  name: api
spec:
  selector:
    app: api
  ports:
  - port: 80
`;

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
spec:
  selector:
    matchLabels: {app: api}
  template:
    metadata:
      labels: {app: api}
    spec:
      containers:
      - name: main
`;

test('a hover on a Service tells its address and its endpoints', async () => {
  const client = await Client.start(new Disk({ 'service.yaml': service, 'deployment.yaml': deployment }));
  const text = await client.hoverText('service.yaml', behind(service, 'name: ap'));
  assert.match(text, /\*\*api\*\* · Service · `default`/);
  assert.match(text, /`api\.default\.svc\.cluster\.local` → `10\.\d+\.\d+\.\d+` \*simulated\*/);
  assert.match(text, /\| 80\/TCP \| 80 \| \[`deploy\/api`\]\(file:.*deployment\.yaml#L4,9\) \|/);
  assert.match(text, /- `10\.244\.\d+\.\d+` pod \[`api-[a-z0-9-]+`\].* on `node-[12]`, taken for ready/);
  assert.deepEqual(client.messages('service.yaml'), []);
  await client.stop();
});

test('what is open in the editor counts, whatever the disk says', async () => {
  const client = await Client.start(new Disk({ 'service.yaml': service, 'deployment.yaml': deployment }));
  await client.open('service.yaml', service);
  await client.change('service.yaml', {
    range: { start: behind(service, 'app: '), end: behind(service, 'app: api') },
    text: 'apx',
  });
  await client.settle();
  assert.match(client.messages('service.yaml').join(), /service-without-endpoints/);
  await client.close('service.yaml');
  await client.settle();
  assert.deepEqual(client.messages('service.yaml'), []);
  await client.stop();
});

test('diagnostics are sent only for files in which they are others than before', async () => {
  const broken = service.replace('app: api', 'app: nobody');
  const client = await Client.start(new Disk({ 'a.yaml': broken, 'deployment.yaml': deployment }));
  assert.equal(client.published.get(uriOf('a.yaml')), 1);
  await client.open('deployment.yaml', deployment);
  await client.change('deployment.yaml', { text: `${deployment}# more\n` });
  await client.settle();
  assert.equal(client.published.get(uriOf('a.yaml')), 1);
  await client.stop();
});

test('files that come and go on disk are followed', async () => {
  const disk = new Disk({ 'service.yaml': service });
  const client = await Client.start(disk);
  const before = client.messages('service.yaml');
  assert.equal(before.length, 1);
  disk.files.set(uriOf('more/deployment.yaml'), deployment);
  await client.watched(['more/deployment.yaml', 'Created']);
  await client.settle();
  assert.deepEqual(client.messages('service.yaml'), []);
  disk.files.delete(uriOf('more/deployment.yaml'));
  // Of a folder that is deleted the watcher tells that alone.
  await client.watched(['more', 'Deleted']);
  await client.settle();
  assert.deepEqual(client.messages('service.yaml'), before);
  await client.stop();
});
