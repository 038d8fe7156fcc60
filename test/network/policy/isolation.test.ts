import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Settings } from '../../../src/cluster/settings.ts';
import { clusterOf } from '../../support/cluster.ts';
import { documents, podText, policyText, verdictOn } from '../../support/policy.ts';

const pods = documents(
  podText('shop', 'web', '{ app: web }'),
  podText('shop', 'db', '{ app: db }'),
  podText('bank', 'till'),
);

function shop(...specs: readonly string[]) {
  return clusterOf(documents(pods, ...specs.map((spec, index) => policyText('shop', spec, `policy-${index}`))));
}

/** Whether web reaches db, and db web. */
function bothWays(...specs: readonly string[]): readonly boolean[] {
  const cluster = shop(...specs);
  return [verdictOn(cluster, 'shop/web', 'shop/db').allowed, verdictOn(cluster, 'shop/db', 'shop/web').allowed];
}

describe('a pod that no policy selects', () => {
  it('is reached by all and reaches all', () => {
    assert.deepEqual(bothWays(), [true, true]);
    const { sides } = verdictOn(shop(), 'shop/web', 'shop/db');
    assert.deepEqual(
      sides.map(({ direction, because }) => [direction, because]),
      [
        ['egress', 'not-isolated'],
        ['ingress', 'not-isolated'],
      ],
    );
  });

  it('is not touched by policies of other namespaces', () => {
    const cluster = clusterOf(documents(pods, policyText('bank', '{ podSelector: {} }')));
    assert.ok(verdictOn(cluster, 'shop/web', 'shop/db').allowed);
    assert.ok(!verdictOn(cluster, 'shop/web', 'bank/till').allowed);
  });
});

describe('the directions that a policy isolates', () => {
  const db = 'podSelector: { matchLabels: { app: db } }';

  it('are those that it names', () => {
    assert.deepEqual(bothWays(`{ ${db}, policyTypes: [Ingress] }`), [false, true]);
    assert.deepEqual(bothWays(`{ ${db}, policyTypes: [Egress] }`), [true, false]);
    assert.deepEqual(bothWays(`{ ${db}, policyTypes: [Ingress, Egress] }`), [false, false]);
  });

  it('are ingress where it names none, and egress too where it has an egress rule', () => {
    assert.deepEqual(bothWays(`{ ${db} }`), [false, true]);
    assert.deepEqual(bothWays(`{ ${db}, egress: [] }`), [false, true]);
    assert.deepEqual(bothWays(`{ ${db}, policyTypes: [], egress: [{}] }`), [false, true]);
    assert.deepEqual(bothWays(`{ ${db}, egress: [{ to: [{ ipBlock: { cidr: 192.0.2.0/24 } }] }] }`), [false, false]);
  });

  it('leave rules of the other direction without effect', () => {
    assert.deepEqual(bothWays(`{ ${db}, policyTypes: [Egress], ingress: [] }`), [true, false]);
  });

  it('are ingress for an empty spec, which selects every pod', () => {
    assert.deepEqual(bothWays('{}'), [false, false]);
  });
});

describe('several policies for one pod', () => {
  const deny = '{ podSelector: {} }';
  const admitWeb =
    '{ podSelector: { matchLabels: { app: db } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }] }] }';

  it('only ever add to what is allowed', () => {
    assert.deepEqual(bothWays(deny, admitWeb), [true, false]);
    assert.deepEqual(bothWays(admitWeb, deny), [true, false]);
  });

  it('are named with the verdict: all that isolate, and the one that admits', () => {
    const { sides } = verdictOn(shop(deny, admitWeb), 'shop/web', 'shop/db');
    const [, ingress] = sides;
    assert.deepEqual(
      ingress.policies.map(({ name }) => name),
      ['policy-0', 'policy-1'],
    );
    assert.equal(ingress.admittedBy?.policy.name, 'policy-1');
    assert.deepEqual(ingress.admittedBy?.rule.path, ['spec', 'ingress', 0]);
    assert.deepEqual(ingress.admittedBy?.peer?.path, ['spec', 'ingress', 0, 'from', 0]);
  });
});

describe('both ends', () => {
  const out = '{ podSelector: { matchLabels: { app: web } }, policyTypes: [Egress] }';
  const inside = '{ podSelector: { matchLabels: { app: db } }, policyTypes: [Ingress] }';

  it('must allow a connection; the first that does not is the one that blocks it', () => {
    assert.equal(verdictOn(shop(out), 'shop/web', 'shop/db').blockedBy?.direction, 'egress');
    assert.equal(verdictOn(shop(inside), 'shop/web', 'shop/db').blockedBy?.direction, 'ingress');
    assert.equal(verdictOn(shop(out, inside), 'shop/web', 'shop/db').blockedBy?.direction, 'egress');
  });

  it('are asked as who opens the connection and who takes it: answers need no rule', () => {
    assert.deepEqual(
      bothWays(
        '{ podSelector: { matchLabels: { app: db } }, ingress: [{}], egress: [{ to: [{ ipBlock: { cidr: 192.0.2.0/24 } }] }] }',
      ),
      [true, false],
    );
  });
});

describe('what no policy stops', () => {
  const all = '{ podSelector: {}, policyTypes: [Ingress, Egress] }';

  it('is a pod reaching itself', () => {
    const verdict = verdictOn(shop(all), 'shop/db', 'shop/db');
    assert.ok(verdict.allowed);
    assert.equal(verdict.sides[0].because, 'itself');
  });

  it('is the node that runs the pod, and no other', () => {
    const [own, other] = ['node-2', 'node-1'];
    const placed = podText('shop', 'db', '{ app: db }', `{ nodeName: ${own} }`);
    const cluster = clusterOf(documents(placed, policyText('shop', all)));
    const { outcome, sides } = verdictOn(cluster, `node ${own}`, 'shop/db');
    assert.deepEqual([outcome, sides[1].because], ['allowed', 'own-node']);
    assert.equal(verdictOn(cluster, `node ${other}`, 'shop/db').outcome, 'denied');
    assert.equal(verdictOn(cluster, 'shop/db', `node ${own}`).outcome, 'allowed');
    assert.equal(verdictOn(cluster, 'shop/db', `node ${other}`).outcome, 'denied');
  });

  it('is stopped all the same by a policy for the whole cluster that denies nodes', () => {
    const placed = podText('shop', 'db', '{ app: db }', '{ nodeName: node-1 }');
    const deny =
      '{ apiVersion: policy.networking.k8s.io/v1alpha2, kind: ClusterNetworkPolicy, metadata: { name: nodes }, spec: { tier: Admin, priority: 1, subject: { namespaces: {} }, egress: [{ action: Deny, to: [{ nodes: {} }] }] } }';
    const cluster = clusterOf(documents(placed, policyText('shop', all), deny));
    assert.equal(verdictOn(cluster, 'shop/db', 'node node-1').outcome, 'denied');
    assert.equal(verdictOn(cluster, 'node node-1', 'shop/db').outcome, 'allowed');
  });

  it('is what happens between ends that are no pods', () => {
    const { allowed, sides } = verdictOn(shop(all), '203.0.113.1', 'node node-1');
    assert.ok(allowed);
    assert.deepEqual(
      sides.map(({ because }) => because),
      ['not-governed', 'not-governed'],
    );
  });
});

describe('a plugin that enforces no policy', () => {
  const denied = (settings: Partial<Settings>) =>
    verdictOn(clusterOf(documents(pods, policyText('shop', '{ podSelector: {} }')), settings), 'shop/web', 'shop/db');

  it('allows everything, and the verdict still says what would block it', () => {
    for (const cni of ['flannel', 'bridge'] as const) {
      const { allowed, outcome, enforced, blockedBy } = denied({ cni });
      assert.deepEqual([allowed, outcome, enforced, blockedBy?.direction], [true, 'allowed', false, 'ingress']);
    }
  });

  it('is every plugin that the settings say so of', () => {
    assert.equal(denied({ cni: 'calico', policyEnforced: false }).allowed, true);
    assert.equal(denied({ cni: 'flannel', policyEnforced: true }).allowed, false);
    for (const cni of ['calico', 'cilium', 'weave', 'kindnet', 'aws-vpc-cni'] as const) {
      assert.equal(denied({ cni }).allowed, false, cni);
    }
  });
});
