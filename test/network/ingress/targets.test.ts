import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Cluster } from '../../../src/cluster/cluster.ts';
import { type BackendPort, backendsOf } from '../../../src/network/ingress/backends.ts';
import { backendTargets, lacksPort } from '../../../src/network/ingress/targets.ts';
import { clusterOf, service } from '../../support/cluster.ts';
import { documents, podText } from '../../support/policy.ts';

const ports = '{ containers: [{ name: main, ports: [{ name: web, containerPort: 8080 }, { containerPort: 9090 }] }] }';

const shop = documents(
  podText('shop', 'front', '{ app: front }', ports),
  `{ apiVersion: v1, kind: Service, metadata: { namespace: shop, name: front }, spec: { selector: { app: front }, ports: [
    { name: http, port: 80, targetPort: web },
    { name: metrics, port: 8080, targetPort: 9090 },
    { name: dns, port: 53, targetPort: 5353, protocol: UDP },
  ] } }`,
  '{ apiVersion: v1, kind: Service, metadata: { namespace: shop, name: odd }, spec: { selector: { app: front }, ports: [{ name: http, port: 80, targetPort: gone }] } }',
  '{ apiVersion: v1, kind: Service, metadata: { namespace: shop, name: empty }, spec: { selector: { app: none }, ports: [{ name: http, port: 80 }] } }',
);

function ended(cluster: Cluster): readonly string[] {
  const targets = backendsOf(cluster).flatMap((backend) => backendTargets(cluster, backend));
  return targets.map(({ pod, port }) => `${pod?.namespace}/${pod?.name}:${port}`);
}

describe('requests of an Ingress end', () => {
  const at = (port: string, name = 'front', namespace = 'shop') =>
    ended(
      clusterOf(
        documents(
          shop,
          `{ apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: { namespace: ${namespace}, name: web }, spec: { defaultBackend: { service: { name: ${name}, port: ${port} } } } }`,
        ),
      ),
    );

  it('at the target port of the Service’s port, by number or name', () => {
    assert.deepEqual(at('{ number: 80 }'), ['shop/front:8080']);
    assert.deepEqual(at('{ number: 8080 }'), ['shop/front:9090']);
    assert.deepEqual(at('{ name: http }'), ['shop/front:8080']);
  });

  it('nowhere by the name or the number of the pod’s port', () => {
    assert.deepEqual(at('{ number: 9090 }'), []);
    assert.deepEqual(at('{ name: web }'), []);
  });

  it('nowhere by a port that is not TCP', () => {
    assert.deepEqual(at('{ number: 53 }'), []);
  });

  it('nowhere without the Service in the same namespace', () => {
    assert.deepEqual(at('{ number: 80 }', 'back'), []);
    assert.deepEqual(at('{ number: 80 }', 'front', 'other'), []);
  });
});

describe('requests of a Route end', () => {
  const at = (spec: string) =>
    ended(
      clusterOf(
        documents(
          shop,
          `{ apiVersion: route.openshift.io/v1, kind: Route, metadata: { namespace: shop, name: web }, spec: ${spec} }`,
        ),
      ),
    );

  it('at the port of the endpoints that has the number, written in quotes too', () => {
    assert.deepEqual(at('{ to: { name: front }, port: { targetPort: 8080 } }'), ['shop/front:8080']);
    assert.deepEqual(at('{ to: { name: front }, port: { targetPort: "9090" } }'), ['shop/front:9090']);
    assert.deepEqual(at('{ to: { name: front }, port: { targetPort: 80 } }'), []);
  });

  it('at the port that is called as the Service’s', () => {
    assert.deepEqual(at('{ to: { name: front }, port: { targetPort: metrics } }'), ['shop/front:9090']);
    assert.deepEqual(at('{ to: { name: front }, port: { targetPort: web } }'), []);
  });

  it('at all TCP ports where it names none', () => {
    assert.deepEqual(at('{ to: { name: front } }'), ['shop/front:8080', 'shop/front:9090']);
  });

  it('at no Service of weight 0', () => {
    assert.deepEqual(at('{ to: { name: front, weight: 0 } }'), []);
  });
});

describe('a port is lacked', () => {
  const lacks = (name: string, value: number | string, of: BackendPort['of']) =>
    lacksPort(service(clusterOf(shop), `shop/${name}`), { value, of, path: [] });

  it('by a Service that has it neither by number nor by name', () => {
    assert.deepEqual([lacks('front', 80, 'service'), lacks('front', 'http', 'service')], [false, false]);
    assert.deepEqual([lacks('front', 9090, 'service'), lacks('front', 'web', 'service')], [true, true]);
  });

  it('by endpoints that are there, and by none that are not', () => {
    assert.deepEqual([lacks('front', 80, 'endpoint'), lacks('front', 9090, 'endpoint')], [true, false]);
    assert.deepEqual([lacks('front', 'web', 'endpoint'), lacks('front', 'http', 'endpoint')], [true, false]);
    assert.deepEqual([lacks('odd', 'http', 'endpoint'), lacks('odd', 7, 'endpoint')], [false, false]);
    assert.deepEqual([lacks('empty', 7, 'endpoint'), lacks('empty', 7, 'service')], [false, true]);
  });

  it('by neither the Service nor its targetPorts, where either counts', () => {
    assert.deepEqual(
      ['web', 9090, 80, 'metrics', 7].map((value) => lacks('front', value, 'either')),
      [false, false, false, false, true],
    );
  });
});
