import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findingsOf } from '../../src/checks/find.ts';
import { deniedFixes } from '../../src/fixes/denied-fixes.ts';
import { type PolicyFix, policyFixes } from '../../src/fixes/policy-fixes.ts';
import type { Connection, Party } from '../../src/network/policy/party.ts';
import { judge } from '../../src/network/policy/verdict.ts';
import { documents, podText, policyText } from '../support/policy.ts';
import { afterSplices, type TextWorld, worldOfTexts } from './world.ts';

function worldOf(...texts: readonly string[]): TextWorld {
  return worldOfTexts(new Map([['all.yaml', documents(...texts)]]));
}

function connection({ cluster }: TextWorld, from: string, to: string, port = 80): Connection {
  const [source, target] = [from, to].map((name): Party => {
    const pod = cluster.workloads.get(name)?.pods[0];
    assert.ok(pod, name);
    return { kind: 'pod', pod };
  });
  return { from: source!, to: target!, protocol: 'TCP', port };
}

function fixesOf(world: TextWorld, from: string, to: string, port = 80): readonly PolicyFix[] {
  const asked = connection(world, from, to, port);
  assert.equal(judge(world.cluster, asked).outcome, 'denied');
  const fixes = policyFixes(world, [asked]);
  for (const { splices } of fixes) {
    const after = afterSplices(world, splices);
    assert.equal(judge(after.cluster, connection(after, from, to, port)).outcome, 'allowed');
  }
  return fixes;
}

/** The lines that a fix adds to the only file, and none may go. */
function added(world: TextWorld, fix: PolicyFix | undefined): string {
  assert.ok(fix);
  const before = world.texts.get('all.yaml') ?? '';
  const after = afterSplices(world, fix.splices).texts.get('all.yaml') ?? '';
  const [splice, ...others] = fix.splices;
  assert.equal(others.length, 0);
  assert.equal(after.length, before.length + (splice?.text.length ?? 0));
  return splice?.text ?? '';
}

const web = podText('shop', 'web', '{ app: web }');
const api = podText('shop', 'api', '{ app: api, tier: back }');
const db = podText(
  'data',
  'db',
  '{ app: db }',
  '{ containers: [{ name: db, ports: [{ name: pg, containerPort: 5432 }] }] }',
);

describe('a term of the nearest rule', () => {
  it('that names another namespace asks for that of the pod, where nobody is shut out', () => {
    const world = worldOf(
      web,
      db,
      policyText(
        'data',
        '{ podSelector: {}, ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }], ports: [{ port: 80 }] }] }',
      ),
    );
    const [first] = fixesOf(world, 'shop/Pod/web', 'data/Pod/db');
    assert.match(
      first?.title ?? '',
      /^Ask for namespace `shop` in policy \(opens shop\/pod\/web → data\/pod\/db on 80\/TCP\)$/,
    );
    assert.equal(first?.opensMore, false);
  });

  it('that lists values gets one more', () => {
    const rule =
      '{ from: [{ podSelector: { matchExpressions: [{ key: app, operator: In, values: [other, third] }] } }], ports: [{ port: 80 }] }';
    const world = worldOf(
      web,
      api,
      policyText('shop', `{ podSelector: { matchLabels: { app: api } }, ingress: [${rule}] }`),
    );
    const [first] = fixesOf(world, 'shop/Pod/web', 'shop/Pod/api');
    assert.equal(first?.title, 'Ask for `app=web` too in policy (opens shop/pod/web → shop/pod/api on 80/TCP)');
    assert.equal(added(world, first), ', web');
  });

  it('that names a port which the pod does not have gets the number', () => {
    const world = worldOf(
      web,
      db,
      policyText(
        'data',
        '{ podSelector: {}, ingress: [{ from: [{ namespaceSelector: {} }], ports: [{ port: postgres }] }] }',
      ),
    );
    const [first] = fixesOf(world, 'shop/Pod/web', 'data/Pod/db', 5432);
    assert.match(first?.title ?? '', /^Ask for port 5432 in policy/);
    const after = afterSplices(world, first?.splices ?? []);
    assert.match(after.texts.get('all.yaml') ?? '', /ports: \[\{ port: 5432 \}\]/);
  });

  it('stays where somebody needs it: another is put beside it', () => {
    const other = podText('shop', 'other', '{ app: other }');
    const rule = '{ from: [{ podSelector: { matchLabels: { app: other } } }], ports: [{ port: 80 }] }';
    const world = worldOf(
      web,
      api,
      other,
      policyText('shop', `{ podSelector: { matchLabels: { app: api } }, ingress: [${rule}] }`),
    );
    const [first] = fixesOf(world, 'shop/Pod/web', 'shop/Pod/api');
    assert.equal(first?.title, 'Add `shop/pod/web` to rule 1 of policy (opens shop/pod/web → shop/pod/api on 80/TCP)');
    assert.equal(added(world, first), ', { podSelector: { matchLabels: { app: web } } }');
  });
});

describe('a term of a rule that stands before the one that denies', () => {
  const guard = (version: string, kind: string, more: string, action: string, ports: string) =>
    `apiVersion: policy.networking.k8s.io/${version}
kind: ${kind}
metadata: {name: guard}
spec:
  ${more}
  subject: {namespaces: {}}
  ingress:
  - action: ${action}
    from: [{namespaces: {}}]
    ${ports}
  - action: Deny
    from: [{namespaces: {}}]
`;

  it('gets one port more, in the form of its kind', () => {
    const admin = guard(
      'v1alpha1',
      'AdminNetworkPolicy',
      'priority: 1',
      'Allow',
      'ports: [{portNumber: {protocol: TCP, port: 81}}]',
    );
    const [first, ...others] = fixesOf(worldOf(web, api, admin), 'shop/Pod/web', 'shop/Pod/api');
    assert.equal(added(worldOf(web, api, admin), first), ', {portNumber: {protocol: TCP, port: 80}}');
    assert.deepEqual(others, []);
    const newer = guard(
      'v1alpha2',
      'ClusterNetworkPolicy',
      'tier: Admin\n  priority: 1',
      'Accept',
      'protocols: [{udp: {}}]',
    );
    const [fix] = fixesOf(worldOf(web, api, newer), 'shop/Pod/web', 'shop/Pod/api');
    assert.equal(added(worldOf(web, api, newer), fix), ', {tcp: {destinationPort: {number: 80}}}');
  });
});

describe('a rule of its own', () => {
  it('goes into the policy that selects this pod alone', () => {
    const world = worldOf(
      web,
      api,
      policyText('shop', '{ podSelector: {}, policyTypes: [Ingress] }', 'deny'),
      policyText(
        'shop',
        '{ podSelector: { matchLabels: { app: api } }, ingress: [{ from: [{ ipBlock: { cidr: 192.0.2.0/24 } }], ports: [{ protocol: TCP, port: 443 }] }] }',
        'api',
      ),
    );
    const [first] = fixesOf(world, 'shop/Pod/web', 'shop/Pod/api');
    assert.equal(
      first?.title,
      'Add a rule for `shop/pod/web` on 80/TCP to api (opens shop/pod/web → shop/pod/api on 80/TCP)',
    );
    assert.equal(
      added(world, first),
      ', { from: [{ podSelector: { matchLabels: { app: web } } }], ports: [{ protocol: TCP, port: 80 }] }',
    );
  });

  it('is a policy of its own where the others select more pods', () => {
    const world = worldOf(web, api, db, policyText('shop', '{ podSelector: {}, policyTypes: [Ingress] }', 'deny'));
    const [first] = fixesOf(world, 'data/Pod/db', 'shop/Pod/api');
    assert.equal(
      first?.title,
      'Write a policy that admits `data/pod/db` to `api` on 80/TCP (opens data/pod/db → shop/pod/api on 80/TCP)',
    );
    assert.equal(first?.opensMore, false);
    assert.equal(
      added(world, first),
      `
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: allow-api
  namespace: shop
spec:
  podSelector:
    matchLabels:
      app: api
  policyTypes:
    - Ingress
  ingress:
    - from:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: data
          podSelector:
            matchLabels:
              app: db
      ports:
        - port: 80`,
    );
  });

  it('says what it opens for one pod of a workload, though its other pods were open', () => {
    const spec =
      '{ replicas: 2, selector: { matchLabels: { app: db } }, template: { metadata: { labels: { app: db } } } }';
    const world = worldOf(
      web,
      `{ apiVersion: apps/v1, kind: StatefulSet, metadata: { namespace: shop, name: db }, spec: ${spec} }`,
      policyText('shop', '{ podSelector: { matchLabels: { statefulset.kubernetes.io/pod-name: db-0 } } }'),
    );
    const [first] = fixesOf(world, 'shop/Pod/web', 'shop/StatefulSet/db');
    assert.match(first?.title ?? '', /\(opens shop\/pod\/web → shop\/sts\/db on 80\/TCP\)$/);
    assert.deepEqual(
      first?.opens.map(({ connections }) => connections.TCP),
      [[[80, 80]]],
    );
    const workload = world.cluster.workloads.get('shop/StatefulSet/db');
    const [one, other] = workload?.pods ?? [];
    assert.ok(one && other);
    const [among] = policyFixes(world, [
      { from: { kind: 'pod', pod: other }, to: { kind: 'pod', pod: one }, protocol: 'TCP', port: 80 },
    ]);
    assert.match(among?.title ?? '', /opens shop\/sts\/db → shop\/sts\/db on 80\/TCP/);
  });

  it('says what else it opens where the pods have no labels to tell them by', () => {
    const bare = [podText('shop', 'one'), podText('shop', 'two')];
    const world = worldOf(...bare, api, policyText('shop', '{ podSelector: { matchLabels: { app: api } } }'));
    const [first] = fixesOf(world, 'shop/Pod/one', 'shop/Pod/api');
    assert.equal(first?.opensMore, true);
    assert.deepEqual(
      first?.opens.map(({ from }) => from.kind === 'workload' && from.workload.name),
      ['one', 'two'],
    );
  });
});

describe('where both ends deny', () => {
  it('one fix repairs both', () => {
    const world = worldOf(
      web,
      db,
      policyText('shop', '{ podSelector: { matchLabels: { app: web } }, policyTypes: [Egress] }', 'mute'),
      policyText('data', '{ podSelector: { matchLabels: { app: db } } }', 'closed'),
    );
    const [first, ...others] = fixesOf(world, 'shop/Pod/web', 'data/Pod/db', 5432);
    assert.deepEqual(others, []);
    assert.equal(
      first?.title,
      'Add a rule for `data/pod/db` on 5432/TCP to mute; Add a rule for `shop/pod/web` on 5432/TCP to closed (opens shop/pod/web → data/pod/db on 5432/TCP)',
    );
  });
});

describe('nothing is offered', () => {
  it('against a rule that an administrator denies by', () => {
    const deny = `{ apiVersion: policy.networking.k8s.io/v1alpha2, kind: ClusterNetworkPolicy, metadata: { name: deny },
      spec: { tier: Admin, priority: 1, subject: { namespaces: {} }, ingress: [{ action: Deny, from: [{ namespaces: {} }] }] } }`;
    assert.deepEqual(fixesOf(worldOf(web, api, deny), 'shop/Pod/web', 'shop/Pod/api'), []);
  });

  it('that would edit what several places share', () => {
    const world = worldOf(
      web,
      api,
      `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: policy, namespace: shop, labels: &labels { app: wep } }
spec:
  podSelector: { matchLabels: { app: api } }
  ingress: [{ from: [{ podSelector: { matchLabels: *labels } }], ports: [{ port: 80 }] }]`,
    );
    for (const { title } of fixesOf(world, 'shop/Pod/web', 'shop/Pod/api')) assert.doesNotMatch(title, /^Ask/);
  });
});

describe('the finding of a blocked path', () => {
  const service =
    '{ apiVersion: v1, kind: Service, metadata: { namespace: data, name: db }, spec: { selector: { app: db }, ports: [{ port: 5432 }] } }';
  const caller = podText(
    'shop',
    'web',
    '{ app: web }',
    '{ containers: [{ name: web, env: [{ name: DB_URL, value: "postgres://db.data/x" }] }] }',
  );

  it('is gone after each of its fixes', () => {
    const world = worldOf(caller, db, service, policyText('data', '{ podSelector: {} }'));
    const [finding] = findingsOf(world.cluster, {});
    assert.equal(finding?.rule, 'path-blocked');
    const fixes = finding.denied ? deniedFixes(world, finding.denied) : [];
    assert.ok(fixes.length > 0);
    for (const { splices } of fixes) assert.deepEqual(findingsOf(afterSplices(world, splices).cluster, {}), []);
  });
});
