import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { blockOf, parseAddress } from '../../../src/cluster/address.ts';
import { buildCluster } from '../../../src/cluster/build.ts';
import { defaultSettings } from '../../../src/cluster/settings.ts';
import { allow } from '../../../src/fixes/plans/allow.ts';
import { deny } from '../../../src/fixes/plans/deny.ts';
import { holds, planned, refused } from './hold.ts';
import { deployment, diff, effect, policy, shopOf, site } from './shop.ts';

const web = deployment('shop', 'web');
const api = deployment('shop', 'api');
const closed = policy('shop', 'default-deny', '  podSelector: {}\n  policyTypes: [Ingress]\n');

describe('to allow a connection', () => {
  it('adds a rule to the policy that is about its target alone', () => {
    const own = policy(
      'shop',
      'api',
      '  podSelector: { matchLabels: { app: api } }\n  ingress:\n    - from:\n        - podSelector: { matchLabels: { app: cart } }\n      ports: [{ port: 9090 }]\n',
    );
    const world = shopOf(web, api, closed, own);
    const plan = planned(
      allow(world, site(world, 'shop/web'), site(world, 'shop/api'), { protocol: 'TCP', port: 8080 }),
    );
    assert.deepEqual(effect(plan), ['opens shop/deploy/web → shop/deploy/api on 8080/TCP']);
    assert.deepEqual(diff(world, plan), [
      '+    - from:',
      '+        - podSelector:',
      '+            matchLabels:',
      '+              app: web',
      '+      ports:',
      '+        - port: 8080',
    ]);
    holds(world, plan);
  });

  it('corrects a slip in a rule, and lets stand what may be meant for somebody who is not here', () => {
    const admits = (name: string) =>
      policy(
        'shop',
        'api',
        `  podSelector: { matchLabels: { app: api } }\n  ingress:\n    - from:\n        - podSelector: { matchLabels: { app: ${name} } }\n      ports: [{ port: 8080 }]\n`,
      );
    const diffFor = (name: string, from: string) => {
      const world = shopOf(web, api, deployment('tools', 'prometheus'), admits(name));
      const plan = planned(allow(world, site(world, from), site(world, 'shop/api')));
      holds(world, plan);
      return diff(world, plan);
    };
    assert.ok(diffFor('wep', 'shop/web').some((line) => line.startsWith('-') && line.includes('wep')));
    const besideJob = diffFor('nightly-job', 'shop/web');
    assert.deepEqual(
      besideJob.filter((line) => line.startsWith('-')),
      [],
    );
    assert.ok(besideJob.some((line) => line.includes('app: web')));
    assert.deepEqual(
      diffFor('prometheus', 'tools/prometheus').filter((line) => line.startsWith('-')),
      [],
    );
  });

  it('is a new policy where the only one isolates others too', () => {
    const world = shopOf(web, api, deployment('shop', 'cart'), closed);
    const plan = planned(allow(world, site(world, 'shop/web'), site(world, 'shop/api')));
    assert.deepEqual(effect(plan), ['opens shop/deploy/web → shop/deploy/api on 8080/TCP']);
    assert.ok(diff(world, plan).includes('+  name: allow-api'));
    assert.deepEqual(
      plan.effect.starts.map(({ workload }) => workload.id),
      ['shop/Deployment/api'],
    );
    holds(world, plan);
  });

  it('means addresses outside by blocks, which leave out those of pods', () => {
    const world = shopOf(web, api, closed);
    const plan = planned(allow(world, { kind: 'internet' }, site(world, 'shop/api'), { protocol: 'TCP', port: 8080 }));
    assert.ok(diff(world, plan).includes('+            cidr: 0.0.0.0/0'));
    assert.ok(diff(world, plan).includes('+              - 10.244.0.0/16'));
    assert.ok(plan.effect.opens.every(({ from }) => from.kind === 'outside'));
    holds(world, plan);
  });

  it('by an address that pods draw theirs from says so, and does not count on those that the simulation chose', () => {
    const world = shopOf(web.replace('spec:', 'spec:\n  replicas: 2'), api, closed);
    const [, second] = site(world, 'shop/web').workload.pods;
    const range = blockOf(parseAddress(second!.addresses[0]!)!, 32);
    const plan = planned(allow(world, { kind: 'outside', range }, site(world, 'shop/api')));
    assert.deepEqual(effect(plan), []);
    assert.match(plan.notes[0]!.message, /^Pods have these addresses/);
    holds(world, plan);
  });

  it('means the endpoints of a Service, on their own ports', () => {
    const service =
      'apiVersion: v1\nkind: Service\nmetadata: { name: api, namespace: shop }\nspec: { selector: { app: api }, ports: [{ port: 80, targetPort: http }] }\n';
    const world = shopOf(web, api, service, closed);
    const to = { kind: 'service', service: world.cluster.services.get('shop/api')! } as const;
    const plan = planned(allow(world, site(world, 'shop/web'), to, { protocol: 'TCP', port: 80 }));
    assert.deepEqual(effect(plan), ['opens shop/deploy/web → shop/deploy/api on 8080/TCP']);
    refused(allow(world, site(world, 'shop/web'), to, { protocol: 'TCP', port: 81 }));
  });

  it('is not there where no policy counts: the plugin enforces none, or neither end is a pod', () => {
    const world = shopOf(web, api, closed);
    const flannel = { ...world, cluster: buildCluster(world.manifests, { ...defaultSettings, cni: 'flannel' }) };
    const ends = [site(world, 'shop/web'), site(world, 'shop/api')] as const;
    assert.equal(refused(allow(flannel, ...ends)).impossible, 'flannel enforces no policy');
    assert.equal(
      refused(deny(flannel, { from: ends[0], to: ends[1] }, 'reaching-now')).impossible,
      'flannel enforces no policy',
    );
    assert.match(refused(allow(world, { kind: 'internet' }, { kind: 'internet' })).impossible, /neither of these/);
  });

  it('is not there where it is open already, or where something above denies it', () => {
    const open = shopOf(web, api);
    assert.equal(
      refused(allow(open, site(open, 'shop/web'), site(open, 'shop/api'))).impossible,
      'All of this is open',
    );
    const above =
      'apiVersion: policy.networking.k8s.io/v1alpha1\nkind: AdminNetworkPolicy\nmetadata: { name: money }\nspec:\n  priority: 1\n  subject: { namespaces: {} }\n  ingress: [{ action: Deny, from: [{ namespaces: {} }] }]\n';
    const denied = shopOf(web, api, above);
    const { impossible, related } = refused(allow(denied, site(denied, 'shop/web'), site(denied, 'shop/api')));
    assert.equal(impossible, 'Something else denies it');
    assert.deepEqual(related[0]?.place?.path, ['spec', 'ingress', 0]);
  });

  it('opens the way to the internet in the families of addresses that a pod has', () => {
    const pod = (address: string) =>
      `apiVersion: v1\nkind: Pod\nmetadata: { name: old, namespace: shop, labels: { app: old } }\nspec: { nodeName: n }\nstatus: { podIP: ${address}, podIPs: [{ ip: ${address} }] }\n`;
    const shut = policy('shop', 'old', '  podSelector: { matchLabels: { app: old } }\n  policyTypes: [Egress]\n');
    for (const [address, range] of [
      ['10.244.1.6', '0.0.0.0-10.243.255.255'],
      ['fd00:10:244::6', '::-fd00:10:243:ffff:ffff:ffff:ffff:ffff'],
    ] as const) {
      const world = shopOf(pod(address), shut);
      const workload = world.cluster.workloads.get('shop/Pod/old')!;
      const plan = planned(
        allow(world, { kind: 'workload', workload }, { kind: 'internet' }, { protocol: 'TCP', port: 443 }),
      );
      assert.equal(effect(plan)[0], `opens shop/pod/old → ${range} on 443/TCP`);
      assert.equal(plan.effect.opens.length, 2);
      holds(world, plan);
    }
  });

  it('says who denies it, and whom no rule can mean', () => {
    const above =
      'apiVersion: policy.networking.k8s.io/v1alpha1\nkind: AdminNetworkPolicy\nmetadata: { name: money }\nspec:\n  priority: 1\n  subject: { namespaces: {} }\n  ingress: [{ action: Deny, from: [{ namespaces: {} }] }]\n';
    const world = shopOf(web, api, above, closed);
    const { related } = refused(allow(world, site(world, 'shop/web'), site(world, 'shop/api')));
    assert.equal(related.at(-1)?.place?.manifest.object.metadata?.name, 'money');
    const agent = deployment('shop', 'agent').replace('    spec:\n', '    spec:\n      hostNetwork: true\n');
    const host = shopOf(agent, api, closed);
    assert.match(
      refused(allow(host, site(host, 'shop/agent'), site(host, 'shop/api'))).impossible,
      /agent.*its node’s address/,
    );
  });
});
