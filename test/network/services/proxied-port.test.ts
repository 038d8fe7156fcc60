import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatCidr } from '../../../src/cluster/address.ts';
import { isExternallyAccessible, proxiedPorts } from '../../../src/network/services/proxied-port.ts';
import { clusterOfObjects, service } from '../../support/cluster.ts';

function ports(spec: object, status: object = {}) {
  const object = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web' },
    spec: { ports: [{ port: 80 }], ...spec },
    status,
  };
  return proxiedPorts(service(clusterOfObjects([object]), 'default/web'));
}

function only(spec: object, status: object = {}) {
  const [port] = ports(spec, status);
  assert.ok(port);
  return port;
}

describe('proxies serve', () => {
  it('a port once for each family', () => {
    const dual = {
      ipFamilyPolicy: 'RequireDualStack',
      ports: [
        { name: 'a', port: 1 },
        { name: 'b', port: 2 },
      ],
    };
    assert.deepEqual(
      ports(dual).map(({ family, name }) => `${family} ${name}`),
      ['4 default/web:a', '4 default/web:b', '6 default/web:a', '6 default/web:b'],
    );
  });

  it('nothing that has no ClusterIP', () => {
    assert.deepEqual(ports({ clusterIP: 'None' }), []);
    assert.deepEqual(ports({ type: 'ExternalName', externalName: 'example.com' }), []);
  });

  it('addresses of a port’s own family, as they are written canonically', () => {
    const spec = { clusterIP: 'FD00:10:96:0::7', externalIPs: ['198.51.100.1', '2001:DB8::1'] };
    assert.deepEqual([only(spec).clusterIP, only(spec).externalIPs], ['fd00:10:96::7', ['2001:db8::1']]);
  });

  it('no address of a load balancer that proxies by itself', () => {
    const status = {
      loadBalancer: { ingress: [{ ip: '203.0.113.1', ipMode: 'Proxy' }, { ip: '203.0.113.2' }, { hostname: 'x' }] },
    };
    assert.deepEqual(only({ type: 'LoadBalancer' }, status).loadBalancerIPs, ['203.0.113.2']);
  });
});

it('a source range for all is none', () => {
  const ranges = (...loadBalancerSourceRanges: string[]) =>
    only({ type: 'LoadBalancer', loadBalancerSourceRanges }).sourceRanges.map(formatCidr);
  assert.deepEqual(ranges(' 10.1.2.3/8 ', '2001:db8::/32', 'nonsense'), ['10.0.0.0/8']);
  assert.deepEqual(ranges('10.0.0.0/8', '0.0.0.0/0'), []);
});

it('affinity lasts three hours unless it is said', () => {
  assert.equal(only({}).affinity, undefined);
  assert.equal(only({ sessionAffinity: 'ClientIP' }).affinity, 10_800);
  assert.equal(
    only({ sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: 5 } } }).affinity,
    5,
  );
});

it('a policy for outside counts only where something comes from there', () => {
  const local = { externalTrafficPolicy: 'Local' };
  assert.equal(only(local).externalLocal, false);
  assert.equal(only({ ...local, externalIPs: ['198.51.100.1'] }).externalLocal, true);
  assert.equal(only({ ...local, type: 'LoadBalancer', healthCheckNodePort: 31000 }).healthCheckNodePort, 31000);
  assert.equal(only({ ...local, type: 'NodePort', healthCheckNodePort: 31000 }).healthCheckNodePort, undefined);
});

it('a node port, an external or a load balancer’s address make a port accessible from outside', () => {
  assert.equal(isExternallyAccessible(only({})), false);
  assert.equal(isExternallyAccessible(only({ type: 'NodePort' })), true);
  assert.equal(isExternallyAccessible(only({ externalIPs: ['198.51.100.1'] })), true);
});
