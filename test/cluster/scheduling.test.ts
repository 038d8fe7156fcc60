import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clusterOf, workload } from '../support/cluster.ts';

const nodes = `
{ apiVersion: v1, kind: Node, metadata: { name: master, labels: { disk: hdd } }, spec: { taints: [{ key: control, value: "yes", effect: NoSchedule }] } }
---
{ apiVersion: v1, kind: Node, metadata: { name: drained, labels: { disk: ssd } }, spec: { unschedulable: true } }
---
{ apiVersion: v1, kind: Node, metadata: { name: worker, labels: { disk: ssd } }, spec: { taints: [{ key: busy, effect: PreferNoSchedule }] } }
---
{ apiVersion: v1, kind: Node, metadata: { name: gpu, labels: { gpu: a100 } }, spec: { taints: [{ key: gpu, effect: NoExecute }] } }
---`;

/** The nodes of the pods of a runner whose template has a spec. */
function nodesOf(spec: string, kind = 'DaemonSet'): readonly string[] {
  const template = `{ metadata: { labels: { app: a } }, spec: ${spec} }`;
  const text = `${nodes}
{ apiVersion: apps/v1, kind: ${kind}, metadata: { name: a }, spec: { replicas: 8, template: ${template} } }`;
  const { pods } = workload(clusterOf(text), `default/${kind}/a`);
  return [...new Set(pods.map(({ node }) => node?.name ?? ''))].sort();
}

describe('the pods of a DaemonSet', () => {
  it('run on each node without a taint that they do not tolerate; one that takes no other pods takes them', () => {
    assert.deepEqual(nodesOf('{}'), ['drained', 'worker']);
  });

  it('run on tainted nodes that they tolerate, by key, value and effect', () => {
    const tolerating = (toleration: string) => nodesOf(`{ tolerations: [${toleration}] }`);
    assert.deepEqual(tolerating('{ operator: Exists }'), ['drained', 'gpu', 'master', 'worker']);
    assert.deepEqual(tolerating('{ key: control, value: "yes" }'), ['drained', 'master', 'worker']);
    assert.deepEqual(tolerating('{ key: control, value: "no" }'), ['drained', 'worker']);
    assert.deepEqual(tolerating('{ key: gpu, operator: Exists, effect: NoSchedule }'), ['drained', 'worker']);
    assert.deepEqual(tolerating('{ effect: NoExecute, operator: Exists }'), ['drained', 'gpu', 'worker']);
  });

  it('run where a selector and a required affinity match', () => {
    assert.deepEqual(nodesOf('{ nodeSelector: { disk: ssd } }'), ['drained', 'worker']);
    const required = (terms: string) =>
      `{ affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: ${terms} } } }, tolerations: [{ operator: Exists }] }`;
    const term = (key: string, operator: string, values: string) =>
      `{ matchExpressions: [{ key: ${key}, operator: ${operator}${values} }] }`;
    assert.deepEqual(nodesOf(required(`[${term('disk', 'NotIn', ', values: [ssd]')}]`)), ['gpu', 'master']);
    assert.deepEqual(nodesOf(required(`[${term('gpu', 'Exists', '')}, ${term('disk', 'In', ', values: [hdd]')}]`)), [
      'gpu',
      'master',
    ]);
    assert.deepEqual(
      nodesOf(required('[{}, { matchFields: [{ key: metadata.name, operator: In, values: [worker] }] }]')),
      ['worker'],
    );
  });
});

describe('other pods', () => {
  it('keep off a node that takes no pods any more', () => {
    assert.deepEqual(nodesOf('{}', 'Deployment'), ['worker']);
  });

  it('run anywhere where no known node would do: others are not in the manifests', () => {
    assert.equal(nodesOf('{ nodeSelector: { zone: west } }', 'Deployment').length, 4);
  });

  it('run on the node that they name, whatever its taints', () => {
    assert.deepEqual(nodesOf('{ nodeName: gpu }', 'Deployment'), ['gpu']);
  });
});
