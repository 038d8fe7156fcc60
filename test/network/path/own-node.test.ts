import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Settings } from '../../../src/cluster/settings.ts';
import { plain } from '../../../src/questions/doc.ts';
import { howPhrase } from '../../../src/questions/trace-words.ts';
import { networkOf } from './manifests.ts';
import { lines, walked } from './walking.ts';

/** The hops of a walk, without their packets. */
function hops(settings: Partial<Settings>, from: string, to: string): readonly string[] {
  const walk = walked(networkOf(settings), from, to);
  return lines({ ...walk, back: [] }).map((line) => line.slice(0, line.lastIndexOf(' | ')));
}

test('policy about a pod that calls its own node is asked in INPUT, where the plugin asks at all', () => {
  const asked = (cni: Settings['cni']) => hops({ cni }, 'pod/web', 'n1:10250').filter((hop) => hop.includes('egress'));
  assert.deepEqual(asked('calico'), [
    'n1 | cali551b05c3e54> | egress allowed filter INPUT cali-INPUT cali-wl-to-host cali-from-wl-dispatch cali-fw-cali551b05c3e54',
  ]);
  assert.deepEqual(asked('weave'), ['n1 | vethwepl409aba7> | egress allowed filter INPUT WEAVE-NPC-EGRESS']);
  assert.deepEqual(asked('cilium'), ['n1 | lxc409aba7e9761> | egress allowed eBPF cil_from_container lxc409aba7e9761']);
  assert.deepEqual(asked('kindnet'), []);
});

test('what a node sends to a pod of its own passes netfilter’s OUTPUT, where Calico and Weave ask nothing', () => {
  const asked = (cni: Settings['cni']) => hops({ cni }, 'n1', 'pod/near').filter((hop) => hop.includes('ingress'));
  assert.deepEqual(asked('calico'), []);
  assert.deepEqual(asked('weave'), []);
  assert.deepEqual(asked('kindnet'), ['n1 | ingress allowed inet kindnet-network-policies postrouting']);
  assert.deepEqual(asked('cilium'), ['n1 | ingress allowed eBPF cil_to_container lxcafd654bf38f5']);
});

test('the health check of a load balancer is answered by the proxy of the node', () => {
  const checked = `apiVersion: v1
kind: Service
metadata: {name: checked, namespace: shop}
spec: {type: LoadBalancer, externalTrafficPolicy: Local, healthCheckNodePort: 30500, selector: {app: back}, ports: [{port: 80}]}
`;
  const cluster = networkOf({}, [checked]);
  for (const [from, to] of [
    ['internet', 'n1:30500'],
    ['pod/web', 'n2:30500'],
    ['n1', 'localhost:30500'],
  ] as const) {
    const last = walked(cluster, from, to).hops.at(-1);
    assert.equal(last?.step.kind === 'arrive' && last.step.healthCheck?.name, 'checked', `${from} → ${to}`);
    assert.ok(last);
    assert.equal(plain(howPhrase(last)), 'the proxy of the node answers whether it has an endpoint of checked');
  }
  const other = walked(cluster, 'pod/web', 'n2:30500/UDP').hops.at(-1);
  assert.equal(other?.step.kind === 'arrive' && other.step.healthCheck, undefined);
});

test('a loopback address is the node itself, or the pod that has asked for the port', () => {
  assert.deepEqual(hops({}, 'n2', 'localhost:9100'), ['n2 | arrive main']);
  assert.deepEqual(hops({ cni: 'flannel' }, 'n2', 'localhost:9090'), [
    'n2 | dnat nat OUTPUT CNI-HOSTPORT-DNAT',
    'n2 | >cni0 | 10.244.2.0/24 dev cni0 proto kernel scope link',
    'n2 | snat nat POSTROUTING CNI-HOSTPORT-MASQ',
    'n2 | cni0>veth53a1b9a8 | bridge cni0',
    'door | eth0> | arrive main',
  ]);
  // Cilium's program at the socket takes it for the node's own, for processes of the node; a pod's loopback is the pod.
  const ebpf = { cni: 'cilium', proxyMode: 'ebpf' } as const;
  assert.match(hops(ebpf, 'n1', 'localhost:30080')[0] ?? '', /^n1 \| dnat eBPF cgroup/);
  assert.match(hops(ebpf, 'n1', 'localhost:30080').at(-1) ?? '', /^near \| eth0> \| arrive main/);
  const { hops: walk, back } = walked(networkOf(ebpf), 'n1', 'localhost:30080', 2);
  assert.notEqual(walk.at(-1)?.after.source.address, '127.0.0.1');
  assert.equal(back.at(-1)?.after.source.address, '127.0.0.1', 'the socket knows the address that was called');
  assert.deepEqual(hops(ebpf, 'pod/web', 'localhost:30080'), [
    'web | >lo | send local 127.0.0.1 dev lo',
    'web | lo> | arrive -',
  ]);
  assert.deepEqual(hops({ cni: 'calico', proxyMode: 'ebpf' }, 'n1', 'localhost:30080'), ['n1 | arrive -']);
  // kube-proxy in nftables mode takes no node port on a loopback address.
  assert.deepEqual(hops({ proxyMode: 'nftables' }, 'n1', 'localhost:30080'), ['n1 | arrive -']);
});
