import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hashOf } from '../../../src/network/proxy/hash.ts';
import { endpointChain, serviceChain } from '../../../src/network/proxy/iptables/names.ts';
import * as nftables from '../../../src/network/proxy/nftables/names.ts';
import { proxiedPorts } from '../../../src/network/services/proxied-port.ts';
import { clusterOf, service } from '../../support/cluster.ts';

function portOf(namespace: string, name: string, port: string) {
  const cluster = clusterOf(
    `{ apiVersion: v1, kind: Service, metadata: { namespace: ${namespace}, name: ${name} }, spec: { ports: [${port}] } }`,
  );
  const [found] = proxiedPorts(service(cluster, `${namespace}/${name}`));
  assert.ok(found);
  return found;
}

it('a hash is the beginning of SHA-256 in base32', () => {
  // FIPS 180-4: SHA-256 of 'abc' begins with the bytes ba 78 16 bf 8f.
  assert.equal(hashOf('abc', 8), 'XJ4BNP4P');
  assert.equal(hashOf('abc', 16).length, 16);
});

describe('iptables mode', () => {
  // Facts: kubernetes/kubernetes pkg/proxy/iptables/proxier_test.go has these names for these ports.
  it('names the chains of a port by one hash', () => {
    const port = portOf('ns4', 'svc4', '{ name: p80, port: 80 }');
    assert.deepEqual(
      (['SVC', 'SVL', 'EXT', 'FW'] as const).map((chain) => serviceChain(chain, port)),
      [
        'KUBE-SVC-4SW47YFZTEDKD3PK',
        'KUBE-SVL-4SW47YFZTEDKD3PK',
        'KUBE-EXT-4SW47YFZTEDKD3PK',
        'KUBE-FW-4SW47YFZTEDKD3PK',
      ],
    );
    assert.equal(endpointChain(port, { address: '10.180.0.5', port: 80 }), 'KUBE-SEP-C6EBXVWJJZMIWKLZ');
  });

  it('tells protocols apart, and writes no colon for a port without a name', () => {
    const dns = portOf('kube-system', 'dns', '{ name: dns, port: 53, protocol: UDP }');
    const tcp = portOf('kube-system', 'dns', '{ name: dns, port: 53 }');
    assert.notEqual(serviceChain('SVC', dns), serviceChain('SVC', tcp));
    assert.equal(portOf('default', 'web', '{ port: 80 }').name, 'default/web');
    assert.equal(serviceChain('SVC', portOf('default', 'web', '{ port: 80 }')), 'KUBE-SVC-LOLE4ISW44XBNF3G');
  });

  it('hashes an IPv6 endpoint with brackets', () => {
    const port = portOf('default', 'web', '{ port: 80 }');
    assert.equal(
      endpointChain(port, { address: 'fd00::1', port: 80 }),
      `KUBE-SEP-${hashOf('default/webtcp[fd00::1]:80', 16)}`,
    );
  });
});

describe('nftables mode', () => {
  it('names chains so that they can be read', () => {
    const port = portOf('ns4', 'svc4', '{ name: p80, port: 80 }');
    assert.equal(nftables.serviceChain('service', port), 'service-LAUZTJTB-ns4/svc4/tcp/p80');
    assert.equal(
      nftables.endpointName('affinity', port, { address: '10.180.0.5', port: 80 }),
      'affinity-5RFCDDV7-ns4/svc4/tcp/p80__10.180.0.5/80',
    );
  });

  it('writes no colon of an IPv6 address, and nothing longer than nft takes', () => {
    const long = 'x'.repeat(63);
    const port = portOf(long, long, `{ name: ${long}, port: 80 }`);
    const address = 'fd00:1111:2222:3333:4444:5555:6666:7777';
    const name = nftables.endpointName('endpoint', port, { address, port: 65_535 });
    assert.equal(name.length, 'endpoint-'.length + 240);
    assert.match(name, /__fd00\.1111.*\.\.\.$/);
  });
});
