import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import fc from 'fast-check';
import { findingsOf } from '../../src/checks/find.ts';
import { buildCluster } from '../../src/cluster/build.ts';
import type { Cluster } from '../../src/cluster/cluster.ts';
import type { Manifest } from '../../src/manifests/manifest.ts';
import { Workspace } from '../../src/manifests/workspace.ts';
import { callsOf } from '../../src/network/calls.ts';
import { namesIn } from '../../src/network/names.ts';
import { list } from '../../src/questions/list.ts';
import { reach } from '../../src/questions/reach.ts';
import { resolveSource, resolveTarget } from '../../src/questions/resolve-end.ts';
import { anyEdit, everyEdit, type Network, networksOf } from './network.ts';

const root = 'file:///work';

/** The cluster itself and what findings, `list` and `explain` tell of it, down to the manifests that they point to. */
function told(cluster: Cluster): unknown {
  const asked = ['shop/svc/api:80', 'shop/svc/data:5432'].map((to) => explained(cluster, 'shop/web', to));
  return [cluster, namesIn(cluster), findingsOf(cluster, {}), [...list(cluster)], asked];
}

function explained(cluster: Cluster, from: string, to: string): unknown {
  const [source, target] = [resolveSource(cluster, from), resolveTarget(cluster, to)];
  if (!('end' in source) || !('end' in target)) return undefined;
  const { end, port } = target;
  return reach(cluster, { from: source.end, to: end, ...(port !== undefined && { port }) });
}

/** The clusters of networks that one workspace goes through, each built on the one before; `seen` at once. */
function clustersOf(
  networks: readonly Network[],
  seen?: (cluster: Cluster, manifests: readonly Manifest[]) => void,
): readonly Cluster[] {
  const workspace = new Workspace({ roots: [root] });
  let before: Cluster | undefined;
  return networks.map(({ files, settings }) => {
    workspace.apply([...files].map(([name, text]) => ({ uri: `${root}/${name}`, text })));
    const manifests = workspace.snapshot().sets[0]?.manifests ?? [];
    before = buildCluster(manifests, settings, before);
    seen?.(before, manifests);
    return before;
  });
}

/** The same manifest around a copy of its object, of which nothing is remembered. */
function asNew(manifest: Manifest): Manifest {
  return { ...manifest, object: copied(manifest.object) };
}

function copied<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copied) as T;
  const copy = Object.create(Object.getPrototypeOf(value));
  for (const [key, each] of Object.entries(value)) copy[key] = copied(each);
  return copy;
}

/** Goes through networks, and compares each cluster with that of a cold start. */
function compare(networks: readonly Network[]): void {
  clustersOf(networks, (cluster, manifests) => {
    assert.deepEqual(told(cluster), told(buildCluster(manifests.map(asNew), cluster.settings)));
  });
}

test('after each edit that there is, and after it is taken back, the cluster is that of a cold start', () => {
  compare(networksOf(everyEdit().flat()));
});

test('after any sequence of edits the cluster is that of a cold start', () => {
  const edits = fc.array(anyEdit, { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(edits, (each) => compare(networksOf(each))),
    { numRuns: 60 },
  );
});

const base = networksOf([])[0] as Network;

/** The clusters before and after a replacement in the file that has a text. */
function edited(from: string, to: string): readonly [before: Cluster, after: Cluster] {
  const [file, text = ''] =
    [...base.files].find(([, each]) => each.includes(from)) ?? assert.fail(`nothing has ${from}`);
  const files = new Map(base.files).set(file, text.replace(from, to));
  return clustersOf([base, { ...base, files }]) as [Cluster, Cluster];
}

/** The ids of what is not the same object in both. */
function changed<T>(before: ReadonlyMap<string, T>, after: ReadonlyMap<string, T>): readonly string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter((id) => before.get(id) !== after.get(id));
}

function callsByEnds(cluster: Cluster): ReadonlyMap<string, unknown> {
  return new Map(callsOf(cluster).map((call) => [`${call.workload.name} to ${call.host}`, call]));
}

describe('an edit', () => {
  it('of a pod’s labels makes anew its workload, the Services that select it, and the calls of either', () => {
    const [before, after] = edited(
      'template: {metadata: {labels: {app: api}}',
      'template: {metadata: {labels: {app: apx}}',
    );
    assert.deepEqual(changed(before.workloads, after.workloads), ['shop/Deployment/api']);
    assert.deepEqual(changed(before.services, after.services), ['shop/api', 'shop/near']);
    assert.equal(after.grounds.all, before.grounds.all);
    assert.deepEqual(changed(callsByEnds(before), callsByEnds(after)), [
      'api to db-0.data',
      'web to api',
      'web to 10.96.0.3',
    ]);
  });

  it('of a caller leaves the calls of others as they are', () => {
    const [before, after] = edited('labels: {app: web}', 'labels: {app: wex}');
    assert.deepEqual(changed(callsByEnds(before), callsByEnds(after)), [
      'web to api',
      'web to 10.96.0.3',
      'web to data',
    ]);
  });

  it('that moves a document makes anew what it states, for its place is another, but not the grounds', () => {
    const [before, after] = edited('apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: api', '# a line\n$&');
    assert.deepEqual(changed(before.workloads, after.workloads), ['shop/Deployment/api']);
    const [first, second] = edited('apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy', '# a line\n---\n$&');
    assert.notEqual(second.policies.get('shop')?.[0], first.policies.get('shop')?.[0]);
    assert.equal(second.grounds.all, first.grounds.all);
  });

  it('of a policy leaves workloads and Services as they are, but not the grounds', () => {
    const [before, after] = edited('action: Pass', 'action: Deny');
    assert.deepEqual(changed(before.workloads, after.workloads), []);
    assert.deepEqual(changed(before.services, after.services), []);
    assert.notEqual(after.grounds.all, before.grounds.all);
    assert.notEqual(after.grounds.common, before.grounds.common);
  });

  it('of a NetworkPolicy leaves the grounds of other namespaces', () => {
    const [before, after] = edited('kind: NetworkPolicy\nmetadata: {name: ', '$&re');
    assert.equal(after.grounds.common, before.grounds.common);
    assert.notEqual(after.grounds.all, before.grounds.all);
    assert.deepEqual(changed(before.grounds.policies, after.grounds.policies), ['shop']);
  });
});

test('one pod for each workload is simulated as soon as too many are asked for, though the others’ manifests stay', () => {
  const deployment = (index: number, replicas: number) =>
    `{apiVersion: apps/v1, kind: Deployment, metadata: {name: d${index}}, spec: {replicas: ${replicas}, template: {}}}`;
  const files = (last: number) =>
    new Map(Array.from({ length: 500 }, (_, index) => [`${index}.yaml`, deployment(index, index < 499 ? 100 : last)]));
  const [before, after] = clustersOf([
    { ...base, files: files(90) },
    { ...base, files: files(99) },
  ]);
  const pods = (cluster: Cluster | undefined) => cluster?.workloads.get('default/Deployment/d0')?.pods.length;
  assert.deepEqual([pods(before), pods(after)], [100, 1]);
});
