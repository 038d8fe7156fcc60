import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findingsOf } from '../../src/checks/find.ts';
import { deniedFixes } from '../../src/fixes/denied-fixes.ts';
import { type TextWorld, worldOfTexts } from '../fixes/world.ts';
import { documents, policyText } from '../support/policy.ts';

function each(count: number, text: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => text(index)).join(', ');
}

function worldOf(...texts: readonly string[]): TextWorld {
  return worldOfTexts(new Map([['all.yaml', documents(...texts)]]));
}

function rulesOf({ cluster }: TextWorld): readonly string[] {
  return findingsOf(cluster, {}).map(({ rule }) => rule);
}

// A freeze shows as a run that does not end; how the time grows is the bench's to say.
describe('hundreds of the same kind are gone through', () => {
  const app = (name: string) => `{ podSelector: { matchLabels: { app: ${name} } } }`;

  it('rules that say the same', () => {
    const rules = each(1000, () => `{ from: [${app('web')}], ports: [{ port: 80 }] }`);
    const found = rulesOf(worldOf(policyText('shop', `{ podSelector: {}, ingress: [${rules}] }`)));
    assert.equal(found.length, 999);
    assert.deepEqual([...new Set(found)], ['policy-redundant']);
  });

  it('policies of one namespace that cannot do without one another', () => {
    const policies = Array.from({ length: 1000 }, (_, index) =>
      policyText('shop', `{ podSelector: {}, ingress: [{ ports: [{ port: ${index * 2 + 1} }] }] }`, `p${index}`),
    );
    assert.deepEqual(rulesOf(worldOf(...policies)), []);
  });

  it('policies of one priority', () => {
    const rule = (index: number, action: string) =>
      `{ action: ${action}, from: [{ namespaces: { matchLabels: { n: "${index}" } } }] }`;
    const policies = Array.from(
      { length: 200 },
      (_, index) =>
        `{ apiVersion: policy.networking.k8s.io/v1alpha1, kind: AdminNetworkPolicy, metadata: { name: p${index} }, spec: { priority: 1, subject: { namespaces: {} }, ingress: [${rule(index, 'Allow')}, ${rule(index, 'Deny')}] } }`,
    );
    const found = findingsOf(worldOf(...policies).cluster, { 'policy-rule-shadowed': 'off' });
    assert.equal(found.filter(({ rule: name }) => name === 'policy-priority-tie').length, 199);
    assert.ok(found.every(({ related }) => related.length <= 10));
  });

  it('blocks beside what a call needs, when it is asked what would let it through', () => {
    const pod = (name: string, spec: string) =>
      `{ apiVersion: v1, kind: Pod, metadata: { namespace: shop, name: ${name}, labels: { app: ${name} } }, spec: ${spec} }`;
    const blocks = each(600, (index) => `{ ipBlock: { cidr: 172.${16 + (index >> 8)}.${index & 255}.0/25 } }`);
    const others = Array.from({ length: 40 }, (_, index) => pod(`other-${index}`, '{ containers: [{ name: c }] }'));
    const world = worldOf(
      pod('web', '{ containers: [{ name: c, env: [{ name: API, value: "http://api" }] }] }'),
      pod('api', '{ containers: [{ name: c }] }'),
      '{ apiVersion: v1, kind: Service, metadata: { namespace: shop, name: api }, spec: { selector: { app: api }, ports: [{ port: 80 }] } }',
      ...others,
      policyText('shop', `{ podSelector: {}, policyTypes: [Egress], egress: [{ to: [${blocks}] }] }`),
    );
    const blocked = findingsOf(world.cluster, {}).find(({ denied }) => denied);
    assert.ok(blocked?.denied);
    assert.ok(deniedFixes(world, blocked.denied).length > 0);
  });
});
