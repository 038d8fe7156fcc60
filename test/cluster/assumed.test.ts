import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isAssumed } from '../../src/cluster/assumed.ts';
import { defaultSettings } from '../../src/cluster/settings.ts';
import { clusterOf, pod, service, workload } from '../support/cluster.ts';

describe('what every cluster has', () => {
  it('is the Service of the API server, at the first address, before no pod', () => {
    const found = service(clusterOf(''), 'default/kubernetes');
    assert.deepEqual(found.clusterIPs, ['10.96.0.1']);
    assert.equal(found.endpoints.length, 1);
    assert.equal(found.endpoints[0]?.pod, undefined);
    assert.equal(found.endpoints[0]?.ports.get(0), 6443);
    assert.ok(isAssumed(found));
  });

  it('is DNS, at the tenth address, on UDP and TCP', () => {
    const cluster = clusterOf('');
    const found = service(cluster, 'kube-system/kube-dns');
    assert.deepEqual(found.clusterIPs, ['10.96.0.10']);
    assert.deepEqual(
      found.ports.map(({ port, protocol }) => [port, protocol]),
      [
        [53, 'UDP'],
        [53, 'TCP'],
      ],
    );
    assert.ok(found.endpoints.length > 0);
    assert.equal(found.endpoints[0]?.pod, pod(cluster, 'kube-system/Deployment/coredns'));
    assert.ok(isAssumed(workload(cluster, 'kube-system/Deployment/coredns')));
  });

  it('has the labels and the port that the settings say', () => {
    const cluster = clusterOf('', { dns: { ...defaultSettings.dns, labels: { app: 'names' }, port: 5353 } });
    const found = service(cluster, 'kube-system/kube-dns');
    assert.deepEqual([...(found.endpoints[0]?.ports.values() ?? [])], [5353, 5353]);
    assert.equal(pod(cluster, 'kube-system/Deployment/coredns').labels.app, 'names');
  });

  it('gives way to what the manifests bring', () => {
    const cluster = clusterOf(`
apiVersion: apps/v1
kind: Deployment
metadata: { name: my-dns, namespace: kube-system }
spec: { template: { metadata: { labels: { k8s-app: kube-dns } } } }
---
apiVersion: v1
kind: Service
metadata: { name: kube-dns, namespace: kube-system }
spec: { clusterIP: 10.96.0.53, selector: { k8s-app: kube-dns }, ports: [{ port: 53, protocol: UDP }] }`);
    assert.equal(cluster.workloads.has('kube-system/Deployment/coredns'), false);
    const found = service(cluster, 'kube-system/kube-dns');
    assert.deepEqual([found.clusterIPs, isAssumed(found)], [['10.96.0.53'], false]);
    assert.equal(found.endpoints[0]?.pod?.workload.id, 'kube-system/Deployment/my-dns');
  });

  it('stays where pods of another namespace have the labels of DNS', () => {
    const cluster = clusterOf('{ apiVersion: v1, kind: Pod, metadata: { name: a, labels: { k8s-app: kube-dns } } }');
    assert.ok(cluster.workloads.has('kube-system/Deployment/coredns'));
  });

  it('has no address where the cluster has no Service range', () => {
    assert.equal(clusterOf('', { serviceCIDR: [] }).services.size, 0);
  });
});
