import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Settings } from '../../src/cluster/settings.ts';
import { reachData } from '../../src/questions/reach-data.ts';
import { resolveSource, resolveTarget } from '../../src/questions/resolve-end.ts';
import { ask, deployment, documents, explained, type World, worldOf } from './fixture.ts';

const service = (name: string, more: string) => `
apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: shop}
spec: {selector: {app: ${name}}, ${more}}`;

const policy = (name: string, spec: string) => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: ${name}, namespace: shop}
spec: ${spec}`;

const front = deployment('front');
const api = deployment('api', { ports: ['web:8080', 'metrics:9090'] });

function shop(spec?: string, settings: Partial<Settings> = {}): World {
  return worldOf(
    {
      'front.yaml': front,
      'api.yaml': documents(api, service('api', 'ports: [{name: http, port: 80, targetPort: web}]')),
      ...(spec && { 'netpol.yaml': policy('guard', spec).trimStart() }),
    },
    settings,
  );
}

test('a Service’s port is translated to the pods’ before policy is asked', () => {
  const world = shop('{podSelector: {matchLabels: {app: api}}, ingress: [{ports: [{port: 80}]}]}');
  assert.deepEqual(explained(world, 'front', 'svc/api:80').slice(3), [
    '  Ingress: guard (netpol.yaml:3) isolates api, and no rule of it admits this.',
    '  Nearest: guard rule 1 (netpol.yaml:4): it asks for 80/TCP, which is the Service’s port; policy sees the pod’s, 8080.',
  ]);
});

test('the name of a Service’s port is a port too', () => {
  const { outcome, routes } = ask(shop(), 'front', 'svc/api:http');
  assert.equal(outcome, 'allowed');
  assert.deepEqual(
    routes.map(({ ports }) => ports),
    [{ protocol: 'TCP', range: [8080, 8080] }],
  );
});

test('the pods’ port on a Service is told from the Service’s', () => {
  const world = worldOf({
    'a.yaml': documents(front, api, service('api', 'ports: [{port: 80, targetPort: 8080}]')),
  });
  const [head, why] = explained(world, 'front', 'svc/api:8080');
  assert.equal(head, 'Not reachable. shop/deploy/front (a.yaml:3) → shop/svc/api:8080 (a.yaml:30)');
  assert.equal(
    why,
    'api (a.yaml:30) has no port 8080; it has 80/TCP (a.yaml:31). 8080 is the pods’ port; the Service’s is 80.',
  );
});

test('endpoints that differ are told apart', () => {
  const spec = '{podSelector: {matchLabels: {tier: closed}}, policyTypes: [Ingress]}';
  const world = worldOf({
    'a.yaml': documents(
      front,
      deployment('api', { labels: { app: 'api' } }),
      deployment('api-2', { labels: { app: 'api', tier: 'closed' } }),
      service('api', 'ports: [{port: 80}]'),
    ),
    'netpol.yaml': policy('closed', spec).trimStart(),
  });
  const answer = ask(world, 'front', 'svc/api:80');
  assert.deepEqual([answer.outcome, answer.allowed], ['depends', false]);
  assert.deepEqual(answer.routes.map(({ verdict }) => verdict.outcome).toSorted(), ['allowed', 'denied']);
  const lines = explained(world, 'front', 'svc/api:80');
  assert.match(lines[0] ?? '', /^Depends on which way it takes\./);
  assert.match(lines[1] ?? '', /^→ 80\/TCP of deploy\/api \(a\.yaml:\d+\) at 10\.244\.\d+\.\d+: Allowed\.$/);
  assert.match(lines[4] ?? '', /^→ 80\/TCP of deploy\/api-2 .*: Denied\.$/);
});

test('DNS queries that are denied are told, by whatever tier, and those that go by an assumption are not', () => {
  const isDenied = (world: World) => ask(world, 'front', 'svc/api:80').lookup?.sides[0].tier;
  const toBlock = (cidr: string) =>
    `{podSelector: {}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: ${cidr}}}]}]}`;
  assert.equal(isDenied(shop(toBlock('192.0.2.0/24'))), 'NetworkPolicy');
  assert.equal(isDenied(shop(toBlock('0.0.0.0/0'))), undefined);
  const baseline = `
apiVersion: policy.networking.k8s.io/v1alpha1
kind: BaselineAdminNetworkPolicy
metadata: {name: default}
spec: {subject: {namespaces: {}}, egress: [{action: Deny, to: [{namespaces: {matchLabels: {kubernetes.io/metadata.name: kube-system}}}]}]}`;
  const world = worldOf({ 'a.yaml': documents(front, api, service('api', 'ports: [{port: 80}]'), baseline) });
  assert.equal(isDenied(world), 'Baseline');
});

test('address ranges that differ are told apart', () => {
  const spec =
    '{podSelector: {}, egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}]}], policyTypes: [Egress]}';
  const { outcome, routes } = ask(shop(spec), 'front', 'internet:443');
  assert.equal(outcome, 'depends');
  assert.deepEqual(routes.map(({ verdict }) => verdict.outcome).toSorted(), ['allowed', 'denied']);
  assert.equal(ask(shop(spec), 'front', '10.2.0.1:443').outcome, 'allowed');
  assert.equal(ask(shop(spec), 'front', '10.1.0.1:443').outcome, 'denied');
  assert.equal(ask(shop(spec), 'front', '10.0.0.0/15:443').outcome, 'depends');
});

test('without a port the answer is what is open', () => {
  const world = shop('{podSelector: {matchLabels: {app: api}}, ingress: [{ports: [{port: 8080}]}]}');
  const [head, ...rest] = explained(world, 'front', 'deploy/api');
  assert.match(head ?? '', /^Allowed on 8080\/TCP\. /);
  assert.match(rest.join('\n'), /^→ 9090\/TCP of deploy\/api .*: Denied\.$/m);
  assert.match(explained(shop(), 'front', 'deploy/api')[0] ?? '', /^Allowed on every port\. /);
  assert.match(explained(shop('{podSelector: {}}'), 'front', 'deploy/api')[0] ?? '', /^Denied on every port\. /);
});

test('the port of an IPv6 address stands behind brackets, as it can be asked for', () => {
  assert.match(explained(shop(), 'front', '[2001:db8::1]:443')[0] ?? '', /→ \[2001:db8::1\]:443$/);
  assert.match(explained(shop(), 'front', '192.0.2.1:443')[0] ?? '', /→ 192\.0\.2\.1:443$/);
});

test('a Service that no address leads to is not reachable from outside', () => {
  assert.deepEqual(explained(shop(), 'internet', 'svc/api:80'), [
    'Not reachable. the internet → shop/svc/api:80 (api.yaml:18)',
    'api (api.yaml:18) is a ClusterIP Service: it has no address outside the cluster.',
  ]);
});

test('a Service without endpoints refuses', () => {
  const world = worldOf({ 'a.yaml': documents(front, service('api', 'ports: [{port: 80}]')) });
  assert.equal(ask(world, 'front', 'svc/api:80').outcome, 'denied');
  assert.equal(
    explained(world, 'front', 'svc/api:80')[1],
    'api (a.yaml:15) has no endpoints: the connection is refused.',
  );
});

test('a headless name leaves the port as it is dialled', () => {
  const world = worldOf({
    'a.yaml': documents(front, api, service('api', 'clusterIP: None, ports: [{port: 80, targetPort: 8080}]')),
  });
  const ports = (to: string) => ask(world, 'front', to).routes.map((route) => route.ports);
  assert.deepEqual(ports('svc/api:80'), [{ protocol: 'TCP', range: [80, 80] }]);
  assert.deepEqual(ports('svc/api:8080'), [{ protocol: 'TCP', range: [8080, 8080] }]);
});

test('what the plugin decides is said with its answer', () => {
  const spec = '{podSelector: {matchLabels: {app: api}}, ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0}}]}]}';
  const calico = explained(shop(spec), 'front', 'svc/api:80');
  assert.match(calico[0] ?? '', /^Depends; taken for allowed\. /);
  assert.equal(calico.at(-1), '  Depends on the CNI: whether 0.0.0.0/0 matches the addresses of pods; calico: yes.');
  const cilium = explained(shop(spec, { cni: 'cilium' }), 'front', 'svc/api:80');
  assert.match(cilium[0] ?? '', /^Depends; taken for denied\. /);
  assert.match(cilium.at(-1) ?? '', /cilium: no\.$/);
});

test('a plugin without policy allows, and names what another would block', () => {
  const lines = explained(shop('{podSelector: {}}', { cni: 'flannel' }), 'front', 'svc/api:80');
  assert.match(lines[0] ?? '', /^Allowed: flannel enforces no policy\. /);
  assert.equal(lines[2], '  A plugin that enforces policy would block it:');
  assert.equal(lines[4], '  Ingress: guard (netpol.yaml:3) isolates api and has no rule.');
});

test('a workload reaches itself through its other pods, not through one', () => {
  const spec = '{podSelector: {}, policyTypes: [Ingress]}';
  const world = worldOf({
    'a.yaml': documents(deployment('api', { replicas: 2 }), service('api', 'ports: [{port: 80}]')),
    'netpol.yaml': policy('closed', spec).trimStart(),
  });
  assert.equal(ask(world, 'deploy/api', 'svc/api:80').outcome, 'denied');
  assert.equal(ask(world, 'deploy/api', 'deploy/api:80').outcome, 'denied');
});

test('an answer is plain JSON with every place', () => {
  const world = shop(
    '{podSelector: {matchLabels: {app: api}}, ingress: [{from: [{podSelector: {matchLabels: {app: fronk}}}]}]}',
  );
  const data = reachData(ask(world, 'front', 'svc/api:80'), world.where);
  assert.deepEqual(JSON.parse(JSON.stringify(data)), {
    from: 'shop/deploy/front',
    to: 'shop/svc/api',
    port: 80,
    outcome: 'denied',
    allowed: false,
    policyEnforced: true,
    cni: 'calico',
    routes: [
      {
        from: ['shop/deploy/front'],
        to: [
          {
            name: 'shop/deploy/api',
            addresses: world.cluster.workloads.get('shop/Deployment/api')?.pods[0]?.addresses,
          },
        ],
        ports: '8080/TCP',
        outcome: 'denied',
        allowed: false,
        reasons: [
          { direction: 'egress', outcome: 'allowed', because: 'not-isolated', tier: 'default', policies: [] },
          {
            direction: 'ingress',
            outcome: 'denied',
            because: 'no-rule',
            tier: 'NetworkPolicy',
            policies: [{ name: 'shop/guard', place: 'netpol.yaml:3' }],
            nearest: {
              policy: 'shop/guard',
              rule: 1,
              place: 'netpol.yaml:4',
              failures: [
                {
                  kind: 'label',
                  message: 'it asks for app=fronk, and the pod has app=front',
                  place: 'netpol.yaml:4',
                },
              ],
            },
          },
        ],
      },
    ],
    obstacles: [],
    lookupDenied: false,
    sourceMayBeRewritten: false,
  });
});

test('an ambiguous name lists what it may mean', () => {
  const { cluster } = shop();
  assert.deepEqual(resolveTarget(cluster, 'api:80'), {
    error: '“api:80” is ambiguous: shop/deploy/api, shop/svc/api',
    candidates: ['shop/deploy/api', 'shop/svc/api'],
  });
  assert.ok('end' in resolveSource(cluster, 'api'), 'a Service does not connect');
});

test('an unknown name says what is nearly named so', () => {
  assert.deepEqual(resolveSource(shop().cluster, 'frint'), {
    error: 'nothing here is named “frint”; did you mean shop/deploy/front?',
    candidates: ['shop/deploy/front'],
  });
});

test('an address is whoever has it', () => {
  const world = shop();
  const pod = world.cluster.workloads.get('shop/Deployment/api')?.pods[0];
  const service = world.cluster.services.get('shop/api');
  const kindOf = (text: string) => {
    const named = resolveTarget(world.cluster, text);
    return 'end' in named && named.end.kind;
  };
  assert.equal(kindOf(pod?.addresses[0] ?? ''), 'pod');
  assert.equal(kindOf(`${service?.clusterIPs[0]}:80`), 'service');
  assert.equal(kindOf(world.cluster.nodes[0]?.addresses[0] ?? ''), 'node');
  assert.equal(kindOf('192.0.2.7'), 'outside');
});

test('where a node may put its own address in the place of the client’s, a rule by address may not hold', () => {
  const enters = (more: string) =>
    worldOf({
      'a.yaml': documents(api, service('api', `type: NodePort, ${more} ports: [{port: 80, targetPort: web}]`)),
      'netpol.yaml': policy('office', '{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 203.0.113.0/24}}]}]}'),
    });
  const note = /^Depends on the way in: with externalTrafficPolicy: Cluster of api /;
  assert.match(explained(enters(''), '203.0.113.7', 'svc/api:80').at(-1) ?? '', note);
  assert.doesNotMatch(explained(enters('externalTrafficPolicy: Local,'), '203.0.113.7', 'svc/api:80').join(), note);
});
