import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { includes } from '../../../src/network/policy/connections.ts';
import { connectionsBetween } from '../../../src/network/policy/reach.ts';
import { clusterOf } from '../../support/cluster.ts';
import { documents, party, podText, policyText, verdictOn } from '../../support/policy.ts';

const namespaces = documents(
  '{ apiVersion: v1, kind: Namespace, metadata: { name: shop, labels: { team: web } } }',
  '{ apiVersion: v1, kind: Namespace, metadata: { name: bank, labels: { team: money } } }',
);
const ports =
  '{ containers: [{ ports: [{ name: http, containerPort: 80 }, { name: dns, containerPort: 53, protocol: UDP }] }] }';
const pods = documents(
  podText('shop', 'web', '{ app: web }', ports),
  podText('bank', 'till', '{ app: till }', ports),
  podText('bank', 'agent', '{ app: agent }', '{ hostNetwork: true }'),
);

function admin(name: string, priority: number, rules: string): string {
  return `{ apiVersion: policy.networking.k8s.io/v1alpha1, kind: AdminNetworkPolicy, metadata: { name: ${name} }, spec: { priority: ${priority}, subject: { namespaces: { matchLabels: { team: money } } }, ${rules} } }`;
}

function baseline(rules: string, name = 'default'): string {
  return `{ apiVersion: policy.networking.k8s.io/v1alpha1, kind: BaselineAdminNetworkPolicy, metadata: { name: ${name} }, spec: { subject: { namespaces: {} }, ${rules} } }`;
}

function clusterPolicy(name: string, tier: string, priority: number, rules: string): string {
  return `{ apiVersion: policy.networking.k8s.io/v1alpha2, kind: ClusterNetworkPolicy, metadata: { name: ${name} }, spec: { tier: ${tier}, priority: ${priority}, subject: { pods: { podSelector: { matchLabels: { app: till } } } }, ${rules} } }`;
}

const everyone = 'from: [{ namespaces: {} }]';
const isolated = policyText('bank', '{ podSelector: {} }', 'isolated');

/** What the ingress side of web → till says; what is open between the two says the same. */
function ingressOf(...policies: readonly string[]) {
  const cluster = clusterOf(documents(namespaces, pods, ...policies));
  const verdict = verdictOn(cluster, 'shop/web', 'bank/till');
  const open = connectionsBetween(cluster, party(cluster, 'shop/web'), party(cluster, 'bank/till'));
  assert.equal(includes(open, 'TCP', 80), verdict.allowed);
  const { tier, because, outcome, admittedBy, deniedBy, passedBy } = verdict.sides[1];
  const by = admittedBy ?? deniedBy;
  return {
    said: `${outcome}: ${tier}, ${because}`,
    by: by && `${by.policy.name} ${by.rule.index}`,
    passed: passedBy.map(({ policy, rule }) => `${policy.name} ${rule.index}`),
    side: verdict.sides[1],
  };
}

describe('the tiers', () => {
  it('are asked in their order, and the first that decides is final', () => {
    const accept = admin('accept', 5, `ingress: [{ action: Allow, ${everyone} }]`);
    const deny = baseline(`ingress: [{ action: Deny, ${everyone} }]`);
    assert.equal(ingressOf(accept, isolated, deny).said, 'allowed: Admin, rule');
    assert.equal(ingressOf(isolated, deny).said, 'denied: NetworkPolicy, no-rule');
    assert.equal(ingressOf(deny).said, 'denied: Baseline, deny-rule');
    assert.equal(ingressOf().said, 'allowed: default, not-isolated');
  });

  it('ask by priority, then by the order of the rules', () => {
    const denies = admin('denies', 2, `ingress: [{ action: Deny, ${everyone} }]`);
    const accepts = (priority: number) => admin('accepts', priority, `ingress: [{ action: Allow, ${everyone} }]`);
    assert.equal(ingressOf(denies, accepts(1)).by, 'accepts 0');
    assert.equal(ingressOf(denies, accepts(3)).by, 'denies 0');
    const both = `ingress: [{ action: Deny, from: [{ namespaces: { matchLabels: { team: none } } }] }, { action: Allow, ${everyone} }, { action: Deny, ${everyone} }]`;
    assert.equal(ingressOf(admin('both', 1, both)).by, 'both 1');
  });

  it('leave what is passed to the next, past all rules of their own', () => {
    const pass = admin('pass', 1, `ingress: [{ action: Pass, ${everyone} }]`);
    const deny = admin('deny', 2, `ingress: [{ action: Deny, ${everyone} }]`);
    const { said, passed } = ingressOf(pass, deny, isolated);
    assert.deepEqual([said, passed], ['denied: NetworkPolicy, no-rule', ['pass 0']]);
    assert.equal(ingressOf(pass, deny).said, 'allowed: default, not-isolated');
  });

  it('have both generations in one order, and the baseline of either last', () => {
    const rule = `ingress: [{ action: Deny, ${everyone} }]`;
    const older = admin('older', 7, `ingress: [{ action: Allow, ${everyone} }]`);
    assert.equal(ingressOf(older, clusterPolicy('newer', 'Admin', 3, rule)).by, 'newer 0');
    assert.equal(ingressOf(older, clusterPolicy('newer', 'Admin', 8, rule)).by, 'older 0');
    const pass = `ingress: [{ action: Pass, ${everyone} }]`;
    const passed = ingressOf(clusterPolicy('below', 'Baseline', 0, pass), baseline(rule));
    assert.equal(passed.said, 'allowed: default, not-isolated', 'to pass in the last tier leads to the default');
  });

  it('know a baseline policy by the only name that it may have', () => {
    assert.equal(
      ingressOf(baseline(`ingress: [{ action: Deny, ${everyone} }]`, 'other')).said,
      'allowed: default, not-isolated',
    );
  });

  it('decide for one direction: what egress accepts, ingress may still deny', () => {
    const accept = `{ apiVersion: policy.networking.k8s.io/v1alpha1, kind: AdminNetworkPolicy, metadata: { name: out }, spec: { priority: 1, subject: { namespaces: {} }, egress: [{ action: Allow, to: [{ namespaces: {} }] }] } }`;
    assert.equal(ingressOf(accept, isolated).said, 'denied: NetworkPolicy, no-rule');
  });
});

describe('policies of one priority', () => {
  const accepts = admin('b-accepts', 1, `ingress: [{ action: Allow, ${everyone} }]`);

  it('leave it open which is asked first, where they answer otherwise', () => {
    const { said, side } = ingressOf(accepts, admin('a-denies', 1, `ingress: [{ action: Deny, ${everyone} }]`));
    assert.equal(said, 'depends: Admin, deny-rule');
    assert.equal(side.assumption?.kind, 'priority-tie');
  });

  it('leave nothing open where they agree, or one does not match', () => {
    const same = admin('a-accepts', 1, `ingress: [{ action: Allow, ${everyone} }]`);
    assert.equal(ingressOf(accepts, same).said, 'allowed: Admin, rule');
    const elsewhere = admin(
      'a-denies',
      1,
      'ingress: [{ action: Deny, from: [{ namespaces: { matchLabels: { team: none } } }] }]',
    );
    assert.equal(ingressOf(accepts, elsewhere).said, 'allowed: Admin, rule');
  });
});

describe('a rule that cannot be understood', () => {
  it('accepts nothing, and denies all where it would deny or pass', () => {
    const rule = (action: string) => `ingress: [{ action: ${action}, from: [{}, { namespaces: {} }] }]`;
    assert.equal(ingressOf(admin('unknown', 1, rule('Allow'))).said, 'allowed: default, not-isolated');
    assert.equal(ingressOf(admin('unknown', 1, rule('Deny'))).said, 'denied: Admin, deny-rule');
    assert.equal(ingressOf(admin('unknown', 1, rule('Pass'))).said, 'denied: Admin, deny-rule');
  });

  it('is none of the others’ business', () => {
    const rules = `ingress: [{ action: Maybe, ${everyone} }, { action: Deny, ${everyone} }]`;
    assert.equal(ingressOf(admin('half', 1, rules)).by, 'half 1');
  });
});

describe('ports of the cluster’s policies', () => {
  const denying = (ports: string) => admin('ports', 1, `ingress: [{ action: Deny, ${everyone}, ${ports} }]`);
  const isDenied = (ports: string) => !ingressOf(denying(ports)).side.allowed;

  it('are numbers, ranges and names', () => {
    assert.ok(isDenied('ports: [{ portNumber: { protocol: TCP, port: 80 } }]'));
    assert.ok(!isDenied('ports: [{ portNumber: { protocol: UDP, port: 80 } }]'));
    assert.ok(isDenied('ports: [{ portRange: { start: 79, end: 81 } }]'));
    assert.ok(!isDenied('ports: [{ portRange: { start: 81, end: 90 } }]'));
    assert.ok(isDenied('ports: [{ namedPort: http }]'));
    assert.ok(!isDenied('ports: [{ namedPort: dns }]'));
  });

  it('are protocols with a destination in the newer kind', () => {
    const denied = (protocols: string) =>
      !ingressOf(clusterPolicy('p', 'Admin', 1, `ingress: [{ action: Deny, ${everyone}, protocols: [${protocols}] }]`))
        .side.allowed;
    assert.ok(denied('{ tcp: { destinationPort: { number: 80 } } }'));
    assert.ok(denied('{ tcp: { destinationPort: { range: { start: 1, end: 80 } } } }'));
    assert.ok(!denied('{ udp: { destinationPort: { number: 80 } } }'));
    assert.ok(!denied('{ sctp: {} }'));
    assert.ok(denied('{ destinationNamedPort: http }'));
  });

  it('take the protocol of the pod’s port behind a name', () => {
    const cluster = clusterOf(documents(namespaces, pods, denying('ports: [{ namedPort: dns }]')));
    assert.ok(!verdictOn(cluster, 'shop/web', 'bank/till', 53, 'UDP').allowed);
    assert.ok(verdictOn(cluster, 'shop/web', 'bank/till', 53, 'TCP').allowed);
  });
});

describe('egress peers of the cluster’s policies', () => {
  const out = (to: string) =>
    clusterOf(
      documents(
        namespaces,
        pods,
        '{ apiVersion: v1, kind: Node, metadata: { name: n, labels: { zone: a } }, status: { addresses: [{ type: InternalIP, address: 192.0.2.9 }] } }',
        admin('out', 1, `egress: [{ action: Deny, to: [${to}] }]`),
      ),
    );

  it('are networks, in which pods lie as well', () => {
    const cluster = out('{ networks: [198.51.100.0/24, "0.0.0.0/0"] }');
    assert.equal(verdictOn(cluster, 'bank/till', '198.51.100.7').outcome, 'denied');
    assert.equal(verdictOn(cluster, 'bank/till', 'shop/web').outcome, 'denied');
    assert.equal(verdictOn(out('{ networks: [198.51.100.0/24] }'), 'bank/till', '203.0.113.1').outcome, 'allowed');
  });

  it('are nodes by their labels', () => {
    const selector = (zone: string) => `{ nodes: { matchLabels: { zone: ${zone} } } }`;
    assert.ok(
      !verdictOn(out(selector('a')), 'bank/till', 'bank/agent').sides[0].allowed,
      'a pod with the node’s address',
    );
    assert.ok(verdictOn(out(selector('b')), 'bank/till', 'bank/agent').sides[0].allowed);
  });

  it('are names whose addresses nobody knows here', () => {
    const [egress] = verdictOn(out('{ domainNames: ["*.example.org"] }'), 'bank/till', '203.0.113.1').sides;
    assert.deepEqual([egress.outcome, egress.allowed, egress.assumption?.kind], ['depends', true, 'domain-name']);
  });
});

describe('a pod in its node’s network', () => {
  it('is neither a subject nor among the pods of a peer', () => {
    const deny = admin('deny', 1, `ingress: [{ action: Deny, ${everyone} }]`);
    const cluster = clusterOf(documents(namespaces, pods, deny));
    assert.equal(verdictOn(cluster, 'shop/web', 'bank/agent').outcome, 'allowed');
    assert.equal(verdictOn(cluster, 'bank/agent', 'bank/till').outcome, 'allowed');
  });
});

describe('the nearest miss of a deny rule', () => {
  it('is the rule before it that would have accepted', () => {
    const rules = `ingress: [{ action: Allow, from: [{ pods: { namespaceSelector: {}, podSelector: { matchLabels: { app: wep } } } }] }, { action: Deny, ${everyone} }]`;
    const { side } = ingressOf(admin('near', 1, rules));
    assert.equal(side.nearest?.rule.index, 0);
    assert.deepEqual(
      side.nearest?.failures.map(({ kind, path }) => [kind, path.join('.')]),
      [['label', 'spec.ingress.0.from.0.pods.podSelector.matchLabels.app']],
    );
  });

  it('is none where nothing before it accepts', () => {
    const rules = `ingress: [{ action: Deny, ${everyone} }, { action: Allow, ${everyone} }]`;
    assert.equal(ingressOf(admin('none', 1, rules)).side.nearest, undefined);
  });
});
