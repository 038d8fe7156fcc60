import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emphasisOf } from '../../webview/emphasis.ts';
import { governed, reachIn, shop } from './fixture.ts';

const graph = shop();
const frontend = 'Deployment/shop/frontend';

test('nothing picked, nothing stands out', () => {
  const { faded, overlay, lit } = emphasisOf(graph, undefined, undefined);
  assert.equal(faded.size + overlay.length + lit.size, 0);
});

test('a picked workload lights what it may reach and fades what it cannot', () => {
  const emphasis = emphasisOf(graph, frontend, reachIn(graph, frontend, 'from'));
  assert.equal(emphasis.lit.get('Deployment/shop/cart'), 'lit');
  assert.equal(emphasis.lit.get('DaemonSet/observability/node-exporter'), 'lit maybe');
  assert.ok(emphasis.faded.has('Deployment/shop/payment'));
  assert.ok(!emphasis.faded.has(frontend));
});

test('an intended call is lit itself; other ways are drawn for as long as the workload is picked', () => {
  const emphasis = emphasisOf(graph, frontend, reachIn(graph, frontend, 'from'));
  assert.ok(emphasis.reaching.has('calls:Deployment/shop/frontend:Service/shop/cart'));
  const targets = emphasis.overlay.map((way) => way.target);
  assert.ok(!targets.includes('Deployment/shop/cart'));
  assert.ok(targets.includes('Deployment/observability/prometheus'));
});

test('a blocked call stays in sight with both its ends', () => {
  const emphasis = emphasisOf(graph, frontend, reachIn(graph, frontend, 'from'));
  for (const id of ['Service/data/orders-db', 'StatefulSet/data/orders-db']) assert.ok(!emphasis.faded.has(id), id);
  assert.ok(!emphasis.reaching.has('calls:Deployment/shop/frontend:Service/data/orders-db'));
});

test('a reach of something else is not shown', () => {
  const other = reachIn(graph, 'Deployment/shop/cart', 'from');
  assert.equal(emphasisOf(graph, frontend, other).overlay.length, 0);
});

test('a picked policy shows whom it applies to', () => {
  const emphasis = emphasisOf(graph, 'NetworkPolicy/data/allow-shop', undefined);
  assert.ok(emphasis.shown.has('applies:NetworkPolicy/data/allow-shop:StatefulSet/data/orders-db'));
  assert.ok(!emphasis.faded.has('StatefulSet/data/orders-db'));
  assert.ok(emphasis.faded.has('StatefulSet/data/redis'));
});

test('a policy for the whole cluster shows all of a namespace that it is about, and not the rest', () => {
  const emphasis = emphasisOf(governed(), 'ClusterNetworkPolicy//way-out', undefined);
  for (const id of ['Deployment/shop/cart', 'StatefulSet/data/orders-db']) assert.ok(!emphasis.faded.has(id), id);
  assert.ok(emphasis.faded.has('StatefulSet/data/redis'));
  assert.ok(emphasis.faded.has('BaselineAdminNetworkPolicy//default'));
  assert.deepEqual([...emphasis.about], ['Namespace//shop']);
  assert.ok(emphasis.shown.has('applies:ClusterNetworkPolicy//way-out:StatefulSet/data/orders-db'));
  assert.ok(emphasis.faded.has('NetworkPolicy/shop/default-deny'));
});

test('a picked workload shows the policies about all of its namespace, one in its node’s network does not', () => {
  const all = governed();
  const of = (id: string) => emphasisOf(all, id, reachIn(all, id, 'from'));
  const { faded } = of('Deployment/shop/cart');
  assert.ok(!faded.has('AdminNetworkPolicy//metrics') && faded.has('AdminNetworkPolicy//data-is-private'));
  assert.ok(of('DaemonSet/observability/node-exporter').faded.has('AdminNetworkPolicy//metrics'));
});

test('a picked edge keeps its ends', () => {
  const emphasis = emphasisOf(graph, 'calls:Deployment/shop/frontend:Service/shop/cart', undefined);
  assert.ok(!emphasis.faded.has(frontend) && !emphasis.faded.has('Deployment/shop/cart'));
  assert.ok(emphasis.faded.has('Deployment/shop/payment'));
});
