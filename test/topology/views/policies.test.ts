import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildGraph } from '../../../src/topology/build.ts';
import type { PartNode } from '../../../src/topology/graph.ts';
import { policies } from '../../../src/topology/views/policies.ts';
import { clusterOf } from '../../checks/marks.ts';

const pod = (name: string) => `
kind: Pod
apiVersion: v1
metadata: { name: ${name}, namespace: shop, labels: { app: ${name} } }
spec: { containers: [{ name: c, image: c }] }
---
`;

const policy = (spec: string) => `
kind: NetworkPolicy
apiVersion: networking.k8s.io/v1
metadata: { name: own, namespace: shop }
spec: ${spec}
`;

const own = 'NetworkPolicy/shop/own';

function viewOf(text: string) {
  const cluster = clusterOf(text);
  const graph = policies.draw(cluster, buildGraph(cluster, []));
  const parts = new Map(
    graph.nodes.filter((node): node is PartNode => node.type === 'part').map((node) => [node.id, node]),
  );
  return { cluster, graph, parts };
}

describe('the view of policies', () => {
  it('sets whom a policy is about between whom it lets in and where it lets out', () => {
    const { graph, parts } = viewOf(
      pod('web') +
        pod('api') +
        policy(`
  podSelector: { matchLabels: { app: api } }
  policyTypes: [Ingress, Egress]
  ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }], ports: [{ port: 80 }] }, {}]
  egress:
    - to:
        - { ipBlock: { cidr: 192.0.2.0/24, except: [192.0.2.128/25] } }
        - { namespaceSelector: { matchLabels: { team: data } } }`),
    );
    const frame = graph.nodes.find(({ id }) => id === own);
    assert.deepEqual([frame?.type, frame?.label], ['group', 'own']);
    const row = (id: string) => [parts.get(id)?.lane, parts.get(id)?.label, ...(parts.get(id)?.about ?? [])];
    assert.deepEqual(row(`${own} ingress 0 0`), [0, 'app=web', 'namespace shop', '80/TCP', 'now web']);
    assert.deepEqual(row(`${own} ingress 1 0`), [0, 'anyone', 'all ports']);
    assert.deepEqual(row(`${own} egress 0 0`), [4, '192.0.2.0/24', '192.0.2.0/24 but for 192.0.2.128/25', 'all ports']);
    assert.deepEqual(row(`${own} egress 0 1`), [
      4,
      'all pods',
      'namespaces with team=data',
      'all ports',
      'nobody here now',
    ]);
    const selected = parts.get(`${own} selects Pod/shop/api`);
    assert.deepEqual([selected?.lane, selected?.of], [2, 'Pod/shop/api']);
    const ends = graph.edges.map(({ source, target }) => [source, target].map((id) => id.slice(own.length + 1)));
    assert.ok(ends.some(([source, target]) => source === 'ingress 0 0' && target === 'ingress'));
    assert.ok(ends.some(([source, target]) => source === 'ingress' && target === 'selects Pod/shop/api'));
    assert.ok(ends.some(([source, target]) => source === 'egress' && target === 'egress 0 0'));
    assert.ok([...parts.values()].every(({ parent }) => parent === own));
  });

  it('says of a direction without rules that nothing gets through', () => {
    const { graph, parts } = viewOf(pod('web') + policy('{ podSelector: {}, policyTypes: [Ingress] }'));
    const nothing = parts.get(`${own} ingress nobody`);
    assert.deepEqual([nothing?.label, nothing?.tone, nothing?.about], ['nothing', 'bad', ['lets nothing in']]);
    assert.equal(graph.edges.find(({ source }) => source === nothing?.id)?.blocked, 'ingress');
    assert.equal(parts.has(`${own} egress`), false);
  });

  it('has a row for DNS: denied, allowed by a rule, or allowed by somebody else', () => {
    const egress = (rules: string) => policy(`{ podSelector: {}, policyTypes: [Egress], egress: ${rules} }`);
    const dns = (text: string) => viewOf(pod('web') + text).parts.get(`${own} egress dns`);
    const denied = dns(egress('[{ to: [{ podSelector: {} }] }]'));
    assert.deepEqual([denied?.tone, denied?.about], ['bad', ['queries are denied']]);
    const allowed = dns(egress('[{ to: [{ podSelector: {} }] }, { ports: [{ port: 53, protocol: UDP }] }]'));
    assert.deepEqual([allowed?.tone, allowed?.about], ['plain', ['allowed by rule 2']]);
    const other = `${egress('[{ to: [{ podSelector: {} }] }]')}---${egress('[{ ports: [{ port: 53, protocol: UDP }] }]').replace('name: own', 'name: dns')}`;
    assert.deepEqual(dns(other)?.about, ['allowed, not by this policy']);
  });

  it('shows what a policy for the whole cluster denies, and its place in the order', () => {
    const { graph, parts } = viewOf(
      `${pod('web')}
kind: ClusterNetworkPolicy
apiVersion: policy.networking.k8s.io/v1alpha2
metadata: { name: wide }
spec:
  tier: Admin
  priority: 7
  subject: { namespaces: {} }
  ingress: [{ name: no, action: Deny, from: [{ namespaces: { matchLabels: { team: x } } }] }]
`,
    );
    const id = 'ClusterNetworkPolicy//wide';
    const frame = graph.nodes.find((node) => node.id === id);
    assert.equal(frame?.type === 'group' && frame.aside, 'Admin 7');
    const peer = parts.get(`${id} ingress 0 0`);
    assert.equal(peer?.tone, 'bad');
    assert.ok(peer?.about.includes('denied · all ports'), peer?.about.join());
  });

  it('names places: of a peer, of a rule for anyone, of a direction without rules', () => {
    const { cluster } = viewOf(
      pod('web') +
        policy('{ podSelector: {}, policyTypes: [Ingress, Egress], ingress: [{ from: [{ podSelector: {} }] }, {}] }'),
    );
    const path = (id: string) => policies.placeOf?.(cluster, `${own} ${id}`)?.path;
    assert.deepEqual(path('ingress 0 0')?.slice(0, 5), ['spec', 'ingress', 0, 'from', 0]);
    assert.deepEqual(path('ingress 1 0'), ['spec', 'ingress', 1]);
    assert.deepEqual(path('egress nobody'), ['spec', 'egress']);
    assert.equal(policies.placeOf?.(cluster, 'Deployment/shop/web'), undefined);
  });

  it('counts what is too much for one picture', () => {
    const many = Array.from({ length: 30 }, (_, index) => pod(`p${index}`)).join('');
    const { parts } = viewOf(many + policy('{ podSelector: {}, policyTypes: [Ingress] }'));
    assert.equal([...parts.keys()].filter((id) => id.includes(' selects ')).length, 9);
    assert.equal(parts.get(`${own} selects more`)?.label, 'and 22 more');
  });
});
