import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildCluster } from '../../src/cluster/build.ts';
import { defaultSettings } from '../../src/cluster/settings.ts';
import { Workspace } from '../../src/manifests/workspace.ts';
import { callsOf, denialOf } from '../../src/network/calls.ts';
import { documents, podText, policyText } from '../support/policy.ts';

const both = documents(
  podText(
    'front',
    'web',
    '{ app: web }',
    '{ containers: [{ name: c, env: [{ name: U, value: "http://api.back:80" }] }] }',
  ),
  podText('back', 'api', '{ app: api }', '{ containers: [{ name: c, ports: [{ containerPort: 80 }] }] }'),
  '{ apiVersion: v1, kind: Service, metadata: { namespace: back, name: api }, spec: { selector: { app: api }, ports: [{ port: 80 }] } }',
);

const out = (open: boolean) =>
  policyText('front', `{ podSelector: {}, policyTypes: [Egress], egress: ${open ? '[{}]' : '[]'} }`, 'out');
const into = (open: boolean) => policyText('back', `{ podSelector: {}, ingress: ${open ? '[{}]' : '[]'} }`, 'into');
const elsewhere = (open: boolean) =>
  policyText('other', `{ podSelector: {}, ingress: ${open ? '[{}]' : '[]'} }`, 'elsewhere');
const admin = (action: string) =>
  `{ apiVersion: policy.networking.k8s.io/v1alpha1, kind: AdminNetworkPolicy, metadata: { name: admin }, spec: { priority: 1, subject: { namespaces: {} }, ingress: [{ action: ${action}, from: [{ namespaces: {} }] }] } }`;

/** Which end denies the call after each of several edits, every cluster built on the one before. */
function deniedAfter(...policies: readonly (readonly string[])[]): readonly (string | undefined)[] {
  const workspace = new Workspace({ roots: ['file:///work'] });
  let before: ReturnType<typeof buildCluster> | undefined;
  return policies.map((texts) => {
    workspace.apply([
      { uri: 'file:///work/both.yaml', text: both },
      { uri: 'file:///work/policies.yaml', text: documents(...texts) },
    ]);
    const cluster = buildCluster(workspace.snapshot().sets[0]?.manifests ?? [], defaultSettings, before);
    before = cluster;
    const [call] = callsOf(cluster);
    assert.ok(call);
    return denialOf(cluster, call)?.blockedBy?.direction;
  });
}

test('a policy at either end of a call denies it as soon as it says so, and no longer than that', () => {
  const open = [out(true), into(true), elsewhere(true)];
  assert.deepEqual(
    deniedAfter(open, [out(false), into(true), elsewhere(true)], open, [out(true), into(false), elsewhere(true)], open),
    [undefined, 'egress', undefined, 'ingress', undefined],
  );
});

test('so does one that comes, or goes, or stands above all namespaces', () => {
  assert.deepEqual(
    deniedAfter(
      [],
      [into(false)],
      [],
      [out(false)],
      [elsewhere(false)],
      [admin('Deny')],
      [admin('Allow'), into(false)],
    ),
    [undefined, 'ingress', undefined, 'egress', undefined, 'ingress', undefined],
  );
});
