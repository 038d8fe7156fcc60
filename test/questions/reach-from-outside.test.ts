import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ask, deployment, documents, explained, type World, worldOf } from './fixture.ts';

const api = deployment('api', { ports: ['web:8080'] });

/** The pods of `api` behind a Service with a spec. */
function behind(spec: string, annotation = '', policy = ''): World {
  const service = `
apiVersion: v1
kind: Service
metadata: {name: api, namespace: shop${annotation}}
spec: {selector: {app: api}, ${spec}}`;
  return worldOf({ 'api.yaml': documents(api, service, ...(policy ? [policy] : [])) });
}

const ports = 'ports: [{name: http, port: 80, targetPort: web, nodePort: 30080}]';
const limited = `type: LoadBalancer, loadBalancerSourceRanges: [10.20.0.0/16, 192.0.2.0/25], ${ports}`;

describe('a load balancer that lets in some ranges', () => {
  test('is open to an address of them and to no other', () => {
    const world = behind(limited);
    const verdicts = ['10.20.3.4', '192.0.2.127', '192.0.2.128', '203.0.113.9'].map((from) => {
      const { outcome, allowed, obstacles } = ask(world, from, 'svc/api:80');
      return [outcome, allowed, ...obstacles.map(({ kind }) => kind)];
    });
    const barred = ['denied', false, 'source-ranges'];
    assert.deepEqual(verdicts, [['allowed', true], ['allowed', true], barred, barred]);
  });

  test('is told with its ranges, and that the ports of the nodes are no such way', () => {
    assert.deepEqual(explained(behind(limited), '203.0.113.9', 'svc/api:80'), [
      'Not reachable. 203.0.113.9 → shop/svc/api:80 (api.yaml:17)',
      'The load balancer of api (api.yaml:17) lets in 10.20.0.0/16, 192.0.2.0/25 (api.yaml:18) alone. Port 30080 of the nodes is open to all the same.',
    ]);
  });

  test('leads a range that lies across its own in part, and the internet too', () => {
    for (const from of ['10.0.0.0/8', 'internet']) {
      const { outcome, allowed, routes, obstacles } = ask(behind(limited), from, 'svc/api:80');
      assert.deepEqual([outcome, allowed, obstacles.length], ['depends', false, 1], from);
      const sources = routes.flatMap((route) =>
        route.from.map((party) => (party.kind === 'outside' ? party.range : undefined)),
      );
      assert.ok(
        sources.every((range) => range?.family === 4),
        from,
      );
      const size = sources.reduce((sum, range) => sum + (range ? range.last - range.first + 1n : 0n), 0n);
      assert.equal(size, from === 'internet' ? 65_536n + 128n : 65_536n, from);
    }
  });

  test('says so in the older annotation as well, which the field overrides', () => {
    const annotation =
      ', annotations: {service.beta.kubernetes.io/load-balancer-source-ranges: "10.20.0.0/16, 192.0.2.0/25"}';
    const open = `type: LoadBalancer, ${ports}`;
    assert.equal(ask(behind(open, annotation), '203.0.113.9', 'svc/api:80').outcome, 'denied');
    assert.equal(ask(behind(open, annotation), '192.0.2.1', 'svc/api:80').outcome, 'allowed');
    const field = `type: LoadBalancer, loadBalancerSourceRanges: [203.0.113.0/24], ${ports}`;
    assert.equal(ask(behind(field, annotation), '203.0.113.9', 'svc/api:80').outcome, 'allowed');
    assert.equal(ask(behind(open), '203.0.113.9', 'svc/api:80').outcome, 'allowed');
  });

  test('limits nobody inside the cluster, and no other type', () => {
    assert.equal(ask(behind(limited), 'deploy/api', 'svc/api:80').allowed, true);
    const nodePort = `type: NodePort, loadBalancerSourceRanges: [10.20.0.0/16], ${ports}`;
    assert.equal(ask(behind(nodePort), '203.0.113.9', 'svc/api:80').outcome, 'allowed');
  });

  test('limits each family by its own ranges', () => {
    const both = `ipFamilyPolicy: PreferDualStack, ${limited}`;
    assert.equal(ask(behind(both), '2001:db8::1', 'svc/api:80').outcome, 'allowed');
    assert.equal(ask(behind(limited), '2001:db8::1', 'svc/api:80').outcome, 'denied');
  });
});

describe('a port of the nodes', () => {
  test('is dialled by its number from outside and from a node, past the ranges of the load balancer', () => {
    const world = behind(limited);
    for (const from of ['203.0.113.9', 'internet', 'node-1']) {
      const { outcome, routes } = ask(world, from, 'svc/api:30080');
      assert.deepEqual([outcome, routes[0]?.ports], ['allowed', { protocol: 'TCP', range: [8080, 8080] }], from);
    }
    assert.deepEqual(
      ask(world, 'deploy/api', 'svc/api:30080').obstacles.map(({ kind }) => kind),
      ['no-such-port'],
    );
  });

  test('of a node leads to the pods behind it, where policy is asked', () => {
    const guard = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: guard, namespace: shop}
spec: {podSelector: {}, ingress: [{ports: [{port: 9}]}]}`;
    const spec = `type: NodePort, ${ports}`;
    assert.equal(ask(behind(spec), '203.0.113.9', 'node-2:30080').outcome, 'allowed');
    const { outcome, routes } = ask(behind(spec, '', guard), '203.0.113.9', 'node-2:30080');
    assert.deepEqual([outcome, routes[0]?.to[0]?.kind], ['denied', 'pod']);
    assert.equal(ask(behind(spec, '', guard), '203.0.113.9', 'node-2:30081').routes[0]?.to[0]?.kind, 'node');
  });
});

describe('an address of a Service that is not its ClusterIP', () => {
  const client = deployment('client');
  const closed = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: closed, namespace: shop}
spec: {podSelector: {matchLabels: {app: api}}, policyTypes: [Ingress]}`;

  /** `api` behind a load balancer, with an externalIP that is its node's as well, closed to everybody where it says so. */
  function dialled(spec: string, mode: string, policy = closed): World {
    const service = `
apiVersion: v1
kind: Service
metadata: {name: api, namespace: shop}
spec: {selector: {app: api}, type: LoadBalancer, externalIPs: [198.18.0.1, 192.168.7.7], ${spec} ${ports}}
status: {loadBalancer: {ingress: [{ip: 198.51.100.9, ipMode: ${mode}}]}}`;
    const node = `
apiVersion: v1
kind: Node
metadata: {name: here}
status: {addresses: [{type: InternalIP, address: 192.168.7.7}]}`;
    return worldOf({ 'api.yaml': documents(api, client, service, node, ...(policy ? [policy] : [])) });
  }

  const outcomes = (world: World, from: string, targets: readonly string[]) =>
    targets.map((to) => ask(world, from, to).outcome);

  test('leads to the pods behind it, whose policy decides', () => {
    const world = dialled('', 'VIP');
    const all = ['198.51.100.9:80', '198.18.0.1:80', '192.168.7.7:80'];
    assert.deepEqual(outcomes(world, 'deploy/client', all), ['denied', 'denied', 'denied']);
    assert.deepEqual(outcomes(world, 'internet', all), ['denied', 'denied', 'denied']);
    assert.deepEqual(outcomes(dialled('', 'VIP', ''), 'deploy/client', all), ['allowed', 'allowed', 'allowed']);
  });

  test('has no other ports than the Service, unless it is a node’s', () => {
    const world = dialled('', 'VIP', '');
    const { obstacles } = ask(world, 'deploy/client', '198.51.100.9:81');
    assert.deepEqual(
      obstacles.map(({ kind }) => kind),
      ['no-such-port'],
    );
    const { routes } = ask(world, 'deploy/client', '192.168.7.7:81');
    assert.equal(routes[0]?.to[0]?.kind, 'node');
  });

  test('is left alone by nodes where a load balancer proxies: it leads in from outside', () => {
    const world = dialled('', 'Proxy');
    assert.deepEqual(outcomes(world, 'internet', ['198.51.100.9:80']), ['denied']);
    assert.equal(ask(world, 'deploy/client', '198.51.100.9:80').routes[0]?.to[0]?.kind, 'outside');
  });

  test('lets in the ranges alone where it is the load balancer’s, pods as everybody', () => {
    const world = dialled('loadBalancerSourceRanges: [203.0.113.0/24],', 'VIP', '');
    const kinds = (from: string, to: string) => ask(world, from, to).obstacles.map(({ kind }) => kind);
    assert.deepEqual(kinds('deploy/client', '198.51.100.9:80'), ['source-ranges']);
    assert.deepEqual(kinds('198.51.100.77', '198.51.100.9:80'), ['source-ranges']);
    assert.deepEqual(outcomes(world, '203.0.113.7', ['198.51.100.9:80']), ['allowed']);
    assert.deepEqual(outcomes(world, 'deploy/client', ['198.18.0.1:80']), ['allowed']);
    assert.deepEqual(outcomes(world, '198.51.100.77', ['198.18.0.1:80']), ['allowed']);
  });
});
