import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Settings } from '../../../src/cluster/settings.ts';
import { commandsFor } from '../../../src/network/path/commands.ts';
import { clusterOf } from '../../support/cluster.ts';
import { networkOf } from './manifests.ts';
import { walked } from './walking.ts';

function commands(settings: Partial<Settings>, from: string, to: string, choice?: number): readonly string[] {
  const cluster = networkOf(settings);
  return commandsFor(cluster.settings, walked(cluster, from, to, choice)).map(({ on, command }) =>
    on === '' ? command : `${on}: ${command}`,
  );
}

test('each hop has the command that shows it, with the names of this walk', () => {
  assert.deepEqual(commands({ cni: 'flannel' }, 'pod/web', 'svc/back', 2), [
    'kubectl get pod -n shop web -o wide',
    'kubectl get pod -n shop far -o wide',
    'kubectl exec -n shop web -- nslookup back',
    'kubectl exec -n shop web -- ip route get 10.96.0.50',
    'kubectl exec -n shop web -- cat /sys/class/net/eth0/iflink',
    'n1: iptables-save -t nat | grep KUBE-SVC-BZAZALYJQWSFKBRN',
    'n1: iptables-save -t nat | grep KUBE-SEP-7A5PX5OFMIICUGMG',
    'n1: conntrack -L -p tcp --reply-src 10.244.2.20',
    'n1: ip route get 10.244.2.20',
    'n1: ip -d link show flannel.1',
    'n2: ip -d link show flannel.1',
    'n2: ip route get 10.244.2.20',
    'n2: bridge link show',
    'n2: bridge fdb show br cni0',
    'kubectl exec -n shop web -- nc -vz back 80',
  ]);
});

test('each proxy is asked by its own tool', () => {
  const asked = (settings: Partial<Settings>) => commands(settings, 'pod/web', 'svc/back', 2).join('\n');
  assert.match(
    asked({ proxyMode: 'nftables' }),
    /^n1: nft list chain ip kube-proxy service-\w{8}-shop\/back\/tcp\/http$/m,
  );
  assert.match(asked({ proxyMode: 'ipvs' }), /^n1: ipvsadm -Ln --tcp-service 10\.96\.0\.50:80$/m);
  assert.match(asked({ cni: 'cilium', proxyMode: 'ebpf' }), /cilium-dbg service list$/m);
  assert.match(asked({ cni: 'calico' }), /^n2: iptables-save -t filter \| grep cali-tw-cali[0-9a-f]{11}$/m);
  assert.match(asked({ cni: 'kindnet' }), /^n1: nft list table inet kindnet-network-policies$/m);
});

test('a node and the internet have no kubectl to call from', () => {
  assert.ok(commands({}, 'n1', 'pod/far').includes('n1: nc -vz 10.244.2.20 8080'));
  assert.ok(!commands({}, 'internet', 'n1:30080').join().includes('nc -vz'));
});

test('a pod whose name a controller draws goes by its labels, and what a manifest says is one word of the shell', () => {
  const cluster = clusterOf(`apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec: {replicas: 1, template: {metadata: {labels: {app: "a; reboot '"}}, spec: {containers: [{name: main}]}}}
`);
  const [first, second] = commandsFor(cluster.settings, walked(cluster, 'web', 'internet'));
  assert.equal(first?.command, `kubectl get pod -n default -l 'app=a; reboot '\\''' -o wide`);
  assert.equal(second?.command, 'kubectl exec -n default deploy/web -- ip route get 203.0.113.7');
});
