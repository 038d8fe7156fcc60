import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clusterOf, service } from '../support/cluster.ts';

const nodes = `
{ apiVersion: v1, kind: Node, metadata: { name: n1, labels: { topology.kubernetes.io/zone: east } } }
---
{ apiVersion: v1, kind: Node, metadata: { name: n2 } }
---`;

function podOn(node: string, conditions = '[{ type: Ready, status: "True" }]'): string {
  return `{ apiVersion: v1, kind: Pod, metadata: { name: on-${node}, labels: { app: web } }, spec: { nodeName: ${node} },
    status: { phase: Running, conditions: ${conditions} } }`;
}

function hints(spec: string, pods: readonly string[] = [podOn('n1'), podOn('n2')], annotations = '{}') {
  const web = `{ apiVersion: v1, kind: Service, metadata: { name: web, annotations: ${annotations} },
    spec: { selector: { app: web }, ports: [{ port: 80 }], ${spec} } }`;
  const cluster = clusterOf(`${nodes}\n${[...pods, web].join('\n---\n')}`);
  return service(cluster, 'default/web').endpoints.map((each) => each.hints);
}

describe('the controller hints', () => {
  it('nothing unless the Service prefers what is close', () => {
    assert.deepEqual(hints(''), [undefined, undefined]);
    assert.deepEqual(hints('trafficDistribution: PreferFar'), [undefined, undefined]);
  });

  it('the zone of an endpoint, where its node has one', () => {
    for (const distribution of ['PreferClose', 'PreferSameZone']) {
      assert.deepEqual(hints(`trafficDistribution: ${distribution}`), [{ zones: ['east'], nodes: [] }, undefined]);
    }
  });

  it('its node as well where the Service prefers that', () => {
    assert.deepEqual(hints('trafficDistribution: PreferSameNode'), [
      { zones: ['east'], nodes: ['n1'] },
      { zones: [], nodes: ['n2'] },
    ]);
  });

  it('nothing of an endpoint that is not ready', () => {
    assert.deepEqual(hints('trafficDistribution: PreferClose', [podOn('n1', '[{ type: Ready, status: "False" }]')]), [
      undefined,
    ]);
  });

  it('nothing where the older annotation asks for shares of the zones', () => {
    const asked = '{ service.kubernetes.io/topology-mode: Auto }';
    assert.deepEqual(hints('trafficDistribution: PreferClose', [podOn('n1')], asked), [undefined]);
    const disabled =
      '{ service.kubernetes.io/topology-aware-hints: disabled, service.kubernetes.io/topology-mode: Auto }';
    assert.deepEqual(hints('trafficDistribution: PreferClose', [podOn('n1')], disabled), [
      { zones: ['east'], nodes: [] },
    ]);
  });
});

it('a slice that a person wrote has its own hints and nodes', () => {
  const cluster = clusterOf(`
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: s, labels: { kubernetes.io/service-name: web } }
addressType: IPv4
ports: [{ name: "", port: 80 }]
endpoints:
  - { addresses: [192.0.2.1], nodeName: n1, hints: { forZones: [{ name: a }, { name: b }], forNodes: [{ name: n1 }] } }
  - { addresses: [192.0.2.2], hints: { forZones: [] } }
---
{ apiVersion: v1, kind: Service, metadata: { name: web }, spec: { ports: [{ port: 80 }] } }`);
  const [first, second] = service(cluster, 'default/web').endpoints;
  assert.deepEqual(first?.hints, { zones: ['a', 'b'], nodes: ['n1'] });
  assert.deepEqual([first?.nodeName, second?.nodeName, second?.hints], ['n1', undefined, undefined]);
});
