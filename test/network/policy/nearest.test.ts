import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Protocol } from '../../../src/cluster/cluster.ts';
import type { NearestMiss } from '../../../src/network/policy/nearest.ts';
import { judge } from '../../../src/network/policy/verdict.ts';
import { failureText } from '../../../src/network/words.ts';
import { clusterOf } from '../../support/cluster.ts';
import { documents, party, podText, policyText } from '../../support/policy.ts';

const world = documents(
  '{ apiVersion: v1, kind: Namespace, metadata: { name: shop, labels: { team: red } } }',
  podText('shop', 'web', '{ app: web, tier: front }'),
  podText('shop', 'db', '{ app: db }', '{ containers: [{ name: c, ports: [{ name: sql, containerPort: 5432 }] }] }'),
  podText('shop', 'host', '{ app: host }', '{ hostNetwork: true }'),
  podText('bank', 'web', '{ app: web }'),
);

interface Asked {
  readonly from?: string;
  readonly port?: number;
  readonly protocol?: Protocol;
  readonly dialled?: number;
}

/** The nearest miss of a connection to `shop/db` that rules do not let in. */
function miss(rules: string, { from = 'shop/web', port = 5432, protocol = 'TCP', dialled }: Asked = {}): NearestMiss {
  const spec = `{ podSelector: { matchLabels: { app: db } }, ingress: [${rules}] }`;
  const cluster = clusterOf(documents(world, policyText('shop', spec)));
  const ends = { from: party(cluster, from), to: party(cluster, 'shop/db') };
  const { blockedBy } = judge(cluster, { ...ends, port, protocol, ...(dialled && { dialled }) });
  assert.ok(blockedBy?.nearest, 'it is denied, and some rule comes closest');
  return blockedBy.nearest;
}

function pod(labels: string): string {
  return `{ podSelector: { matchLabels: { ${labels} } } }`;
}

describe('the nearest miss', () => {
  it('names the label that is another one, with both values', () => {
    const { failures } = miss(`{ from: [${pod('app: wep')}] }`);
    assert.equal(failures.length, 1);
    const [failure] = failures;
    assert.ok(failure?.kind === 'label');
    assert.deepEqual(
      [failure.of, failure.term.key, failure.term.values, failure.actual],
      ['pod', 'app', ['wep'], 'web'],
    );
    assert.deepEqual(failure.path, ['spec', 'ingress', 0, 'from', 0, 'podSelector', 'matchLabels', 'app']);
  });

  it('names a label that is not there', () => {
    const [failure] = miss(`{ from: [${pod('zone: east')}] }`).failures;
    assert.ok(failure?.kind === 'label');
    assert.equal(failure.actual, undefined);
  });

  it('names only the terms that fail', () => {
    const { failures } = miss(`{ from: [${pod('app: web, tier: back')}], ports: [{ port: 5432 }] }`);
    assert.deepEqual(
      failures.map(({ path }) => path.at(-1)),
      ['tier'],
    );
  });

  it('names the label that the namespace lacks', () => {
    const [failure] = miss(
      '{ from: [{ namespaceSelector: { matchLabels: { team: blue } }, podSelector: { matchLabels: { app: web } } }] }',
    ).failures;
    assert.ok(failure?.kind === 'label');
    assert.deepEqual([failure.of, failure.actual], ['namespace', 'red']);
  });

  it('names the namespace where a podSelector alone means pods of its own', () => {
    const { failures } = miss(`{ from: [${pod('app: web')}] }`, { from: 'bank/web' });
    assert.equal(failures.length, 1);
    const [failure] = failures;
    assert.ok(failure?.kind === 'namespace');
    assert.deepEqual([failure.asked, failure.actual], ['shop', 'bank']);
  });

  it("names the port, and whether it is the Service's that was meant", () => {
    const wrong = miss(`{ from: [${pod('app: web')}], ports: [{ port: 80 }] }`).failures[0];
    assert.ok(wrong?.kind === 'port' && wrong.podPort === undefined);
    const confused = miss(`{ from: [${pod('app: web')}], ports: [{ port: 80 }] }`, { dialled: 80 }).failures[0];
    assert.ok(confused?.kind === 'port');
    assert.equal(confused.podPort, 5432);
    assert.deepEqual(confused.path, ['spec', 'ingress', 0, 'ports', 0]);
  });

  it('names the port of another protocol', () => {
    const [failure] = miss('{ ports: [{ port: 5432, protocol: UDP }] }').failures;
    assert.ok(failure?.kind === 'port');
    assert.equal(failure.term.protocol, 'UDP');
  });

  it('names the named port that the pod does not have', () => {
    const [failure] = miss('{ ports: [{ port: http }] }').failures;
    assert.ok(failure?.kind === 'named-port');
    assert.deepEqual(failure.term.ports, { name: 'http' });
  });

  it('says of a name that the pod has for another port only that it asks for another', () => {
    const [ofAnother] = miss('{ ports: [{ port: sql }] }', { port: 80 }).failures;
    assert.equal(ofAnother?.kind, 'port');
    const [ofOtherProtocol] = miss('{ ports: [{ port: sql, protocol: UDP }] }').failures;
    assert.equal(ofOtherProtocol?.kind, 'named-port', 'the pod has it for TCP');
    const rule = '{ action: Allow, from: [{ namespaces: {} }], ports: [{ namedPort: sql }] }';
    const deny = '{ action: Deny, from: [{ namespaces: {} }] }';
    const spec = `{ priority: 1, subject: { namespaces: {} }, ingress: [${rule}, ${deny}] }`;
    const policy = `{ apiVersion: policy.networking.k8s.io/v1alpha1, kind: AdminNetworkPolicy, metadata: { name: a }, spec: ${spec} }`;
    const cluster = clusterOf(documents(world, policy));
    const ends = { from: party(cluster, 'shop/web'), to: party(cluster, 'shop/db') };
    const { blockedBy } = judge(cluster, { ...ends, port: 5432, protocol: 'UDP' });
    assert.equal(
      blockedBy?.nearest?.failures[0]?.kind,
      'port',
      'it has the protocol of the pod’s port, which is there',
    );
  });

  it('names the block that does not hold the address', () => {
    const [failure] = miss('{ from: [{ ipBlock: { cidr: 192.0.2.0/24 } }] }', { from: '203.0.113.1' }).failures;
    assert.ok(failure?.kind === 'address');
    assert.equal(failure.block?.text, '192.0.2.0/24');
  });

  it('names a block with its exceptions, one of which may hold the address', () => {
    const block = '{ cidr: 203.0.0.0/16, except: [203.0.1.0/24, 203.0.113.0/24] }';
    const [failure] = miss(`{ from: [{ ipBlock: ${block} }] }`, { from: '203.0.113.1' }).failures;
    assert.ok(failure?.kind === 'address');
    assert.equal(failureText(failure), 'it asks for an address in 203.0.0.0/16 but for 203.0.1.0/24, 203.0.113.0/24');
  });

  it('names selectors as such where the other end is no pod', () => {
    const [failure] = miss(`{ from: [${pod('app: web')}] }`, { from: '203.0.113.1' }).failures;
    assert.ok(failure?.kind === 'address');
    assert.equal(failure.block, undefined);
  });

  it("says that a pod in its node's network is not known by its labels", () => {
    const [failure] = miss(`{ from: [${pod('app: host')}] }`, { from: 'shop/host' }).failures;
    assert.equal(failure?.kind, 'host-network');
  });

  it('says what could not be read', () => {
    assert.equal(miss('{ from: [{}] }').failures[0]?.kind, 'unreadable');
    assert.equal(miss('{ ports: [{ port: 0 }] }').failures[0]?.kind, 'unreadable');
  });
});

describe('of several rules and peers', () => {
  it('the one with the least that fails is nearest', () => {
    const { rule, peer } = miss(
      `{ from: [${pod('app: x, tier: y')}, ${pod('app: web, tier: y')}], ports: [{ port: 5432 }] }, { from: [${pod('app: x')}], ports: [{ port: 1 }] }`,
    );
    assert.equal(rule.index, 0);
    assert.deepEqual(peer?.path, ['spec', 'ingress', 0, 'from', 1]);
  });

  it('a slip of the pen is nearer than another meaning', () => {
    assert.equal(miss(`{ from: [${pod('app: batch')}] }, { from: [${pod('app: wep')}] }`).rule.index, 1);
  });

  it('the first of equals is nearest', () => {
    assert.equal(miss(`{ from: [${pod('app: batch')}] }, { from: [${pod('app: other')}] }`).rule.index, 0);
  });

  it('there is none where there is no rule', () => {
    const cluster = clusterOf(documents(world, policyText('shop', '{ podSelector: {} }')));
    const ends = { from: party(cluster, 'shop/web'), to: party(cluster, 'shop/db') };
    const { blockedBy } = judge(cluster, { ...ends, port: 1, protocol: 'TCP' });
    assert.ok(blockedBy);
    assert.equal(blockedBy.nearest, undefined);
  });
});
