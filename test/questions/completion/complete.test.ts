import assert from 'node:assert/strict';
import { test } from 'node:test';
import { offersAt } from '../../../src/questions/completion/complete.ts';
import { clusterOf } from '../../support/cluster.ts';

const services = `
apiVersion: v1
kind: Service
metadata: {name: api, namespace: shop}
spec:
  selector: {app: api}
  ports: [{name: http, port: 80, targetPort: 8080}, {name: dns, port: 53, protocol: UDP}]
---
apiVersion: v1
kind: Service
metadata: {name: db, namespace: data}
spec:
  clusterIP: None
  selector: {app: db}
  ports: [{port: 5432, targetPort: 15432}]
---
apiVersion: v1
kind: Pod
metadata: {name: db, namespace: data, labels: {app: db}}
spec:
  hostname: db-0
  containers: [{name: db, ports: [{containerPort: 15432}]}]
---
apiVersion: v1
kind: Pod
metadata: {name: on-node, namespace: shop}
spec: {hostNetwork: true, containers: [{name: a}]}
---
apiVersion: v1
kind: Pod
metadata: {name: by-itself, namespace: shop}
spec: {dnsPolicy: None, dnsConfig: {nameservers: [10.96.0.10]}, containers: [{name: a}]}
`;

const cluster = clusterOf(services);

/** What is offered for the marked text: the labels but for those of what every cluster has, and what they replace. */
function offered(marked: string, unasked = false): readonly [labels: readonly string[], replaced: string] | undefined {
  const text = marked.replace('‸', '');
  const found = offersAt(cluster, text, marked.indexOf('‸'), unasked);
  if (!found) return undefined;
  const written = found.offers.filter(
    ({ service }) => service === undefined || !/^(default|kube-system)\//.test(service),
  );
  const ordered = [...written].sort((a, b) => a.rank - b.rank || (a.label < b.label ? -1 : 1));
  return [ordered.map(({ label }) => label), text.slice(found.from, found.to)];
}

function env(value: string, { name = 'API_URL', pod = 'cart' } = {}): string {
  const head = `kind: Pod\nmetadata: {name: ${pod}, namespace: shop}\nspec:\n  containers:\n  - name: a\n    env:\n`;
  return `${head}    - name: ${name}\n      value: ${value}\n`;
}

test('the ports of a name for another Service are those of that one', () => {
  const alias = (target: string) =>
    `---\napiVersion: v1\nkind: Service\nmetadata: {name: alias, namespace: shop}\nspec: {type: ExternalName, externalName: ${target}}\n`;
  const ports = (target: string) => {
    const marked = env('http://alias:‸');
    const found = offersAt(clusterOf(services + alias(target)), marked.replace('‸', ''), marked.indexOf('‸'), false);
    return found?.offers.map(({ label }) => label);
  };
  assert.deepEqual(ports('api.shop.svc.cluster.local'), ['80', '53']);
  assert.deepEqual(ports('example.org'), []);
});

const all = ['api', 'db.data', 'api.shop', 'api.shop.svc.cluster.local', 'db.data.svc.cluster.local'];

test('a pod is offered names as it sees them: short in its namespace, with the namespace of others, and in full', () => {
  assert.deepEqual(offered(env('‸')), [all, '']);
  assert.deepEqual(offered(env('"http://ca‸')), [all, 'ca']);
  assert.deepEqual(offered(env("'http://c‸art'")), [all, 'cart']);
  assert.deepEqual(offered(env('amqp://user:p%40ss@ra‸bbit/vhost')), [all, 'rabbit']);
  assert.deepEqual(offered(env('jdbc:postgresql://‸')), [all, '']);
  assert.deepEqual(offered(env('kafka-0:9092,‸')), [all, '']);
  assert.deepEqual(offered(env('ap‸', { name: 'LOG_LEVEL' })), [all, 'ap']);
});

test('where a scheme is begun, the name comes with one', () => {
  const [labels = [], replaced] = offered(env('htt‸')) ?? [];
  assert.equal(replaced, 'htt');
  assert.ok(labels.includes('http://api') && labels.includes('http://db.data') && labels.includes('api'));
});

test('behind a name its ports are offered', () => {
  assert.deepEqual(offered(env('http://api:‸')), [['80', '53'], '']);
  assert.deepEqual(offered(env('api:8‸080/path')), [['80', '53'], '8080']);
  assert.deepEqual(offered(env('api.shop.svc.cluster.local:‸')), [['80', '53'], '']);
  assert.deepEqual(offered(env('nobody:‸')), [[], '']);
  // A headless name is that of its pods.
  assert.deepEqual(offered(env('db.data:‸')), [['15432'], '']);
  assert.deepEqual(offered(env('db-0.db.data:‸')), [['15432'], '']);
});

test('no name is offered where none can stand', () => {
  for (const value of ['http://api/pa‸th', 'amqp://user:pa‸ss', 'hello wor‸ld', '/etc/ap‸', 'http:‸//api']) {
    assert.deepEqual(offered(env(value))?.[0] ?? [], [], value);
  }
  const pod = (line: string) => `kind: Pod\nmetadata: {name: cart}\nspec:\n  ${line}\n`;
  for (const line of [
    'nodeName: ‸',
    'containers: [{image: ap‸}]',
    'hostname: "‸"',
    'containers: [{env: [{name: "‸"}]}]',
  ]) {
    assert.equal(offered(pod(line)), undefined, line);
  }
  assert.equal(offered(`kind: ConfigMap\nmetadata: {name: ‸}\n`), undefined);
  assert.equal(offered(`kind: CronTab\nspec: {containers: [{args: ["‸"]}]}\n`), undefined);
  // The kubelet asks for the host of a probe, and knows no name of the cluster.
  assert.equal(offered(pod('containers: [{livenessProbe: {httpGet: {host: "‸"}}}]')), undefined);
});

test('what was not asked for is offered only where an address is told to stand', () => {
  assert.deepEqual(offered(env('‸'), true), [all, '']);
  assert.equal(offered(env('‸', { name: 'LOG_LEVEL' }), true), undefined);
});

test('arguments, commands, hooks and texts of ConfigMaps and Secrets hold names too', () => {
  const deployment = 'kind: Deployment\nmetadata: {name: a, namespace: shop}\nspec: {template: {spec: {containers: [{';
  assert.deepEqual(offered(`${deployment}args: ["--redis-addr=‸`), [all, '']);
  assert.deepEqual(offered(`${deployment}command: [curl, "http://‸`), [all, '']);
  assert.deepEqual(offered(`${deployment}readinessProbe: {exec: {command: ["wget http://ap‸"]}}`), [all, 'ap']);
  const job = 'kind: CronJob\nmetadata: {name: a, namespace: shop}\nspec: {jobTemplate: {spec: {template: {spec: {';
  assert.deepEqual(offered(`${job}initContainers: [{args: ["‸`), [all, '']);
  const map = 'kind: ConfigMap\nmetadata: {namespace: shop}\ndata:\n  nginx.conf: |\n    location / {\n      ';
  assert.deepEqual(offered(`${map}proxy_pass http://ap‸;\n    }\n`), [all, 'ap']);
  assert.deepEqual(offered(`${map}upstream_host: ‸\n`), [all, '']);
  assert.deepEqual(offered(`${map}root ‸\n`)?.[0] ?? [], []);
  const secret = 'kind: Secret\nmetadata: {namespace: shop}\n';
  assert.deepEqual(offered(`${secret}stringData:\n  url: "postgres://u:p@‸"\n`), [all, '']);
  assert.equal(offered(`${secret}data:\n  url: "‸"\n`), undefined);
});

test('a pod that asks no resolver of the cluster is offered what it can find', () => {
  assert.deepEqual(offered(env('‸', { pod: 'on-node' })), [[], '']);
  const full = ['api.shop.svc.cluster.local', 'db.data.svc.cluster.local'];
  assert.deepEqual(offered(env('‸', { pod: 'by-itself' })), [full, '']);
});

test('fields that name a Service are offered its name, and then its ports', () => {
  const ingress =
    'kind: Ingress\nmetadata: {namespace: shop}\nspec:\n  rules:\n  - http:\n      paths:\n      - backend:\n';
  const service = `${ingress}          service:\n            name: `;
  assert.deepEqual(offered(`${service}a‸`), [['api'], 'a']);
  assert.deepEqual(offered(`${service}api\n            port:\n              number: ‸`), [['80', '53'], '']);
  assert.deepEqual(offered(`${service}api\n            port:\n              name: h‸`), [['http', 'dns'], 'h']);
  const set = 'kind: StatefulSet\nmetadata: {name: db, namespace: data}\nspec:\n  serviceName: ‸\n';
  assert.deepEqual(offered(set), [['db'], '']);
  const hook = 'kind: ValidatingWebhookConfiguration\nwebhooks:\n- clientConfig:\n    service:\n      ';
  assert.deepEqual(offered(`${hook}namespace: shop\n      name: ‸`), [['api'], '']);
  assert.deepEqual(offered(`${hook}name: ‸`), [['api', 'db'], '']);
  assert.deepEqual(offered(`${hook}name: api\n      namespace: shop\n      port: ‸`), [['80', '53'], '']);
  assert.deepEqual(offered(`${hook}namespace: ‸`)?.[0].slice(0, 2), ['data', 'shop']);
});
