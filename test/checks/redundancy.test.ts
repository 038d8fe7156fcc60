import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { actualMarks, expectedMarks, findings, fixed } from './marks.ts';

function check(text: string): void {
  assert.deepEqual(actualMarks(text), expectedMarks(text), text);
}

function policy(name: string, spec: string): string {
  return `
kind: NetworkPolicy
apiVersion: networking.k8s.io/v1
metadata:
  name: ${name}
${spec}
---`;
}

describe('a rule that another covers', () => {
  const text = policy(
    'allow',
    `spec:
  podSelector: {}
  ingress:
    - from: [{ podSelector: { matchLabels: { app: web } } }]
    # ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint policy-redundant: What rule 1 admits, rule 2 admits as well
      ports: [{ port: 80 }]
    - from: [{ podSelector: {} }]
`,
  );

  it('could go, and what remains says the same', () => {
    check(text);
    const rest = fixed(text, 'policy-redundant');
    assert.doesNotMatch(rest, /app: web|port: 80/);
    assert.deepEqual(findings(rest), []);
  });
});

describe('a policy that another covers', () => {
  it('could go', () => {
    check(
      `${policy('wide', 'spec: { podSelector: {}, ingress: [{}] }')}
kind: NetworkPolicy
apiVersion: networking.k8s.io/v1
metadata:
  name: narrow
  #     ^^^^^^ hint policy-redundant: wide isolates the same pods and admits all that narrow admits
spec: { podSelector: { matchLabels: { app: db } }, ingress: [{ ports: [{ port: 80 }] }] }`,
    );
  });

  it('is one finding, whatever of its rules is covered within', () => {
    const twice = policy(
      'twice',
      'spec: { podSelector: {}, ingress: [{ ports: [{ port: 80 }] }, { ports: [{ port: 80 }] }] }',
    );
    const wide = policy('wide', 'spec: { podSelector: {}, ingress: [{}] }');
    assert.deepEqual(
      findings(twice + wide).map(({ place }) => place.path),
      [['metadata', 'name']],
    );
  });

  it('is not the one that denies all beside those that admit', () => {
    const deny = policy('default-deny', 'spec: { podSelector: {}, policyTypes: [Ingress] }');
    const allow = policy('allow', 'spec: { podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }] }');
    assert.deepEqual(findings(deny + allow), []);
  });
});

describe('a rule that never decides', () => {
  it('stands behind one that matches all of it', () => {
    const text = `
kind: ClusterNetworkPolicy
apiVersion: policy.networking.k8s.io/v1alpha2
metadata: { name: guard }
spec:
  tier: Admin
  priority: 10
  subject: { namespaces: {} }
  ingress:
    - { action: Deny, from: [{ namespaces: {} }] }
    - { action: Accept, from: [{ namespaces: { matchLabels: { team: web } } }] }
    # ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information policy-rule-shadowed: rule 2 never decides: rule 1 is asked first and matches all of it
`;
    check(text);
    assert.deepEqual(findings(fixed(text, 'policy-rule-shadowed')), []);
  });
});

describe('what no plugin enforces', () => {
  it('is told of once, and not for what it says', () => {
    const empty = policy('empty', 'spec: { podSelector: {}, ingress: [{}, {}] }');
    assert.deepEqual(
      findings(empty, {}, { cni: 'flannel' }).map(({ rule }) => rule),
      ['policy-not-enforced'],
    );
  });
});
