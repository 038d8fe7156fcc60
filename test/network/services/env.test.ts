import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { linkedServices, variablesOf } from '../../../src/network/services/env.ts';
import { clusterOf, service } from '../../support/cluster.ts';

const text = `
{ apiVersion: v1, kind: Service, metadata: { name: my-cache, namespace: shop }, spec: { clusterIP: 10.96.0.20, ports: [{ name: web-ui, port: 80 }, { name: sync, port: 53, protocol: UDP }] } }
---
{ apiVersion: v1, kind: Service, metadata: { name: hidden, namespace: shop }, spec: { clusterIP: None, ports: [{ port: 80 }] } }
---
{ apiVersion: v1, kind: Service, metadata: { name: away, namespace: shop }, spec: { type: ExternalName, externalName: example.org } }
---
{ apiVersion: v1, kind: Service, metadata: { name: other, namespace: data }, spec: { clusterIP: "fd00:10:96::9", ports: [{ port: 80 }] } }
`;

describe('the variables that tell a container of a Service', () => {
  it('are its address, its ports by name, and those of a link for each port', () => {
    assert.deepEqual(variablesOf(service(clusterOf(text), 'shop/my-cache')), {
      MY_CACHE_SERVICE_HOST: '10.96.0.20',
      MY_CACHE_SERVICE_PORT: '80',
      MY_CACHE_SERVICE_PORT_WEB_UI: '80',
      MY_CACHE_SERVICE_PORT_SYNC: '53',
      MY_CACHE_PORT: 'tcp://10.96.0.20:80',
      MY_CACHE_PORT_80_TCP: 'tcp://10.96.0.20:80',
      MY_CACHE_PORT_80_TCP_PROTO: 'tcp',
      MY_CACHE_PORT_80_TCP_PORT: '80',
      MY_CACHE_PORT_80_TCP_ADDR: '10.96.0.20',
      MY_CACHE_PORT_53_UDP: 'udp://10.96.0.20:53',
      MY_CACHE_PORT_53_UDP_PROTO: 'udp',
      MY_CACHE_PORT_53_UDP_PORT: '53',
      MY_CACHE_PORT_53_UDP_ADDR: '10.96.0.20',
    });
    assert.equal(variablesOf(service(clusterOf(text), 'data/other')).OTHER_PORT, 'tcp://[fd00:10:96::9]:80');
    assert.deepEqual(variablesOf(service(clusterOf(text), 'shop/hidden')), {});
  });
});

describe('a pod learns by variables', () => {
  const linked = (namespace: string, enableServiceLinks?: boolean, more = '') =>
    linkedServices(clusterOf(text + more), {
      namespace,
      spec: enableServiceLinks === undefined ? {} : { enableServiceLinks },
    }).map(({ id }) => id);

  it('of the Services of its namespace that have an address, and of the API server’s', () => {
    assert.deepEqual(linked('shop'), ['default/kubernetes', 'shop/my-cache']);
    assert.deepEqual(linked('default'), ['default/kubernetes']);
  });

  it('of the API server’s alone where it wants none', () => {
    assert.deepEqual(linked('shop', false), ['default/kubernetes']);
  });

  it('of a Service of that name in its own namespace rather than of the API server’s', () => {
    const own =
      '---\n{ apiVersion: v1, kind: Service, metadata: { name: kubernetes, namespace: shop }, spec: { ports: [{ port: 1 }] } }';
    assert.deepEqual(linked('shop', true, own), ['shop/kubernetes', 'shop/my-cache']);
    assert.deepEqual(linked('shop', false, own), ['default/kubernetes']);
  });
});
