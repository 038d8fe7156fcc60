import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildGraph } from '../../../src/topology/build.ts';
import type { Graph, PartNode } from '../../../src/topology/graph.ts';
import { nodeIdOf, placeOfNode } from '../../../src/topology/ids.ts';
import { services } from '../../../src/topology/views/services.ts';
import { clusterOf } from '../../checks/marks.ts';

/** The view of a text, with what is asked of it again and again. */
function viewOf(text: string) {
  const cluster = clusterOf(text);
  const graph = services.draw(cluster, buildGraph(cluster, []));
  return { cluster, graph, parts: partsOf(graph) };
}

function partsOf({ nodes }: Graph): readonly PartNode[] {
  return nodes.filter((node) => node.type === 'part');
}

/** The ends of the edges that leave a node. */
function after({ edges }: Graph, id: string): readonly string[] {
  return edges.filter(({ source }) => source === id).map(({ target }) => target);
}

const workload = (name: string, replicas: number, more = '') => `
kind: Deployment
apiVersion: apps/v1
metadata: { name: ${name}, namespace: shop }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: c, image: c, ports: [{ containerPort: 8080 }]${more} }] }
---
kind: Service
apiVersion: v1
metadata: { name: ${name}, namespace: shop }
spec: { selector: { app: ${name} }, ports: [{ port: 80, targetPort: 8080 }] }
---
`;

describe('the view of Services', () => {
  it('leads from a Service through its slice to its pods, which stand for their workload', () => {
    const { graph, parts } = viewOf(workload('web', 2));
    const [slice = ''] = after(graph, 'Service/shop/web');
    assert.match(slice, /^EndpointSlice\/shop\/web-/);
    const pods = after(graph, slice);
    assert.equal(pods.length, 2);
    for (const id of pods) {
      const pod = parts.find((part) => part.id === id);
      assert.match(id, /^Pod\/shop\/web-/);
      assert.equal(pod?.of, 'Deployment/shop/web');
      assert.match(pod?.about.join() ?? '', /^10\.244\.\d+\.\d+ ⌂,.* · ready$/);
      assert.equal(pod?.parent, 'Namespace//shop');
    }
  });

  it('draws the pods of a workload as one where there are many', () => {
    const { graph, parts } = viewOf(workload('web', 40));
    const [slice = ''] = after(graph, 'Service/shop/web');
    const [only = '', ...others] = after(graph, slice);
    assert.deepEqual(others, []);
    const bunch = parts.find(({ id }) => id === only);
    assert.equal(bunch?.label, 'web × 40');
    assert.deepEqual(bunch?.about, ['40 of 40 ready']);
  });

  it('says why a pod that is selected is no endpoint', () => {
    const { graph, parts } = viewOf(`
kind: Pod
apiVersion: v1
metadata: { name: done, namespace: shop, labels: { app: web } }
spec: { containers: [{ name: c, image: c }] }
status: { phase: Succeeded }
---
kind: Service
apiVersion: v1
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
`);
    const done = parts.find(({ id }) => id === 'Pod/shop/done');
    assert.equal(done?.tone, 'warn');
    assert.match(done?.about.join() ?? '', /no endpoint: it has ended \(Succeeded\)/);
    const edge = graph.edges.find(({ target }) => target === 'Pod/shop/done');
    assert.equal(edge?.source, 'Service/shop/web');
    assert.equal(edge?.blocked, 'ingress');
  });

  it('shows external names, and slices that somebody wrote, where the cursor finds them', () => {
    const { cluster, graph, parts } = viewOf(`
kind: Service
apiVersion: v1
metadata: { name: mail, namespace: shop }
spec: { type: ExternalName, externalName: smtp.example.com }
---
kind: Service
apiVersion: v1
metadata: { name: bank, namespace: shop }
spec: { ports: [{ port: 443 }] }
---
kind: EndpointSlice
apiVersion: discovery.k8s.io/v1
metadata: { name: bank-1, namespace: shop, labels: { kubernetes.io/service-name: bank } }
addressType: IPv4
ports: [{ port: 443, protocol: TCP }]
endpoints: [{ addresses: [192.0.2.7] }]
`);
    const [name = ''] = after(graph, 'Service/shop/mail');
    assert.equal(parts.find(({ id }) => id === name)?.label, 'smtp.example.com');
    assert.deepEqual(after(graph, 'Service/shop/bank'), ['EndpointSlice/shop/bank-1']);
    assert.deepEqual(after(graph, 'EndpointSlice/shop/bank-1'), ['EndpointSlice/shop/bank-1 192.0.2.7']);
    const place = placeOfNode(cluster, 'EndpointSlice/shop/bank-1');
    assert.equal(place?.manifest.object.kind, 'EndpointSlice');
    assert.equal(place && nodeIdOf(cluster, place.manifest), 'EndpointSlice/shop/bank-1');
  });
});
