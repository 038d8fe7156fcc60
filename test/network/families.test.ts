import assert from 'node:assert/strict';
import { test } from 'node:test';
import { partyAt } from '../../src/network/calls.ts';
import { judge } from '../../src/network/policy/verdict.ts';
import { targetsOf } from '../../src/network/services/targets.ts';
import { clusterOf, pod, service } from '../support/cluster.ts';
import { documents, podText, policyText } from '../support/policy.ts';

const ips = (last: number) =>
  `{ phase: Running, podIP: 10.0.0.${last}, podIPs: [{ ip: 10.0.0.${last} }, { ip: "2001:db8::${last}" }], conditions: [{ type: Ready, status: "True" }] }`;

/** What web gets of db’s Service, where its egress is let out in IPv4 alone. */
function outcomeThrough(families: string): string {
  const cluster = clusterOf(
    documents(
      podText('shop', 'web', '{ app: web }', '{ containers: [] }', ips(1)),
      podText('shop', 'db', '{ app: db }', '{ containers: [] }', ips(2)),
      `{ apiVersion: v1, kind: Service, metadata: { namespace: shop, name: db }, spec: { selector: { app: db }, ports: [{ port: 80 }], ${families} } }`,
      policyText(
        'shop',
        '{ podSelector: { matchLabels: { app: web } }, policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: 10.0.0.0/8 } }] }] }',
      ),
    ),
    { blocksMatchPods: true },
  );
  const db = service(cluster, 'shop/db');
  const [target] = db.ports.flatMap((port) => targetsOf(db, port));
  assert.ok(target);
  const from = { kind: 'pod', pod: pod(cluster, 'shop/Pod/web') } as const;
  return judge(cluster, { from, to: partyAt(target), protocol: 'TCP', port: target.port }).outcome;
}

test('a Service of one family is judged in that family, whatever its pods have', () => {
  assert.equal(outcomeThrough('ipFamilies: [IPv4]'), 'allowed');
  assert.equal(outcomeThrough('ipFamilies: [IPv6]'), 'denied');
  assert.equal(outcomeThrough('ipFamilyPolicy: RequireDualStack'), 'depends');
});
