import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closedBy } from '../../../src/network/policy/closed-by.ts';
import type { Direction } from '../../../src/network/policy/policy.ts';
import { clusterOf, pod } from '../../support/cluster.ts';
import { documents, podText, policyText } from '../../support/policy.ts';

const till = podText('bank', 'till', '{ app: till }');
const all = '{ namespaces: {} }';

function policy(name: string, tier: string, priority: number, rules: string, subject = 'namespaces: {}'): string {
  return `{ apiVersion: policy.networking.k8s.io/v1alpha2, kind: ClusterNetworkPolicy, metadata: { name: ${name} }, spec: { tier: ${tier}, priority: ${priority}, subject: { ${subject} }, ${rules} } }`;
}

const rule = (action: string, more = '', peers = all) => `{ action: ${action}, from: [${peers}]${more} }`;
const ingress = (...rules: readonly string[]) => `ingress: [${rules.join(', ')}]`;

/** The names of the policies that close the till. */
function closing(direction: Direction, ...policies: readonly string[]): readonly string[] {
  const cluster = clusterOf(documents(till, ...policies));
  return closedBy(cluster, pod(cluster, 'bank/Pod/till'), direction).map(({ name }) => name);
}

test('a pod is closed by the NetworkPolicies that isolate it, in their direction', () => {
  const own = policyText('bank', '{ podSelector: {} }', 'own');
  assert.deepEqual(closing('ingress', own), ['own']);
  assert.deepEqual(closing('egress', own), []);
});

test('a pod is closed by a rule that denies all pods on any port, in either tier', () => {
  const deny = ingress(rule('Deny'));
  assert.deepEqual(closing('ingress', policy('base', 'Baseline', 1, deny)), ['base']);
  assert.deepEqual(closing('ingress', policy('admin', 'Admin', 1, deny)), ['admin']);
  assert.deepEqual(closing('egress', policy('base', 'Baseline', 1, deny)), []);
  const elsewhere = policy('base', 'Baseline', 1, deny, 'namespaces: { matchLabels: { team: other } }');
  assert.deepEqual(closing('ingress', elsewhere), []);
});

test('a rule for some pods or some ports closes nothing', () => {
  const web = rule('Deny', '', '{ namespaces: { matchLabels: { team: web } } }');
  const port = rule('Deny', ', protocols: [{ tcp: { destinationPort: { number: 80 } } }]');
  assert.deepEqual(closing('ingress', policy('base', 'Baseline', 1, ingress(web, port))), []);
  assert.deepEqual(closing('ingress', policy('base', 'Baseline', 1, ingress(web, port, rule('Deny')))), ['base']);
});

test('of rules for all pods the first counts, and Pass leaves it to the next tier', () => {
  const base = policy('base', 'Baseline', 1, ingress(rule('Deny')));
  const own = policyText('bank', '{ podSelector: {} }', 'own');
  const accept = policy('accept', 'Admin', 1, ingress(rule('Accept')));
  const deny = policy('deny', 'Admin', 2, ingress(rule('Deny')));
  const pass = policy('pass', 'Admin', 1, ingress(rule('Pass')));
  assert.deepEqual(closing('ingress', accept, deny, own, base), []);
  assert.deepEqual(closing('ingress', pass, deny, base), ['base']);
  assert.deepEqual(closing('ingress', pass, own, base), ['own']);
  assert.deepEqual(closing('ingress', deny, own), ['deny']);
});

test('a pod is closed where it may go to no address of either family', () => {
  const deny = (networks: string) =>
    policy('out', 'Admin', 1, `egress: [{ action: Deny, to: [{ networks: [${networks}] }] }]`);
  assert.deepEqual(closing('egress', deny('0.0.0.0/0, "::/0"')), ['out']);
  assert.deepEqual(closing('egress', deny('0.0.0.0/0')), []);
});

test('a rule that cannot be understood closes, and is not taken for one that opens', () => {
  const unknown = (action: string) => policy('unknown', 'Admin', 1, ingress(rule(action, '', '{ weather: {} }')));
  assert.deepEqual(closing('ingress', unknown('Deny')), ['unknown']);
  assert.deepEqual(closing('ingress', unknown('Accept')), []);
});
