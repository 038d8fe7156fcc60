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
    'kubectl get endpointslices -n shop -l kubernetes.io/service-name=back',
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

test('the connection is tried from where it is made, to what is dialled', () => {
  const tried = (from: string, to: string) => commands({}, from, to).find((each) => each.includes('nc -vz'));
  assert.equal(tried('n1', 'pod/far'), 'n1: nc -vz 10.244.2.20 8080');
  assert.equal(tried('n1', 'svc/back'), 'n1: nc -vz 10.96.0.50 80');
  assert.equal(tried('internet', 'n1:30080'), '203.0.113.7: nc -vz 192.0.2.11 30080');
  assert.equal(tried('internet', 'svc/open'), '203.0.113.7: nc -vz 192.0.2.11 30080');
  assert.equal(tried('internet', 'svc/front'), '203.0.113.7: nc -vz 198.51.100.9 80');
  // In the network of its node a pod asks the node's DNS, which knows no Service.
  assert.match(tried('deploy/agent', 'svc/back') ?? '', /nc -vz 10\.96\.0\.50 80$/);
  assert.ok(!commands({}, 'deploy/agent', 'svc/back').join().includes('nslookup'));
});

test('a Service that refuses is found by its rule and its endpoints', () => {
  const asked = (settings: Partial<Settings>) => commands(settings, 'pod/web', 'svc/nothing');
  const endpoints = 'kubectl get endpointslices -n shop -l kubernetes.io/service-name=nothing';
  const iptables = asked({});
  assert.ok(iptables.includes(endpoints) && iptables.includes('n1: iptables-save -t filter | grep shop/nothing'));
  assert.ok(asked({ proxyMode: 'nftables' }).includes('n1: nft list table ip kube-proxy'));
});

test('IPv6 has its own tools', () => {
  const dual = `apiVersion: v1
kind: Service
metadata: {name: six, namespace: shop}
spec: {selector: {app: six}, ipFamilies: [IPv6], clusterIP: "fd00:10:96::6", ports: [{name: http, port: 80, targetPort: http}]}
---
apiVersion: v1
kind: Pod
metadata: {name: six, namespace: shop, labels: {app: six}}
spec: {nodeName: n1, containers: [{name: main, ports: [{name: http, containerPort: 8080}]}]}
status: {phase: Running, podIP: "fd00:10:244:1::6", conditions: [{type: Ready, status: "True"}]}
`;
  const other = dual.slice(dual.indexOf('---')).replaceAll('six', 'caller').replace('1::6', '1::9');
  const node = `---
apiVersion: v1
kind: Node
metadata: {name: n1}
spec: {podCIDR: "fd00:10:244:1::/64"}
status: {addresses: [{type: InternalIP, address: "2001:db8:a::11"}]}
`;
  const asked = (settings: Partial<Settings>) => {
    const cluster = clusterOf(`${dual}${other}${node}`, settings);
    return commandsFor(cluster.settings, walked(cluster, 'shop/pod/caller', 'shop/svc/six')).map(
      ({ command }) => command,
    );
  };
  assert.ok(asked({}).some((command) => /^ip6tables-save -t nat \| grep KUBE-SVC-/.test(command)));
  assert.ok(!asked({}).some((command) => command.startsWith('iptables-save')));
  assert.ok(
    asked({ proxyMode: 'nftables' }).some((command) => /^nft list chain ip6 kube-proxy service-/.test(command)),
  );
});

test('what a controller makes up selects no pod, and one on each node is told by its node', () => {
  const cluster = networkOf({}, [
    `apiVersion: batch/v1
kind: CronJob
metadata: {name: night, namespace: shop}
spec: {jobTemplate: {spec: {template: {metadata: {labels: {app: night}}, spec: {restartPolicy: Never, containers: [{name: main}]}}}}}
`,
    `apiVersion: apps/v1
kind: DaemonSet
metadata: {name: each, namespace: shop}
spec: {selector: {matchLabels: {app: each}}, template: {metadata: {labels: {app: each}}, spec: {containers: [{name: main}]}}}
`,
  ]);
  const asked = (from: string) =>
    commandsFor(cluster.settings, walked(cluster, from, '203.0.113.7:443')).map(({ command }) => command);
  assert.equal(asked('cronjob/night')[0], 'kubectl get pod -n shop -l app=night -o wide');
  assert.equal(
    asked('cronjob/night').at(-1),
    'kubectl exec -n shop $(kubectl get pod -n shop -l app=night -o name | head -n 1) -- nc -vz 203.0.113.7 443',
  );
  const [first = ''] = asked('ds/each');
  assert.match(first, /^kubectl get pod -n shop -l app=each --field-selector spec\.nodeName=n[12] -o wide$/);
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
