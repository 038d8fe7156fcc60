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
    'other-port: no container of it has a port named `http`',
    'sixth: it has no IPv4 address',
    'waiting: it has no address yet',
  ]);
  assert.deepEqual(unlistedPods(cluster, service(cluster, 'default/written')), []);
});
