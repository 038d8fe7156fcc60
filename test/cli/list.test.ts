import assert from 'node:assert/strict';
import { Readable, Writable } from 'node:stream';
import { describe, test } from 'node:test';
import type { ListRow } from '../../src/cli/list-json.ts';
import { run } from '../../src/cli/run.ts';
import { deployment, folder } from './folder.ts';
import { onShop, podwire, shop } from './podwire.ts';

async function rows(line: string): Promise<readonly ListRow[]> {
  const { status, stdout, stderr } = await onShop(`list . ${line} --format json`);
  assert.deepEqual([status, stderr], [0, '']);
  return JSON.parse(stdout);
}

const tcp = (port: number) => [{ protocol: 'TCP', ports: [[port, port]] }];

describe('json', () => {
  test('a row is src, dst and connections', async () => {
    assert.deepEqual(await rows('--from checkout --to payments'), [
      { src: 'shop/checkout[Deployment]', dst: 'shop/payments[Deployment]', connections: tcp(80) },
    ]);
    assert.deepEqual(await rows('--from internet --to frontend'), [
      { src: '0.0.0.0-255.255.255.255', dst: 'shop/frontend[Deployment]', connections: tcp(8080) },
      {
        src: '::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
        dst: 'shop/frontend[Deployment]',
        connections: tcp(8080),
      },
    ]);
  });

  test('everything open is every port of every protocol', async () => {
    const [row] = await rows('--from prometheus --to grafana');
    assert.deepEqual(row?.connections, [
      { protocol: 'TCP', ports: [[1, 65_535]] },
      { protocol: 'UDP', ports: [[1, 65_535]] },
      { protocol: 'SCTP', ports: [[1, 65_535]] },
    ]);
  });

  test('what is closed, what every cluster has, and a workload to itself have no row', async () => {
    const all = await rows('');
    assert.ok(all.every(({ src, dst }) => src !== dst));
    assert.ok(!JSON.stringify(all).includes('kube-system'));
    assert.deepEqual(
      all.filter(({ dst }) => dst === 'shop/cart[Deployment]').map(({ src }) => src),
      ['shop/checkout[Deployment]'],
    );
  });

  test('an empty list is an empty list', async (context) => {
    const root = await folder(context, { 'empty.yaml': '' });
    assert.equal((await podwire(root, ['list', '.', '--format', 'json'])).stdout, '[]\n');
  });
});

describe('text', () => {
  test('a block for each source', async () => {
    assert.equal(
      (await onShop('list . --from checkout')).stdout,
      `shop/checkout[Deployment]
  → data/redis[Deployment]                  6379/TCP
  → data/orders-db[StatefulSet]             5432/TCP
  → observability/node-exporter[DaemonSet]  all ports
  → observability/grafana[Deployment]       all ports
  → observability/prometheus[StatefulSet]   all ports
  → shop/cart[Deployment]                   8080/TCP
  → shop/catalog[Deployment]                8080/TCP
  → shop/frontend[Deployment]               8080/TCP
  → shop/payments[Deployment]               80/TCP
  → internet                                all ports
`,
    );
  });

  test('the internet comes last', async () => {
    const { stdout } = await onShop('list . --to svc/frontend');
    assert.match(stdout, /\n\ninternet\n {2}→ shop\/frontend\[Deployment\] {2}8080\/TCP\n$/);
  });

  test('nothing to one that is isolated says so of that one alone', async (context) => {
    const deny =
      'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: deny }\nspec: { podSelector: { matchLabels: { app: app } } }\n';
    const root = await folder(context, { 'a.yaml': deployment('app'), 'b.yaml': deployment('web'), 'c.yaml': deny });
    const { stdout, stderr } = await podwire(root, ['list', '.', '--to', 'app']);
    assert.deepEqual([stdout, stderr], ['', 'podwire: no connection is open to app, of those that are listed\n']);
    assert.match((await podwire(root, ['list', '.'])).stdout, /^default\/app/);
  });

  test('nothing is said on stderr', async (context) => {
    const root = await folder(context, { 'app.yaml': deployment('app') });
    const { stdout, stderr } = await podwire(root, ['list', '.', '--from', 'app', '--to', 'app']);
    const note = 'podwire: no connection is open from app to app, of those that are listed\n';
    assert.deepEqual([stdout, stderr], ['', note]);
  });
});

describe('a name', () => {
  test('that means nothing', async () => {
    const { status, stdout, stderr } = await onShop('list . --from frontent');
    assert.deepEqual([status, stdout], [2, '']);
    assert.equal(stderr, 'podwire: nothing here is named “frontent”; did you mean shop/deploy/frontend?\n');
  });

  test('with a port, or of a Service that would have to connect', async () => {
    assert.match((await onShop('list . --from frontend:80')).stderr, /has a port/);
    assert.match((await onShop('list . --to svc/frontend:80')).stderr, /--to takes no port/);
    assert.match((await onShop('list . --from svc/frontend')).stderr, /“svc\/frontend” is a Service: it cannot send/);
  });
});

test('stops for a reader that went away', async () => {
  let chunks = 0;
  const stdout = new Writable({
    highWaterMark: 1,
    write(_chunk, _encoding, done) {
      chunks++;
      done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    },
  });
  const stderr = new Writable({ write: (_chunk, _encoding, done) => done() });
  const status = await run(['list', '.', '--format', 'json'], { stdin: Readable.from([]), stdout, stderr, cwd: shop });
  assert.deepEqual([status, chunks], [0, 1]);
});
