import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findings, fixed } from '../marks.ts';

const rule = 'policy-invalid';

/** The first repair makes one text of the other, and nothing is wrong any more. */
function check(before: string, after: string): void {
  assert.equal(fixed(before, rule), after);
  assert.deepEqual(
    findings(after).filter((finding) => finding.rule === rule),
    [],
  );
}

function policy(spec: string): string {
  return `kind: NetworkPolicy\napiVersion: networking.k8s.io/v1\nmetadata: { name: a }\nspec:\n${spec}`;
}

function clusterPolicy(kind: string, version: string, spec: string): string {
  return `{ kind: ${kind}, apiVersion: policy.networking.k8s.io/${version}, metadata: { name: a }, spec: ${spec} }`;
}

describe('a repair', () => {
  it('writes a word with the capitals that it has', () => {
    for (const [before, after] of [
      ['  policyTypes: [ingress] # only', '  policyTypes: [Ingress] # only'],
      ['  ingress: [{ ports: [{ protocol: "udp" }] }]', '  ingress: [{ ports: [{ protocol: "UDP" }] }]'],
      [
        "  podSelector: { matchExpressions: [{ key: a, operator: 'notin', values: [b] }] }",
        "  podSelector: { matchExpressions: [{ key: a, operator: 'NotIn', values: [b] }] }",
      ],
    ] as const) {
      check(policy(before), policy(after));
    }
  });

  it('takes the action that lets through from the kind', () => {
    const [subject, from] = ['subject: { namespaces: {} }', 'from: [{ namespaces: {} }]'];
    const admin = (action: string) =>
      clusterPolicy(
        'AdminNetworkPolicy',
        'v1alpha1',
        `{ priority: 1, ${subject}, ingress: [{ action: ${action}, ${from} }] }`,
      );
    check(admin('Accept'), admin('Allow'));
    const cluster = (action: string) =>
      clusterPolicy(
        'ClusterNetworkPolicy',
        'v1alpha2',
        `{ tier: Admin, priority: 1, ${subject}, ingress: [{ action: ${action}, ${from} }] }`,
      );
    check(cluster('allow'), cluster('Accept'));
  });

  it('gives the only BaselineAdminNetworkPolicy its name', () => {
    const named = (name: string) =>
      `{ kind: BaselineAdminNetworkPolicy, apiVersion: policy.networking.k8s.io/v1alpha1, metadata: { name: ${name} }, spec: { subject: { namespaces: {} } } }`;
    check(named('base'), named('default'));
  });

  it('takes the quotes of a number away, in JSON too', () => {
    check(policy('  ingress: [{ ports: [{ port: "80" }] }]'), policy('  ingress: [{ ports: [{ port: 80 }] }]'));
    const json = (port: string) =>
      `{ "kind": "NetworkPolicy", "apiVersion": "networking.k8s.io/v1", "metadata": { "name": "a" }, "spec": { "egress": [{ "ports": [{ "port": ${port} }] }] } }`;
    check(json('"8080"'), json('8080'));
  });

  it('lets the ends of a range change places', () => {
    check(
      policy('  ingress: [{ ports: [{ port: 90, endPort: 80 }] }]'),
      policy('  ingress: [{ ports: [{ port: 80, endPort: 90 }] }]'),
    );
    const range = (ends: string) =>
      clusterPolicy(
        'ClusterNetworkPolicy',
        'v1alpha2',
        `{ tier: Admin, priority: 1, subject: { namespaces: {} }, ingress: [{ action: Deny, from: [{ namespaces: {} }], protocols: [{ tcp: { destinationPort: { range: { ${ends} } } } }] }] }`,
      );
    check(range('start: 9, end: 8'), range('start: 8, end: 9'));
  });

  it('writes a range as it is meant', () => {
    check(
      policy('  egress: [{ to: [{ ipBlock: { cidr: "10.1.2.3/8" } }] }]'),
      policy('  egress: [{ to: [{ ipBlock: { cidr: "10.0.0.0/8" } }] }]'),
    );
  });

  it('is not offered where it would be a guess', () => {
    for (const spec of [
      '  policyTypes: [Both]',
      '  ingress: [{ ports: [{ port: "70000" }] }]',
      '  ingress: [{ ports: [{ port: 0, endPort: 90 }] }]',
      '  ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8, except: [10.0.0.0/8] } }] }]',
      '  podSelector: { matchExpressions: [{ key: a, operator: Exists, values: [b] }] }',
    ]) {
      const found = findings(policy(spec)).filter((finding) => finding.rule === rule);
      assert.equal(found.length, 1, spec);
      assert.deepEqual(found[0]?.fixes, [], spec);
    }
  });
});
