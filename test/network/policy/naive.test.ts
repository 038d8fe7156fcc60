import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Cluster } from '../../../src/cluster/cluster.ts';
import { clusterOf, pod } from '../../support/cluster.ts';
import { documents, podText, policyText } from '../../support/policy.ts';
import { isAllowed } from './naive.ts';
import type { End, World } from './naive-terms.ts';

const assumed: World = {
  family: 4,
  undeclared: {},
  blocksMatchCluster: true,
  namesMatch: false,
  preferred: '',
};

const pods = documents(
  '{ apiVersion: v1, kind: Namespace, metadata: { name: shop, labels: { team: blue } } }',
  '{ apiVersion: v1, kind: Namespace, metadata: { name: lab, labels: { team: red } } }',
  '{ apiVersion: v1, kind: Node, metadata: { name: rack, labels: { room: cold } }, status: { addresses: [{ type: InternalIP, address: 10.1.0.9 }] } }',
  podText('shop', 'web', '{ app: web }', '{}', '{ podIP: 10.0.0.1 }'),
  podText(
    'shop',
    'db',
    '{ app: db }',
    '{ containers: [{ name: db, ports: [{ name: sql, containerPort: 5432 }, { name: stat, containerPort: 9000, protocol: UDP }] }] }',
    '{ podIP: 10.0.0.2 }',
  ),
  podText(
    'lab',
    'probe',
    '{ app: probe }',
    '{}',
    '{ podIP: 10.0.0.3, podIPs: [{ ip: 10.0.0.3 }, { ip: 2001:db8::3 }] }',
  ),
);

function clusterPolicy(
  tier: string,
  priority: number,
  spec: string,
  name = `${tier}-${priority}`.toLowerCase(),
): string {
  return `{ apiVersion: policy.networking.k8s.io/v1alpha2, kind: ClusterNetworkPolicy, metadata: { name: ${name} }, spec: { tier: ${tier}, priority: ${priority}, subject: { namespaces: {} }, ${spec} } }`;
}

function adminPolicy(priority: number, spec: string): string {
  return `{ apiVersion: policy.networking.k8s.io/v1alpha1, kind: AdminNetworkPolicy, metadata: { name: admin-${priority} }, spec: { priority: ${priority}, subject: { pods: { namespaceSelector: {}, podSelector: {} } }, ${spec} } }`;
}

function baseline(spec: string): string {
  return `{ apiVersion: policy.networking.k8s.io/v1alpha1, kind: BaselineAdminNetworkPolicy, metadata: { name: default }, spec: { subject: { namespaces: {} }, ${spec} } }`;
}

function end(cluster: Cluster, text: string): End {
  const [namespace, name] = text.split('/');
  if (text.startsWith('node ')) return cluster.nodes.find((node) => node.name === text.slice(5))!;
  return name ? pod(cluster, `${namespace}/Pod/${name}`) : text;
}

/** What the naive evaluator says from one end to another, over each port in turn: `+` allowed, `-` denied, `?` open. */
function answers(policies: readonly string[], from: string, to: string, world: Partial<World> = {}): string {
  const cluster = clusterOf(documents(pods, ...policies));
  const ports = [
    ['TCP', 80],
    ['TCP', 5432],
    ['UDP', 9000],
  ] as const;
  return ports
    .map(([protocol, port]) => ({ cluster, from: end(cluster, from), to: end(cluster, to), protocol, port }))
    .map((asked) => isAllowed(asked, { ...assumed, ...world }))
    .map((answer) => (answer === undefined ? '?' : answer ? '+' : '-'))
    .join('');
}

const closed = policyText('shop', '{ podSelector: {} }');
const any = '{ namespaces: {} }';

describe('the naive evaluator', () => {
  it('lets a NetworkPolicy isolate what it selects, and add up', () => {
    assert.equal(answers([], 'lab/probe', 'shop/db'), '+++');
    assert.equal(answers([closed], 'lab/probe', 'shop/db'), '---');
    assert.equal(answers([closed], 'shop/db', 'lab/probe'), '+++');
    assert.equal(answers([closed], 'shop/db', 'shop/db'), '+++', 'a pod reaches itself');
    const sql = '{ podSelector: { matchLabels: { app: db } }, ingress: [{ ports: [{ port: sql }] }] }';
    assert.equal(answers([closed, policyText('shop', sql, 'sql')], 'lab/probe', 'shop/db'), '-+-');
  });

  it('asks the Admin tier first, and each of its rules in turn', () => {
    const accept = (port: number) =>
      `{ action: Accept, from: [${any}], protocols: [{ tcp: { destinationPort: { number: ${port} } } }] }`;
    const deny = `{ action: Deny, from: [${any}] }`;
    const from = 'lab/probe';
    assert.equal(
      answers([closed, clusterPolicy('Admin', 5, `ingress: [${accept(80)}, ${deny}]`)], from, 'shop/db'),
      '+--',
    );
    assert.equal(answers([clusterPolicy('Admin', 5, `ingress: [${deny}, ${accept(80)}]`)], from, 'shop/db'), '---');
    const two = (first: number, second: number) => [
      clusterPolicy('Admin', first, `ingress: [${accept(80)}]`),
      adminPolicy(second, `ingress: [${deny}]`),
    ];
    assert.equal(answers(two(1, 2), from, 'shop/db'), '+--');
    assert.equal(answers(two(2, 1), from, 'shop/db'), '---', 'both kinds share one order');
  });

  it('accepts a direction alone', () => {
    const out = adminPolicy(1, `egress: [{ action: Allow, to: [${any}] }]`);
    assert.equal(answers([closed, out], 'lab/probe', 'shop/db'), '---');
  });

  it('passes by the rest of a tier, on to the next', () => {
    const pass = `{ action: Pass, from: [${any}], protocols: [{ udp: { destinationPort: { range: { start: 8000, end: 9000 } } } }] }`;
    const deny = `{ action: Deny, from: [${any}] }`;
    const policies = [clusterPolicy('Admin', 1, `ingress: [${pass}]`), adminPolicy(2, `ingress: [${deny}]`)];
    assert.equal(answers(policies, 'lab/probe', 'shop/db'), '--+');
    assert.equal(answers([...policies, closed], 'lab/probe', 'shop/db'), '---');
    assert.equal(answers([...policies, baseline(`ingress: [${deny}]`)], 'lab/probe', 'shop/db'), '---');
    const passed = clusterPolicy('Baseline', 1, `ingress: [${pass}]`);
    assert.equal(answers([passed, baseline(`ingress: [${deny}]`)], 'lab/probe', 'shop/db'), '--+');
  });

  it('reaches the Baseline tier where no NetworkPolicy selects the pod', () => {
    const low = baseline(`ingress: [{ action: Deny, from: [${any}], ports: [{ namedPort: sql }] }]`);
    assert.equal(answers([low], 'lab/probe', 'shop/db'), '+-+');
    const open = policyText('shop', '{ podSelector: {}, ingress: [{}] }');
    assert.equal(answers([low, open], 'lab/probe', 'shop/db'), '+++');
    const before = clusterPolicy('Baseline', 1000, `ingress: [{ action: Accept, from: [${any}] }]`);
    assert.equal(answers([low, before], 'lab/probe', 'shop/db'), '+++');
  });

  it('knows peers by namespace, labels, addresses, nodes and names', () => {
    const deny = (peer: string) => [clusterPolicy('Admin', 1, `egress: [{ action: Deny, to: [${peer}] }]`)];
    const red = '{ namespaces: { matchLabels: { team: red } } }';
    assert.equal(answers(deny(red), 'shop/web', 'lab/probe'), '---');
    assert.equal(answers(deny(red), 'shop/web', 'shop/db'), '+++');
    const db = '{ pods: { namespaceSelector: {}, podSelector: { matchLabels: { app: db } } } }';
    assert.equal(answers(deny(db), 'lab/probe', 'shop/db'), '---');
    assert.equal(answers(deny(db), 'lab/probe', 'shop/web'), '+++');
    assert.equal(answers(deny('{ networks: [10.0.0.2/31] }'), 'shop/web', 'shop/db'), '---');
    assert.equal(answers(deny('{ networks: [10.0.0.2/31] }'), 'shop/db', 'shop/web'), '+++');
    assert.equal(answers(deny('{ networks: ["::/0"] }'), 'lab/probe', '2001:db8::7', { family: 6 }), '---');
    assert.equal(answers(deny('{ networks: [0.0.0.0/0] }'), 'lab/probe', '2001:db8::7', { family: 6 }), '+++');
    assert.equal(answers(deny('{ nodes: { matchLabels: { room: cold } } }'), 'shop/web', '10.1.0.9'), '---');
    assert.equal(answers(deny('{ nodes: { matchLabels: { room: hot } } }'), 'shop/web', '10.1.0.9'), '+++');
    const named = clusterPolicy('Admin', 0, 'egress: [{ action: Accept, to: [{ domainNames: ["*.example.org"] }] }]');
    const all = [named, ...deny('{ networks: [0.0.0.0/0] }')];
    assert.equal(answers(all, 'shop/web', '192.0.2.1', { namesMatch: true }), '+++');
    assert.equal(answers(all, 'shop/web', '192.0.2.1', { namesMatch: false }), '---');
  });

  it('fails closed at a peer of no kind that is known', () => {
    const unknown = (action: string) => [
      clusterPolicy(
        'Admin',
        1,
        `ingress: [{ action: ${action}, from: [${any}, {}], protocols: [{ tcp: { destinationPort: { number: 80 } } }] }]`,
      ),
    ];
    assert.equal(answers([...unknown('Accept'), closed], 'lab/probe', 'shop/db'), '---');
    assert.equal(answers(unknown('Deny'), 'lab/probe', 'shop/db'), '---');
    assert.equal(answers(unknown('Pass'), '192.0.2.1', 'shop/db'), '---');
    assert.equal(answers(unknown('Pass'), 'shop/db', '192.0.2.1'), '+++', 'in its direction alone');
    const byAddress = clusterPolicy('Admin', 1, 'ingress: [{ action: Accept, from: [{ networks: [0.0.0.0/0] }] }]');
    assert.equal(answers([byAddress, closed], 'lab/probe', 'shop/db'), '---', 'no source is known by its address');
  });

  it('leaves pods in their node’s network out', () => {
    const onHost = documents(
      '{ apiVersion: v1, kind: Node, metadata: { name: shelf }, status: { addresses: [{ type: InternalIP, address: 10.1.0.8 }] } }',
      podText('shop', 'agent', '{ app: agent }', '{ hostNetwork: true, nodeName: shelf }'),
      podText('lab', 'far', '{ app: far }', '{ nodeName: rack }', '{ podIP: 10.0.0.4 }'),
    );
    const both = `ingress: [{ action: Deny, from: [${any}] }], egress: [{ action: Deny, to: [${any}] }]`;
    const deny = clusterPolicy('Admin', 1, both);
    assert.equal(answers([onHost, deny], 'lab/far', 'shop/agent'), '+++');
    assert.equal(answers([onHost, deny], 'shop/agent', 'lab/far'), '+++');
    assert.equal(answers([onHost, deny], 'shop/web', 'lab/far'), '---');
    assert.equal(answers([onHost, closed], 'lab/far', 'shop/agent'), '???', 'NetworkPolicy says nothing of them');
    const byAddress = clusterPolicy('Admin', 1, 'egress: [{ action: Deny, to: [{ networks: [10.1.0.8/32] }] }]');
    assert.equal(answers([onHost, byAddress], 'lab/far', 'shop/agent'), '---');
  });
});
