import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LookupData } from '../../src/questions/lookup-data.ts';
import { folder } from './folder.ts';
import { onShop, podwire, shop } from './podwire.ts';

test('text has the answer, what stands behind it, each query, and by which resolv.conf it is sent', async () => {
  const { status, stdout, stderr } = await onShop('resolve redis.data --from cart .');
  assert.deepEqual([status, stderr], [0, '']);
  assert.equal(
    stdout,
    `Resolves. redis.data from deploy/cart (cart.yaml:5) in shop
→ 10.96.134.64 (redis.yaml:27) · A · redis.data.svc.cluster.local. · TTL 30 s
Behind it: 10.244.0.194
4 queries are sent:
  redis.data.shop.svc.cluster.local. A NXDOMAIN, AAAA NXDOMAIN
  redis.data.svc.cluster.local. A NOERROR, AAAA NODATA
For redis.data.svc.cluster.local. with its last dot 2 are enough: the search list is not tried then.
Its queries reach the cluster’s DNS. Egress: no policy isolates cart. Ingress: no policy isolates coredns.
Sent by what glibc reads in resolv.conf:
  nameserver 10.96.0.10
  search shop.svc.cluster.local svc.cluster.local cluster.local
  options ndots:5
`,
  );
});

test('JSON has the records, and every query in its order', async () => {
  const found = await data('redis.data --from cart');
  assert.equal(found.status, 'NOERROR');
  assert.deepEqual(found.records, [
    { name: 'redis.data.svc.cluster.local.', type: 'A', ttl: 30, data: '10.96.134.64' },
  ]);
  assert.deepEqual(found.tried, [
    { name: 'redis.data.shop.svc.cluster.local.', type: 'A', status: 'NXDOMAIN' },
    { name: 'redis.data.shop.svc.cluster.local.', type: 'AAAA', status: 'NXDOMAIN' },
    { name: 'redis.data.svc.cluster.local.', type: 'A', status: 'NOERROR' },
    { name: 'redis.data.svc.cluster.local.', type: 'AAAA', status: 'NODATA' },
  ]);
  const { queries, name, endpoints, service, resolvConf, libc, denied, fromHosts } = found;
  assert.deepEqual(
    { queries, name, endpoints, libc, denied, fromHosts },
    {
      queries: 4,
      name: 'redis.data.svc.cluster.local.',
      endpoints: ['10.244.0.194'],
      libc: 'glibc',
      denied: false,
      fromHosts: false,
    },
  );
  assert.deepEqual(
    [service?.name, service?.place?.file, service?.place?.start.line],
    ['data/svc/redis', 'redis.yaml', 27],
  );
  assert.deepEqual(resolvConf, {
    nameservers: ['10.96.0.10'],
    search: ['shop.svc.cluster.local', 'svc.cluster.local', 'cluster.local'],
    options: ['ndots:5'],
  });
});

test('what is no answer exits with 0 too', async () => {
  const { status, stdout } = await onShop('resolve catalogue --from frontend . --format json');
  assert.equal(status, 0);
  assert.deepEqual([JSON.parse(stdout).status, JSON.parse(stdout).records], ['NXDOMAIN', []]);
});

test('a name of another type, by any case of the type', async () => {
  const { records, tried } = await data('_http._tcp.catalog --from frontend --type srv');
  assert.deepEqual(
    records.map(({ type, data }) => [type, data]),
    [['SRV', '0 100 8080 catalog.shop.svc.cluster.local.']],
  );
  assert.deepEqual(
    tried.map(({ type }) => type),
    ['SRV'],
  );
});

test('of an address the name, unless its records are asked for', async () => {
  const byAddress = await data('10.98.184.83 --from frontend');
  assert.deepEqual(
    byAddress.records.map(({ type, data }) => [type, data]),
    [['PTR', 'catalog.shop.svc.cluster.local.']],
  );
  const itself = await data('10.98.184.83 --from frontend --type A');
  assert.deepEqual([itself.records.map(({ data }) => data), itself.queries], [['10.98.184.83'], 0]);
});

test('musl asks for a long name as it is alone', async () => {
  const name = 'catalog.shop.svc.cluster.local.too.long';
  const [glibc, musl] = [await data(`${name} --from frontend`), await data(`${name} --from frontend --libc musl`)];
  assert.deepEqual([new Set(musl.tried.map(({ name }) => name)).size, musl.libc], [1, 'musl']);
  assert.equal(glibc.status, musl.status);
});

test('queries that policy denies time out', async () => {
  const { status, denied } = await data('prometheus --from grafana');
  assert.deepEqual([status, denied], ['TIMEOUT', true]);
  const { stdout } = await onShop('resolve prometheus --from grafana .');
  assert.match(
    stdout,
    /^No answer\. [\s\S]*do not reach the cluster’s DNS\. .*grafana-egress \(network-policies\.yaml:193\)/,
  );
});

test('what cannot stand in a query is no name', async () => {
  for (const name of ['', '.', 'a..b', 'a b', `${'a'.repeat(64)}.b`, `${'abcdefg.'.repeat(32)}b`]) {
    const { status, stdout, stderr } = await podwire(shop, ['resolve', name, '--from', 'frontend', '.']);
    assert.deepEqual([status, stdout], [2, '']);
    assert.match(stderr, /is no name that can be looked up/);
  }
});

test('an alias that both queries are answered with is one record', async (context) => {
  const alias =
    '{apiVersion: v1, kind: Service, metadata: {name: out}, spec: {type: ExternalName, externalName: example.org}}';
  const pod = '{apiVersion: v1, kind: Pod, metadata: {name: web}, spec: {containers: [{name: main}]}}';
  const cwd = await folder(context, { 'a.yaml': `${alias}\n---\n${pod}\n` });
  const { stdout } = await podwire(cwd, ['resolve', 'out', '--from', 'web', '--format', 'json', '.']);
  const { records, tried } = JSON.parse(stdout) as LookupData<unknown>;
  assert.deepEqual([records.map(({ type, data }) => `${type} ${data}`), tried.length], [['CNAME example.org.'], 2]);
});

test('what the pod’s resolver is told, and whom it asks, is told', async (context) => {
  const pod = (name: string, spec: string) => `apiVersion: v1
kind: Pod
metadata: {name: ${name}}
spec: {${spec}, containers: [{name: main}]}
`;
  const own = 'dnsPolicy: None, dnsConfig: {nameservers: [192.0.2.1, 192.0.2.2, 192.0.2.3, 192.0.2.4]}';
  const cwd = await folder(context, { 'pods.yaml': `${pod('node', 'dnsPolicy: Default')}---\n${pod('own', own)}` });
  const ask = async (from: string) => (await podwire(cwd, ['resolve', 'a.b', '--from', from, '.'])).stdout;
  assert.match(
    await ask('node'),
    /\nThe node’s resolver is asked, which knows no name of the cluster; see dnsPolicy\.\n/,
  );
  assert.match(await ask('own'), /\nThe nameservers that the pod names itself are asked\.\n/);
  assert.match(await ask('own'), /\n {2}nameserver 192\.0\.2\.3\nOver its limits, and left out: 192\.0\.2\.4\n$/);
});

test('answers that are too long for a datagram need TCP', async (context) => {
  const cwd = await folder(context, {
    'all.yaml': `apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: main}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: datagrams}
spec: {podSelector: {matchLabels: {app: web}}, policyTypes: [Egress], egress: [{ports: [{port: 53, protocol: UDP}]}]}
`,
  });
  const { stdout } = await podwire(cwd, ['resolve', 'kubernetes', '--from', 'web', '.']);
  assert.match(
    stdout,
    /^Resolves\.[\s\S]*reach the cluster’s DNS\. .*\nAnswers that are too long .* datagrams \(all\.yaml:8\)/,
  );
});

test('a name of /etc/hosts costs no query', async (context) => {
  const cwd = await folder(context, {
    'pod.yaml': `apiVersion: v1
kind: Pod
metadata: {name: web}
spec: {hostAliases: [{ip: 192.0.2.7, hostnames: [ledger.internal]}], containers: [{name: main}]}
`,
  });
  const { stdout } = await podwire(cwd, ['resolve', 'ledger.internal', '--from', 'web', '.', '--format', 'json']);
  const { records, queries, fromHosts } = JSON.parse(stdout) as LookupData<unknown>;
  assert.deepEqual([records.map(({ data }) => data), queries, fromHosts], [['192.0.2.7'], 0, true]);
});

test('who asks has to be told, and has to be somebody who can', async () => {
  assert.deepEqual(await wrong('resolve redis .'), [
    2,
    'podwire: resolve asks for --from WORKLOAD, such as --from data/cronjob/orders-backup: what a name resolves to depends on who asks\n',
  ]);
  assert.match((await wrong('resolve redis --from internet .'))[1], /internet is no pod/);
  assert.match((await wrong('resolve redis --from fronted .'))[1], /did you mean shop\/deploy\/frontend/);
  assert.match((await wrong('resolve redis --from frontend --type MX .'))[1], /--type takes A, AAAA, .*, not 'MX'/);
  assert.match((await wrong('resolve'))[1], /resolve asks for NAME and a PATH/);
});

async function data(call: string): Promise<LookupData<{ file: string; start: { line: number } }>> {
  const { status, stdout } = await onShop(`resolve ${call} . --format json`);
  assert.equal(status, 0);
  return JSON.parse(stdout);
}

async function wrong(call: string): Promise<readonly [number, string]> {
  const { status, stdout, stderr } = await onShop(call);
  assert.equal(stdout, '');
  return [status, stderr];
}
