import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { spanOf } from '../../src/manifests/manifest.ts';
import { findings } from './marks.ts';

const pods = `
{ kind: Pod, apiVersion: v1, metadata: { name: web, labels: { app: web, tier: front } }, spec: { containers: [] } }
---
{ kind: Pod, apiVersion: v1, metadata: { name: db, labels: { app: db } }, spec: { containers: [] } }
---
{ kind: Pod, apiVersion: v1, metadata: { name: host, labels: { app: host } }, spec: { hostNetwork: true, containers: [] } }
`;

interface Given {
  readonly name: string;
  readonly priority?: number;
  readonly subject: string;
  readonly rules: string;
}

function admin({ name, priority = 5, subject, rules }: Given): string {
  return `---
{ kind: AdminNetworkPolicy, apiVersion: policy.networking.k8s.io/v1alpha1, metadata: { name: ${name} }, spec: { priority: ${priority}, subject: ${subject}, ${rules} } }
`;
}

function cluster({ tier, name, priority = 5, subject, rules }: Given & { readonly tier: string }): string {
  return `---
{ kind: ClusterNetworkPolicy, apiVersion: policy.networking.k8s.io/v1alpha2, metadata: { name: ${name} }, spec: { tier: ${tier}, priority: ${priority}, subject: ${subject}, ${rules} } }
`;
}

const all = '{ namespaces: {} }';
const allow = 'ingress: [{ action: Allow, from: [{ namespaces: {} }] }]';
const accept = 'ingress: [{ action: Accept, from: [{ namespaces: {} }] }]';
const deny = 'ingress: [{ action: Deny, from: [{ namespaces: {} }] }]';
const denyEgress = 'egress: [{ action: Deny, to: [{ namespaces: {} }] }]';

function labelled(labels: string): string {
  return `{ pods: { namespaceSelector: {}, podSelector: { matchLabels: { ${labels} } } } }`;
}

/** Where the findings stand and what they are related to, by the names of the policies. */
function ties(text: string): readonly (readonly string[])[] {
  const found = findings(text).filter(({ rule }) => rule === 'policy-priority-tie');
  for (const { place } of found) {
    const { start, end } = spanOf(place);
    assert.equal(text.slice(start, end), '5');
  }
  return found.map(({ place, related }) => [place, ...related.map((each) => each.place)].map(nameAt));
}

function nameAt({
  manifest,
}: {
  readonly manifest: { readonly object: { readonly metadata?: { readonly name?: string } } };
}) {
  return manifest.object.metadata?.name ?? '';
}

describe('two policies of one tier with the same priority', () => {
  it('that select a pod are told at the later one', () => {
    const text = [
      pods,
      admin({ name: 'b', subject: labelled('app: web'), rules: allow }),
      admin({ name: 'a', subject: labelled('tier: front'), rules: deny }),
    ].join('');
    assert.deepEqual(ties(text), [['a', 'b']]);
    const found = findings(text).find(({ rule }) => rule === 'policy-priority-tie');
    assert.equal(found?.severity, 'warning');
    assert.match(found?.message ?? '', /`b` has priority 5 too, and both are about pod\/web/);
  });

  it('that have the same subject are told even where no pod is selected', () => {
    const subject = labelled('app: gone, tier: back');
    const text = [
      admin({ name: 'a', subject, rules: allow }),
      admin({ name: 'b', subject: labelled('tier: back, app: gone'), rules: deny }),
    ].join('');
    assert.deepEqual(ties(text), [['b', 'a']]);
  });

  it('are one finding for each later one, whatever kind has them', () => {
    const text = [
      pods,
      admin({ name: 'a', subject: all, rules: allow }),
      admin({ name: 'b', subject: all, rules: deny }),
      cluster({ tier: 'Admin', name: 'c', subject: all, rules: deny }),
      cluster({ tier: 'Baseline', name: 'd', subject: all, rules: deny }),
      cluster({ tier: 'Baseline', name: 'e', subject: labelled('app: db'), rules: accept }),
    ].join('');
    assert.deepEqual(ties(text), [
      ['b', 'a'],
      ['c', 'a'],
      ['e', 'd'],
    ]);
  });

  it('are no finding where their order makes no difference', () => {
    const first = admin({ name: 'a', subject: labelled('app: web'), rules: allow });
    const others: Record<string, string> = {
      'another priority': admin({ name: 'b', priority: 6, subject: all, rules: deny }),
      'other pods': admin({ name: 'b', subject: labelled('app: db'), rules: deny }),
      'another direction': admin({ name: 'b', subject: all, rules: denyEgress }),
      'the same action': admin({ name: 'b', subject: all, rules: allow }),
      'another tier': cluster({ tier: 'Baseline', name: 'b', subject: all, rules: deny }),
      'no rules': admin({ name: 'b', subject: all, rules: 'ingress: []' }),
    };
    for (const [what, other] of Object.entries(others)) assert.deepEqual(ties(pods + first + other), [], what);
  });

  it('are no finding for a pod in the network of its node, which no such policy is about', () => {
    const text = [
      pods,
      admin({ name: 'a', subject: labelled('app: host'), rules: allow }),
      admin({
        name: 'b',
        subject:
          '{ pods: { namespaceSelector: {}, podSelector: { matchExpressions: [{ key: app, operator: In, values: [host] }, { key: app, operator: Exists }] } } }',
        rules: deny,
      }),
    ].join('');
    assert.deepEqual(ties(text), []);
  });
});
