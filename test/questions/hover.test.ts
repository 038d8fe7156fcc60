import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deployment, documents, hoverText } from './fixture.ts';

const service = (selector: string, ports: string, more = '') => `
apiVersion: v1
kind: Service
metadata: {name: a|pi, namespace: shop}
spec:
  selector: ${selector}
  clusterIP: 10.96.0.50
  ports: ${ports}
  ${more}`;

const pod = `
apiVersion: v1
kind: Pod
metadata: {name: api, namespace: shop, labels: {app: api}}
spec:
  nodeName: node-1
  containers:
  - {name: main, ports: [{name: web, containerPort: 8080}]}
status: {podIP: 10.244.0.9, conditions: [{type: Ready, status: "True"}]}`;

test('a Service tells its address, what its ports lead to, and its endpoints', () => {
  assert.deepEqual(hoverText(documents(service('{app: api}', '[{name: http, port: 80, targetPort: web}]'), pod)), [
    'api · Service · shop',
    'api.shop.svc.cluster.local → 10.96.0.50',
    '  port         target                endpoints',
    '  http 80/TCP  web = 8080 (in main)  pod/api',
    '  10.244.0.9 pod api (a.yaml:11) on node-1, ready',
    'Not reachable from outside',
  ]);
});

test('a Service says why it has no endpoints, and which pods come nearest', () => {
  assert.deepEqual(hoverText(documents(service('{app: apy}', '[{port: 80}]'), pod)), [
    'api · Service · shop',
    'api.shop.svc.cluster.local → 10.96.0.50',
    '  port    target  endpoints',
    '  80/TCP  80      none: no pod has app=apy',
    'pod/api (a.yaml:11) is no endpoint: it has app=api, not app=apy.',
  ]);
});

test('a Service says which named port its pods lack', () => {
  const [, , , row] = hoverText(documents(service('{app: api}', '[{port: 80, targetPort: wob}]'), pod));
  assert.equal(row, '  80/TCP  wob     none: no container of pod/api has a TCP port named wob');
});

test('a Service with a node port says where it is entered', () => {
  const lines = hoverText(documents(service('{app: api}', '[{port: 80, nodePort: 30080}]', 'type: NodePort'), pod));
  assert.match(lines.join('\n'), /80\/TCP, node port 30080 /);
  assert.equal(lines.at(-1), 'Reachable from outside on every node’s port 30080');
});

const isolated = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: only-front, namespace: shop}
spec:
  podSelector: {matchLabels: {app: api}}
  ingress:
  - from: [{podSelector: {matchLabels: {app: front-end}}}]
    ports: [{port: 8080}]`;

test('a hostname tells what it resolves to, the answer, and the nearest rule', () => {
  const caller = deployment('frontend', { env: { API_URL: 'http://a|pi:80/v1' } });
  const api = service('{app: api}', '[{port: 80, targetPort: 8080}]').replace('|', '');
  assert.deepEqual(hoverText(documents(caller, api, pod, isolated)), [
    'api:80 from deploy/frontend (a.yaml:3) in shop',
    '→ api.shop.svc.cluster.local (a.yaml:17) (name 1 of 4 to try) → 10.96.0.50 → 10.244.0.9:8080',
    'Denied. Egress: no policy isolates frontend. Ingress: only-front (a.yaml:34) isolates api, and no rule of it ' +
      'admits this. Nearest: only-front rule 1 (a.yaml:38): it asks for app=front-end, and the pod has app=frontend.',
    '2 queries to 10.96.0.10, which policy lets through: A NOERROR, AAAA NODATA',
  ]);
});

test('where the plugin enforces no policy the answer says so, and what would block it elsewhere', () => {
  const caller = deployment('frontend', { env: { API_URL: 'http://a|pi:80/v1' } });
  const api = service('{app: api}', '[{port: 80, targetPort: 8080}]').replace('|', '');
  const [, , answer = ''] = hoverText(documents(caller, api, pod, isolated), { cni: 'flannel' });
  assert.match(answer, /^Allowed: flannel enforces no policy\. A plugin that enforces policy would block it: Egress:/);
});

test('a name that no Service has says so, with the one that was probably meant', () => {
  const caller = deployment('frontend', { env: { API_URL: 'http://ap|y:80' } });
  const api = service('{app: api}', '[{port: 80}]').replace('|', '');
  assert.deepEqual(hoverText(documents(caller, api)).slice(1), [
    '→ no Service apy in shop. Did you mean api (a.yaml:17)?',
    '8 queries to 10.96.0.10, which policy lets through:',
    '  apy.shop.svc.cluster.local. A NXDOMAIN, AAAA NXDOMAIN',
    '  apy.svc.cluster.local. A NXDOMAIN, AAAA NXDOMAIN',
    '  apy.cluster.local. A NXDOMAIN, AAAA NXDOMAIN',
    '  apy. A FORWARDED, AAAA FORWARDED',
  ]);
});

test('a URL is told at its scheme and at its path as at its name', () => {
  const api = service('{app: api}', '[{port: 80, targetPort: 8080}]').replace('|', '');
  const at = (value: string) => hoverText(documents(deployment('frontend', { env: { API_URL: value } }), api, pod))[0];
  const told = 'api:80 from deploy/frontend (a.yaml:3) in shop';
  assert.equal(at('ht|tp://api/v1'), told);
  assert.equal(at('http://api/v|1'), told);
});

test('denied DNS queries are told with the call', () => {
  const policy = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: out, namespace: shop}
spec:
  podSelector: {matchLabels: {app: frontend}}
  policyTypes: [Egress]
  egress: [{to: [{podSelector: {matchLabels: {app: api}}}]}]`;
  const caller = deployment('frontend', { env: { API_URL: 'http://a|pi:80/v1' } });
  const api = service('{app: api}', '[{port: 80, targetPort: 8080}]').replace('|', '');
  const lines = hoverText(documents(caller, api, pod, policy));
  assert.match(lines[2] ?? '', /^Allowed\. Egress: out rule 1 \(a\.yaml:\d+\) lets it out to app=api on any port\./);
  assert.match(
    lines[3] ?? '',
    /^But the DNS queries of deploy\/frontend .*are not let out, so that the name does not resolve\. Egress: out \(a.yaml:\d+\) isolates frontend, and no rule of it admits this\.$/,
  );
  assert.equal(lines[4], undefined);
});

test('a workload tells its addresses, its Services, its isolation and its neighbours', () => {
  const api = service('{app: api}', '[{port: 80}]').replace('|', '');
  const text = documents(
    pod.replace('name: api,', 'name: a|pi,'),
    api,
    isolated,
    deployment('frontend'),
    deployment('web'),
  );
  assert.deepEqual(hoverText(text), [
    'api · Pod · shop · 1 pod',
    '10.244.0.9 on node-1',
    'Selected by svc/api (a.yaml:12) (80)',
    'Ingress isolated by only-front (a.yaml:20) · Egress open: no policy isolates it',
    'Nobody may reach it',
    'May reach the internet, every workload',
  ]);
});

test('a policy tells whom it selects and what each rule means now', () => {
  const text = documents(isolated.replace('name: only-front', 'name: on|ly-front'), pod, deployment('frontend'));
  assert.deepEqual(hoverText(text), [
    'only-front · NetworkPolicy · shop',
    'Selects pod/api (a.yaml:12)',
    'Ingress: lets in only',
    '  rule 1 (a.yaml:7): from app=front-end on 8080/TCP — now nobody',
    'Egress: not isolated by this policy',
  ]);
});

test('a peer that means nobody says what was probably meant', () => {
  const text = documents(isolated.replace('front-end', 'fr|ont-end'), pod, deployment('frontend'));
  assert.deepEqual(hoverText(text).slice(1, 3), [
    'From app=front-end on 8080/TCP',
    'Now nobody; did you mean app=frontend?',
  ]);
});

test('a podSelector that selects nothing says so', () => {
  const text = documents(isolated.replace('app: api', 'app: a|pj'), pod);
  assert.deepEqual(hoverText(text).slice(1), ['Selects no pod: none of shop has app=apj. Did you mean app=api?']);
});

test('what stands in a container tells nothing of the pod', () => {
  assert.deepEqual(hoverText(documents(pod.replace('name: web', 'name: w|eb'))), []);
});

test('a Service names its callers, and nobody twice', () => {
  const api = service('{app: api}', '[{port: 80, targetPort: 8080}]');
  const caller = deployment('frontend', { env: { API_URL: 'http://api/' } });
  const others = ['a', 'b', 'c', 'd'].map((name) => deployment(name));
  const guard = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: guard, namespace: shop}
spec: {podSelector: {matchLabels: {app: api}}, ingress: [{from: [{podSelector: {matchLabels: {app: frontend}}}]}]}`;
  const lines = hoverText(documents(api, pod, caller, ...others, guard));
  assert.match(
    lines.at(-1) ?? '',
    /^Called by deploy\/frontend \(.*\) · open to nobody else · not reachable from outside$/,
  );
});

test('a workload whose pods draw from an inferred range says so, unless they have the addresses of nodes', () => {
  const addresses = (network: string) => {
    const cursor = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: a|pi}
spec: {template: {metadata: {labels: {app: api}}, spec: {${network}}}}`;
    const node = '{ apiVersion: v1, kind: Node, metadata: { name: n1 }, spec: { podCIDR: 10.42.0.0/24 } }';
    return hoverText(documents(cursor, node))[1] ?? '';
  };
  assert.match(addresses(''), /^10\.42\.0\.\d+ on n1 simulated in 10\.42\.0\.0\/16, .*, as given ones are$/);
  assert.match(addresses('hostNetwork: true'), /^192\.168\.0\.\d+ on n1 simulated · in its node’s network$/);
});
