import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, test } from 'node:test';
import type { RulesData } from '../../src/cli/rules-json.ts';
import { deployment, folder } from './folder.ts';
import { onShop, podwire, shop } from './podwire.ts';

async function text(operands: string): Promise<string> {
  const { status, stdout, stderr } = await onShop(`rules ${operands}`);
  assert.deepEqual([status, stderr], [0, '']);
  return stdout;
}

describe('text', () => {
  test('of one Service has its rules alone, and where the Service is written', async () => {
    const written = await text('catalog .');
    assert.match(written, /^# node-1: iptables-save, shop\/catalog \(catalog\.yaml:\d+\)\n\*filter\n/);
    assert.match(
      written,
      /^-A KUBE-SERVICES .*"shop\/catalog:http cluster IP" -m tcp --dport 8080 -j KUBE-SVC-[A-Z2-7]{16}$/m,
    );
    assert.match(written, /"shop\/catalog:metrics has no endpoints" .* -j REJECT/);
    assert.doesNotMatch(written, /frontend|PREROUTING/);
  });

  test('of all has what is there without any, and of the family that Services have', async () => {
    const { stdout } = await onShop('rules . --node node-2');
    assert.match(stdout, /^# node-2: iptables-save\n\*mangle\n/);
    assert.match(stdout, /^-A PREROUTING -m comment --comment "kubernetes service portals" -j KUBE-SERVICES$/m);
    assert.match(stdout, /"default\/kubernetes:https cluster IP"/);
    assert.doesNotMatch(stdout, /ip6tables/);
  });

  test('is that of the mode which the cluster is in', async () => {
    assert.match(
      await text('catalog . --proxy-mode nftables'),
      /list table ip kube-proxy.*\ntable ip kube-proxy \{\n\tcomment/,
    );
    assert.match(await text('catalog . --proxy-mode ipvs'), /\nTCP {2}[\d.]+:8080 rr\n {2}-> 10\.244\./);
    assert.match(await text('catalog . --proxy-mode userspace'), /since Kubernetes 1\.26/);
    assert.match(
      await text('catalog . --proxy-mode ebpf --cni cilium'),
      /cilium.*\n {2}shop\/catalog:http \(catalog\.yaml:\d+\) [\d.]+:8080\/TCP → 10\.244\..*\n {2}.*refused/,
    );
  });
});

test('json has the field that asks for each rule', async () => {
  const data: RulesData = JSON.parse(await text('catalog . --format json'));
  assert.deepEqual([data.node, data.mode], ['node-1', 'iptables']);
  const [rule] = data.rules.filter((each) => each.rule.includes('cluster IP') && each.in === 'nat KUBE-SERVICES');
  assert.equal(rule?.service, 'shop/catalog');
  const lines = (await readFile(path.join(shop, rule?.place?.file ?? ''), 'utf8')).split('\n');
  assert.match(lines[(rule?.place?.start.line ?? 0) - 1] ?? '', /- name: http/);
});

describe('json of mode', () => {
  for (const [mode, where] of [
    ['nftables', 'map service-ips'],
    ['ipvs', 'ipvs'],
    ['ebpf', 'ebpf'],
  ]) {
    test(`${mode} has every address that is called`, async () => {
      const data: RulesData = JSON.parse(await text(`catalog . --format json --proxy-mode ${mode}`));
      const [rule] = data.rules.filter((each) => each.in === where);
      assert.match(rule?.rule ?? '', /^(TCP {2})?[\d.]+( \. tcp \. |:)8080/);
      assert.ok(rule?.place);
    });
  }
});

describe('what is asked in vain is said', () => {
  test('a Service without a ClusterIP', async () => {
    const { status, stderr } = await onShop('rules orders-db .');
    assert.deepEqual([status, stderr], [0, 'podwire: data/orders-db has no ClusterIP: no proxy serves it\n']);
  });

  test('a load balancer without an address', async () => {
    const { stderr } = await onShop('rules frontend .');
    assert.match(stderr, /shop\/frontend has no load balancer’s address/);
  });

  test('a range of pods that nobody set, but that given addresses speak for', async (context) => {
    const text =
      '{ apiVersion: v1, kind: Pod, metadata: { name: a }, spec: { nodeName: n1, containers: [{ name: c, image: c }] }, status: { phase: Running, podIP: 10.42.0.5 } }';
    const { stderr } = await podwire(await folder(context, { 'a.yaml': text }), ['rules', '.']);
    assert.equal(stderr, 'podwire: pods are taken to be in 10.42.0.0/16 and fd00:10:244::/56, as given ones are\n');
  });

  test('a node that is not there', async () => {
    const { status, stderr } = await onShop('rules . --node node-9');
    assert.deepEqual([status, stderr], [2, 'podwire: --node node-9: no such node; there are node-1, node-2\n']);
  });

  test('a plugin and a proxy that no cluster has together', async () => {
    const { status, stderr } = await onShop('rules . --cni flannel --proxy-mode ebpf');
    const modes = '`iptables`, `nftables`, `ipvs`, `userspace`';
    assert.deepEqual([status, stderr], [2, `podwire: \`proxyMode\` with the plugin \`flannel\` must be ${modes}\n`]);
  });
});

describe('what if', () => {
  test('the last pod is deleted: its rules go, and calls are refused', async () => {
    const [head, ...lines] = (await text('redis . --without redis')).trimEnd().split('\n');
    assert.match(head ?? '', /^# node-1: Without data\/redis-\S+:$/);
    const gone = lines.filter((each) => each.startsWith('- nat -A KUBE-'));
    const come = lines.filter((each) => each.startsWith('+ '));
    assert.equal(gone.length + come.length, lines.length);
    assert.ok(gone.some((each) => each.includes('-j DNAT')));
    assert.deepEqual(come.length, 1);
    assert.match(come[0] ?? '', /^\+ filter -A KUBE-SERVICES .*"data\/redis:redis has no endpoints".* -j REJECT/);
  });

  test('a pod is not ready: the virtual server keeps the other endpoints', async () => {
    const { gone, come } = JSON.parse(await text('catalog . --node-down node-2 --proxy-mode ipvs --format json'));
    assert.deepEqual([gone.length, come.length, gone[0].rule], [1, 1, come[0].rule]);
    assert.deepEqual([gone[0].endpoints.length, come[0].endpoints.length], [2, 1]);
  });

  test('something happens elsewhere: nothing changes', async () => {
    assert.match(await text('catalog . --without redis'), /\nNothing changes on node-1\.\n$/);
  });
});

test('a plugin and a proxy that are set in different places, and that no cluster has together, are told', async (context) => {
  const cwd = await folder(context, { 'podwire.yaml': 'cni: flannel\n', 'app.yaml': deployment('web') });
  const { status, stderr } = await podwire(cwd, ['rules', '.', '--proxy-mode', 'ebpf']);
  assert.deepEqual([status, stderr], [0, 'podwire: no cluster runs flannel with the proxy mode ebpf\n']);
});
