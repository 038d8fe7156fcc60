import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ServiceData } from '../../src/cli/endpoints-data.ts';
import { onShop } from './podwire.ts';

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

test('text has a line for the Service, for each port and for each endpoint', async () => {
  const { stdout } = await onShop('endpoints catalog .');
  assert.match(
    stdout,
    /^shop\/catalog · ClusterIP · [\d.]+ simulated\n {2}http 8080\/TCP → http\n( {4}10\.244\.[\d.]+:8080 +shop\/catalog-\S+ {2}on node-\d {2}simulated\n){2} {2}metrics 9102\/TCP → metrics: no endpoints\n$/,
  );
  assert.match((await onShop('endpoints orders-db .')).stdout, /headless/);
  assert.match((await onShop('endpoints frontend .')).stdout, /node port 3\d{4} simulated\n/);
});

test('a Service that is not there', async () => {
  const { status, stderr } = await onShop('endpoints catalogue .');
  assert.deepEqual(
    [status, stderr],
    [2, 'podwire: nothing here is named “catalogue”; did you mean shop/svc/catalog?\n'],
  );
});
