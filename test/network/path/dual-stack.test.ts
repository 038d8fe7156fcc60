import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Settings } from '../../../src/cluster/settings.ts';
import { plain } from '../../../src/questions/doc.ts';
import { howPhrase } from '../../../src/questions/trace-words.ts';
import { clusterOf } from '../../support/cluster.ts';
import { holds } from './hold.ts';
import { lines, walked } from './walking.ts';

/** Two nodes and a pod on each, with addresses of both families. */
const both = [1, 2]
  .map(
    (number) => `apiVersion: v1
kind: Node
metadata: {name: n${number}}
spec: {podCIDRs: [10.244.${number}.0/24, "fd00:10:244:${number}::/64"]}
status: {addresses: [{type: InternalIP, address: 192.0.2.1${number}}, {type: InternalIP, address: "2001:db8:a::1${number}"}]}
---
apiVersion: v1
kind: Pod
metadata: {name: p${number}, labels: {app: p${number}}}
spec: {nodeName: n${number}, containers: [{name: main, ports: [{containerPort: 8080}]}]}
status: {phase: Running, podIPs: [{ip: 10.244.${number}.9}, {ip: "fd00:10:244:${number}::9"}], conditions: [{type: Ready, status: "True"}]}
`,
  )
  .join('---\n');

function toOther(settings: Partial<Settings>) {
  const cluster = clusterOf(both, settings);
  const walk = walked(cluster, 'pod/p1', '[fd00:10:244:2::9]:8080');
  holds(walk, cluster);
  return walk;
}

/** What leads from the first node to the second. */
function led(settings: Partial<Settings>): readonly string[] {
  const onFirst = lines({ ...toOther(settings), back: [] }).filter((line) => line.startsWith('n1'));
  return onFirst.map((line) => line.slice(0, line.lastIndexOf(' | '))).filter((line) => !line.includes('egress'));
}

test('Calico wraps no IPv6 in IPIP, but routes it', () => {
  assert.deepEqual(led({ cni: 'calico' }), [
    'n1 | cali182c452fe96>eth0 | fd00:10:244:2::/122 via 2001:db8:a::12 dev eth0 proto bird',
  ]);
});

test('flannel has a device of its own for IPv6, where the backend knows it', () => {
  assert.match(led({ cni: 'flannel' })[0] ?? '', />flannel-v6\.1 \| fd00:10:244:2::\/64 via fd00:10:244:2:: /);
  assert.match(led({ cni: 'flannel', encapsulation: 'wireguard' })[0] ?? '', />flannel-wg-v6 /);
  for (const encapsulation of ['ipip', 'udp'] as const) {
    assert.equal(toOther({ cni: 'flannel', encapsulation }).end, 'lost');
    assert.match(led({ cni: 'flannel', encapsulation }).at(-1) ?? '', /lost no-family$/);
  }
});

test('Weave carries no IPv6 to other nodes, from pods and from nodes', () => {
  for (const encapsulation of ['auto', 'udp'] as const) {
    assert.equal(toOther({ cni: 'weave', encapsulation }).end, 'lost');
    assert.match(led({ cni: 'weave', encapsulation }).at(-1) ?? '', /lost no-family$/);
  }
  assert.equal(walked(clusterOf(both, { cni: 'weave' }), 'n1', '[fd00:10:244:2::9]:8080').end, 'lost');
});

test('flannel’s WireGuard listens on a port of its own for IPv6', () => {
  const cluster = clusterOf(both, { cni: 'flannel', encapsulation: 'wireguard' });
  const ports = (to: string) => {
    const { hops } = walked(cluster, 'pod/p1', to);
    const wrapped = hops.filter(({ step }) => step.kind === 'encapsulate' || step.kind === 'decapsulate');
    return wrapped.map((hop) => [hop.after.outer?.port ?? hop.before.outer?.port, plain(howPhrase(hop))]);
  };
  const v4 = 'WireGuard, UDP 51820, MTU of pods 1420';
  const v6 = 'WireGuard, UDP 51821, MTU of pods 1400';
  assert.deepEqual(
    ports('10.244.2.9:8080'),
    [51_820, 51_820].map((port) => [port, v4]),
  );
  assert.deepEqual(
    ports('[fd00:10:244:2::9]:8080'),
    [51_821, 51_821].map((port) => [port, v6]),
  );
});

test('a pod asks for the MAC of an IPv6 neighbour by discovery, for one of IPv4 by ARP', () => {
  const cluster = clusterOf(both, { cni: 'flannel' });
  const asked = (to: string) => walked(cluster, 'pod/p1', to).hops.map((hop) => plain(howPhrase(hop)))[0];
  assert.match(asked('[fd00:10:244:2::9]:8080') ?? '', /neighbour discovery for fd00:10:244:1::1: the bridge answers$/);
  assert.match(asked('10.244.2.9:8080') ?? '', /ARP for 10\.244\.1\.1: the bridge answers$/);
});
