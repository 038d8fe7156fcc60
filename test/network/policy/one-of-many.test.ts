import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { callsOf, denialOf, outcomeOf } from '../../../src/network/calls.ts';
import { policiesOf } from '../../../src/network/policy/selecting.ts';
import { standIns } from '../../../src/network/policy/stand-ins.ts';
import { list } from '../../../src/questions/list.ts';
import { reach } from '../../../src/questions/reach.ts';
import { selectedBy } from '../../../src/questions/selected.ts';
import { clusterOf, workload } from '../../support/cluster.ts';
import { documents, podText, policyText } from '../../support/policy.ts';

const db = `
apiVersion: apps/v1
kind: StatefulSet
metadata: { namespace: shop, name: db }
spec:
  replicas: 3
  serviceName: db
  template:
    metadata: { labels: { app: db } }
    spec: { containers: [{ name: db, env: [{ name: WEB_ADDR, value: "web:80" }] }] }`;
const web = documents(
  podText('shop', 'web', '{ app: web }'),
  '{ apiVersion: v1, kind: Service, metadata: { namespace: shop, name: web }, spec: { selector: { app: web }, ports: [{ port: 80 }] } }',
);
const second = 'podSelector: { matchLabels: { statefulset.kubernetes.io/pod-name: db-1 } }';

function shop(...specs: readonly string[]) {
  const policies = specs.map((spec, index) => policyText('shop', spec, `policy-${index}`));
  const cluster = clusterOf(documents(db, web, ...policies));
  return { cluster, sts: workload(cluster, 'shop/StatefulSet/db'), pod: workload(cluster, 'shop/Pod/web') };
}

/** Whether `db` reaches `web`, or the other way round. */
function outcomes({ cluster, sts, pod }: ReturnType<typeof shop>): readonly string[] {
  const [from, to] = [
    { kind: 'workload', workload: sts },
    { kind: 'workload', workload: pod },
  ] as const;
  return [
    reach(cluster, { from, to, port: 80 }).outcome,
    reach(cluster, { from: to, to: from, port: 80 }).outcome,
    reach(cluster, { from, to: from, port: 80 }).outcome,
  ];
}

describe('a policy that asks for one pod of a workload', () => {
  it('speaks of that pod, and the answer for the workload depends on which it is', () => {
    assert.deepEqual(outcomes(shop(`{ ${second}, policyTypes: [Ingress, Egress] }`)), [
      'depends',
      'depends',
      'depends',
    ]);
    assert.deepEqual(outcomes(shop('{ podSelector: {}, policyTypes: [Ingress, Egress] }')), [
      'denied',
      'denied',
      'denied',
    ]);
    const only = `{ podSelector: { matchLabels: { app: web } }, ingress: [{ from: [{ ${second} }] }] }`;
    assert.deepEqual(outcomes(shop(only)), ['depends', 'allowed', 'allowed']);
  });

  it('is said to select the workload', () => {
    const { cluster, sts } = shop(`{ ${second} }`);
    const [policy] = policiesOf(cluster);
    assert.ok(policy);
    assert.deepEqual(selectedBy(cluster, policy), [sts]);
  });

  it('blocks no call that the others may make', () => {
    const { cluster } = shop(`{ ${second}, policyTypes: [Egress] }`);
    const [call] = callsOf(cluster);
    assert.ok(call);
    assert.equal(denialOf(cluster, call), undefined);
    assert.deepEqual(
      outcomeOf(cluster, call).verdicts.map(({ verdict }) => verdict.outcome),
      ['allowed', 'denied', 'allowed'],
    );
    const { cluster: mute } = shop('{ podSelector: { matchLabels: { app: db } }, policyTypes: [Egress] }');
    const [blocked] = callsOf(mute);
    assert.ok(blocked && denialOf(mute, blocked));
  });

  it('alone makes the pods of one template be looked at one by one', () => {
    const all = shop('{ podSelector: {}, ingress: [{}] }');
    assert.equal(standIns(all.cluster, all.sts).length, 1);
    const one = shop(`{ ${second} }`);
    assert.equal(standIns(one.cluster, one.sts).length, 3);
    const open = [...list(one.cluster)].flat().map(({ from, to }) => `${from.kind} ${to.kind}`);
    assert.ok(open.includes('workload workload'));
  });
});
