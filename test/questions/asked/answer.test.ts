import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { plain } from '../../../src/questions/doc.ts';
import { deployment, documents, explained, shown } from '../fixture.ts';
import { answered, asked, brief, ingressPolicy, shop, world } from './world.ts';

test('whether one can reach another, in a line that says who denies', () => {
  const here = world();
  assert.equal(brief(here, 'can front reach svc/api:80'), '✓ allowed');
  assert.equal(brief(here, 'can front reach svc/api:metrics'), '✗ denied: web-only');
  assert.equal(brief(here, 'can front reach svc/db:5432'), '✗ denied: default-deny');
  assert.equal(brief(here, 'can front reach svc/api'), '✗ allowed on http 80/TCP alone: web-only');
  assert.equal(brief(here, 'can front reach svc/api:81'), '✗ not reachable: no such port');
  assert.equal(brief(here, 'can internet reach svc/api:80'), '✗ not reachable: no address outside the cluster');
});

test('the proof is that of explain', () => {
  const here = world();
  for (const to of ['svc/api:80', 'svc/db:5432', 'svc/api', 'deploy/db']) {
    const lines = shown(here, answered(here, `can front reach ${to}`).doc)
      .trimEnd()
      .split('\n');
    assert.deepEqual(lines, explained(here, 'front', to));
  }
});

test('an expectation holds if every connection that it means is so', () => {
  const here = world();
  const holds = (text: string) => answered(here, `expect ${text}`).holds;
  assert.equal(holds('front -> svc/api:80 allowed'), true);
  assert.equal(holds('front -> svc/api:80 denied'), false);
  assert.equal(holds('front -> svc/db:5432 denied'), true);
  assert.equal(holds('front -> svc/db:5432 allowed'), false);
  assert.equal(holds('api -> deploy/db denied'), true);
  assert.equal(holds('internet -> svc/db denied'), true);
  assert.equal(holds('internet -> deploy/db:5432 denied'), true);
  assert.equal(holds('db -> internet allowed'), true);
  assert.equal(holds('front -> 203.0.113.9:443 allowed'), true);
});

test('what is open in part is neither allowed nor denied, and the message says which part', () => {
  const here = world();
  for (const outcome of ['allowed', 'denied']) {
    const { holds, failure } = answered(here, `expect front -> svc/api ${outcome}`);
    assert.equal(holds, false);
    assert.match(failure ?? '', /in part.*8080\/TCP of deploy\/api.*: Allowed\..*9090\/TCP of deploy\/api.*: Denied\./);
  }
});

test('of pods that differ, each counts', () => {
  const pod = (name: string, app: string) => `apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: shop, labels: {app: ${app}, of: mixed}}
spec: {containers: [{name: main, ports: [{containerPort: 80}]}]}`;
  const text = documents(
    deployment('front'),
    pod('open', 'open'),
    pod('closed', 'closed'),
    'apiVersion: v1\nkind: Service\nmetadata: {name: mixed, namespace: shop}\nspec: {selector: {of: mixed}, ports: [{port: 80}]}',
    ingressPolicy('shut', 'closed'),
  );
  const here = world(text);
  assert.equal(answered(here, 'expect front -> svc/mixed:80 allowed').holds, false);
  assert.equal(answered(here, 'expect front -> svc/mixed:80 denied').holds, false);
  assert.equal(brief(here, 'can front reach svc/mixed:80'), '✗ allowed in part: shut');
  assert.equal(answered(here, 'expect front -> pod/open:80 allowed').holds, true);
  assert.equal(answered(here, 'expect front -> pod/closed:80 denied').holds, true);
});

test('without a port those that the receiver declares are meant; where it declares none, all are', () => {
  const only = (name: string) => ingressPolicy(`only-${name}`, name, '[{ports: [{port: 8080}]}]');
  const text = documents(
    deployment('front'),
    deployment('told', { ports: ['http:8080'] }),
    deployment('silent'),
    only('told'),
    only('silent'),
  );
  const here = world(text);
  assert.equal(answered(here, 'expect front -> told allowed').holds, true);
  assert.equal(answered(here, 'expect front -> silent allowed').holds, false);
  assert.equal(answered(here, 'expect front -> silent denied').holds, false);
  assert.equal(answered(here, 'expect front -> silent:8080 allowed').holds, true);
});

test('where an answer depends, the configured assumption applies and is named', () => {
  const text = documents(
    deployment('front'),
    deployment('api', { ports: ['http:8080'] }),
    ingressPolicy('by-range', 'api', '[{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}]'),
  );
  const question = 'expect front -> deploy/api:8080';
  const matching = world(text, { cni: 'calico' });
  assert.equal(answered(matching, `${question} allowed`).outcome, 'depends');
  assert.equal(answered(matching, `${question} allowed`).holds, true);
  assert.equal(brief(matching, `${question} allowed`), '✓ allowed · assumed');
  assert.match(answered(matching, `${question} denied`).failure ?? '', /Depends on the CNI/);
  const other = world(text, { cni: 'cilium' });
  assert.equal(answered(other, `${question} denied`).holds, true);
  assert.match(answered(other, `${question} allowed`).failure ?? '', /Depends on the CNI/);
});

test('a plugin that enforces no policy denies nothing, and that is said', () => {
  const here = world(shop, { cni: 'flannel' });
  const { holds, failure, related } = answered(here, 'expect front -> svc/db:5432 denied');
  assert.equal(holds, false);
  assert.match(failure ?? '', /A plugin that enforces policy would block it/);
  assert.equal(brief(here, 'can front reach svc/db:5432'), '✓ allowed: flannel enforces no policy');
  assert.deepEqual(
    related.map(({ message }) => message),
    ['shop/deploy/front', 'shop/svc/db'],
  );
});

test('a load balancer lets in as the Service says, and as the settings take it', () => {
  const balancer = (name: string, field: string) => `apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: shop}
spec: {type: LoadBalancer, ${field}, selector: {app: api}, ports: [{port: 80, targetPort: 8080}]}`;
  const here = world(
    documents(
      shop,
      balancer('open', 'externalTrafficPolicy: Cluster'),
      balancer('narrow', 'loadBalancerSourceRanges: [203.0.113.0/24]'),
      balancer('direct', 'allocateLoadBalancerNodePorts: false'),
    ),
  );
  assert.equal(brief(here, 'expect internet -> svc/open:80 allowed'), '✓ allowed');
  assert.equal(brief(here, 'expect internet -> svc/narrow:80 denied'), '✗ allowed in part: loadBalancerSourceRanges');
  assert.equal(answered(here, 'expect 203.0.113.7 -> svc/narrow:80 allowed').holds, true);
  assert.equal(answered(here, 'expect 198.51.100.7 -> svc/narrow:80 denied').holds, true);
  assert.equal(
    brief(here, 'expect internet -> svc/direct:80 denied'),
    '✓ not reachable: no port of the nodes · assumed',
  );
  assert.equal(answered(here, 'expect internet -> svc/direct:80 allowed').holds, false);
});

test('related are the rule that decides and the ends, at their places', () => {
  const here = world();
  const places = (text: string) =>
    answered(here, text).related.map(({ message, place }) => {
      return `${message.split(' ')[0]} ${place.manifest.object.kind}/${place.manifest.object.metadata?.name} ${place.path.join('.')}`;
    });
  assert.deepEqual(places('expect front -> svc/db:5432 allowed'), [
    'Ingress: NetworkPolicy/default-deny metadata.name',
    'shop/deploy/front Deployment/front metadata.name',
    'shop/svc/db Service/db metadata.name',
  ]);
  assert.deepEqual(places('expect front -> svc/api:80 denied'), [
    'Egress: Deployment/front metadata.name',
    'Ingress: NetworkPolicy/web-only spec.ingress.0',
    'shop/deploy/front Deployment/front metadata.name',
    'shop/svc/api Service/api metadata.name',
  ]);
});

test('a name that means nothing, or too much, is told at its word with those that it may mean', () => {
  const here = world();
  const wrong = (text: string) => {
    const found = asked(here, text);
    assert.ok('error' in found, text);
    return [text.slice(...found.at), found.expected];
  };
  assert.deepEqual(wrong('can fornt reach svc/api'), ['fornt', ['shop/deploy/front']]);
  assert.deepEqual(wrong('expect front -> api:80 allowed'), ['api:80', ['shop/deploy/api', 'shop/svc/api']]);
  assert.deepEqual(wrong('expect front -> svc/dbb:1 allowed'), ['svc/dbb:1', ['shop/svc/db']]);
  assert.deepEqual(wrong('can front:80 reach svc/api'), ['front:80', []]);
  assert.deepEqual(wrong('can front reach svc/api:0'), ['svc/api:0', []]);
  assert.deepEqual(wrong('resolve api from internet'), ['internet', []]);
  assert.deepEqual(wrong('resolve a..b from front'), ['a..b', []]);
  assert.deepEqual(wrong('resolve api from fornt'), ['fornt', ['shop/deploy/front']]);
});

test('what a name resolves to, in a line', () => {
  const other =
    'apiVersion: v1\nkind: Service\nmetadata: {name: other, namespace: shop}\nspec: {type: ExternalName, externalName: example.com}';
  const here = world(documents(shop, deployment('far', { namespace: 'other' }), other));
  const address = here.cluster.services.get('shop/api')?.clusterIPs[0];
  assert.equal(brief(here, 'resolve api from front'), `→ ${address} · try 1 of 4`);
  assert.equal(brief(here, 'resolve api.shop from deploy/far'), `→ ${address} · try 2 of 4`);
  assert.equal(brief(here, 'resolve api from deploy/far'), '✗ NXDOMAIN · 8 queries');
  assert.equal(brief(here, 'resolve api.shop.svc.cluster.local. from far'), `→ ${address}`);
  assert.equal(brief(here, 'resolve example.com from front'), '→ outside the cluster · 8 queries');
  assert.match(
    brief(here, 'resolve _http._tcp.api from front type SRV'),
    /^→ 0 \d+ 80 api\.shop\.svc\.cluster\.local\./,
  );
  assert.equal(brief(here, `resolve ${address} from front`), '→ api.shop.svc.cluster.local.');
});

test('the C library makes the order of the tries', () => {
  const here = world();
  const long = 'resolve a.b.shop.svc.cluster.local from front';
  assert.equal(brief(here, long), '✗ NXDOMAIN · 8 queries');
  assert.equal(brief(here, `${long} libc glibc`), '✗ NXDOMAIN · 8 queries');
  assert.equal(brief(here, `${long} libc musl`), '✗ NXDOMAIN · 2 queries');
  assert.equal(brief(here, `${long} type A libc musl`), '✗ NXDOMAIN · 1 query');
});

test('a name does not resolve where policy keeps the queries from the DNS, and reach says so too', () => {
  const egress = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: no-dns, namespace: shop}
spec: {podSelector: {matchLabels: {app: front}}, policyTypes: [Egress], egress: [{to: [{podSelector: {matchLabels: {app: api}}}]}]}`;
  const here = world(documents(shop, egress));
  assert.equal(brief(here, 'resolve api from front'), '✗ no answer: no-dns');
  assert.equal(brief(here, 'can front reach svc/api:80'), '✓ allowed · its DNS queries are denied');
});

test('whatever is asked, there is an answer or a place where it cannot be read', () => {
  const here = world();
  const end = fc.oneof(
    fc.constantFrom('front', 'svc/api', 'svc/api:80', 'db:sql', 'shop/svc/db:5432/TCP', 'internet', 'internet:53/UDP'),
    fc.constantFrom(
      'node-1',
      'node-1:30080',
      '10.0.0.0/8',
      '::/0',
      '[fd00::1]:80',
      '0.0.0.0:1',
      'shop/api[Deployment]',
    ),
    fc.string({ minLength: 1, maxLength: 12 }),
  );
  const questions = fc.oneof(
    fc.tuple(end, end).map(([from, to]) => `can ${from} reach ${to}`),
    fc.tuple(end, end, fc.boolean()).map(([from, to, yes]) => `expect ${from} -> ${to} ${yes ? 'allowed' : 'denied'}`),
    fc
      .tuple(end, end, fc.constantFrom('', ' type PTR', ' type SRV libc musl'))
      .map(([name, from, options]) => `resolve ${name} from ${from}${options}`),
  );
  fc.assert(
    fc.property(questions, (text) => {
      const answer = asked(here, text);
      if ('error' in answer) assert.ok(answer.at[0] <= answer.at[1] && answer.at[1] <= text.length, text);
      else {
        assert.notEqual(plain(answer.brief).trim(), '');
        assert.equal(answer.failure !== undefined, answer.holds === false);
      }
    }),
    { numRuns: 500 },
  );
});

test('of two opposite expectations one holds at most, and none of them where it is open in part', () => {
  const here = world();
  const end = fc.constantFrom(
    'front',
    'deploy/api',
    'deploy/db',
    'svc/api',
    'svc/api:80',
    'svc/db',
    'internet',
    'node-1',
  );
  fc.assert(
    fc.property(end, end, (from, to) => {
      const [allowed, denied] = ['allowed', 'denied'].map((outcome) =>
        asked(here, `expect ${from} -> ${to} ${outcome}`),
      );
      if (!allowed || !denied || 'error' in allowed || 'error' in denied) return;
      assert.ok(!(allowed.holds && denied.holds));
      const isPart = /in part|alone/.test(plain(allowed.brief));
      assert.equal(allowed.holds || denied.holds, !isPart);
    }),
  );
});
