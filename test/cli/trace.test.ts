import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TraceData } from '../../src/questions/trace-data.ts';
import { folder } from './folder.ts';
import { onShop, podwire } from './podwire.ts';

const manifests = `apiVersion: v1
kind: Node
metadata: {name: n1}
spec: {podCIDR: 10.244.1.0/24}
status: {addresses: [{type: InternalIP, address: 192.0.2.11}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {nodeName: n1, containers: [{name: main, ports: [{containerPort: 80}]}]}
status: {phase: Running, podIP: 10.244.1.10, conditions: [{type: Ready, status: "True"}]}
---
apiVersion: v1
kind: Pod
metadata: {name: api, labels: {app: api}}
spec: {nodeName: n1, containers: [{name: main, ports: [{containerPort: 8080}]}]}
status: {phase: Running, podIP: 10.244.1.20, conditions: [{type: Ready, status: "True"}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: nobody}
spec: {podSelector: {matchLabels: {app: api}}, ingress: [{from: [{podSelector: {matchLabels: {app: wbe}}}]}]}
`;

test('text has the end, what it rests on, each hop, the way back and the commands', async (context) => {
  const cwd = await folder(context, { 'all.yaml': manifests });
  const { status, stdout, stderr } = await podwire(cwd, ['trace', 'pod/web', 'pod/api', '.', '--cni', 'flannel']);
  assert.deepEqual([status, stderr], [0, '']);
  assert.equal(
    stdout.replaceAll(/\b(3[2-9]|[45]\d)\d{3}\b/g, '*****'),
    `Arrives. default/web (all.yaml:9) → 10.244.1.20:8080/TCP (api)
flannel, VXLAN · iptables · assumed
     where  interfaces                   step             packet                                how
  1  web    → eth0                       send             10.244.1.10:***** → 10.244.1.20:8080  10.244.1.0/24 dev eth0 scope link; ARP for 10.244.1.20: the receiver answers
  2  n1     veth6009e864 → veth3a58bb3d  bridge                                                 MAC table of cni0: the receiver is behind veth3a58bb3d
  3  n1                                  policy, ingress                                        not enforced; a plugin that enforces policy would block it. Ingress: nobody isolates api, and no rule of it admits this.
  4  api    eth0 →                       arrive           10.244.1.10:***** → 10.244.1.20:8080  container main declares the port
  ↩  api                                 reply            10.244.1.20:8080 → 10.244.1.10:*****
  ↩  web                                 arrive           10.244.1.20:8080 → 10.244.1.10:*****
The same on a cluster, where what is simulated here differs:
  kubectl get pod -n default web -o wide
  kubectl get pod -n default api -o wide
  kubectl exec -n default web -- ip route get 10.244.1.20
  kubectl exec -n default web -- cat /sys/class/net/eth0/iflink
  n1: bridge link show
  n1: bridge fdb show br cni0
  kubectl exec -n default web -- nc -vz 10.244.1.20 8080
`,
  );
});

test('what policy denies is told with the rule that comes nearest, at its line', async (context) => {
  const cwd = await folder(context, { 'all.yaml': manifests });
  const { stdout } = await podwire(cwd, ['trace', 'pod/web', 'pod/api', '.']);
  assert.match(stdout, /^Denied on the way\. default\/web \(all\.yaml:9\) → 10\.244\.1\.20:8080\/TCP \(api\)$/m);
  assert.match(stdout, /policy, ingress .*cali-tw-cali\w+: denied\. Ingress: nobody isolates api/);
  assert.match(stdout, /^Nearest: nobody rule 1 \(all\.yaml:22\): it asks for app=wbe, and the pod has app=web/m);
});

test('json has every hop with its packet before and after', async () => {
  const { stdout } = await onShop(
    'trace frontend svc/catalog:8080 . --format json --cni kindnet --proxy-mode nftables',
  );
  const data: TraceData<unknown> = JSON.parse(stdout);
  assert.deepEqual(
    [data.end, data.network],
    ['arrives', { cni: 'kindnet', transport: 'host routes', proxyMode: 'nftables' }],
  );
  const [first, ...others] = data.hops;
  assert.equal(first?.step, 'resolve');
  assert.deepEqual(first?.place, {
    file: 'catalog.yaml',
    start: { line: 29, column: 9 },
    end: { line: 29, column: 16 },
  });
  for (const [index, { before }] of others.entries()) assert.deepEqual(before, data.hops[index]?.after);
  assert.ok(data.back.length > 0 && data.commands.length > 0);
});

test('the encapsulation is that of the option, and a plugin that does not know it says so', async () => {
  const told = async (options: string) => {
    const { stdout, stderr } = await onShop(`trace frontend svc/catalog:8080 . ${options}`);
    return [stdout.split('\n')[1]?.split(' · ')[0], stderr.trim()];
  };
  assert.deepEqual(await told('--cni flannel --encapsulation wireguard'), ['flannel, WireGuard', '']);
  assert.deepEqual(await told('--encapsulation none'), ['calico, BGP', '']);
  assert.deepEqual(await told('--cni weave --encapsulation ipip'), [
    'weave, fast datapath',
    'podwire: weave does not know the encapsulation ipip; fast datapath is taken instead',
  ]);
});

test('an endpoint is picked by its number, Docker hosts by an option', async () => {
  const end = async (line: string) => JSON.parse((await onShop(`${line} --format json`)).stdout) as TraceData<unknown>;
  const [one, two] = [
    await end('trace frontend svc/catalog:8080 . --endpoint 1'),
    await end('trace frontend svc/catalog:8080 . --endpoint 2'),
  ];
  assert.notEqual(one.hops.at(-1)?.where.name, two.hops.at(-1)?.where.name);
  const docker = await end('trace frontend svc/catalog:8080 . --docker');
  assert.equal(docker.network, undefined);
  assert.match(docker.hops[0]?.before.source.address ?? '', /^172\.17\./);
});

test('calls that are wrong', async () => {
  const error = async (line: string) => {
    const { status, stderr } = await onShop(line);
    assert.equal(status, 2);
    return stderr.split('\n')[0];
  };
  assert.equal(await error('trace frontend'), 'podwire: trace asks for FROM, TO and a PATH');
  assert.equal(
    await error('trace frontend svc/crat .'),
    'podwire: nothing here is named “svc/crat”; did you mean shop/svc/cart?',
  );
  assert.equal(await error('trace frontend svc/cart:grpc .'), 'podwire: shop/svc/cart has no port grpc');
  assert.equal(
    await error('trace frontend svc/cart . --endpoint none'),
    'podwire: --endpoint none: a number from 1 is asked for',
  );
  assert.equal(
    await error('trace frontend svc/catalog:8080 . --endpoint 9'),
    'podwire: --endpoint 9: there are only 2',
  );
  assert.equal(
    await error('trace deploy/checkout svc/orders-db . --endpoint 3'),
    'podwire: --endpoint 3: there are only 2',
  );
  assert.match((await error('trace frontend svc/cart . --encapsulation gre')) ?? '', /`encapsulation` must be `auto`/);
  assert.match((await error('trace frontend svc/cart . --proxy-mode tables')) ?? '', /`proxyMode` must be `iptables`/);
});
