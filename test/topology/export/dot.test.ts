import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { dot } from '../../../src/topology/export/dot.ts';
import { english } from '../../../src/topology/export/words.ts';
import { edge, namespace, policy, service, workload } from '../../webview/fixture.ts';
import { replaced, strangeGraphs } from './graphs.ts';
import { readDot } from './read-dot.ts';

test('a namespace is a cluster, a blocked call has its bar at the side that blocks', () => {
  const nodes = [namespace('shop'), workload('shop/web', { replicas: 2 }), service('shop/web', ['80/TCP'])];
  const call = { ports: ['80/TCP'], blocked: 'ingress' } as const;
  const edges = [
    edge('selects', 'Service/shop/web', 'Deployment/shop/web'),
    edge('calls', 'Deployment/shop/web', 'Service/shop/web', call),
    edge('calls', 'Deployment/shop/web', 'Service/shop/gone'),
  ];
  assert.equal(
    dot({ nodes, edges }, english),
    `digraph topology {
  graph [rankdir=LR, compound=true, fontname="sans-serif"]
  node [shape=box, style=rounded, fontname="sans-serif", fontsize=11]
  edge [fontname="monospace", fontsize=9]
  subgraph cluster_n0 {
    graph [label="shop", style="rounded"]
    n0 [shape=point, style=invis]
    n1 [label="web\\nDeployment × 2"]
    n2 [label="web\\n80/TCP", shape="box", style="rounded", color="#7b4bb7"]
  }
  n2 -> n1 [style="dotted", arrowhead="vee"]
  n1 -> n2 [label="80/TCP, blocked: ingress", color="#c62828", fontcolor="#c62828", style="dashed", arrowhead="tee"]
}
`,
  );
});

test('an edge to a namespace ends at its cluster', () => {
  const nodes = [namespace('shop'), policy('shop/deny', { ingress: true, egress: false }, 1)];
  const edges = [edge('applies', 'NetworkPolicy/shop/deny', 'Namespace//shop')];
  const [applies] = readDot(dot({ nodes, edges }, english)).edges;
  assert.deepEqual([applies?.from, applies?.to, applies?.attributes.lhead], ['n1', 'n0', 'cluster_n0']);
});

test('whatever names hold, Graphviz reads the same nodes, edges and labels', () => {
  fc.assert(
    fc.property(strangeGraphs, (graph) => {
      const read = readDot(dot(graph, english));
      assert.equal(read.edges.length, graph.edges.length - 1);
      const labels = new Map(read.nodes.map(({ id, attributes }) => [id, attributes.label]));
      for (const [index, { label, type }] of graph.nodes.entries()) {
        const cluster = type === 'namespace' || type === 'cluster';
        const said = cluster ? read.clusters.get(`cluster_n${index}`)?.label : labels.get(`n${index}`);
        assert.ok(said?.startsWith(replaced(label)), `${JSON.stringify(label)}: ${said}`);
      }
    }),
  );
});
