import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { reachOfNode } from '../../src/server/end-reach.ts';
import { reachOf } from '../../src/topology/reach.ts';
import { clusterOf } from '../checks/marks.ts';

const app = (name: string, port: number) => `
kind: Deployment
apiVersion: apps/v1
metadata: { name: ${name}, namespace: shop }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: main, image: example.org/${name}, ports: [{ containerPort: ${port} }] }] }
---`;
const front = (name: string, more: string, port: number) => `
kind: Service
apiVersion: v1
metadata: { name: ${name}, namespace: shop }
spec: { ${more} selector: { app: ${name} }, ports: [{ port: 80, targetPort: ${port} }] }
---`;
const policy = (name: string, spec: string) => `
kind: NetworkPolicy
apiVersion: networking.k8s.io/v1
metadata: { name: ${name}, namespace: shop }
spec: ${spec}
---`;

const shop = [
  app('web', 8080),
  app('api', 9000),
  app('batch', 9100),
  front('web', 'type: LoadBalancer,', 8080),
  front('api', '', 9000),
  front('batch', 'type: LoadBalancer,', 9100),
  policy(
    'api',
    '{ podSelector: { matchLabels: { app: api } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }], ports: [{ port: 9000 }] }] }',
  ),
  policy('batch', '{ podSelector: { matchLabels: { app: batch } }, ingress: [] }'),
].join('\n');

const cluster = clusterOf(shop);
const told = (id: string, direction: 'from' | 'to') =>
  reachOfNode(cluster, id, direction)?.peers.map((peer) => [peer.id, peer.outcome, peer.ports || peer.blocked]);

describe('the reach of a node', () => {
  it('of a Service is who may call it, by its own ports', () => {
    assert.deepEqual(told('Service/shop/api', 'to'), [
      ['Deployment/shop/api', 'allowed', '80/TCP'],
      ['Deployment/shop/batch', 'denied', 'ingress'],
      ['Deployment/shop/web', 'allowed', '80/TCP'],
    ]);
    const denied = reachOfNode(cluster, 'Service/shop/api', 'to')?.peers.find(({ outcome }) => outcome === 'denied');
    assert.match(denied?.why ?? '', /api isolates api/);
  });

  it('of a Service is nothing where nobody is behind it, for the reason that is there', () => {
    const empty = clusterOf(`${app('web', 8080)}${front('nobody', '', 80)}`);
    const [peer] = reachOfNode(empty, 'Service/shop/nobody', 'to')?.peers ?? [];
    assert.equal(peer?.outcome, 'denied');
    assert.match(peer?.why ?? '', /nobody/);
  });

  it('of the world outside is the Services that have an address there', () => {
    assert.deepEqual(told('internet', 'from'), [
      ['Service/shop/batch', 'denied', 'ingress'],
      ['Service/shop/web', 'allowed', '80/TCP'],
    ]);
  });

  it('to the world outside is what each workload says of it', () => {
    const peers = reachOfNode(cluster, 'internet', 'to')?.peers ?? [];
    assert.equal(peers.length, 3);
    for (const { id, ...peer } of peers) {
      const own = reachOf(cluster, id, 'from')?.peers.find((each) => each.id === 'internet');
      assert.deepEqual({ ...peer, id: 'internet' }, own);
    }
  });

  it('of a workload is as before, and of nothing else is none', () => {
    assert.deepEqual(reachOfNode(cluster, 'Deployment/shop/web', 'to'), reachOf(cluster, 'Deployment/shop/web', 'to'));
    assert.equal(reachOfNode(cluster, 'Service/shop/api', 'from'), undefined);
    assert.equal(reachOfNode(cluster, 'Namespace//shop', 'to'), undefined);
    assert.equal(reachOfNode(cluster, 'Service/shop/gone', 'to'), undefined);
  });
});
