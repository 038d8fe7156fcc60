import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { refusals } from './check.ts';

describe('a field that is missing', () => {
  it('is told at the key of what lacks it', () => {
    const text = `
kind: ClusterNetworkPolicy
apiVersion: policy.networking.k8s.io/v1alpha2
metadata: { name: missing }
spec:
  ingress: []
`;
    assert.deepEqual(refusals(text), [
      '5:0-4 error policy-invalid: `tier` is missing',
      '5:0-4 error policy-invalid: `priority` is missing',
      '5:0-4 error policy-invalid: `subject` is missing',
    ]);
  });

  it('is told at the kind where the object itself lacks it', () => {
    for (const kind of ['AdminNetworkPolicy', 'BaselineAdminNetworkPolicy', 'ClusterNetworkPolicy']) {
      const text = `{ kind: ${kind}, apiVersion: policy.networking.k8s.io/v1, metadata: { name: default } }`;
      assert.deepEqual(refusals(text), [`1:8-${8 + kind.length} error policy-invalid: \`spec\` is missing`]);
    }
  });
});

describe('a list with too many items', () => {
  it('is told at its key', () => {
    const rules = (count: number, action: string) =>
      JSON.stringify(Array.from({ length: count }, () => ({ action, from: [{ namespaces: {} }] })));
    const admin = (count: number) =>
      `{ kind: AdminNetworkPolicy, apiVersion: policy.networking.k8s.io/v1alpha1, metadata: { name: a },
spec: { priority: 1, subject: { namespaces: {} }, ingress: ${rules(count, 'Allow')} } }`;
    const cluster = (count: number) =>
      `{ kind: ClusterNetworkPolicy, apiVersion: policy.networking.k8s.io/v1alpha2, metadata: { name: a },
spec: { tier: Admin, priority: 1, subject: { namespaces: {} }, ingress: ${rules(count, 'Accept')} } }`;
    assert.deepEqual(refusals(admin(100)), []);
    assert.deepEqual(refusals(admin(101)), [
      '2:50-57 error policy-invalid: `ingress` has 101 items, and 100 are the most',
    ]);
    assert.deepEqual(refusals(cluster(25)), []);
    assert.deepEqual(refusals(cluster(26)), [
      '2:63-70 error policy-invalid: `ingress` has 26 items, and 25 are the most',
    ]);
  });
});
