import assert from 'node:assert/strict';
import { test } from 'node:test';
import { actualMarks, clusterOf, expectedMarks, findings } from './marks.ts';

const node = '{ apiVersion: v1, kind: Node, metadata: { name: n1 } }';
const pod = (name: string, nodeName: string, more = '') =>
  `{ apiVersion: v1, kind: Pod, metadata: { name: ${name} }, spec: { nodeName: ${nodeName} }${more} }`;

test('a node that a pod names and no manifest brings is told, and taken to be there', () => {
  const text = `${node}
---
${pod('a', 'n1')}
---
apiVersion: v1
kind: Pod
metadata: { name: b }
spec:
  nodeName: n9
          # ^^ information node-missing: No Node of the manifests is named \`n9\`: it is taken to be there; a cluster without it deletes the pod
`;
  assert.deepEqual(actualMarks(text), expectedMarks(text));
  const [b] = clusterOf(text).workloads.get('default/Pod/b')?.pods ?? [];
  assert.deepEqual([b?.node?.name, b?.node?.manifest], ['n9', undefined]);
});

test('it is told once, at the first pod; the pods of one template name it at one place', () => {
  const deployment =
    '{ apiVersion: apps/v1, kind: Deployment, metadata: { name: d }, spec: { replicas: 3, template: { spec: { nodeName: n9 } } } }';
  const found = findings([node, deployment, pod('z', 'n9')].join('\n---\n'));
  assert.deepEqual(
    found.map(({ rule, place, related }) => [rule, place.path, related.length]),
    [['node-missing', ['spec', 'template', 'spec', 'nodeName'], 1]],
  );
});

test('where the manifests bring no node, or the pod has ended, there is nothing to tell', () => {
  assert.deepEqual(actualMarks(pod('a', 'n9')), []);
  assert.deepEqual(actualMarks(`${node}\n---\n${pod('a', 'n9', ', status: { phase: Succeeded }')}`), []);
});
