import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Settings } from '../../../src/cluster/settings.ts';
import { clusterOf } from '../../support/cluster.ts';
import { documents, podText, policyText, verdictOn } from '../../support/policy.ts';

const world = documents(
  '{ apiVersion: v1, kind: Namespace, metadata: { name: shop, labels: { team: red } } }',
  '{ apiVersion: v1, kind: Namespace, metadata: { name: bank, labels: { team: blue } } }',
  podText('shop', 'db', '{ app: db }'),
  podText('shop', 'web', '{ app: web }', '{}', '{ podIP: 10.244.7.1 }'),
  podText('shop', 'job', '{ app: job }', '{}', '{ podIP: 10.244.7.2 }'),
  podText('bank', 'web', '{ app: web }', '{}', '{ podIP: 10.244.8.1 }'),
  podText('bank', 'till', '{ app: till }', '{}', '{ podIP: 10.244.8.2 }'),
);

const senders = ['shop/web', 'shop/job', 'bank/web', 'bank/till'];

/** Which of the pods a list of peers lets in to `shop/db`. */
function letIn(from: string, settings: Partial<Settings> = {}): readonly string[] {
  const spec = `{ podSelector: { matchLabels: { app: db } }, ingress: [{ from: [${from}] }] }`;
  const cluster = clusterOf(documents(world, policyText('shop', spec)), settings);
  return senders.filter((sender) => verdictOn(cluster, sender, 'shop/db').allowed);
}

describe('a rule', () => {
  const rule = (text: string) => {
    const spec = `{ podSelector: { matchLabels: { app: db } }, ingress: [${text}] }`;
    const cluster = clusterOf(documents(world, policyText('shop', spec)));
    return [...senders, '203.0.113.1'].filter((sender) => verdictOn(cluster, sender, 'shop/db').allowed).length;
  };

  it('without peers, or with an empty list of them, means all; no rule means none', () => {
    assert.equal(rule('{}'), 5);
    assert.equal(rule('{ from: [] }'), 5);
    assert.equal(rule(''), 0);
  });

  it('with selectors means pods, and nobody outside', () => {
    assert.equal(rule('{ from: [{ namespaceSelector: {} }] }'), 4);
  });
});

describe('a peer', () => {
  it("of a podSelector means pods of the policy's own namespace", () => {
    assert.deepEqual(letIn('{ podSelector: { matchLabels: { app: web } } }'), ['shop/web']);
    assert.deepEqual(letIn('{ podSelector: {} }'), ['shop/web', 'shop/job']);
  });

  it('of a namespaceSelector means all pods of the namespaces that match', () => {
    assert.deepEqual(letIn('{ namespaceSelector: { matchLabels: { team: blue } } }'), ['bank/web', 'bank/till']);
    assert.deepEqual(letIn('{ namespaceSelector: {} }'), senders);
    assert.deepEqual(letIn('{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: bank } } }'), [
      'bank/web',
      'bank/till',
    ]);
    assert.deepEqual(letIn('{ namespaceSelector: { matchLabels: { team: green } } }'), []);
  });

  it('of both selectors asks for both; two peers for either', () => {
    const [blue, web] = [
      'namespaceSelector: { matchLabels: { team: blue } }',
      'podSelector: { matchLabels: { app: web } }',
    ];
    assert.deepEqual(letIn(`{ ${blue}, ${web} }`), ['bank/web']);
    assert.deepEqual(letIn(`{ ${blue} }, { ${web} }`), ['shop/web', 'bank/web', 'bank/till']);
  });

  it('with expressions is negated where they say so, absent labels included', () => {
    assert.deepEqual(
      letIn('{ namespaceSelector: { matchExpressions: [{ key: team, operator: NotIn, values: [red] }] } }'),
      ['bank/web', 'bank/till'],
    );
    assert.deepEqual(letIn('{ podSelector: { matchExpressions: [{ key: tier, operator: DoesNotExist }] } }'), [
      'shop/web',
      'shop/job',
    ]);
  });

  it('that the API server refuses lets nobody in', () => {
    for (const peer of [
      '{}',
      '{ ipBlock: { cidr: 10.244.0.0/16 }, podSelector: {} }',
      '{ ipBlock: { cidr: 10.244.0.0/33 } }',
      '{ ipBlock: { cidr: everywhere } }',
      '{ ipBlock: {} }',
      '{ ipBlock: { cidr: 10.244.0.0/16, except: [nowhere] } }',
      '{ ipBlock: { cidr: 10.244.0.0/16, except: [10.244.0.0/16] } }',
      '{ ipBlock: { cidr: 10.244.0.0/16, except: [10.0.0.0/8] } }',
      '{ ipBlock: { cidr: 10.244.0.0/16, except: [192.0.2.0/24] } }',
      '{ podSelector: { matchExpressions: [{ key: app, operator: Near, values: [web] }] } }',
      '{ podSelector: { matchExpressions: [{ key: app, operator: In }] } }',
      '{ namespaceSelector: { matchExpressions: [{ key: team, operator: NotIn, values: [] }] } }',
    ]) {
      assert.deepEqual(letIn(peer), [], peer);
    }
  });
});

describe('an ipBlock', () => {
  const reaches = (block: string, address: string) => {
    const spec = `{ podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ ipBlock: ${block} }] }] }`;
    return verdictOn(clusterOf(documents(world, policyText('shop', spec))), 'shop/db', address).outcome;
  };

  it('means addresses, without its exceptions', () => {
    const block = '{ cidr: 203.0.113.0/24, except: [203.0.113.128/25, 203.0.113.7/32] }';
    for (const [address, outcome] of [
      ['203.0.113.0', 'allowed'],
      ['203.0.113.6', 'allowed'],
      ['203.0.113.7', 'denied'],
      ['203.0.113.127', 'allowed'],
      ['203.0.113.128', 'denied'],
      ['203.0.113.255', 'denied'],
      ['203.0.114.0', 'denied'],
      ['2001:db8::1', 'denied'],
    ] as const) {
      assert.equal(reaches(block, address), outcome, address);
    }
  });

  it('of IPv6 means addresses of IPv6', () => {
    const block = '{ cidr: "2001:db8::/32", except: ["2001:db8:1::/48"] }';
    assert.equal(reaches(block, '2001:db8::1'), 'allowed');
    assert.equal(reaches(block, '2001:db8:1::1'), 'denied');
    assert.equal(reaches('{ cidr: "::/0" }', '203.0.113.1'), 'denied');
    assert.equal(reaches('{ cidr: 0.0.0.0/0 }', '2001:db8::1'), 'denied');
  });

  it('carves its exceptions out of itself alone: another peer may still mean them', () => {
    const block = '{ ipBlock: { cidr: 10.244.0.0/16, except: [10.244.7.0/24] } }';
    assert.deepEqual(letIn(block), ['bank/web', 'bank/till']);
    assert.deepEqual(letIn(`${block}, { ipBlock: { cidr: 10.244.7.1/32 } }`), ['shop/web', 'bank/web', 'bank/till']);
  });

  it('matches the address of a pod, or does not: that is for the plugin to say', () => {
    const spec =
      '{ podSelector: { matchLabels: { app: db } }, ingress: [{ from: [{ ipBlock: { cidr: 10.244.7.1/32 } }] }] }';
    const at = (cni: 'calico' | 'cilium') =>
      verdictOn(clusterOf(documents(world, policyText('shop', spec)), { cni }), 'shop/web', 'shop/db');
    assert.deepEqual([at('calico').outcome, at('calico').allowed], ['depends', true]);
    assert.deepEqual([at('cilium').outcome, at('cilium').allowed], ['depends', false]);
    assert.equal(at('calico').sides[1].assumption?.kind, 'block-matches-pods');
    assert.deepEqual(letIn('{ ipBlock: { cidr: 10.244.7.0/24 } }', { cni: 'cilium' }), []);
  });

  it('matches the address of a pod, or surely does not, where the settings say so', () => {
    const ingress = (cidr: string) =>
      `{ podSelector: { matchLabels: { app: db } }, ingress: [{ from: [{ ipBlock: { cidr: ${cidr} } }] }] }`;
    const at = (blocksMatchPods: boolean, cidr = '10.244.7.1/32') =>
      verdictOn(
        clusterOf(documents(world, policyText('shop', ingress(cidr))), { blocksMatchPods, cni: 'cilium' }),
        'shop/web',
        'shop/db',
      ).outcome;
    assert.deepEqual([at(true), at(false)], ['allowed', 'denied']);
    assert.equal(at(true, '10.244.8.0/24'), 'denied');
    assert.equal(at(false, '10.244.0.0/17'), 'denied', 'whichever address the pod will have');
  });

  it("that takes a part of the pods' range depends on which address the pod gets", () => {
    const spec = '{ podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: 10.244.0.0/25 } }] }] }';
    const cluster = clusterOf(documents(podText('shop', 'a'), podText('shop', 'b'), policyText('shop', spec)));
    const { outcome, sides } = verdictOn(cluster, 'shop/a', 'shop/b');
    assert.deepEqual([outcome, sides[0].assumption?.kind], ['depends', 'simulated-address']);
  });

  it("that takes a part of a node's own range depends on it too", () => {
    const node = '{ apiVersion: v1, kind: Node, metadata: { name: n }, spec: { podCIDR: 172.20.0.0/24 } }';
    const spec = '{ podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: 172.20.0.0/25 } }] }] }';
    const cluster = clusterOf(documents(node, podText('shop', 'a'), podText('shop', 'b'), policyText('shop', spec)));
    assert.equal(verdictOn(cluster, 'shop/a', 'shop/b').sides[0].assumption?.kind, 'simulated-address');
  });

  it('that takes all pods, and their sure admission by another rule, do not depend on addresses', () => {
    const spec =
      '{ podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: 10.244.0.0/25 } }, { podSelector: {} }] }] }';
    const cluster = clusterOf(documents(podText('shop', 'a'), podText('shop', 'b'), policyText('shop', spec)));
    assert.equal(verdictOn(cluster, 'shop/a', 'shop/b').outcome, 'allowed');
  });
});

describe("a pod in its node's network", () => {
  const hosts = (spec: string, from: string, to: string) =>
    verdictOn(
      clusterOf(
        documents(
          podText('shop', 'host', '{ app: host }', '{ hostNetwork: true }'),
          podText('shop', 'db', '{ app: db }'),
          policyText('shop', spec),
        ),
        { nodes: 1 },
      ),
      from,
      to,
    );

  it('is governed by policy, or is not: most plugins do not', () => {
    const { outcome, allowed, sides } = hosts(
      '{ podSelector: { matchLabels: { app: host } } }',
      'shop/db',
      'shop/host',
    );
    assert.deepEqual(
      [outcome, allowed, sides[1].because, sides[1].assumption?.kind],
      ['depends', true, 'host-network', 'host-network'],
    );
  });

  it('is a peer by its labels, or is not: most plugins know it as its node', () => {
    const spec =
      '{ podSelector: { matchLabels: { app: db } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: host } } }] }] }';
    const { outcome, allowed } = hosts(spec, 'shop/host', 'shop/db');
    assert.deepEqual([outcome, allowed], ['depends', false]);
  });

  it("may run on the other pod's own node, which nothing keeps out", () => {
    const { outcome, allowed, sides } = hosts('{ podSelector: { matchLabels: { app: db } } }', 'shop/host', 'shop/db');
    assert.deepEqual([outcome, allowed, sides[1].assumption?.kind], ['depends', false, 'host-network']);
  });

  it("is in the blocks that hold its node's address", () => {
    const spec =
      '{ podSelector: { matchLabels: { app: db } }, ingress: [{ from: [{ ipBlock: { cidr: 192.168.0.0/16 } }] }] }';
    const { outcome, allowed } = hosts(spec, 'shop/host', 'shop/db');
    // That address is simulated here.
    assert.deepEqual([outcome, allowed], ['depends', true]);
  });
});
