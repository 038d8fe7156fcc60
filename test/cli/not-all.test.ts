import assert from 'node:assert/strict';
import { test } from 'node:test';
import { podwire, shop } from './podwire.ts';

function deployment(name: string, replicas: number): string {
  const labels = `{ app: ${name}, tier: web }`;
  return `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: ${name} }, spec: { replicas: ${replicas}, selector: { matchLabels: { app: ${name} } }, template: { metadata: { labels: ${labels} }, spec: { containers: [{ name: c, image: c, ports: [{ containerPort: 80 }] }] } } } }`;
}

function service(name: string, selector: string): string {
  return `{ apiVersion: v1, kind: Service, metadata: { name: ${name} }, spec: { selector: ${selector}, ports: [{ port: 80 }] } }`;
}

const network = [
  deployment('big', 5000),
  deployment('huge', 9000),
  deployment('small', 100),
  service('big', '{ app: big }'),
  service('small', '{ app: small }'),
  service('all', '{ tier: web }'),
].join('\n---\n');

async function notes(line: string): Promise<string> {
  const { status, stderr } = await podwire(shop, line.split(' '), network);
  assert.equal(status, 0, stderr);
  return stderr;
}

test('where pods are listed that are not all there are, a note says so', async () => {
  const big = 'podwire: 100 of the 5000 pods of default/deploy/big are simulated\n';
  assert.equal(await notes('endpoints big -'), big);
  assert.equal(await notes('endpoints big - --format json'), big);
  assert.equal(await notes('rules big -'), big);
  assert.equal(await notes('explain small svc/big:80 -'), big);
  assert.equal(await notes('explain deploy/big deploy/small -'), big);
});

test('one note does for several workloads', async () => {
  assert.equal(
    await notes('endpoints all -'),
    'podwire: 100 of the 5000 pods of default/deploy/big are simulated; of 1 more workload not all are either\n',
  );
});

test('where all are there, there is nothing to say', async () => {
  assert.equal(await notes('endpoints small -'), '');
  assert.equal(await notes('explain deploy/small svc/small:80 -'), '');
});

test('pods that were exported are all there are', async () => {
  const pod =
    '{ apiVersion: v1, kind: Pod, metadata: { name: big-1, labels: { app: big, tier: web }, ownerReferences: [{ apiVersion: apps/v1, kind: Deployment, name: big, controller: true }] }, spec: { containers: [{ name: c, image: c }] } }';
  const { stderr } = await podwire(shop, ['endpoints', 'big', '-'], `${network}\n---\n${pod}`);
  assert.equal(stderr, '');
});
