import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Settings } from '../../src/cluster/settings.ts';
import { spanOf } from '../../src/manifests/manifest.ts';
import { admin, bank, baseline, egressPolicy, money } from '../questions/tiers.ts';
import { findings } from './marks.ts';

const world = bank['bank.yaml'] ?? '';
const fromWeb = 'from: [{ namespaces: { matchLabels: { team: web } } }]';
const policies = [
  admin(
    'money',
    1,
    money,
    `action: Allow, ${fromWeb}, ports: [{ portNumber: { port: 8080 } }]`,
    `action: Deny, ${fromWeb}`,
  ),
  baseline('namespaces: {}', 'action: Deny, from: [{ namespaces: {} }]'),
  egressPolicy('out', 'Admin', 2, 'action: Deny, to: [{ networks: [192.0.2.0/24] }]'),
];
const text = [world, ...policies].join('\n---\n');

describe('a plugin that is not known to enforce a kind of policy', () => {
  const told = (settings: Partial<Settings>) =>
    findings(text, { 'path-blocked': 'off', 'dns-blocked': 'off' }, settings).map(
      ({ rule, severity, message, related }) => [`${severity} ${rule}`, message, related.length],
    );

  it('is one information, at the first policy of such a kind', () => {
    assert.deepEqual(told({ cni: 'weave' }), [
      [
        'information policy-not-enforced',
        'weave is not known to enforce AdminNetworkPolicy, ClusterNetworkPolicy, BaselineAdminNetworkPolicy: money and 2 more may have no effect',
        2,
      ],
    ]);
    assert.deepEqual(told({ cni: 'kindnet' }), [
      [
        'information policy-not-enforced',
        'kindnet is not known to enforce ClusterNetworkPolicy: out may have no effect',
        0,
      ],
    ]);
    assert.deepEqual(told({ cni: 'calico' }), []);
  });

  it('is none where the settings say that policy is enforced', () => {
    assert.deepEqual(told({ cni: 'weave', policyEnforced: true }), []);
  });
});

describe('a path that a policy for the whole cluster blocks', () => {
  it('says which rule of which tier denies it, and leads to that rule and the nearest one', () => {
    const blocked = findings(text).filter(({ rule }) => rule === 'path-blocked');
    const [only] = blocked;
    assert.equal(blocked.length, 1);
    assert.equal(
      only?.message,
      'deploy/web cannot reach `ledger.bank:9000`. Ingress: admin policy money rule 2 denies it. Nearest: money rule 1: it asks for 8080/TCP.',
    );
    assert.deepEqual(
      only.related.map(({ message, place }) => {
        const { start, end } = spanOf(place);
        return [message, text.slice(start, end).slice(0, 24)];
      }),
      [
        ['admin policy money rule 2 denies it', '{ action: Deny, from: [{'],
        ['The nearest rule: money rule 1', '{ portNumber: { port: 80'],
      ],
    );
  });
});
