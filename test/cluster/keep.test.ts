import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findingsOf } from '../../src/checks/find.ts';
import { buildCluster } from '../../src/cluster/build.ts';
import type { Cluster } from '../../src/cluster/cluster.ts';
import { Workspace } from '../../src/manifests/workspace.ts';
import { list } from '../../src/questions/list.ts';
import { reach } from '../../src/questions/reach.ts';
import { resolveSource, resolveTarget } from '../../src/questions/resolve-end.ts';
import { anyEdit, everyEdit, type Network, networksOf } from './network.ts';

const root = 'file:///work';

/** The cluster itself and what findings, `list` and `explain` tell of it, down to the manifests that they point to. */
function told(cluster: Cluster): unknown {
  const asked = ['shop/svc/api:80', 'shop/svc/data:5432'].map((to) => explained(cluster, 'shop/web', to));
  return [cluster, findingsOf(cluster, {}), [...list(cluster)], asked];
}

function explained(cluster: Cluster, from: string, to: string): unknown {
  const [source, target] = [resolveSource(cluster, from), resolveTarget(cluster, to)];
  if (!('end' in source) || !('end' in target)) return undefined;
  const { end, port } = target;
  return reach(cluster, { from: source.end, to: end, ...(port !== undefined && { port }) });
}

/** Goes through networks one after the other, and compares each with what it is from a cold start. */
function compare(networks: readonly Network[]): void {
  const workspace = new Workspace({ roots: [root] });
  let before: Cluster | undefined;
  for (const { files, settings } of networks) {
    workspace.apply([...files].map(([name, text]) => ({ uri: `${root}/${name}`, text })));
    const manifests = workspace.snapshot().sets[0]?.manifests ?? [];
    const warm = buildCluster(manifests, settings, before);
    assert.deepEqual(told(warm), told(buildCluster(manifests, settings)));
    before = warm;
  }
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
