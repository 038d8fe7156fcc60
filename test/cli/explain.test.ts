import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { onShop } from './podwire.ts';

async function answer(question: string): Promise<string> {
  const { status, stdout, stderr } = await onShop(`explain ${question} .`);
  assert.deepEqual([status, stderr], [0, '']);
  return stdout;
}

describe('on the example', () => {
  test('a label that is misspelt in a rule', async () => {
    const text = await answer('frontend svc/cart:8080');
    assert.match(text, /^Denied\. /);
    assert.match(text, /→ 8080\/TCP of deploy\/cart \(cart\.yaml:5\)/);
    assert.match(
      text,
      /Nearest: allow-cart rule 1 \(network-policies\.yaml:75\): it asks for app=front-end, and the pod has app=frontend/,
    );
  });

  test('a rule that names the port of the Service', async () => {
    const text = await answer('checkout svc/payments:80');
    assert.match(text, /^Denied\. /);
    assert.match(text, /it asks for 80\/TCP, which is the Service’s port; policy sees the pod’s/);
  });

  test('a stray dash that made OR of AND', async () => {
    assert.match(await answer('frontend sts/orders-db:5432'), /^Allowed\. [\s\S]*all pods of namespace shop/);
  });

  test('egress without DNS', async () => {
    const text = await answer('grafana svc/prometheus:9090');
    assert.match(text, /^Allowed\. [\s\S]*But its DNS queries are not let out/);
  });

  test('a Service without endpoints', async () => {
    assert.match(await answer('frontend svc/recommendations:8080'), /^Not reachable\. [\s\S]*has no endpoints/);
  });

  test('the internet, which comes in where a policy lets anyone in', async () => {
    assert.match(await answer('internet svc/frontend:80'), /^Allowed\. [\s\S]*allow-customers rule 1/);
    assert.match(await answer('internet deploy/cart:8080'), /^Denied\. /);
  });

  test('what is open, where no port is asked', async () => {
    assert.match(await answer('prometheus deploy/catalog'), /^Allowed on 9102\/TCP\. /);
  });
});

test('json has the outcome and the proof, each at its place', async () => {
  const { stdout } = await onShop('explain frontend svc/cart:8080 . --format json');
  const { from, to, port, outcome, allowed, routes, fixes } = JSON.parse(stdout);
  assert.deepEqual(
    { from, to, port, outcome, allowed },
    { from: 'shop/deploy/frontend', to: 'shop/svc/cart', port: 8080, outcome: 'denied', allowed: false },
  );
  const [, ingress] = routes[0].reasons;
  assert.equal(ingress.because, 'no-rule');
  assert.deepEqual(ingress.nearest.place, {
    file: 'network-policies.yaml',
    start: { line: 75, column: 7 },
    end: { line: 85, column: 21 },
  });
  const [{ title, replacements, opens, closes }] = fixes;
  assert.match(title, /^Ask for `app=frontend` in allow-cart/);
  assert.deepEqual(replacements, [
    {
      region: { file: 'network-policies.yaml', start: { line: 80, column: 20 }, end: { line: 80, column: 29 } },
      text: 'frontend',
    },
  ]);
  const connections = [{ protocol: 'TCP', ports: [[8080, 8080]] }];
  assert.deepEqual(opens, [{ src: 'shop/frontend[Deployment]', dst: 'shop/cart[Deployment]', connections }]);
  assert.deepEqual(closes, []);
});

test('what is denied at both ends is repaired at both', async () => {
  assert.match(
    await answer('grafana svc/catalog:8080'),
    /^To allow it:\n {2}network-policies\.yaml:51, network-policies\.yaml:209: Add a rule for shop\/deploy\/catalog on 8080\/TCP to grafana-egress; Add observability\/deploy\/grafana to rule 1 of allow-catalog \(opens observability\/deploy\/grafana → shop\/deploy\/catalog on 8080\/TCP\)$/m,
  );
});

describe('a wrong call', () => {
  const calls: Readonly<Record<string, string>> = {
    frontend: 'explain asks for FROM, TO and a PATH',
    'frontend cart': 'no PATH given (. is the current folder, - is standard input)',
    'frontend cart:8080 .': '“cart:8080” is ambiguous: shop/deploy/cart, shop/svc/cart',
    'frontend svc/chart .': 'nothing here is named “svc/chart”; did you mean shop/svc/cart?',
    'frontend svc/cart:99999 .': '“99999” is no port: 1 to 65535, or the name of one',
  };
  for (const [line, expected] of Object.entries(calls)) {
    test(line, async () => {
      assert.deepEqual(await onShop(`explain ${line}`), { status: 2, stdout: '', stderr: `podwire: ${expected}\n` });
    });
  }
});
