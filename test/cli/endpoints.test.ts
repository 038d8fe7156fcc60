import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ServiceData } from '../../src/cli/endpoints-data.ts';
import { onShop, podwire, shop } from './podwire.ts';

async function data(operands: string): Promise<readonly ServiceData[]> {
  const { status, stdout, stderr } = await onShop(`endpoints ${operands} --format json`);
  assert.deepEqual([status, stderr], [0, '']);
  return JSON.parse(stdout);
}

describe('json', () => {
  test('every Service that is written, each port with what is behind it', async () => {
    const services = await data('.');
    const counts = services.map(({ service, ports }) => [service, ...ports.map(({ endpoints }) => endpoints.length)]);
    assert.deepEqual(counts, [
      ['data/orders-db', 2],
      ['data/redis', 1],
      ['observability/grafana', 1],
      ['observability/node-exporter', 2],
      ['observability/prometheus', 1],
      ['shop/cart', 2],
      ['shop/catalog', 2, 0],
      ['shop/checkout', 2],
      ['shop/frontend', 2],
      ['shop/payments', 1],
      ['shop/recommendations', 0],
    ]);
  });

  test('an endpoint has an address, the port of the pod, and whose it is', async () => {
    const [service] = await data('shop/payments .');
    assert.equal(service?.simulated, true);
    const [port] = service?.ports ?? [];
    assert.deepEqual([port?.port, port?.targetPort, port?.endpoints.length], [80, 9000, 1]);
    const { addresses, pod, node, ...rest } = port?.endpoints[0] ?? {};
    assert.match(addresses?.[0] ?? '', /^10\.244\.\d+\.\d+$/);
    assert.match(pod ?? '', /^shop\/payments-/);
    assert.match(node ?? '', /^node-[12]$/);
    const state = { simulated: true, ready: true, serving: true, terminating: false };
    assert.deepEqual(rest, { port: 9000, workload: 'shop/payments[Deployment]', ...state });
  });

  test('what every cluster has is shown when it is asked for', async () => {
    const [service] = await data('kube-system/kube-dns .');
    assert.deepEqual(service?.clusterIPs, ['10.96.0.10']);
  });
});

describe('text', () => {
  test('of all has a line for the Service, for each port and for each endpoint', async () => {
    const { stdout } = await onShop('endpoints .');
    assert.match(
      stdout,
      /\n\nshop\/catalog · ClusterIP · [\d.]+ simulated\n {2}http 8080\/TCP → http\n( {4}10\.244\.[\d.]+:8080 +shop\/catalog-\S+ {2}on node-\d {2}simulated\n){2} {2}metrics 9102\/TCP → metrics: no endpoints\n\n/,
    );
    assert.match(stdout, /headless/);
    assert.match(stdout, /node port 3\d{4} simulated\n/);
  });

  test('of one is that of kubectl, with what no real cluster says', async () => {
    const { stdout } = await onShop('endpoints frontend .');
    const fields = stdout.slice(0, stdout.indexOf('\nEndpointSlices:')).split('\n');
    assert.deepEqual(
      fields.map((field) => field.slice(0, field.indexOf(':'))),
      [
        ...[
          'Name',
          'Namespace',
          'Labels',
          'Annotations',
          'Selector',
          'Type',
          'IP Family Policy',
          'IP Families',
          'IP',
          'IPs',
        ],
        ...['Port', 'TargetPort', 'NodePort', 'Endpoints'],
        ...['Session Affinity', 'External Traffic Policy', 'Internal Traffic Policy'],
      ],
    );
    assert.match(stdout, /\nNodePort: +\S+ {2}3\d{4}\/TCP \(simulated\)\n/);
    assert.match(
      stdout,
      /\n {2}NAME +ADDRESSTYPE +PORTS +ENDPOINTS\n {2}frontend-\w{5} +IPv4 +\d+ +10\.244\.\d+\.\d+,10\./,
    );
    assert.match(stdout, /\n {2}FRONTEND_SERVICE_HOST=10\.\d/);
    assert.match(stdout, /kubelet .*API server.*\n.*EndpointSlice controller .*app=frontend.*\n.*kube-proxy .*\n$/);
  });

  test('of one has lines and lists where kubectl has them', async () => {
    const text = `
apiVersion: v1
kind: Service
metadata:
  name: web
  labels: { b: "2", a: "1" }
  annotations: { note: "two\\nlines", kubectl.kubernetes.io/last-applied-configuration: "{}" }
spec:
  type: LoadBalancer
  clusterIP: 10.96.3.4
  clusterIPs: [10.96.3.4, "fd00:10:96::7"]
  ipFamilyPolicy: RequireDualStack
  selector: { app: web }
  ports:
    - { name: a, port: 80, nodePort: 30080, targetPort: http, appProtocol: http }
    - { name: b, port: 81, nodePort: 30081 }
    - { name: c, port: 82, nodePort: 30082 }
    - { name: d, port: 83, nodePort: 30083 }
status: { loadBalancer: { ingress: [{ ip: 192.0.2.1 }, { ip: 192.0.2.2, ipMode: Proxy }, { hostname: lb.example }] } }
---
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec: { containers: [{ name: c, image: c, ports: [{ name: http, containerPort: 8080 }] }] }
status: { phase: Running, podIPs: [{ ip: 10.244.0.5 }, { ip: "fd00:10:244::5" }] }
`;
    const { stdout } = await podwire(shop, ['endpoints', 'web', '-'], text);
    const lines = stdout.split('\n');
    assert.deepEqual(
      lines.slice(2, 18).map((line) => line.replace(/(?<=:) +/, ' ')),
      [
        'Labels: a=1',
        `${' '.repeat(26)}b=2`,
        'Annotations: note:',
        `${' '.repeat(28)}two`,
        `${' '.repeat(28)}lines`,
        'Selector: app=web',
        'Type: LoadBalancer',
        'IP Family Policy: RequireDualStack',
        'IP Families: IPv4,IPv6',
        'IP: 10.96.3.4',
        'IPs: 10.96.3.4,fd00:10:96::7',
        'LoadBalancer Ingress: 192.0.2.1 (VIP), 192.0.2.2 (Proxy), lb.example',
        'Port: a  80/TCP',
        'TargetPort: http/TCP',
        'AppProtocol: http',
        'NodePort: a  30080/TCP',
      ],
    );
    assert.match(stdout, /\nEndpoints: +10\.244\.0\.5:8080,\[fd00:10:244::5\]:8080\n/);
    assert.match(stdout, / IPv4 +8080,81,82 \+ 1 more\.\.\. +10\.244\.0\.5\n/);
  });

  test('of one that selects nobody has the empty slice of its controller', async () => {
    const { stdout } = await onShop('endpoints recommendations .');
    assert.match(stdout, /\nEndpoints: +<none>\n/);
    assert.match(stdout, /\n {2}recommendations-\w{5} +IPv4 +<unset> +<unset>\n/);
  });

  test('of an ExternalName has no address and no family', async () => {
    const text =
      '{ apiVersion: v1, kind: Service, metadata: { name: db }, spec: { type: ExternalName, externalName: db.example } }';
    const { stdout } = await podwire(shop, ['endpoints', 'db', '-'], text);
    assert.match(
      stdout,
      /\nType: +ExternalName\nIP Families: +<none>\nIP:\nIPs: +<none>\nExternal Name: +db\.example\n/,
    );
    assert.doesNotMatch(stdout, /Policy/);
  });

  test('of a headless Service without ports has a line for each pod', async () => {
    const text = `
{ apiVersion: v1, kind: Service, metadata: { name: db }, spec: { clusterIP: None, selector: { app: db } } }
---
{ apiVersion: v1, kind: Pod, metadata: { name: db, labels: { app: db } }, spec: { nodeName: n1, containers: [{ name: c, image: c }] }, status: { podIP: 10.244.0.5, phase: Running, conditions: [{ type: Ready, status: "False" }] } }
`;
    const { stdout } = await podwire(shop, ['endpoints', '-'], text);
    assert.match(stdout, /\n {4}10\.244\.0\.5 {2}default\/db {2}on n1 {2}not ready\n$/);
  });

  test('of one says which pods get nothing, and why', async () => {
    const { stdout } = await onShop('endpoints catalog .');
    assert.match(stdout, /goes to:\n( {2}shop\/catalog-\S+: no container of it has a TCP port named metrics\n){2}/);
  });

  test('of a headless one names who answers for it', async () => {
    const { stdout } = await onShop('endpoints orders-db .');
    assert.match(stdout, /\nIP: +None\n/);
    assert.match(stdout, /hostname orders-db-0\n/);
    assert.match(stdout, /CoreDNS .* orders-db\.data\.svc\.cluster\.local .*\n$/);
  });

  test('of one whose address is drawn from an inferred range says so', async () => {
    const service = (name: string, spec: string) =>
      `{ apiVersion: v1, kind: Service, metadata: { name: ${name} }, spec: { ${spec}ports: [{ port: 80 }] } }`;
    const text = `${service('a', 'clusterIP: 172.20.3.4, ')}\n---\n${service('b', '')}`;
    const { stdout } = await podwire(shop, ['endpoints', 'b', '-'], text);
    assert.match(
      stdout,
      /\nIP: +172\.20\.\d+\.\d+ \(simulated, in 172\.20\.0\.0\/16 and fd00:10:96::\/112 as given ones are\)\n/,
    );
  });
});

describe('what if', () => {
  test('a pod is gone', async () => {
    const { stdout, status } = await onShop('endpoints . --without orders-db-0');
    assert.equal(status, 0);
    assert.match(
      stdout,
      /^Without data\/orders-db-0:\n {2}data\/orders-db: 10\.\S+ no endpoint any more, 1 of 2 endpoints left; orders-db-0\.orders-db\.data\.svc\.cluster\.local answers no more; orders-db\.data\.svc\.cluster\.local answers with fewer addresses\n {2}sts\/orders-db makes another pod, of the same name and another address: .*\n$/,
    );
  });

  test('a pod in its node’s network is gone: the next has the address of a node too', async () => {
    const next = async (kind: string) => {
      const text = `{ apiVersion: apps/v1, kind: ${kind}, metadata: { name: a }, spec: { template: { metadata: { labels: { app: a } }, spec: { hostNetwork: true } } } }
---
{ apiVersion: v1, kind: Service, metadata: { name: a }, spec: { selector: { app: a }, ports: [{ port: 80 }] } }`;
      const { stdout } = await podwire(shop, ['endpoints', '-', '--without', `${kind}/a`], text);
      return /makes another pod, (.*): an endpoint/.exec(stdout)?.[1];
    };
    assert.equal(await next('DaemonSet'), 'of another name and with the address of the same node');
    assert.equal(await next('Deployment'), 'of another name and with the address of the node that it gets');
    assert.equal(await next('StatefulSet'), 'of the same name and with the address of the node that it gets');
  });

  test('the pods of a workload fail', async () => {
    const { stdout } = await onShop('endpoints . --not-ready redis');
    assert.match(
      stdout,
      /^While data\/redis-\S+ is not ready:\n {2}data\/redis: .* none left: connections are refused\n$/,
    );
  });

  test('a node reports no more', async () => {
    const { stdout } = await onShop('endpoints cart . --node-down node-1');
    assert.match(
      stdout,
      / and \d+ more are not ready because node-1 reports no more:\n {2}shop\/cart: .*\n {2}Pods of it .*\n$/,
    );
  });

  test('in JSON', async () => {
    const { stdout } = await onShop('endpoints redis . --without redis --format json');
    const [found] = JSON.parse(stdout);
    assert.deepEqual([found.service, found.left, found.lost.length], ['data/redis', 0, 1]);
  });

  test('of what is neither pod nor node', async () => {
    assert.equal((await onShop('endpoints . --without svc/redis')).status, 2);
    assert.match((await onShop('endpoints . --without internet')).stderr, /neither a pod nor a workload/);
    assert.match((await onShop('endpoints . --node-down redis')).stderr, /is no node/);
  });
});

test('a Service that is not there', async () => {
  const { status, stderr } = await onShop('endpoints catalogue .');
  assert.deepEqual(
    [status, stderr],
    [2, 'podwire: nothing here is named “catalogue”; did you mean shop/svc/catalog?\n'],
  );
});
