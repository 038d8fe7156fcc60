import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Cluster } from '../../src/cluster/cluster.ts';
import { clusterOf, pod, workload, writtenWorkloads } from '../support/cluster.ts';

const deployment = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 5
  selector: { matchLabels: { app: web } }
  template: { metadata: { labels: { app: web } } }
---`;

const replicaSet = `
apiVersion: apps/v1
kind: ReplicaSet
metadata:
  name: web-5f6c
  labels: { app: web, pod-template-hash: 5f6c }
  ownerReferences: [{ apiVersion: apps/v1, kind: Deployment, name: web, controller: true }]
spec: { replicas: 5, template: { metadata: { labels: { app: web, pod-template-hash: 5f6c } } } }
---`;

function exported(name: string, owner: string, rest = ''): string {
  return `
apiVersion: v1
kind: Pod
metadata:
  name: ${name}
  labels: { app: web, pod-template-hash: 5f6c }
  ownerReferences: [${owner}]
${rest || `status: { phase: Running, podIP: 10.244.3.${name.length} }`}
---`;
}

const byReplicaSet = '{ apiVersion: apps/v1, kind: ReplicaSet, name: web-5f6c, controller: true }';

function names(cluster: Cluster, id: string): readonly string[] {
  return workload(cluster, id).pods.map(({ name }) => name);
}

describe('an exported Pod', () => {
  it('keeps name, node and addresses', () => {
    const cluster = clusterOf(`
apiVersion: v1
kind: Pod
metadata: { name: web }
spec: { nodeName: node-2 }
status: { podIP: 10.1.2.3, podIPs: [{ ip: 10.1.2.3 }, { ip: "fd00::3" }] }`);
    const { name, node, addresses, simulated } = pod(cluster, 'default/Pod/web');
    assert.deepEqual([name, node?.name, addresses, simulated], ['web', 'node-2', ['10.1.2.3', 'fd00::3'], false]);
  });

  it('brings the node that it runs on, with the address that it tells', () => {
    const pod = (name: string, node: string) =>
      `{ apiVersion: v1, kind: Pod, metadata: { name: ${name} }, spec: { nodeName: ${node} }, status: { hostIP: 172.16.0.${node.length}, podIP: 10.1.1.${name.length} } }`;
    const nodesOf = (...texts: readonly string[]) =>
      clusterOf(texts.join('\n---\n')).nodes.map(({ name, addresses }) => `${name} ${addresses[0]}`);
    // One takes the place of a simulated node, two of both; and the order of the files says nothing.
    assert.deepEqual(nodesOf(pod('a', 'worker')), ['node-1 192.168.0.11', 'worker 172.16.0.6']);
    assert.deepEqual(nodesOf(pod('a', 'worker'), pod('bb', 'east')), ['east 172.16.0.4', 'worker 172.16.0.6']);
    assert.deepEqual(nodesOf(pod('bb', 'east'), pod('a', 'worker')), ['east 172.16.0.4', 'worker 172.16.0.6']);
    const node = '{ apiVersion: v1, kind: Node, metadata: { name: west } }';
    assert.deepEqual(nodesOf(node, pod('a', 'worker')), ['west 192.168.0.11', 'worker 172.16.0.6']);
    const cluster = clusterOf([node, pod('a', 'worker')].join('\n---\n'));
    assert.equal(workload(cluster, 'default/Pod/a').pods[0]?.node?.name, 'worker');
  });

  it('of an older cluster has one address alone', () => {
    const cluster = clusterOf('{ apiVersion: v1, kind: Pod, metadata: { name: web }, status: { podIP: 10.1.2.3 } }');
    assert.deepEqual(pod(cluster, 'default/Pod/web').addresses, ['10.1.2.3']);
  });

  it('that still waited has no address', () => {
    const cluster = clusterOf('{ apiVersion: v1, kind: Pod, metadata: { name: web }, status: { phase: Pending } }');
    assert.deepEqual(pod(cluster, 'default/Pod/web').addresses, []);
  });

  it('keeps phase, readiness and that it is being deleted', () => {
    const cluster = clusterOf(`
apiVersion: v1
kind: Pod
metadata: { name: web, deletionTimestamp: "2020-02-02T20:20:20Z" }
status:
  phase: Running
  podIP: 10.1.2.3
  conditions: [{ type: Initialized, status: "True" }, { type: Ready, status: "False" }]`);
    const { phase, ready, terminating } = pod(cluster, 'default/Pod/web');
    assert.deepEqual([phase, ready, terminating], ['Running', false, true]);
  });

  it('without a status is taken to run, and to be ready', () => {
    const { phase, ready, simulated } = pod(
      clusterOf('{ apiVersion: v1, kind: Pod, metadata: { name: web } }'),
      'default/Pod/web',
    );
    assert.deepEqual([phase, ready, simulated], ['Running', true, true]);
  });

  it('has an address that no simulated pod gets', () => {
    const one = clusterOf(deployment, { nodes: 1, podCIDR: ['10.244.0.0/24'] });
    const taken = pod(one, 'default/Deployment/web').addresses[0] ?? '';
    const owner = `{ apiVersion: v1, kind: Pod, metadata: { name: other }, status: { podIP: ${taken} } }`;
    const two = clusterOf(`${deployment}\n${owner}`, { nodes: 1, podCIDR: ['10.244.0.0/24'] });
    const simulated = workload(two, 'default/Deployment/web').pods.flatMap(({ addresses }) => addresses);
    assert.equal(simulated.includes(taken), false);
  });
});

describe('the controller of an exported Pod', () => {
  it('that is present is its workload, and simulates no pods', () => {
    const owner = '{ apiVersion: apps/v1, kind: Deployment, name: web, controller: true }';
    const cluster = clusterOf(`${deployment}${exported('a', owner)}${exported('bc', owner)}`);
    assert.deepEqual(writtenWorkloads(cluster), ['default/Deployment/web']);
    assert.deepEqual(names(cluster, 'default/Deployment/web'), ['a', 'bc']);
  });

  it('is the topmost one that is present', () => {
    const cluster = clusterOf(`${exported('a', byReplicaSet)}${replicaSet}${deployment}`);
    assert.deepEqual(writtenWorkloads(cluster), ['default/Deployment/web']);
    assert.deepEqual(names(cluster, 'default/Deployment/web'), ['a']);
  });

  it('is the Deployment behind a ReplicaSet that was not exported', () => {
    const cluster = clusterOf(`${deployment}${exported('a', byReplicaSet)}`);
    assert.deepEqual(names(cluster, 'default/Deployment/web'), ['a']);
  });

  it('is not a Deployment that would not select the pod', () => {
    const other = deployment.replace('matchLabels: { app: web }', 'matchLabels: { app: other }');
    const cluster = clusterOf(`${other}${exported('a', byReplicaSet)}`);
    assert.deepEqual(names(cluster, 'default/ReplicaSet/web-5f6c'), ['a']);
    assert.equal(workload(cluster, 'default/Deployment/web').pods.length, 5);
  });

  it('that is absent is the workload all the same, with the pods there are', () => {
    const cluster = clusterOf(`${exported('a', byReplicaSet)}${exported('bc', byReplicaSet)}`);
    assert.deepEqual(writtenWorkloads(cluster), ['default/ReplicaSet/web-5f6c']);
    assert.deepEqual(names(cluster, 'default/ReplicaSet/web-5f6c'), ['a', 'bc']);
    assert.equal(workload(cluster, 'default/ReplicaSet/web-5f6c').replicas, 2);
  });

  it('of an absent Deployment is found through its ReplicaSet', () => {
    const cluster = clusterOf(`${replicaSet}${exported('a', byReplicaSet)}`);
    assert.deepEqual(writtenWorkloads(cluster), ['default/Deployment/web']);
    assert.deepEqual(names(cluster, 'default/Deployment/web'), ['a']);
  });

  it('is nobody where no reference says that it controls', () => {
    const owner = '{ apiVersion: apps/v1, kind: ReplicaSet, name: web-5f6c }';
    assert.deepEqual(writtenWorkloads(clusterOf(exported('a', owner))), ['default/Pod/a']);
  });

  it('is nobody for the static pod of a node', () => {
    const owner = '{ apiVersion: v1, kind: Node, name: worker, controller: true }';
    assert.deepEqual(writtenWorkloads(clusterOf(exported('a', owner))), ['default/Pod/a']);
  });

  it('lives in the namespace of its pod', () => {
    const elsewhere = deployment.replace('name: web }', 'name: web, namespace: other }');
    const cluster = clusterOf(`${elsewhere}${exported('a', byReplicaSet)}`);
    assert.deepEqual(names(cluster, 'default/ReplicaSet/web-5f6c'), ['a']);
  });
});

describe('owners that own one another in a circle', () => {
  const set = (name: string, owner: string) => `
apiVersion: apps/v1
kind: ReplicaSet
metadata: { name: ${name}, ownerReferences: [{ kind: ReplicaSet, name: ${owner}, controller: true }] }
spec: { template: { metadata: { labels: { app: web } } } }
---`;

  it('are workloads of their own: nobody is above them', () => {
    assert.deepEqual(writtenWorkloads(clusterOf(`${set('a', 'b')}${set('b', 'a')}`)), [
      'default/ReplicaSet/a',
      'default/ReplicaSet/b',
    ]);
    assert.deepEqual(writtenWorkloads(clusterOf(set('a', 'a'))), ['default/ReplicaSet/a']);
  });

  it('leave a pod with the last of them', () => {
    const owner = '{ kind: ReplicaSet, name: a, controller: true }';
    const cluster = clusterOf(`${set('a', 'b')}${set('b', 'a')}${exported('p', owner)}`);
    assert.deepEqual(writtenWorkloads(cluster), ['default/ReplicaSet/a', 'default/ReplicaSet/b']);
    assert.deepEqual(
      [...cluster.workloads.values()].flatMap(({ pods }) => pods.filter(({ name }) => name === 'p')).length,
      1,
    );
  });
});

describe('ReplicaSets of a Deployment that was not exported', () => {
  it('are it as far as they run pods, in whatever order they are read', () => {
    const set = (hash: string, replicas: number) => `
apiVersion: apps/v1
kind: ReplicaSet
metadata: { name: web-${hash}, ownerReferences: [{ kind: Deployment, name: web, controller: true }] }
spec: { replicas: ${replicas}, template: { metadata: { labels: { pod-template-hash: ${hash} } } } }`;
    const sets = [set('old', 0), set('new', 3), set('older', 0)];
    for (const texts of [sets, sets.toReversed()]) {
      const { pods } = workload(clusterOf(texts.join('\n---')), 'default/Deployment/web');
      assert.deepEqual(
        pods.map(({ labels }) => labels['pod-template-hash']),
        ['new', 'new', 'new'],
      );
    }
  });
});
