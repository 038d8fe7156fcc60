import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { protocols } from '../../../src/network/policy/connections.ts';
import { connectionsBetween } from '../../../src/network/policy/reach.ts';
import { clusterOf } from '../../support/cluster.ts';
import { documents, party, podText, policyText, verdictOn } from '../../support/policy.ts';

const server = (name: string, ports: string, rest = '') =>
  podText('shop', name, '{ app: db }', `{ containers: [{ name: c, ports: [${ports}] }]${rest} }`);

const world = documents(
  podText('shop', 'web', '{ app: web }'),
  server('one', '{ name: sql, containerPort: 5432 }, { name: sql, containerPort: 5433, protocol: UDP }'),
  server('two', '{ name: sql, containerPort: 3306 }'),
  server('none', '{ containerPort: 5432 }'),
  server(
    'sidecar',
    '',
    ', initContainers: [{ name: s, restartPolicy: Always, ports: [{ name: sql, containerPort: 1 }] }]',
  ),
  server('init', '', ', initContainers: [{ name: s, ports: [{ name: sql, containerPort: 1 }] }]'),
);

/** What the ports of an ingress rule open to each server, as `PROTOCOL first-last`. */
function opened(ports: string, to = 'shop/one', direction: 'in' | 'out' = 'in'): readonly string[] {
  const spec =
    direction === 'in'
      ? `{ podSelector: { matchLabels: { app: db } }, ingress: [{ ports: [${ports}] }] }`
      : `{ podSelector: { matchLabels: { app: web } }, policyTypes: [Egress], egress: [{ ports: [${ports}] }] }`;
  const cluster = clusterOf(documents(world, policyText('shop', spec)));
  const open = connectionsBetween(cluster, party(cluster, 'shop/web'), party(cluster, to));
  return protocols.flatMap((protocol) => open[protocol].map(([first, last]) => `${protocol} ${first}-${last}`));
}

const everything = protocols.map((protocol) => `${protocol} 1-65535`);

describe('the ports of a rule', () => {
  it('that are absent mean all ports of all protocols', () => {
    assert.deepEqual(opened(''), everything);
  });

  it('are TCP unless they say otherwise', () => {
    assert.deepEqual(opened('{ port: 80 }'), ['TCP 80-80']);
    assert.deepEqual(opened('{ port: 80, protocol: UDP }'), ['UDP 80-80']);
    assert.deepEqual(opened('{ port: 80, protocol: SCTP }'), ['SCTP 80-80']);
  });

  it('without a number mean all of their protocol', () => {
    assert.deepEqual(opened('{ protocol: UDP }'), ['UDP 1-65535']);
    assert.deepEqual(opened('{}'), ['TCP 1-65535']);
  });

  it('add up', () => {
    assert.deepEqual(opened('{ port: 80 }, { port: 81 }, { port: 90 }, { port: 80, protocol: UDP }'), [
      'TCP 80-81',
      'TCP 90-90',
      'UDP 80-80',
    ]);
  });

  it('go up to their endPort, which counts', () => {
    assert.deepEqual(opened('{ port: 8000, endPort: 8010 }'), ['TCP 8000-8010']);
    assert.deepEqual(opened('{ port: 8000, endPort: 8000 }'), ['TCP 8000-8000']);
    assert.deepEqual(opened('{ port: 1, endPort: 65535, protocol: SCTP }'), ['SCTP 1-65535']);
  });

  it('that the API server refuses open nothing', () => {
    for (const port of [
      '{ port: 0 }',
      '{ port: -1 }',
      '{ port: 65536 }',
      '{ port: 80, endPort: 79 }',
      '{ port: 80, endPort: 65536 }',
      '{ endPort: 80 }',
      '{ port: sql, endPort: 90 }',
      '{ port: 80, protocol: ICMP }',
      '{ port: 80, protocol: tcp }',
    ]) {
      assert.deepEqual(opened(port), [], port);
    }
    assert.deepEqual(opened('{ port: 0 }, { port: 80 }'), ['TCP 80-80']);
  });
});

describe('a named port', () => {
  it('is the number that each receiving pod has for the name and the protocol', () => {
    assert.deepEqual(opened('{ port: sql }'), ['TCP 5432-5432']);
    assert.deepEqual(opened('{ port: sql, protocol: UDP }'), ['UDP 5433-5433']);
    assert.deepEqual(opened('{ port: sql }', 'shop/two'), ['TCP 3306-3306']);
    assert.deepEqual(opened('{ port: sql }', 'shop/none'), []);
  });

  it('may be that of a sidecar, not of a plain init container', () => {
    assert.deepEqual(opened('{ port: sql }', 'shop/sidecar'), ['TCP 1-1']);
    assert.deepEqual(opened('{ port: sql }', 'shop/init'), []);
  });

  it("is the receiver's in egress rules too", () => {
    assert.deepEqual(opened('{ port: sql }', 'shop/one', 'out'), ['TCP 5432-5432']);
    assert.deepEqual(opened('{ port: sql }', 'shop/two', 'out'), ['TCP 3306-3306']);
  });

  it('is nothing towards an address outside', () => {
    assert.deepEqual(opened('{ port: sql }', '203.0.113.1', 'out'), []);
    assert.deepEqual(opened('{ port: 80 }', '203.0.113.1', 'out'), ['TCP 80-80']);
  });
});

describe('the term that admits a connection', () => {
  it('is named by its place', () => {
    const spec =
      '{ podSelector: { matchLabels: { app: db } }, ingress: [{ ports: [{ port: 1 }] }, { ports: [{ port: 2 }, { port: sql }] }] }';
    const cluster = clusterOf(documents(world, policyText('shop', spec)));
    const { sides } = verdictOn(cluster, 'shop/web', 'shop/one', 5432);
    assert.deepEqual(sides[1].admittedBy?.port?.path, ['spec', 'ingress', 1, 'ports', 1]);
    assert.equal(sides[1].admittedBy?.peer, undefined, 'the rule takes any peer');
  });
});
