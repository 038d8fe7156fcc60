import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Cluster } from '../../../src/cluster/cluster.ts';
import type { Settings } from '../../../src/cluster/settings.ts';
import { callsOf, denialOf, outcomeOf } from '../../../src/network/calls.ts';
import { includes } from '../../../src/network/policy/connections.ts';
import type { Party } from '../../../src/network/policy/party.ts';
import { connectionsBetween } from '../../../src/network/policy/reach.ts';
import { isSurelyAllowed, judge } from '../../../src/network/policy/verdict.ts';
import { clusterOf, pod } from '../../support/cluster.ts';
import { documents, party, podText, policyText, verdictOn } from '../../support/policy.ts';

function runner(kind: string, name: string, labels = '{}', spec = '{}'): string {
  const template = `{ metadata: { labels: ${labels} }, spec: ${spec} }`;
  const body =
    kind === 'CronJob' ? `{ jobTemplate: { spec: { template: ${template} } } }` : `{ template: ${template} }`;
  const group = kind.endsWith('Job') ? 'batch' : 'apps';
  return `{ apiVersion: ${group}/v1, kind: ${kind}, metadata: { namespace: shop, name: ${name} }, spec: ${body} }`;
}

/** `allowed`, `denied`, or `depends on …, else …`, between two parties; and all the ways to ask agree. */
function answer(cluster: Cluster, from: Party, to: Party): string {
  const connection = { from, to, protocol: 'TCP', port: 80 } as const;
  const { outcome, allowed, sides } = judge(cluster, connection);
  assert.equal(isSurelyAllowed(cluster, connection), outcome === 'allowed');
  assert.equal(includes(connectionsBetween(cluster, from, to), 'TCP', 80), allowed);
  const kinds = sides.flatMap(({ assumption }) => assumption?.kind ?? []);
  return outcome === 'depends' ? `depends on ${kinds.join(' and ')}, else ${allowed ? 'allowed' : 'denied'}` : outcome;
}

function first(cluster: Cluster, id: string): Party {
  return { kind: 'pod', pod: pod(cluster, id) };
}

describe('a label whose value a controller makes up', () => {
  const db = podText('shop', 'db', '{ app: db }');

  function toDb(kind: string, selector: string): string {
    const rule = `{ podSelector: { matchLabels: { app: db } }, ingress: [{ from: [{ podSelector: ${selector} }] }] }`;
    const cluster = clusterOf(documents(db, runner(kind, 'web', '{ app: web }'), policyText('shop', rule)));
    return answer(cluster, first(cluster, `shop/${kind}/web`), party(cluster, 'shop/db'));
  }

  it('leaves it open whether a peer is meant', () => {
    const denied = 'depends on made-up-label, else denied';
    assert.equal(toDb('Deployment', '{ matchLabels: { pod-template-hash: 5f6c } }'), denied);
    assert.equal(toDb('StatefulSet', '{ matchLabels: { controller-revision-hash: web-5f6c } }'), denied);
    assert.equal(toDb('DaemonSet', '{ matchLabels: { app: web, controller-revision-hash: 5f6c } }'), denied);
    assert.equal(toDb('CronJob', '{ matchLabels: { job-name: web-28000000 } }'), denied);
    assert.equal(toDb('Job', '{ matchLabels: { controller-uid: a-b-c } }'), denied);
    const notIn = '{ matchExpressions: [{ key: pod-template-hash, operator: NotIn, values: [5f6c] }] }';
    assert.equal(toDb('Deployment', notIn), 'depends on made-up-label, else allowed');
  });

  it('is there all the same, and leaves open nothing that the other labels settle', () => {
    const expression = (key: string, operator: string) =>
      `{ matchExpressions: [{ key: ${key}, operator: ${operator} }] }`;
    assert.equal(toDb('CronJob', expression('job-name', 'Exists')), 'allowed');
    assert.equal(toDb('Deployment', expression('pod-template-hash', 'DoesNotExist')), 'denied');
    assert.equal(toDb('Deployment', '{ matchLabels: { app: other, pod-template-hash: 5f6c } }'), 'denied');
    // A Job's own name is known, and a Deployment's pods have no such label.
    assert.equal(toDb('Job', '{ matchLabels: { job-name: web } }'), 'allowed');
    assert.equal(toDb('Deployment', '{ matchLabels: { job-name: web } }'), 'denied');
  });

  function toWeb(...policies: readonly string[]): string {
    const all = policies.map((spec, index) => policyText('shop', spec, `policy-${index}`));
    const cluster = clusterOf(documents(db, runner('Deployment', 'web', '{ app: web }'), ...all));
    return answer(cluster, party(cluster, 'shop/db'), first(cluster, 'shop/Deployment/web'));
  }

  it('leaves it open whether a policy selects', () => {
    const hashed = 'podSelector: { matchLabels: { pod-template-hash: 5f6c } }';
    const others =
      '{ podSelector: { matchExpressions: [{ key: pod-template-hash, operator: NotIn, values: [5f6c] }] } }';
    const deny = '{ podSelector: {} }';
    assert.equal(toWeb(`{ ${hashed} }`), 'depends on made-up-label, else allowed');
    assert.equal(toWeb(others), 'depends on made-up-label, else denied');
    assert.equal(toWeb(`{ ${hashed}, ingress: [{}] }`), 'allowed');
    assert.equal(toWeb(deny, `{ ${hashed} }`), 'denied');
    assert.equal(toWeb(deny, `{ ${hashed}, ingress: [{}] }`), 'depends on made-up-label, else denied');
    assert.equal(toWeb('{ podSelector: {}, ingress: [{}] }', others), 'allowed');
    assert.equal(toWeb(`{ ${hashed}, policyTypes: [Egress] }`), 'allowed');
  });

  it('is known of an exported pod', () => {
    const exported = podText('shop', 'web', '{ pod-template-hash: 5f6c }', '{}', '{ podIP: 10.244.9.9 }');
    const policy = policyText('shop', '{ podSelector: { matchLabels: { pod-template-hash: 5f6c } } }');
    const cluster = clusterOf(documents(db, exported, policy));
    assert.equal(answer(cluster, party(cluster, 'shop/db'), party(cluster, 'shop/web')), 'denied');
  });
});

describe('a namespace that no manifest declares', () => {
  function fromBank(selector: string, declared = ''): string {
    const rule = `{ podSelector: {}, ingress: [{ from: [{ namespaceSelector: ${selector} }] }] }`;
    const texts = [podText('shop', 'db'), podText('bank', 'till'), policyText('shop', rule), declared];
    const cluster = clusterOf(documents(...texts.filter((text) => text !== '')));
    return answer(cluster, party(cluster, 'bank/till'), party(cluster, 'shop/db'));
  }

  it('may have any label', () => {
    assert.equal(fromBank('{ matchLabels: { team: blue } }'), 'depends on namespace-labels, else denied');
    const not = '{ matchExpressions: [{ key: team, operator: DoesNotExist }] }';
    assert.equal(fromBank(not), 'depends on namespace-labels, else allowed');
    const declared = '{ apiVersion: v1, kind: Namespace, metadata: { name: bank } }';
    assert.equal(fromBank('{ matchLabels: { team: blue } }', declared), 'denied');
    assert.equal(fromBank(not, declared), 'allowed');
  });

  it('surely has its name for a label', () => {
    assert.equal(fromBank('{ matchLabels: { kubernetes.io/metadata.name: bank } }'), 'allowed');
    assert.equal(fromBank('{ matchLabels: { kubernetes.io/metadata.name: shop } }'), 'denied');
    assert.equal(fromBank('{ matchLabels: { kubernetes.io/metadata.name: shop, team: blue } }'), 'denied');
    assert.equal(fromBank('{}'), 'allowed');
    assert.equal(fromBank('{ matchExpressions: [{ key: team, operator: In }] }'), 'denied');
  });
});

describe('an address that the simulation chose', () => {
  const host = '{ hostNetwork: true }';

  function toDb(from: string, cidr: string, settings: Partial<Settings> = {}, extra = ''): string {
    const rule = `{ podSelector: { matchLabels: { app: db } }, ingress: [{ from: [{ ipBlock: { cidr: ${cidr} } }] }] }`;
    const texts = [podText('shop', 'db', '{ app: db }', '{ nodeName: far }'), podText('shop', 'agent', '{}', host)];
    const all = [...texts, policyText('shop', rule), extra].filter((text) => text !== '');
    const cluster = clusterOf(documents(...all), settings);
    return answer(cluster, party(cluster, from), party(cluster, 'shop/db'));
  }

  it('of a node does not settle whether a block holds it', () => {
    assert.equal(toDb('node node-1', '192.168.0.0/16'), 'depends on chosen-address, else allowed');
    assert.equal(toDb('node node-1', '172.16.0.0/12'), 'depends on chosen-address, else denied');
    assert.equal(toDb('shop/agent', '192.168.0.0/16'), 'depends on chosen-address, else allowed');
  });

  it('says nothing where the manifests give it; whether blocks match nodes is left to the plugin', () => {
    const node =
      '{ apiVersion: v1, kind: Node, metadata: { name: near }, status: { addresses: [{ type: InternalIP, address: 172.16.0.1 }] } }';
    assert.equal(toDb('node near', '172.16.0.0/12', {}, node), 'depends on block-matches-nodes, else allowed');
    assert.equal(
      toDb('node near', '172.16.0.0/12', { cni: 'cilium' }, node),
      'depends on block-matches-nodes, else denied',
    );
    assert.equal(toDb('node near', '10.0.0.0/8', {}, node), 'denied');
    assert.equal(toDb('node node-1', '0.0.0.0/0'), 'depends on block-matches-nodes, else allowed');
  });

  it('of the API server is not held against a rule that asks for addresses', () => {
    const caller = (rules: string) => {
      const policy = policyText('shop', `{ podSelector: {}, policyTypes: [Egress], egress: [${rules}] }`);
      const spec = '{ containers: [{ args: ["--master=https://kubernetes.default.svc"] }] }';
      const cluster = clusterOf(documents(runner('Deployment', 'web', '{}', spec), policy));
      const [call] = callsOf(cluster);
      assert.ok(call);
      const [outcome] = outcomeOf(cluster, call).verdicts.map(({ verdict }) => verdict.outcome);
      return [outcome, denialOf(cluster, call) !== undefined];
    };
    assert.deepEqual(caller('{ to: [{ ipBlock: { cidr: 203.0.113.7/32 } }] }'), ['depends', false]);
    assert.deepEqual(caller('{ to: [{ ipBlock: { cidr: 0.0.0.0/0 } }] }'), ['allowed', false]);
    assert.deepEqual(caller('{ to: [{ podSelector: {} }] }'), ['denied', true]);
  });
});

describe('a node', () => {
  it('surely reaches, and is reached by, the pods that the manifests say it runs', () => {
    const deny = policyText('shop', '{ podSelector: {}, policyTypes: [Ingress, Egress] }');
    const cluster = clusterOf(documents(podText('shop', 'db', '{}', '{ nodeName: node-2 }'), deny));
    for (const [from, to] of [
      ['node node-2', 'shop/db'],
      ['shop/db', 'node node-2'],
    ] as const) {
      assert.equal(verdictOn(cluster, from, to).outcome, 'allowed');
    }
    assert.equal(answer(cluster, party(cluster, 'node node-1'), party(cluster, 'shop/db')), 'denied');
  });

  it('may or may not run a pod that the simulation placed', () => {
    const deny = policyText('shop', '{ podSelector: {} }');
    const cluster = clusterOf(documents(podText('shop', 'db'), deny));
    const answers = cluster.nodes.map((node) => answer(cluster, { kind: 'node', node }, party(cluster, 'shop/db')));
    assert.deepEqual(answers.sort(), ['depends on placement, else allowed', 'depends on placement, else denied']);
    const alone = clusterOf(documents(podText('shop', 'db'), deny), { nodes: 1 });
    assert.equal(answer(alone, party(alone, 'node node-1'), party(alone, 'shop/db')), 'allowed');
  });

  it('may run a pod and the pod in its network that it talks to', () => {
    const deny = policyText('shop', '{ podSelector: { matchLabels: { app: db } }, policyTypes: [Ingress, Egress] }');
    const cluster = clusterOf(
      documents(podText('shop', 'db', '{ app: db }'), podText('shop', 'agent', '{}', '{ hostNetwork: true }'), deny),
    );
    const [db, agent] = [party(cluster, 'shop/db'), party(cluster, 'shop/agent')];
    assert.equal(answer(cluster, agent, db), 'depends on host-network, else denied');
    assert.equal(answer(cluster, db, agent), 'depends on host-network, else denied');
  });
});

describe('the family of a connection', () => {
  const both = (name: string, host: number) =>
    podText('shop', name, '{}', '{}', `{ podIPs: [{ ip: 10.0.0.${host} }, { ip: "2001:db8::${host}" }] }`);
  const ipv4 = podText('shop', 'old', '{}', '{}', '{ podIP: 10.0.0.9 }');

  function between(from: string, to: string, ...rules: readonly string[]): string {
    const spec = `{ tier: Admin, priority: 1, subject: { namespaces: {} }, egress: [${rules.join(', ')}] }`;
    const policy = `{ apiVersion: policy.networking.k8s.io/v1alpha2, kind: ClusterNetworkPolicy, metadata: { name: rules }, spec: ${spec} }`;
    const cluster = clusterOf(documents(both('web', 1), both('db', 2), ipv4, policy));
    return answer(cluster, party(cluster, from), party(cluster, to));
  }

  it('is either of those that both pods have: a rule for one leaves the other', () => {
    const deny = (cidr: string) => `{ action: Deny, to: [{ networks: ["${cidr}"] }] }`;
    assert.equal(between('shop/web', 'shop/db', deny('0.0.0.0/0')), 'depends on address-family, else denied');
    assert.equal(between('shop/web', 'shop/db', deny('::/0')), 'depends on address-family, else allowed');
    assert.equal(between('shop/web', 'shop/db', deny('0.0.0.0/0'), deny('::/0')), 'denied');
    assert.equal(between('shop/web', 'shop/db', deny('2001:db8::1/128')), 'allowed');
  });

  it('is the one that both have', () => {
    assert.equal(between('shop/old', 'shop/db', '{ action: Deny, to: [{ networks: ["::/0"] }] }'), 'allowed');
    assert.equal(between('shop/old', 'shop/db', '{ action: Deny, to: [{ networks: [10.0.0.2/32] }] }'), 'denied');
  });
});
