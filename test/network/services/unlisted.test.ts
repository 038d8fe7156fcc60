import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unlistedPods, unlistedText } from '../../../src/network/services/unlisted.ts';
import { clusterOf, service } from '../../support/cluster.ts';

test('a pod that is selected and not used has a reason', () => {
  const pod = (name: string, status: string, port = 'http') =>
    `{ apiVersion: v1, kind: Pod, metadata: { name: ${name}, labels: { app: web } }, spec: { containers: [{ name: c, ports: [{ name: ${port}, containerPort: 80 }] }] }, status: ${status} }`;
  const text = [
    pod('used', '{ phase: Running, podIP: 10.244.0.2 }'),
    pod('ended', '{ phase: Succeeded, podIP: 10.244.0.3 }'),
    pod('waiting', '{ phase: Pending }'),
    pod('sixth', '{ phase: Running, podIP: "fd00:10:244::5" }'),
    pod('other-port', '{ phase: Running, podIP: 10.244.0.6 }', 'web'),
    pod('failing', '{ phase: Running, podIP: 10.244.0.7, conditions: [{ type: Ready, status: "False" }] }'),
    '{ apiVersion: v1, kind: Service, metadata: { name: web }, spec: { selector: { app: web }, ports: [{ port: 80, targetPort: http }] } }',
    '{ apiVersion: v1, kind: Service, metadata: { name: written }, spec: { ports: [{ port: 80 }] } }',
  ].join('\n---\n');
  const cluster = clusterOf(text);
  const web = service(cluster, 'default/web');
  const reasons = unlistedPods(cluster, web).map((each) => `${each.pod.name}: ${unlistedText(each, web)}`);
  assert.deepEqual(reasons.sort(), [
    'ended: it has ended (Succeeded)',
    'failing: it is not ready: listed, and not used',
    'other-port: no container of it has a TCP port named `http`',
    'sixth: it has no IPv4 address',
    'waiting: it has no address yet',
  ]);
  assert.deepEqual(unlistedPods(cluster, service(cluster, 'default/written')), []);
});

test('a pod behind scheduling gates has no address, and one of a finished Job has ended', () => {
  const template = (spec: string) =>
    `{ metadata: { labels: { app: web } }, spec: { ${spec}containers: [{ name: c, ports: [{ containerPort: 80 }] }] } }`;
  const gates = 'schedulingGates: [{ name: example.com/a }, { name: example.com/b }], ';
  const job = (name: string, status: string) =>
    `{ apiVersion: batch/v1, kind: Job, metadata: { name: ${name} }, spec: { template: ${template('')} }, status: { conditions: [${status}] } }`;
  const text = [
    `{ apiVersion: v1, kind: Pod, metadata: { name: held, labels: { app: web } }, spec: { ${gates}containers: [] } }`,
    `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: deploy }, spec: { template: ${template(gates)} } }`,
    job('complete', '{ type: Complete, status: "True" }'),
    job('failed', '{ type: FailureTarget, status: "True" }, { type: Failed, status: "True" }'),
    job('running', '{ type: Complete, status: "False" }'),
    '{ apiVersion: v1, kind: Service, metadata: { name: web }, spec: { selector: { app: web }, ports: [{ port: 80 }] } }',
  ].join('\n---\n');
  const cluster = clusterOf(text);
  const web = service(cluster, 'default/web');
  const reasons = unlistedPods(cluster, web).map((each) => `${each.pod.workload.name}: ${unlistedText(each, web)}`);
  const held = 'it waits for its scheduling gates to be taken away (`example.com/a`, `example.com/b`)';
  assert.deepEqual(reasons.sort(), [
    'complete: it has ended (Succeeded)',
    `deploy: it has no address yet: ${held}`,
    'failed: it has ended (Failed)',
    `held: it has no address yet: ${held}`,
  ]);
  assert.deepEqual(
    web.endpoints.map(({ pod }) => pod?.workload.name),
    ['running'],
  );
});

test('a port that is missing is told by its name and its protocol', () => {
  const pod = (name: string, protocol: string) =>
    `{ apiVersion: v1, kind: Pod, metadata: { name: ${name}, labels: { app: web } }, spec: { containers: [{ name: c, ports: [{ name: http, containerPort: 80, protocol: ${protocol} }] }] } }`;
  const text = [
    pod('stream', 'TCP'),
    pod('datagram', 'UDP'),
    pod('neither', 'SCTP'),
    `{ apiVersion: v1, kind: Service, metadata: { name: web }, spec: { selector: { app: web }, ports: [
      { name: t, port: 80, targetPort: http }, { name: again, port: 81, targetPort: http }, { name: u, port: 80, targetPort: http, protocol: UDP }] } }`,
  ].join('\n---\n');
  const cluster = clusterOf(text);
  const web = service(cluster, 'default/web');
  const reasons = unlistedPods(cluster, web).map((each) => `${each.pod.name}: ${unlistedText(each, web)}`);
  assert.deepEqual(reasons.sort(), [
    'datagram: no container of it has a TCP port named `http`',
    'neither: no container of it has a TCP port named `http`, a UDP port named `http`',
    'stream: no container of it has a UDP port named `http`',
  ]);
});
