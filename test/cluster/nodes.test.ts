import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { contains, overlaps, parseAddress, parseCidr } from '../../src/cluster/address.ts';
import { clusterOf } from '../support/cluster.ts';

describe('nodes that the settings ask for', () => {
  it('are two, named by number, with an address and a pod range of each family', () => {
    const { nodes } = clusterOf('');
    assert.deepEqual(
      nodes.map(({ name }) => name),
      ['node-1', 'node-2'],
    );
    for (const { addresses, podCIDRs, labels, name, manifest } of nodes) {
      assert.deepEqual(
        addresses.map((text) => parseAddress(text)?.family),
        [4, 6],
      );
      assert.deepEqual(
        podCIDRs.map((text) => parseCidr(text)?.prefix),
        [24, 64],
      );
      assert.equal(labels['kubernetes.io/hostname'], name);
      assert.equal(manifest, undefined);
    }
  });

  it('have ranges that lie in the configured ones and do not overlap', () => {
    const { nodes, settings } = clusterOf('', { nodes: 5 });
    const ranges = nodes.map(({ podCIDRs }) => parseCidr(podCIDRs[0] ?? ''));
    const whole = parseCidr(settings.podCIDR[0] ?? '');
    assert.ok(whole);
    for (const [index, range] of ranges.entries()) {
      assert.ok(range && contains(whole, { family: 4, value: range.first }));
      for (const other of ranges.slice(index + 1)) assert.ok(other && !overlaps(range, other));
    }
  });

  it('are at least one and at most a thousand', () => {
    for (const [asked, made] of [
      [0, 1],
      [-3, 1],
      [2.9, 2],
      [1_000_000, 1000],
    ] as const) {
      assert.equal(clusterOf('', { nodes: asked }).nodes.length, made);
    }
  });

  it('go without a pod range once the configured one has no more blocks', () => {
    const { nodes } = clusterOf('', { nodes: 3, podCIDR: ['10.0.0.0/23'] });
    assert.deepEqual(
      nodes.map(({ podCIDRs }) => podCIDRs),
      [['10.0.0.0/24'], ['10.0.1.0/24'], []],
    );
  });

  it('run pods with addresses all the same', () => {
    const text = '{ apiVersion: apps/v1, kind: Deployment, metadata: { name: web }, spec: { replicas: 6 } }';
    const pods = clusterOf(text, { nodes: 3, podCIDR: ['10.0.0.0/24'] }).workloads.get('default/Deployment/web')?.pods;
    assert.deepEqual(new Set(pods?.map(({ node }) => node?.name)).size, 3);
    assert.equal(new Set(pods?.flatMap(({ addresses }) => addresses)).size, 6);
  });

  it('share a range that is smaller than a block', () => {
    assert.deepEqual(clusterOf('', { nodes: 1, podCIDR: ['10.0.0.0/28'] }).nodes[0]?.podCIDRs, ['10.0.0.0/28']);
  });

  it('pass over a range that is none', () => {
    assert.deepEqual(clusterOf('', { nodes: 1, podCIDR: ['pods'] }).nodes[0]?.podCIDRs, []);
  });
});

describe('nodes that the manifests bring', () => {
  const text = `
apiVersion: v1
kind: Node
metadata: { name: worker, labels: { zone: east } }
spec: { podCIDR: 10.9.0.0/24, podCIDRs: [10.9.0.0/24, "fd00:9::/64"] }
status:
  addresses:
    - { type: Hostname, address: worker }
    - { type: ExternalIP, address: 203.0.113.9 }
    - { type: InternalIP, address: 172.16.0.9 }
    - { type: InternalIP, address: "fd00:16::9" }`;

  it('take the place of simulated ones', () => {
    assert.deepEqual(
      clusterOf(text, { nodes: 7 }).nodes.map(({ name }) => name),
      ['worker'],
    );
  });

  it('keep their internal addresses, ranges and labels', () => {
    const [node] = clusterOf(text).nodes;
    assert.deepEqual(node?.addresses, ['172.16.0.9', 'fd00:16::9']);
    assert.deepEqual(node?.podCIDRs, ['10.9.0.0/24', 'fd00:9::/64']);
    assert.equal(node?.labels.zone, 'east');
    assert.equal(node?.labels['kubernetes.io/hostname'], 'worker');
  });

  it('get simulated addresses and ranges where they say none', () => {
    const [node] = clusterOf('{ apiVersion: v1, kind: Node, metadata: { name: worker } }').nodes;
    assert.equal(node?.addresses.length, 2);
    assert.deepEqual(node?.podCIDRs, ['10.244.0.0/24', 'fd00:10:244::/64']);
  });

  it('leave to others no range that touches one of theirs', () => {
    const { nodes } = clusterOf(`{ apiVersion: v1, kind: Node, metadata: { name: a } }
---
{ apiVersion: v1, kind: Node, metadata: { name: b }, spec: { podCIDR: 10.244.0.128/25 } }
---
{ apiVersion: v1, kind: Node, metadata: { name: c } }`);
    assert.deepEqual(
      nodes.map(({ podCIDRs }) => podCIDRs[0]),
      ['10.244.1.0/24', '10.244.0.128/25', '10.244.2.0/24'],
    );
  });

  it('give their pods addresses of their own ranges', () => {
    const cluster = clusterOf(`${text}\n---\n{ apiVersion: v1, kind: Pod, metadata: { name: a } }`);
    const [dotted, colons] = cluster.workloads.get('default/Pod/a')?.pods[0]?.addresses ?? [];
    assert.match(dotted ?? '', /^10\.9\.0\.\d+$/);
    assert.match(colons ?? '', /^fd00:9::/);
  });
});
