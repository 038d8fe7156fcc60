import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { backendsOf } from '../../../src/network/ingress/backends.ts';
import { clusterOf } from '../../support/cluster.ts';

/** Each backend as `namespace/service@path port of-what@path`. */
function backends(text: string): readonly string[] {
  return backendsOf(clusterOf(text)).map(({ namespace, service, path, port, isServed }) => {
    const at = port ? ` ${port.value} of ${port.of}@${port.path.join('.')}` : '';
    return `${namespace}/${service}@${path.join('.')}${at}${isServed ? '' : ' unserved'}`;
  });
}

describe('an Ingress', () => {
  const ingress = (spec: string, apiVersion = 'networking.k8s.io/v1') =>
    `{ apiVersion: ${apiVersion}, kind: Ingress, metadata: { name: web, namespace: shop }, spec: ${spec} }`;

  it('leads to the Service of each path, by number or by name, and to that for the rest', () => {
    const spec = `{
      defaultBackend: { service: { name: rest, port: { number: 80 } } },
      rules: [
        { host: a.test },
        { http: { paths: [
          { path: /, backend: { service: { name: front, port: { name: http } } } },
          { path: /api, backend: { service: { name: api, port: { number: 8080 } } } },
        ] } },
      ] }`;
    assert.deepEqual(backends(ingress(spec)), [
      'shop/front@spec.rules.1.http.paths.0.backend.service.name http of service@spec.rules.1.http.paths.0.backend.service.port.name',
      'shop/api@spec.rules.1.http.paths.1.backend.service.name 8080 of service@spec.rules.1.http.paths.1.backend.service.port.number',
      'shop/rest@spec.defaultBackend.service.name 80 of service@spec.defaultBackend.service.port.number',
    ]);
  });

  it('may be written in the form of v1beta1', () => {
    const spec = `{
      backend: { serviceName: rest, servicePort: http },
      rules: [{ http: { paths: [{ backend: { serviceName: front, servicePort: 80 } }] } }] }`;
    assert.deepEqual(backends(ingress(spec, 'extensions/v1beta1')), [
      'shop/front@spec.rules.0.http.paths.0.backend.serviceName 80 of service@spec.rules.0.http.paths.0.backend.servicePort',
      'shop/rest@spec.backend.serviceName http of service@spec.backend.servicePort',
    ]);
  });

  it('leads nowhere by another resource, by a backend of nothing, and by one that cannot be read', () => {
    const spec = `{ rules: [{ http: { paths: [
      { backend: { resource: { kind: Bucket, name: static } } },
      { backend: {} },
      { path: / },
      { backend: { service: { name: front, port: { number: [80] } } } },
      { backend: { service: { name: front, port: { number: 81 } } } },
    ] } }] }`;
    assert.deepEqual(backends(ingress(spec)), [
      'shop/front@spec.rules.0.http.paths.4.backend.service.name 81 of service@spec.rules.0.http.paths.4.backend.service.port.number',
    ]);
  });

  it('of another group is none', () => {
    assert.deepEqual(
      backends(ingress('{ defaultBackend: { service: { name: a, port: { number: 1 } } } }', 'example.com/v1')),
      [],
    );
  });
});

describe('a Route', () => {
  const route = (spec: string) =>
    `{ apiVersion: route.openshift.io/v1, kind: Route, metadata: { name: web, namespace: shop }, spec: ${spec} }`;

  it('leads to its Service and the alternates, on one port of their endpoints', () => {
    const spec =
      '{ to: { name: a }, alternateBackends: [{ kind: Service, name: b, weight: 0 }], port: { targetPort: http } }';
    assert.deepEqual(backends(route(spec)), [
      'shop/a@spec.to.name http of endpoint@spec.port.targetPort',
      'shop/b@spec.alternateBackends.0.name http of endpoint@spec.port.targetPort unserved',
    ]);
  });

  it('leads to all ports where it names none', () => {
    assert.deepEqual(backends(route('{ to: { kind: Service, name: a } }')), ['shop/a@spec.to.name']);
  });

  it('leads to Services alone', () => {
    assert.deepEqual(backends(route('{ to: { kind: Pod, name: a }, alternateBackends: [{ kind: Service }] }')), []);
  });

  it('that cannot be read leads nowhere, rather than to more than was meant', () => {
    assert.deepEqual(backends(route('{ to: { name: a }, port: { targetPort: [80] } }')), []);
  });
});
