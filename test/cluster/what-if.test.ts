import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Cluster, Endpoint } from '../../src/cluster/cluster.ts';
import { type PodChange, withPodsChanged } from '../../src/cluster/what-if.ts';
import { consequencesOf } from '../../src/network/services/consequences.ts';
import { clusterOf, pod, service, workload } from '../support/cluster.ts';

const exported = (name: string, ip: string, ready = 'True') =>
  `{ apiVersion: v1, kind: Pod, metadata: { name: ${name}, labels: { app: web } }, spec: { nodeName: n1 }, status: { phase: Running, podIP: ${ip}, conditions: [{ type: Ready, status: "${ready}" }] } }`;
const services = `
{ apiVersion: v1, kind: Service, metadata: { name: web }, spec: { selector: { app: web }, trafficDistribution: PreferSameNode, ports: [{ port: 80 }] } }
---
{ apiVersion: v1, kind: Service, metadata: { name: eager }, spec: { selector: { app: web }, publishNotReadyAddresses: true, ports: [{ port: 80 }] } }
---
{ apiVersion: v1, kind: Service, metadata: { name: written }, spec: { ports: [{ port: 80 }] } }
---
{ apiVersion: v1, kind: Endpoints, metadata: { name: written }, subsets: [{ addresses: [{ ip: 10.244.0.2 }], ports: [{ port: 80 }] }] }
`;
const all = [exported('a', '10.244.0.2'), exported('b', '10.244.0.3'), services].join('\n---\n');

/** What a Service leads to, pods by name. */
function told(cluster: Cluster, id: string): unknown {
  return service(cluster, id).endpoints.map(({ pod: of, manifest: _, ...rest }: Endpoint) => ({
    ...rest,
    pod: of?.name,
  }));
}

function changed(cluster: Cluster, id: string, change: PodChange): Cluster {
  return withPodsChanged(cluster, new Map([[pod(cluster, id), change]]));
}

describe('a cluster in which a pod', () => {
  it('is gone is the one that the manifests make without it', () => {
    const after = changed(clusterOf(all), 'default/Pod/a', 'gone');
    const without = clusterOf([exported('b', '10.244.0.3'), services].join('\n---\n'));
    for (const id of ['default/web', 'default/eager', 'default/written']) {
      assert.deepEqual(told(after, id), told(without, id), id);
    }
    assert.deepEqual(workload(after, 'default/Pod/a').pods, []);
  });

  it('is not ready is the one that the manifests make when they say so', () => {
    const after = changed(clusterOf(all), 'default/Pod/a', 'not-ready');
    const said = clusterOf(
      [exported('a', '10.244.0.2', 'False'), exported('b', '10.244.0.3'), services].join('\n---\n'),
    );
    for (const id of ['default/web', 'default/eager', 'default/written']) {
      assert.deepEqual(told(after, id), told(said, id), id);
    }
  });

  it('changes keeps pods and workloads together, and what it does not touch as it is', () => {
    const before = clusterOf(
      `${all}\n---\n{ apiVersion: apps/v1, kind: StatefulSet, metadata: { name: db }, spec: { replicas: 2 } }`,
    );
    const after = changed(before, 'default/StatefulSet/db', 'gone');
    const { pods, prototype } = workload(after, 'default/StatefulSet/db');
    for (const each of [...pods, prototype]) assert.equal(each.workload, workload(after, 'default/StatefulSet/db'));
    assert.deepEqual(
      pods.map(({ name }) => name),
      ['db-1'],
    );
    assert.equal(service(after, 'default/web'), service(before, 'default/web'));
  });
});

describe('what follows for Services', () => {
  const text = `
{ apiVersion: apps/v1, kind: StatefulSet, metadata: { name: db }, spec: { serviceName: db, replicas: 2, template: { metadata: { labels: { app: db } } } } }
---
{ apiVersion: v1, kind: Service, metadata: { name: db }, spec: { clusterIP: None, selector: { app: db }, ports: [{ port: 1 }] } }
---
{ apiVersion: v1, kind: Service, metadata: { name: reads }, spec: { selector: { app: db }, ports: [{ port: 1 }] } }
---
{ apiVersion: v1, kind: Service, metadata: { name: other }, spec: { selector: { app: x }, ports: [{ port: 1 }] } }
`;
  const follows = (changes: readonly PodChange[]) => {
    const before = clusterOf(text);
    const pods = changes.map((change, index) => [pod(before, 'default/StatefulSet/db', index), change] as const);
    return consequencesOf(before, withPodsChanged(before, new Map(pods))).map(
      ({ service: { id }, lost, left, names, fewer }) => ({
        id,
        listed: lost.map(({ isListed }) => isListed),
        left,
        names,
        fewer,
      }),
    );
  };
  const db = 'db.default.svc.cluster.local';

  it('is which endpoints they lose, and which names answer no more', () => {
    assert.deepEqual(follows(['gone']), [
      { id: 'default/db', listed: [false], left: 1, names: [`db-0.${db}`], fewer: [db] },
      { id: 'default/reads', listed: [false], left: 1, names: [], fewer: [] },
    ]);
  });

  it('is that a name with nobody behind it answers no more', () => {
    assert.deepEqual(follows(['not-ready', 'gone']), [
      { id: 'default/db', listed: [true, false], left: 0, names: [`db-0.${db}`, `db-1.${db}`, db], fewer: [] },
      { id: 'default/reads', listed: [true, false], left: 0, names: [], fewer: [] },
    ]);
  });
});
