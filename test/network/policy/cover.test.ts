import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { groupBy } from '../../../src/manifests/group.ts';
import { coveredPolicies, coveredRules, shadowedRules } from '../../../src/network/policy/cover.ts';
import { policiesOf } from '../../../src/network/policy/selecting.ts';
import { clusterOf } from '../../support/cluster.ts';
import { documents, policyText } from '../../support/policy.ts';

/** The covered of some rules for ingress, by number, each with those that cover it: `2 by 1`. */
function covered(...rules: readonly string[]): readonly string[] {
  const cluster = clusterOf(policyText('shop', `{ podSelector: {}, ingress: [${rules.join(', ')}] }`));
  return policiesOf(cluster)
    .flatMap(coveredRules)
    .map(({ rule, by }) => `${rule.index + 1} by ${by.map((each) => each.rule.index + 1).join(' and ')}`);
}

const web = '{ podSelector: { matchLabels: { app: web } } }';
const own = '{ podSelector: {} }';
const ofShop = '{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: shop } } }';
const everywhere = '{ namespaceSelector: {} }';
const block = (cidr: string, ...except: readonly string[]) =>
  `{ ipBlock: { cidr: ${cidr}, except: [${except.join(', ')}] } }`;
const from = (peers: string, ports = '') => `{ from: [${peers}]${ports && `, ports: [${ports}]`} }`;

describe('a rule is covered', () => {
  it('by one that admits anybody, or the same pods and more', () => {
    assert.deepEqual(covered(from(web), '{}'), ['1 by 2']);
    assert.deepEqual(covered(from(web), from(own)), ['1 by 2']);
    assert.deepEqual(covered(from(own), from(web)), ['2 by 1']);
    assert.deepEqual(covered(from(`${web}, ${own}`), from(everywhere)), ['1 by 2']);
  });

  it('by another form of the same: the own namespace by its name', () => {
    assert.deepEqual(covered(from(own), from(ofShop)), ['2 by 1']);
    assert.deepEqual(covered(from(ofShop), from(web)), ['2 by 1']);
    assert.deepEqual(covered(from('{ namespaceSelector: { matchLabels: { team: a } } }'), from(own)), []);
  });

  it('once where two say the same: the first remains', () => {
    assert.deepEqual(covered(from(web), from(web)), ['2 by 1']);
    assert.deepEqual(covered(from(web), from(web), from(own)), ['1 by 3', '2 by 3']);
  });

  it('by blocks that hold its addresses, exceptions counted', () => {
    assert.deepEqual(covered(from(block('10.1.0.0/16')), from(block('10.0.0.0/8'))), ['1 by 2']);
    assert.deepEqual(covered(from(block('10.1.0.0/16')), from(block('10.0.0.0/8', '10.1.2.0/24'))), []);
    assert.deepEqual(covered(from(block('10.1.0.0/16', '10.1.2.0/24')), from(block('10.0.0.0/8', '10.1.2.0/24'))), [
      '1 by 2',
    ]);
    assert.deepEqual(covered(from(block('10.0.0.0/8', '10.1.0.0/16')), from(block('10.0.0.0/8', '10.1.2.0/24'))), [
      '1 by 2',
    ]);
    assert.deepEqual(covered(from(block('10.0.0.0/8')), from(`${block('10.0.0.0/9')}, ${block('10.128.0.0/9')}`)), [
      '2 by 1',
    ]);
    assert.deepEqual(covered(from(block('0.0.0.0/0')), from(block('"::/0"'))), []);
    assert.deepEqual(covered(from(web), from(block('0.0.0.0/0'))), [], 'whether a block matches pods is not known');
  });

  it('where its ports are: ranges, all of a protocol, the same name', () => {
    const on = (...ports: readonly string[]) => from(own, ports.join(', '));
    assert.deepEqual(covered(on('{ port: 80 }'), on('{ port: 1, endPort: 100 }')), ['1 by 2']);
    assert.deepEqual(covered(on('{ port: 80, endPort: 101 }'), on('{ port: 1, endPort: 100 }')), []);
    assert.deepEqual(
      covered(on('{ port: 80, endPort: 101 }'), on('{ port: 1, endPort: 90 }', '{ port: 91, endPort: 200 }')),
      ['1 by 2'],
    );
    assert.deepEqual(covered(on('{ port: 80 }'), on('{ port: 80, protocol: UDP }')), []);
    assert.deepEqual(covered(on('{ port: 80 }'), on('{ protocol: TCP }')), ['1 by 2']);
    assert.deepEqual(covered(on('{ port: http }'), on('{ port: http }', '{ port: 1 }')), ['1 by 2']);
    assert.deepEqual(covered(on('{ port: http }'), on('{ port: http, protocol: UDP }')), []);
    assert.deepEqual(covered(on('{ port: http }'), on('{ port: 80 }')), []);
    assert.deepEqual(covered(on('{ port: http }'), on('{ protocol: TCP }')), ['1 by 2']);
    const all = on('{ protocol: TCP }', '{ protocol: UDP }', '{ protocol: SCTP }');
    assert.deepEqual(covered(from(own), all), ['2 by 1'], 'no port may say more than all ports of three protocols');
  });

  it('by several where it takes several', () => {
    const both = from(web, '{ port: 80 }, { port: 90 }');
    assert.deepEqual(covered(both, from(own, '{ port: 80 }'), from(everywhere, '{ port: 90 }')), ['1 by 2 and 3']);
    assert.deepEqual(covered(from(web, '{ port: 80 }'), from(own, '{ port: 90 }')), []);
  });

  it('not where it is refused in part, nor by what is', () => {
    const refused = '{ podSelector: { matchExpressions: [{ key: app, operator: In }] } }';
    assert.deepEqual(covered(from(refused), '{}'), []);
    assert.deepEqual(covered(from(web), from(refused)), []);
    assert.deepEqual(covered(from(own, '{ port: 0 }'), '{}'), []);
    assert.deepEqual(covered(from('{}'), '{}'), []);
  });
});

/** The NetworkPolicies of `shop` that are covered, each with those that cover it. */
function coveredAmong(...specs: readonly string[]): readonly string[] {
  const policies = policiesOf(
    clusterOf(documents(...specs.map((spec, index) => policyText('shop', spec, `p${index + 1}`)))),
  );
  return [...groupBy(policies, ({ namespace }) => namespace).values()]
    .flatMap(coveredPolicies)
    .map(({ policy, by }) => `${policy.name} by ${by.map(({ name }) => name).join(' and ')}`);
}

describe('a policy is covered', () => {
  const ingress = (subject: string, ...rules: readonly string[]) =>
    `{ podSelector: ${subject}, policyTypes: [Ingress], ingress: [${rules.join(', ')}] }`;
  const db = '{ matchLabels: { app: db } }';

  it('by one that selects as many and admits as much', () => {
    assert.deepEqual(coveredAmong(ingress(db, from(web)), ingress('{}', from(own))), ['p1 by p2']);
    assert.deepEqual(coveredAmong(ingress('{}', from(own)), ingress(db, from(web))), ['p2 by p1']);
    assert.deepEqual(coveredAmong(ingress(db, from(web)), ingress(db, from(web))), ['p2 by p1']);
  });

  it('not by one that selects fewer pods, admits less, or isolates in another direction', () => {
    assert.deepEqual(coveredAmong(ingress('{}', from(web)), ingress(db, from(own))), []);
    assert.deepEqual(coveredAmong(ingress(db, from(own)), ingress('{}', from(web))), []);
    const egress = '{ podSelector: {}, policyTypes: [Egress], egress: [{}] }';
    assert.deepEqual(coveredAmong(ingress(db, from(own)), egress), []);
    const both = `{ podSelector: ${db}, policyTypes: [Ingress, Egress], ingress: [${from(web)}], egress: [{}] }`;
    assert.deepEqual(coveredAmong(both, ingress('{}', from(own))), [], 'it isolates egress too');
    assert.deepEqual(coveredAmong(both, ingress('{}', from(own)), egress), ['p1 by p3 and p2']);
  });

  it('that denies all, by another that does and by none that admits', () => {
    assert.deepEqual(coveredAmong(ingress('{}'), ingress('{}', from(own))), []);
    assert.deepEqual(coveredAmong(ingress('{}'), ingress(db)), ['p2 by p1']);
    assert.deepEqual(coveredAmong(ingress(db), ingress('{}')), ['p1 by p2']);
  });

  it('in its own namespace alone', () => {
    const policies = policiesOf(
      clusterOf(documents(policyText('shop', ingress('{}', from(own))), policyText('lab', ingress('{}', from(own))))),
    );
    assert.deepEqual(coveredPolicies(policies), []);
  });
});

describe('a rule never decides', () => {
  const any = '{ namespaces: {} }';
  const deny = (peer: string, ports = '') => `{ action: Deny, from: [${peer}]${ports && `, protocols: [${ports}]`} }`;
  const accept = (peer: string) => `{ action: Accept, from: [${peer}] }`;

  function shadowed(...policies: readonly (readonly [priority: number, subject: string, ...rules: string[]])[]) {
    const texts = policies.map(
      ([priority, subject, ...rules], index) =>
        `{ apiVersion: policy.networking.k8s.io/v1alpha2, kind: ClusterNetworkPolicy, metadata: { name: p${index + 1} }, spec: { tier: Admin, priority: ${priority}, subject: { namespaces: ${subject} }, ingress: [${rules.join(', ')}] } }`,
    );
    return shadowedRules(policiesOf(clusterOf(documents(...texts)))).map(
      ({ policy, rule, by }) =>
        `${policy.name}/${rule.index + 1} by ${by.map((each) => `${each.policy.name}/${each.rule.index + 1}`).join(' and ')}`,
    );
  }

  const red = '{ namespaces: { matchLabels: { team: red } } }';

  it('behind one of its own policy that matches all of it, whatever either does', () => {
    assert.deepEqual(shadowed([1, '{}', deny(any), accept(red)]), ['p1/2 by p1/1']);
    assert.deepEqual(shadowed([1, '{}', accept(red), deny(any)]), []);
    assert.deepEqual(shadowed([1, '{}', deny(any, '{ tcp: {} }'), accept(red)]), []);
    const named = '{ destinationNamedPort: http }';
    const all = '{ tcp: {} }, { udp: {} }, { sctp: {} }';
    assert.deepEqual(shadowed([1, '{}', deny(any, all), deny(red, named)]), ['p1/2 by p1/1']);
    assert.deepEqual(shadowed([1, '{}', deny(any, '{ tcp: {} }'), deny(red, named)]), []);
  });

  it('behind one of better priority with as wide a subject', () => {
    assert.deepEqual(shadowed([2, '{}', accept(red)], [1, '{}', deny(any)]), ['p1/1 by p2/1']);
    assert.deepEqual(shadowed([1, '{}', accept(red)], [1, '{}', deny(any)]), [], 'of equals any may come first');
    assert.deepEqual(shadowed([2, '{}', accept(red)], [1, '{ matchLabels: { team: red } }', deny(any)]), []);
    assert.deepEqual(shadowed([2, '{ matchLabels: { team: red } }', accept(red)], [1, '{}', deny(any)]), [
      'p1/1 by p2/1',
    ]);
  });

  it('not behind one that denies all for it cannot be read', () => {
    assert.deepEqual(shadowed([1, '{}', deny('{}'), accept(red)]), []);
  });
});
