import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clusterOf, service } from '../support/cluster.ts';

const ready = 'conditions: [{ type: Ready, status: "True" }]';

/** A node of a zone, with as many processors. */
function node(zone: string, cpu: string, more = ''): string {
  const labels = `{ topology.kubernetes.io/zone: ${zone}${more} }`;
  return `{ apiVersion: v1, kind: Node, metadata: { name: n-${zone}, labels: ${labels} }, status: { ${ready}, allocatable: { cpu: ${cpu} } } }`;
}

/** The zones that are hinted of as many pods in each zone. */
function hinted(nodes: readonly string[], pods: Readonly<Record<string, number>>, failing = 0): readonly string[] {
  const all = Object.entries(pods).flatMap(([zone, count]) =>
    Array.from({ length: count }, (_, index) => {
      const status = index < failing ? '"False"' : '"True"';
      return `{ apiVersion: v1, kind: Pod, metadata: { name: ${zone}-${index}, labels: { app: web } }, spec: { nodeName: n-${zone} }, status: { phase: Running, conditions: [{ type: Ready, status: ${status} }] } }`;
    }),
  );
  const web =
    '{ apiVersion: v1, kind: Service, metadata: { name: web, annotations: { service.kubernetes.io/topology-mode: Auto } }, spec: { selector: { app: web }, ports: [{ port: 80 }] } }';
  const cluster = clusterOf([...nodes, ...all, web].join('\n---\n'));
  return service(cluster, 'default/web').endpoints.map(
    ({ pod, hints }) => `${pod?.node?.name.slice(2)} for ${hints?.zones.join() ?? 'all'}`,
  );
}

describe('the hints of topology-aware routing', () => {
  it('are each endpoint’s own zone where every zone has its share', () => {
    assert.deepEqual(hinted([node('a', '4'), node('b', '4000m')], { a: 2, b: 2 }), [
      ...['a for a', 'a for a', 'b for b', 'b for b'],
    ]);
  });

  it('lend endpoints of a zone with too many to one with too few', () => {
    assert.deepEqual(hinted([node('a', '2'), node('b', '2')], { a: 5, b: 1 }), [
      ...['a for b', 'a for b', 'a for a', 'a for a', 'a for a', 'b for b'],
    ]);
    // A zone without endpoints is lent some as well; one with three times the processors wants three times as many.
    assert.deepEqual(hinted([node('a', '1.5'), node('b', '0.5')], { a: 4 }), [
      ...['a for b', 'a for a', 'a for a', 'a for a'],
    ]);
  });

  it('count the endpoints that are ready, and hint of no others', () => {
    assert.deepEqual(hinted([node('a', '1'), node('b', '1')], { a: 2, b: 2 }, 1), [
      ...['a for all', 'a for a', 'b for all', 'b for b'],
    ]);
  });

  it('are none where there are fewer endpoints than zones, or too few for the shares', () => {
    const all = (zone: string, count: number) => Array.from({ length: count }, () => `${zone} for all`);
    assert.deepEqual(hinted([node('a', '1'), node('b', '1')], { a: 1 }), all('a', 1));
    assert.deepEqual(hinted([node('a', '1'), node('b', '1')], { a: 3 }), all('a', 3));
  });

  it('are none where a node does not tell its zone or its processors, or is of the only zone', () => {
    const none = ['a for all', 'a for all', 'b for all', 'b for all'];
    const pods = { a: 2, b: 2 };
    assert.deepEqual(hinted([node('a', '1'), node('b', '""')], pods), none);
    assert.deepEqual(hinted([node('a', '1'), node('b', '1').replace('topology', 'x')], pods), none);
    assert.deepEqual(hinted([node('a', '1'), node('b', '1').replace('zone: b', 'zone: a')], pods), none);
  });

  it('leave out what a node of the control plane, and one that is not ready, could do', () => {
    const nodes = [node('a', '1'), node('b', '1'), node('c', '8', ', node-role.kubernetes.io/control-plane: ""')];
    assert.deepEqual(hinted(nodes, { a: 1, b: 1 }), ['a for a', 'b for b']);
    const down = node('d', '8').replace('"True"', '"False"');
    assert.deepEqual(hinted([...nodes, down], { a: 1, b: 1 }), ['a for a', 'b for b']);
  });
});
