import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Endpoint, Service } from '../../src/cluster/cluster.ts';
import { clusterOf, service } from '../support/cluster.ts';

/** The Service `web` with a spec, beside other documents. */
function web(spec: string, ...others: readonly string[]): Service {
  const text = `{ apiVersion: v1, kind: Service, metadata: { name: web }, spec: ${spec} }`;
  return service(clusterOf([text, ...others].join('\n---\n')), 'default/web');
}

function podWith(name: string, labels: string, rest = ''): string {
  return `{ apiVersion: v1, kind: Pod, metadata: { name: ${name}, labels: ${labels} }${rest && `, ${rest}`} }`;
}

function names({ endpoints }: Service): readonly (string | undefined)[] {
  return endpoints.map(({ pod }) => pod?.name);
}

describe('the pods behind a Service', () => {
  it('have every label of its selector', () => {
    const pods = [
      podWith('both', '{ app: web, tier: front, more: x }'),
      podWith('one', '{ app: web }'),
      podWith('other', '{ app: web, tier: back }'),
    ];
    assert.deepEqual(names(web('{ selector: { app: web, tier: front } }', ...pods)), ['both']);
    assert.deepEqual(names(web('{ selector: { app: web } }', ...pods)), ['both', 'one', 'other']);
  });

  it('are in its namespace', () => {
    const elsewhere = '{ apiVersion: v1, kind: Pod, metadata: { name: a, namespace: other, labels: { app: web } } }';
    assert.deepEqual(names(web('{ selector: { app: web } }', elsewhere)), []);
  });

  it('are none for an absent selector, nor for an empty one', () => {
    assert.deepEqual(names(web('{}', podWith('a', '{ app: web }'))), []);
    assert.deepEqual(names(web('{ selector: {} }', podWith('a', '{ app: web }'))), []);
  });

  it('are told by labels named like properties of every JavaScript object', () => {
    const pods = [podWith('a', '{ __proto__: x }'), podWith('b', '{ constructor: x }'), podWith('c', '{}')];
    assert.deepEqual(names(web('{ selector: { __proto__: x } }', ...pods)), ['a']);
    assert.deepEqual(names(web('{ selector: { constructor: x } }', ...pods)), ['b']);
  });

  it('are of any workload', () => {
    const set = `
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db }
spec: { replicas: 2, template: { metadata: { labels: { app: web } } } }`;
    assert.deepEqual(names(web('{ selector: { app: web } }', set, podWith('solo', '{ app: web }'))), [
      'solo',
      'db-0',
      'db-1',
    ]);
  });

  it('may be one by its own label', () => {
    const set = `
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db }
spec: { replicas: 3, template: { metadata: { labels: { app: web } } } }`;
    assert.deepEqual(names(web('{ selector: { statefulset.kubernetes.io/pod-name: db-1 } }', set)), ['db-1']);
  });
});

describe('the state of an endpoint', () => {
  const states = (status: string, spec = '', metadata = '') => {
    const pod = `
apiVersion: v1
kind: Pod
metadata: { name: a, labels: { app: web }${metadata} }
status: { podIP: 10.1.1.1, ${status} }`;
    const [endpoint] = web(`{ selector: { app: web }${spec} }`, pod).endpoints;
    return endpoint && [endpoint.ready, endpoint.serving, endpoint.terminating];
  };
  const ready = 'phase: Running, conditions: [{ type: Ready, status: "True" }]';
  const unready = 'phase: Running, conditions: [{ type: Ready, status: "False" }]';
  const deleted = ', deletionTimestamp: "2020-02-02T20:20:20Z"';
  const publish = ', publishNotReadyAddresses: true';

  it('follows the pod: unready and terminating ones stay listed', () => {
    assert.deepEqual(states(ready), [true, true, false]);
    assert.deepEqual(states(unready), [false, false, false]);
    assert.deepEqual(states(ready, '', deleted), [false, true, true]);
    assert.deepEqual(states(unready, '', deleted), [false, false, true]);
  });

  it('is ready in any case where the Service publishes all', () => {
    assert.deepEqual(states(unready, publish), [true, false, false]);
    assert.deepEqual(states(unready, publish, deleted), [true, false, true]);
  });

  it('is none for a pod that has ended', () => {
    assert.equal(states('phase: Succeeded'), undefined);
    assert.equal(states('phase: Failed', publish), undefined);
  });

  it('is none for a pod without an address', () => {
    assert.deepEqual(
      names(web('{ selector: { app: web } }', podWith('a', '{ app: web }', 'status: { phase: Pending }'))),
      [],
    );
  });
});

describe('the port of an endpoint', () => {
  const ports = ({ endpoints }: Service): readonly (readonly [string | undefined, Record<number, number>])[] =>
    endpoints.map((endpoint: Endpoint) => [endpoint.pod?.name, Object.fromEntries(endpoint.ports)]);
  const container = (port: string) => `spec: { containers: [{ name: c, ports: [${port}] }] }`;

  it('is the number asked for, declared or not', () => {
    const found = web(
      '{ selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }',
      podWith('a', '{ app: web }'),
    );
    assert.deepEqual(ports(found), [['a', { 0: 8080 }]]);
  });

  it('is what each pod means by a name', () => {
    const found = web(
      '{ selector: { app: web }, ports: [{ port: 80, targetPort: http }] }',
      podWith('a', '{ app: web }', container('{ name: http, containerPort: 8080 }')),
      podWith('b', '{ app: web }', container('{ name: http, containerPort: 9090 }')),
    );
    assert.deepEqual(ports(found), [
      ['a', { 0: 8080 }],
      ['b', { 0: 9090 }],
    ]);
  });

  it('is left out, alone, where a pod does not know the name', () => {
    const found = web(
      '{ selector: { app: web }, ports: [{ name: a, port: 80, targetPort: http }, { name: b, port: 81 }] }',
      podWith('a', '{ app: web }', container('{ name: other, containerPort: 8080 }')),
    );
    assert.deepEqual(ports(found), [['a', { 1: 81 }]]);
  });

  it('must have the name and the protocol', () => {
    const both = container('{ name: dns, containerPort: 53 }, { name: dns, containerPort: 5353, protocol: UDP }');
    const found = web(
      '{ selector: { app: web }, ports: [{ port: 53, protocol: UDP, targetPort: dns }] }',
      podWith('a', '{ app: web }', both),
    );
    assert.deepEqual(ports(found), [['a', { 0: 5353 }]]);
  });

  it('is that of a container before that of a sidecar, and never that of a plain init container', () => {
    const spec = (containers: string, init: string) =>
      `spec: { containers: [${containers}], initContainers: [${init}] }`;
    const http = (port: number, rest = '') =>
      `{ name: c${port}, ports: [{ name: http, containerPort: ${port} }]${rest} }`;
    const sidecar = http(1, ', restartPolicy: Always');
    const asked = '{ selector: { app: web }, ports: [{ port: 80, targetPort: http }] }';
    const at = (pod: string) => ports(web(asked, podWith('a', '{ app: web }', pod)))[0]?.[1];
    assert.deepEqual(at(spec(http(2), sidecar)), { 0: 2 });
    assert.deepEqual(at(spec('', sidecar)), { 0: 1 });
    assert.deepEqual(at(spec('', http(3))), {});
  });
});

describe('the hostname of an endpoint', () => {
  const hostname = (spec: string) =>
    web('{ clusterIP: None, selector: { app: web } }', podWith('a', '{ app: web }', spec)).endpoints[0]?.hostname;

  it('is that of the pod where its subdomain is the Service', () => {
    assert.equal(hostname('spec: { hostname: one, subdomain: web }'), 'one');
    assert.equal(hostname('spec: { hostname: one, subdomain: other }'), undefined);
    assert.equal(hostname('spec: { subdomain: web }'), undefined);
  });

  it("is the name of a StatefulSet's pod where the set names the Service", () => {
    const set = (serviceName: string) => `
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db }
spec: { serviceName: ${serviceName}, replicas: 2, template: { metadata: { labels: { app: web } } } }`;
    const at = (text: string) =>
      web('{ clusterIP: None, selector: { app: web } }', text).endpoints.map((each) => each.hostname);
    assert.deepEqual(at(set('web')), ['db-0', 'db-1']);
    assert.deepEqual(at(set('other')), [undefined, undefined]);
  });
});
