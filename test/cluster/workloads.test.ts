import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { podsSimulated } from '../../src/cluster/pods.ts';
import { clusterOf, workload, writtenWorkloads } from '../support/cluster.ts';

const template = '{ metadata: { labels: { app: web } }, spec: { containers: [{ name: web }] } }';

function runner(kind: string, spec: string): string {
  const group = kind === 'ReplicationController' ? '' : kind.endsWith('Job') ? 'batch/' : 'apps/';
  return `
apiVersion: ${group}v1
kind: ${kind}
metadata: { name: web, namespace: shop }
spec: ${spec}`;
}

function podsOf(kind: string, spec: string, settings = {}) {
  return workload(clusterOf(runner(kind, spec), settings), `shop/${kind}/web`).pods;
}

describe('the number of pods', () => {
  it('is what `replicas` asks for, and one where it asks for nothing', () => {
    for (const kind of ['Deployment', 'ReplicaSet', 'StatefulSet', 'ReplicationController']) {
      assert.equal(podsOf(kind, `{ replicas: 3, template: ${template} }`).length, 3, kind);
      assert.equal(podsOf(kind, `{ template: ${template} }`).length, 1, kind);
    }
  });

  it('is none for zero replicas, and the workload still has a prototype to judge', () => {
    const cluster = clusterOf(runner('Deployment', `{ replicas: 0, template: ${template} }`));
    const { pods, prototype, replicas } = workload(cluster, 'shop/Deployment/web');
    assert.equal(pods.length, 0);
    assert.equal(replicas, 0);
    assert.equal(prototype.labels.app, 'web');
    assert.equal(prototype.spec.containers?.[0]?.name, 'web');
  });

  it('is none for a negative number', () => {
    assert.equal(podsOf('Deployment', `{ replicas: -2, template: ${template} }`).length, 0);
  });

  it('is limited where the text asks for very many; what was asked for is still known', () => {
    const cluster = clusterOf(runner('Deployment', `{ replicas: 4000000000, template: ${template} }`));
    const { pods, replicas } = workload(cluster, 'shop/Deployment/web');
    assert.equal(pods.length, podsSimulated);
    assert.equal(replicas, 4_000_000_000);
  });

  it('is one each where many workloads ask for more than a cluster could run', () => {
    const many = Array.from({ length: 600 }, (_, index) =>
      runner('Deployment', `{ replicas: 100, template: ${template} }`).replace('name: web', `name: web-${index}`),
    );
    const cluster = clusterOf(many.join('\n---'));
    assert.equal(workload(cluster, 'shop/Deployment/web-599').pods.length, 1);
  });

  it('of a DaemonSet is one on each node', () => {
    const pods = podsOf('DaemonSet', `{ template: ${template} }`, { nodes: 4 });
    assert.deepEqual(pods.map(({ node }) => node?.name).sort(), ['node-1', 'node-2', 'node-3', 'node-4']);
  });

  it('of a DaemonSet is one on each node that its nodeSelector matches', () => {
    const node = (name: string, disk: string) => `
{ apiVersion: v1, kind: Node, metadata: { name: ${name}, labels: { disk: ${disk} } } }
---`;
    const text = runner('DaemonSet', '{ template: { spec: { nodeSelector: { disk: ssd } } } }');
    const cluster = clusterOf(`${node('a', 'ssd')}${node('b', 'hdd')}${node('c', 'ssd')}${text}`);
    assert.deepEqual(
      workload(cluster, 'shop/DaemonSet/web')
        .pods.map((each) => each.node?.name)
        .sort(),
      ['a', 'c'],
    );
  });

  it('of a Job is its parallelism, at most its completions', () => {
    for (const [spec, count] of [
      ['', 1],
      ['parallelism: 3,', 3],
      ['parallelism: 3, completions: 2,', 2],
      ['completions: 5,', 1],
      ['parallelism: 0,', 0],
      ['suspend: true, parallelism: 3,', 0],
    ] as const) {
      assert.equal(podsOf('Job', `{ ${spec} template: ${template} }`).length, count, spec);
    }
  });

  it('of a CronJob is that of the Job that it makes, none while it is suspended', () => {
    const cron = (spec: string) =>
      podsOf('CronJob', `{ ${spec} jobTemplate: { spec: { parallelism: 2, template: ${template} } } }`);
    assert.equal(cron('schedule: "* * * * *",').length, 2);
    assert.equal(cron('suspend: true,').length, 0);
  });
});

describe('the pods of a workload', () => {
  it('carry the labels and the spec of its template', () => {
    for (const kind of ['Deployment', 'ReplicaSet', 'StatefulSet', 'ReplicationController', 'DaemonSet', 'Job']) {
      const [pod] = podsOf(kind, `{ template: ${template} }`);
      assert.equal(pod?.labels.app, 'web', kind);
      assert.equal(pod?.spec.containers?.[0]?.name, 'web', kind);
      assert.deepEqual(pod?.specPath, ['spec', 'template'], kind);
      assert.equal(pod?.simulated, true, kind);
    }
  });

  it('of a CronJob stand in its job template', () => {
    const [pod] = podsOf('CronJob', `{ jobTemplate: { spec: { template: ${template} } } }`);
    assert.deepEqual(pod?.specPath, ['spec', 'jobTemplate', 'spec', 'template']);
    assert.equal(pod?.labels.app, 'web');
  });

  it('of a StatefulSet are numbered, and say so in their labels', () => {
    const pods = podsOf('StatefulSet', `{ replicas: 2, template: ${template} }`);
    assert.deepEqual(
      pods.map(({ name, labels }) => [
        name,
        labels['statefulset.kubernetes.io/pod-name'],
        labels['apps.kubernetes.io/pod-index'],
      ]),
      [
        ['web-0', 'web-0', '0'],
        ['web-1', 'web-1', '1'],
      ],
    );
  });

  it('of a StatefulSet may begin at another number', () => {
    const pods = podsOf('StatefulSet', `{ replicas: 2, ordinals: { start: 5 }, template: ${template} }`);
    assert.deepEqual(
      pods.map(({ name }) => name),
      ['web-5', 'web-6'],
    );
  });

  it('of a Deployment have its hash in name and labels, and each a suffix of its own', () => {
    const pods = podsOf('Deployment', `{ replicas: 3, template: ${template} }`);
    const hash = pods[0]?.labels['pod-template-hash'] ?? '';
    for (const { name, labels } of pods) {
      assert.equal(labels['pod-template-hash'], hash);
      assert.match(name, new RegExp(`^web-${hash}-[a-z0-9]{5}$`));
    }
    assert.equal(new Set(pods.map(({ name }) => name)).size, 3);
  });

  it('of an Indexed Job are numbered in label, name and hostname', () => {
    const job = runner(
      'Job',
      '{ completionMode: Indexed, completions: 3, parallelism: 2, template: { metadata: { labels: { app: w } }, spec: { subdomain: peers } } }',
    );
    const cluster = clusterOf(
      `${job}\n---\n{ apiVersion: v1, kind: Service, metadata: { name: peers, namespace: shop }, spec: { clusterIP: None, selector: { app: w } } }`,
    );
    const { pods } = workload(cluster, 'shop/Job/web');
    assert.deepEqual(
      pods.map(({ labels }) => labels['batch.kubernetes.io/job-completion-index']),
      ['0', '1'],
    );
    for (const [index, { name }] of pods.entries()) assert.match(name, new RegExp(`^web-${index}-[a-z0-9]{5}$`));
    const endpoints = cluster.services.get('shop/peers')?.endpoints.map(({ hostname }) => hostname);
    assert.deepEqual(endpoints, ['web-0', 'web-1']);
  });

  it('of a CronJob carry the name of a Job that it makes', () => {
    const [pod] = podsOf('CronJob', `{ jobTemplate: { spec: { template: ${template} } } }`);
    assert.match(pod?.labels['job-name'] ?? '', /^web-[a-z0-9]{8}$/);
    assert.ok(pod?.name.startsWith(`${pod.labels['job-name']}-`));
    assert.equal(pod?.labels['job-name'], pod?.labels['batch.kubernetes.io/job-name']);
    assert.ok(pod?.labels['controller-uid']);
  });

  it('of a Job carry its name', () => {
    const [pod] = podsOf('Job', `{ template: ${template} }`);
    assert.equal(pod?.labels['job-name'], 'web');
    assert.equal(pod?.labels['batch.kubernetes.io/job-name'], 'web');
  });

  it('spread over the nodes', () => {
    const pods = podsOf('Deployment', `{ replicas: 4, template: ${template} }`, { nodes: 2 });
    const nodes = pods.map(({ node }) => node?.name);
    assert.deepEqual(nodes.sort(), ['node-1', 'node-1', 'node-2', 'node-2']);
  });

  it('run on the node that their template names', () => {
    const pods = podsOf('Deployment', '{ replicas: 3, template: { spec: { nodeName: node-2 } } }', { nodes: 3 });
    assert.deepEqual(new Set(pods.map(({ node }) => node?.name)), new Set(['node-2']));
  });

  it('of hostNetwork have the addresses of their node', () => {
    const [pod] = podsOf('DaemonSet', '{ template: { spec: { hostNetwork: true } } }');
    assert.deepEqual(pod?.addresses, pod?.node?.addresses);
  });

  it('have addresses of their node, one for each family, and none twice', () => {
    const pods = podsOf('Deployment', `{ replicas: 100, template: ${template} }`);
    const addresses = pods.flatMap((each) => each.addresses);
    assert.equal(addresses.length, 200);
    assert.equal(new Set(addresses).size, 200);
  });
});

describe('a workload', () => {
  it('without a template has pods without labels of its own', () => {
    const [pod] = podsOf('ReplicaSet', '{ replicas: 1 }');
    assert.deepEqual({ ...pod?.labels }, {});
    assert.deepEqual(pod?.spec, {});
  });

  it('without a name is none: the API server refuses it', () => {
    assert.deepEqual(writtenWorkloads(clusterOf('{ apiVersion: v1, kind: Pod, metadata: { labels: { a: b } } }')), []);
  });

  it('of a generated name is another one each time', () => {
    const text = '{ apiVersion: batch/v1, kind: Job, metadata: { generateName: run- } }';
    assert.deepEqual(clusterOf(`${text}\n---\n${text}`).duplicates, []);
  });
});

describe('an object that two manifests define', () => {
  const deployment = (label: string) => runner('Deployment', `{ template: { metadata: { labels: { v: ${label} } } } }`);

  it('is as the last one says, as if all were applied in order', () => {
    const cluster = clusterOf(`${deployment('one')}\n---${deployment('two')}\n---${deployment('three')}`);
    assert.equal(workload(cluster, 'shop/Deployment/web').prototype.labels.v, 'three');
    assert.equal(cluster.duplicates.length, 2);
  });

  it('is another one in another namespace, or of another kind', () => {
    const other = deployment('two').replace('namespace: shop', 'namespace: other');
    const set = deployment('three').replace('kind: Deployment', 'kind: StatefulSet');
    assert.deepEqual(clusterOf(`${deployment('one')}\n---${other}\n---${set}`).duplicates, []);
  });
});
