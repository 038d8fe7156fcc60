import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatAddress } from '../../src/cluster/address.ts';
import { parseName } from '../../src/questions/names.ts';

const objects: Readonly<Record<string, object>> = {
  api: { name: 'api' },
  'deploy/api': { kind: 'Deployment', name: 'api' },
  'deployments.apps/api': { kind: 'Deployment', name: 'api' },
  'Deployment/api': { kind: 'Deployment', name: 'api' },
  'po/api': { kind: 'Pod', name: 'api' },
  'rs/api': { kind: 'ReplicaSet', name: 'api' },
  'sts/api': { kind: 'StatefulSet', name: 'api' },
  'ds/api': { kind: 'DaemonSet', name: 'api' },
  'rc/api': { kind: 'ReplicationController', name: 'api' },
  'cj/api': { kind: 'CronJob', name: 'api' },
  'svc/api': { kind: 'Service', name: 'api' },
  'netpol/api': { kind: 'NetworkPolicy', name: 'api' },
  'anp/api': { kind: 'AdminNetworkPolicy', name: 'api' },
  'banp/api': { kind: 'BaselineAdminNetworkPolicy', name: 'api' },
  'clusternetworkpolicies.policy.networking.k8s.io/api': { kind: 'ClusterNetworkPolicy', name: 'api' },
  'ns/api': { kind: 'Namespace', name: 'api' },
  'prod/api': { namespace: 'prod', name: 'api' },
  'prod/svc/api': { namespace: 'prod', kind: 'Service', name: 'api' },
  'prod/api[Deployment]': { namespace: 'prod', kind: 'Deployment', name: 'api' },
};

for (const [text, expected] of Object.entries(objects)) {
  test(`${text} names an object`, () => {
    const parsed = parseName(text);
    assert.ok(!('error' in parsed));
    assert.deepEqual(parsed.what, { type: 'object', ...expected });
    assert.equal(parsed.port, undefined);
  });
}

const ports: Readonly<Record<string, readonly [port: number | string, protocol?: string]>> = {
  'api:80': [80],
  'api:80/UDP': [80, 'UDP'],
  'api:80/udp': [80, 'UDP'],
  'prod/svc/api:http': ['http'],
  'prod/svc/api:http/TCP': ['http', 'TCP'],
  'prod/api[Deployment]:8080': [8080],
  '10.0.0.1:443/SCTP': [443, 'SCTP'],
  '[fd00::1]:53/UDP': [53, 'UDP'],
  'internet:443': [443],
};

for (const [text, [port, protocol]] of Object.entries(ports)) {
  test(`${text} has a port`, () => {
    const parsed = parseName(text);
    assert.ok(!('error' in parsed));
    assert.deepEqual([parsed.port, parsed.protocol], [port, protocol]);
  });
}

const addresses: Readonly<Record<string, readonly [string, string]>> = {
  '10.0.0.1': ['10.0.0.1', '10.0.0.1'],
  'fd00::1': ['fd00::1', 'fd00::1'],
  '[fd00::1]': ['fd00::1', 'fd00::1'],
  '10.0.0.0/30': ['10.0.0.0', '10.0.0.3'],
  '10.0.0.1-10.0.0.9': ['10.0.0.1', '10.0.0.9'],
  '10.0.0.1-10.0.0.9[External]': ['10.0.0.1', '10.0.0.9'],
};

for (const [text, [first, last]] of Object.entries(addresses)) {
  test(`${text} names addresses`, () => {
    const parsed = parseName(text);
    assert.ok(!('error' in parsed) && parsed.what.type === 'addresses');
    const { range } = parsed.what;
    const text_ = (value: bigint) => formatAddress({ family: range.family, value });
    assert.deepEqual([text_(range.first), text_(range.last)], [first, last]);
  });
}

test('internet is the world outside', () => {
  const parsed = parseName('internet');
  assert.ok(!('error' in parsed));
  assert.deepEqual(parsed.what, { type: 'internet' });
});

const wrong = [
  '',
  '/',
  'a//b',
  'a/b/c/d',
  'prod/frob/api',
  'api:',
  'api:0',
  'api:65536',
  'api:80/ICMP',
  'a b',
  '[api]',
];

for (const text of wrong) {
  test(`“${text}” names nothing`, () => {
    assert.ok('error' in parseName(text));
  });
}
