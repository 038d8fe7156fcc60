import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { headlessTargets, portNumbered, targetsOf } from '../../../src/network/services/targets.ts';
import { clusterOf, service } from '../../support/cluster.ts';

function slice(endpoints: string): string {
  return `
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: s, labels: { kubernetes.io/service-name: web } }
addressType: IPv4
ports: [{ name: http, port: 8080 }]
endpoints: [${endpoints}]
---
{ apiVersion: v1, kind: Service, metadata: { name: web }, spec: { ports: [{ name: http, port: 80 }, { name: dns, port: 53, protocol: UDP }, { name: dns-tcp, port: 53 }] } }`;
}

const at = (address: string, conditions = '{}') => `{ addresses: [${address}], conditions: ${conditions} }`;

function targets(endpoints: string): readonly string[] {
  const found = service(clusterOf(slice(endpoints)), 'default/web');
  const [port] = found.ports;
  return port ? targetsOf(found, port).map((target) => `${target.address}:${target.port}`) : [];
}

describe('the targets of a Service', () => {
  it('are the endpoints that are ready', () => {
    assert.deepEqual(targets(`${at('10.0.0.1')}, ${at('10.0.0.2', '{ ready: false }')}`), ['10.0.0.1:8080']);
  });

  it('are those that still serve while they terminate where none is ready', () => {
    const leaving = at('10.0.0.3', '{ ready: false, serving: true, terminating: true }');
    const gone = at('10.0.0.4', '{ ready: false, serving: false, terminating: true }');
    assert.deepEqual(targets(`${leaving}, ${gone}`), ['10.0.0.3:8080']);
    assert.deepEqual(targets(`${leaving}, ${at('10.0.0.1')}`), ['10.0.0.1:8080']);
    assert.deepEqual(targets(at('10.0.0.2', '{ ready: false, serving: true }')), []);
  });

  it('are without those that lack the port', () => {
    const found = service(clusterOf(slice(at('10.0.0.1'))), 'default/web');
    const port = portNumbered(found, 53);
    assert.ok(port);
    assert.deepEqual(targetsOf(found, port), []);
  });

  it('of a headless name keep the dialled port', () => {
    const found = service(clusterOf(slice(`${at('10.0.0.1')}, ${at('10.0.0.2', '{ ready: false }')}`)), 'default/web');
    assert.deepEqual(
      headlessTargets(found, 9999).map(({ address, port }) => `${address}:${port}`),
      ['10.0.0.1:9999'],
    );
  });
});

describe('the port of a number', () => {
  it('is that of TCP before others, or that of the protocol asked for', () => {
    const found = service(clusterOf(slice('')), 'default/web');
    assert.equal(portNumbered(found, 53)?.name, 'dns-tcp');
    assert.equal(portNumbered(found, 53, 'UDP')?.name, 'dns');
    assert.equal(portNumbered(found, 54), undefined);
  });
});
