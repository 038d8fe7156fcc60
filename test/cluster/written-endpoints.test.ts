import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Cluster, Service } from '../../src/cluster/cluster.ts';
import { clusterOf, service, workload } from '../support/cluster.ts';

function web(spec: string, ...others: readonly string[]): Service {
  const text = `{ apiVersion: v1, kind: Service, metadata: { name: web }, spec: ${spec} }`;
  return service(clusterOf([text, ...others].join('\n---\n')), 'default/web');
}

function slice(rest: string, labels = '{ kubernetes.io/service-name: web }'): string {
  return `
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: web-1, labels: ${labels} }
${rest}`;
}

function listed({ endpoints }: Service): readonly (readonly [string | undefined, Record<number, number>])[] {
  return endpoints.map(({ addresses, ports }) => [addresses[0], Object.fromEntries(ports)]);
}

describe('an EndpointSlice written by hand', () => {
  it('belongs to the Service that its label names, whatever its own name', () => {
    const rest = 'addressType: IPv4\nports: [{ port: 8080 }]\nendpoints: [{ addresses: [192.0.2.1] }]';
    assert.deepEqual(listed(web('{ ports: [{ port: 80 }] }', slice(rest))), [['192.0.2.1', { 0: 8080 }]]);
    assert.deepEqual(listed(web('{ ports: [{ port: 80 }] }', slice(rest, '{}'))), []);
    assert.deepEqual(
      listed(web('{ ports: [{ port: 80 }] }', slice(rest, '{ kubernetes.io/service-name: other }'))),
      [],
    );
  });

  it('is joined to the Service by the names of the ports and their protocols', () => {
    const rest = `
addressType: IPv4
ports: [{ name: a, port: 1 }, { name: b, port: 2, protocol: UDP }, { name: c, port: 3 }, { name: d }]
endpoints: [{ addresses: [192.0.2.1] }]`;
    const ports =
      '{ name: a, port: 80 }, { name: b, port: 81 }, { name: c, port: 82, targetPort: 9 }, { name: d, port: 83 }';
    assert.deepEqual(listed(web(`{ ports: [${ports}] }`, slice(rest))), [['192.0.2.1', { 0: 1, 2: 3 }]]);
  });

  it('means ready where it says nothing, and serving where it says ready', () => {
    const conditions = (text: string) => {
      const rest = `addressType: IPv4\nendpoints: [{ addresses: [192.0.2.1], conditions: ${text} }]`;
      const [endpoint] = web('{ ports: [{ port: 80 }] }', slice(rest)).endpoints;
      return endpoint && [endpoint.ready, endpoint.serving, endpoint.terminating];
    };
    assert.deepEqual(conditions('{}'), [true, true, false]);
    assert.deepEqual(conditions('{ ready: false }'), [false, false, false]);
    assert.deepEqual(conditions('{ ready: false, serving: true, terminating: true }'), [false, true, true]);
  });

  it('of names is passed over, as kube-proxy does', () => {
    const rest = 'addressType: FQDN\nendpoints: [{ addresses: [db.example.org] }]';
    assert.deepEqual(listed(web('{ ports: [{ port: 80 }] }', slice(rest))), []);
  });

  it('lists no address that the API server refuses', () => {
    const rest = (addressType: string, addresses: readonly string[]) =>
      `addressType: ${addressType}\nendpoints: [${addresses.map((each) => `{ addresses: ["${each}"] }`).join(', ')}]`;
    const dual = '{ ipFamilyPolicy: RequireDualStack, ports: [{ port: 80 }] }';
    const listedOf = (type: string, ...addresses: readonly string[]) =>
      web(dual, slice(rest(type, addresses))).endpoints.map(({ addresses: [first] }) => first);
    assert.deepEqual(listedOf('IPv4', '300.1.1.1', '2001:db8::1', '127.0.0.1', '0.0.0.0', '192.0.2.1'), ['192.0.2.1']);
    assert.deepEqual(listedOf('IPv6', '192.0.2.1', '::1', 'fe80::1', '2001:db8::1'), ['2001:db8::1']);
  });

  it('of a family that the Service has not is never dialled', () => {
    const rest = 'addressType: IPv6\nports: [{ port: 1 }]\nendpoints: [{ addresses: ["2001:db8::1"] }]';
    assert.deepEqual(listed(web('{ ports: [{ port: 80 }] }', slice(rest))), []);
    assert.deepEqual(listed(web('{ ipFamilies: [IPv6], ports: [{ port: 80 }] }', slice(rest))), [
      ['2001:db8::1', { 0: 1 }],
    ]);
  });

  it('knows the pod that has its address', () => {
    const pod = '{ apiVersion: v1, kind: Pod, metadata: { name: a }, status: { podIP: 10.1.1.1 } }';
    const rest = 'addressType: IPv4\nendpoints: [{ addresses: [10.1.1.1] }, { addresses: [10.1.1.2] }]';
    const { endpoints } = web('{ ports: [{ port: 80 }] }', slice(rest), pod);
    assert.deepEqual(
      endpoints.map((endpoint) => endpoint.pod?.name),
      ['a', undefined],
    );
  });

  it('knows it by however its address is written', () => {
    const pod = '{ apiVersion: v1, kind: Pod, metadata: { name: a }, status: { podIP: "FD00:0::1" } }';
    const rest = 'addressType: IPv6\nendpoints: [{ addresses: ["fd00::0:1"] }]';
    const { endpoints } = web('{ clusterIP: None, ports: [{ port: 80 }] }', slice(rest), pod);
    assert.equal(endpoints[0]?.pod?.name, 'a');
  });

  it('never means a pod whose address is simulated, nor does a pod draw the address', () => {
    const app = '{ apiVersion: apps/v1, kind: Deployment, metadata: { name: app }, spec: { replicas: 50 } }';
    const addresses = (cluster: Cluster) =>
      workload(cluster, 'default/Deployment/app').pods.map((each) => each.addresses[0] ?? '');
    const [drawn = ''] = addresses(clusterOf(app));
    const rest = `addressType: IPv4\nendpoints: [{ addresses: [${drawn}] }]`;
    const web = '{ apiVersion: v1, kind: Service, metadata: { name: web }, spec: { ports: [{ port: 80 }] } }';
    const text = [web, slice(rest), app].join('\n---\n');
    const cluster = clusterOf(text);
    assert.equal(service(cluster, 'default/web').endpoints[0]?.pod, undefined);
    assert.ok(!addresses(cluster).includes(drawn));
  });

  it('adds to what a selector finds', () => {
    const pod =
      '{ apiVersion: v1, kind: Pod, metadata: { name: a, labels: { app: web } }, status: { podIP: 10.1.1.1 } }';
    const rest = 'addressType: IPv4\nports: [{ port: 9 }]\nendpoints: [{ addresses: [192.0.2.1] }]';
    assert.deepEqual(listed(web('{ selector: { app: web }, ports: [{ port: 80 }] }', slice(rest), pod)), [
      ['10.1.1.1', { 0: 80 }],
      ['192.0.2.1', { 0: 9 }],
    ]);
  });

  it('that the controller wrote is not counted beside the pods it was written for', () => {
    const pod =
      '{ apiVersion: v1, kind: Pod, metadata: { name: a, labels: { app: web } }, status: { podIP: 10.1.1.1 } }';
    const labels =
      '{ kubernetes.io/service-name: web, endpointslice.kubernetes.io/managed-by: endpointslice-controller.k8s.io }';
    const rest = 'addressType: IPv4\nports: [{ port: 80 }]\nendpoints: [{ addresses: [10.1.1.1] }]';
    assert.deepEqual(listed(web('{ selector: { app: web }, ports: [{ port: 80 }] }', slice(rest, labels), pod)), [
      ['10.1.1.1', { 0: 80 }],
    ]);
  });
});

describe('Endpoints written by hand', () => {
  const endpoints = (metadata = '') => `
apiVersion: v1
kind: Endpoints
metadata: { name: web${metadata} }
subsets:
  - addresses: [{ ip: 192.0.2.1, hostname: one }, { ip: 192.0.2.2 }]
    notReadyAddresses: [{ ip: 192.0.2.3 }]
    ports: [{ port: 8080 }]
  - addresses: [{ ip: 192.0.2.4 }]
    ports: [{ port: 9090 }]`;

  it('stand behind the Service of their name that has no selector', () => {
    const found = web('{ ports: [{ port: 80 }] }', endpoints());
    assert.deepEqual(listed(found), [
      ['192.0.2.1', { 0: 8080 }],
      ['192.0.2.2', { 0: 8080 }],
      ['192.0.2.3', { 0: 8080 }],
      ['192.0.2.4', { 0: 9090 }],
    ]);
    assert.deepEqual(
      found.endpoints.map(({ ready }) => ready),
      [true, true, false, true],
    );
    assert.equal(found.endpoints[0]?.hostname, 'one');
  });

  it('are not read for a Service with a selector', () => {
    assert.deepEqual(listed(web('{ selector: { app: web }, ports: [{ port: 80 }] }', endpoints())), []);
  });

  it('are not read where they say so, or serve a leader election', () => {
    const skipped = ', labels: { endpointslice.kubernetes.io/skip-mirror: "true" }';
    const leader = ', annotations: { control-plane.alpha.kubernetes.io/leader: "{}" }';
    assert.deepEqual(listed(web('{ ports: [{ port: 80 }] }', endpoints(skipped))), []);
    assert.deepEqual(listed(web('{ ports: [{ port: 80 }] }', endpoints(leader))), []);
    const not = ', labels: { endpointslice.kubernetes.io/skip-mirror: "false" }';
    assert.equal(listed(web('{ ports: [{ port: 80 }] }', endpoints(not))).length, 4);
  });

  it('are not counted twice where the slice that mirrors them was exported too', () => {
    const labels =
      '{ kubernetes.io/service-name: web, endpointslice.kubernetes.io/managed-by: endpointslicemirroring-controller.k8s.io }';
    const rest = 'addressType: IPv4\nports: [{ port: 8080 }]\nendpoints: [{ addresses: [192.0.2.1] }]';
    assert.equal(listed(web('{ ports: [{ port: 80 }] }', endpoints(), slice(rest, labels))).length, 4);
    assert.equal(listed(web('{ ports: [{ port: 80 }] }', slice(rest, labels))).length, 1);
  });
});
