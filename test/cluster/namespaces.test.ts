import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clusterOf, writtenWorkloads } from '../support/cluster.ts';

function labelsOf(text: string, name: string): Record<string, string> {
  return { ...clusterOf(text).namespaces.get(name)?.labels };
}

describe('a namespace', () => {
  it('of the system is there in every cluster', () => {
    assert.deepEqual([...clusterOf('').namespaces.keys()].sort(), [
      'default',
      'kube-node-lease',
      'kube-public',
      'kube-system',
    ]);
  });

  it('that an object only names is there, without a manifest', () => {
    const { namespaces } = clusterOf('{ apiVersion: v1, kind: Pod, metadata: { name: a, namespace: shop } }');
    assert.equal(namespaces.get('shop')?.manifest, undefined);
    assert.deepEqual({ ...namespaces.get('shop')?.labels }, { 'kubernetes.io/metadata.name': 'shop' });
  });

  it('carries its declared labels and its name', () => {
    const text = '{ apiVersion: v1, kind: Namespace, metadata: { name: shop, labels: { team: red } } }';
    assert.deepEqual(labelsOf(text, 'shop'), { team: 'red', 'kubernetes.io/metadata.name': 'shop' });
  });

  it('cannot carry another name in the label that says its name', () => {
    const text = `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { kubernetes.io/metadata.name: other } }`;
    assert.deepEqual(labelsOf(text, 'shop'), { 'kubernetes.io/metadata.name': 'shop' });
  });

  it('is `default` where an object names none, or an empty one', () => {
    const cluster = clusterOf(`
{ apiVersion: v1, kind: Pod, metadata: { name: a } }
---
{ apiVersion: v1, kind: Pod, metadata: { name: b, namespace: "" } }`);
    assert.deepEqual(writtenWorkloads(cluster), ['default/Pod/a', 'default/Pod/b']);
  });

  it('has nothing to do with objects outside namespaces', () => {
    const cluster = clusterOf('{ apiVersion: v1, kind: Namespace, metadata: { name: shop, namespace: nowhere } }');
    assert.equal(cluster.namespaces.has('nowhere'), false);
    assert.equal(cluster.namespaces.has('shop'), true);
  });

  it('keeps a label named like a property of every JavaScript object', () => {
    const text = `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { __proto__: a, constructor: b } }`;
    const labels = clusterOf(text).namespaces.get('shop')?.labels ?? {};
    assert.deepEqual(Object.keys(labels).sort(), ['__proto__', 'constructor', 'kubernetes.io/metadata.name']);
    assert.equal(labels.constructor, 'b');
  });
});
