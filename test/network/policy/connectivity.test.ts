import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Cluster } from '../../../src/cluster/cluster.ts';
import { protocols } from '../../../src/network/policy/connections.ts';
import { connectionsAt } from '../../../src/network/policy/connections-at.ts';
import { connectivityOf } from '../../../src/network/policy/connectivity.ts';
import { connectionsBetween } from '../../../src/network/policy/reach.ts';
import { clusterOf } from '../../support/cluster.ts';
import { documents, podText, policyText } from '../../support/policy.ts';
import { clusterOfData, randomObjects } from './random-cluster.ts';

interface Exported {
  readonly kind: string;
  readonly status?: { readonly podIPs?: readonly { readonly ip: string }[] };
}

/** A Pod that has its primary address in the family that is the second one of others. */
function withOtherPrimary(object: object, index: number): object {
  const { kind, status } = object as Exported;
  const podIPs = status?.podIPs?.toReversed();
  return kind === 'Pod' && podIPs && index % 2 === 0
    ? { ...object, status: { ...status, podIP: podIPs[0]?.ip, podIPs } }
    : object;
}

/** Every pod and every piece outside, asked as one pair and asked of the classes. */
function assertSame(cluster: Cluster): void {
  const connectivity = connectivityOf(cluster);
  const { classes, classOf, ends } = connectivity;
  const insiders = [...classOf].map(([pod, number]) => ({ party: { kind: 'pod', pod } as const, number }));
  const outsiders = (direction: 'egress' | 'ingress') =>
    ends[direction].slice(classes.length).map((party, index) => ({ party, number: classes.length + index }));
  const pairs = [
    ...insiders.flatMap((from) => [...insiders, ...outsiders('egress')].map((to) => [from, to] as const)),
    ...outsiders('ingress').flatMap((from) => insiders.map((to) => [from, to] as const)),
  ];
  for (const [from, to] of pairs) {
    if (
      from.party === to.party ||
      (from.party.kind === 'pod' && to.party.kind === 'pod' && from.party.pod === to.party.pod)
    )
      continue;
    const expected = connectionsBetween(cluster, from.party, to.party);
    const actual = connectionsAt(connectivity, from.number, to.number);
    for (const protocol of protocols)
      assert.deepEqual(actual[protocol], expected[protocol], `${from.number} to ${to.number}`);
  }
}

describe('the connectivity by classes', () => {
  it('is that of every pair', () => {
    fc.assert(
      fc.property(randomObjects, fc.boolean(), (objects, disagree) =>
        assertSame(clusterOfData(disagree ? objects.map(withOtherPrimary) : objects)),
      ),
      { numRuns: 1000 },
    );
  });

  it('is that of every pair under rules of many peers', () => {
    const pods = Array.from({ length: 12 }, (_, index) =>
      podText(
        index % 2 ? 'shop' : 'lab',
        `pod-${index}`,
        `{ app: app-${index % 5} }`,
        '{}',
        `{ podIP: 10.0.${index}.1 }`,
      ),
    );
    const labelled = [0, 1, 3].map((app) => `{ podSelector: { matchLabels: { app: app-${app} } } }`);
    const blocks = [1, 2, 6, 9].map((net) => `{ ipBlock: { cidr: 10.0.${net}.0/24, except: [10.0.${net}.128/25] } }`);
    const peers = [...labelled, ...blocks, '{ namespaceSelector: {}, podSelector: { matchLabels: { app: app-4 } } }'];
    const rules = (side: string) =>
      `[{ ${side}: [${peers.join(', ')}], ports: [{ port: 80 }] }, { ports: [{ port: 53 }] }]`;
    const spec = `{ podSelector: {}, policyTypes: [Ingress, Egress], ingress: ${rules('from')}, egress: ${rules('to')} }`;
    assertSame(clusterOf(documents(...pods, policyText('shop', spec))));
  });

  it('has one class for pods that no policy tells apart, whatever else differs', () => {
    const many = Array.from({ length: 40 }, (_, index) =>
      podText('shop', `pod-${index}`, `{ app: app-${index}, tier: ${index % 2 ? 'web' : 'data'} }`),
    );
    const policy = policyText(
      'shop',
      '{ podSelector: { matchLabels: { tier: web } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: app-7 } } }] }] }',
    );
    const { classes } = connectivityOf(clusterOf(documents(...many, policy)));
    const sizes = classes.map(({ pods }) => pods.filter(({ namespace }) => namespace === 'shop').length);
    assert.deepEqual(
      sizes.filter((size) => size > 0).sort((a, b) => a - b),
      [1, 19, 20],
    );
  });

  it('does not take a namespace that may have a label for one that has it', () => {
    const cluster = clusterOf(
      documents(
        '{ apiVersion: v1, kind: Namespace, metadata: { name: a, labels: { team: web } } }',
        podText('a', 'first'),
        podText('b', 'second'),
        '{ apiVersion: policy.networking.k8s.io/v1alpha1, kind: AdminNetworkPolicy, metadata: { name: deny }, spec: { priority: 1, subject: { namespaces: { matchLabels: { team: web } } }, egress: [{ action: Deny, to: [{ namespaces: {} }] }] } }',
      ),
    );
    assertSame(cluster);
  });
});
