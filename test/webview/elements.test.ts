import assert from 'node:assert/strict';
import { test } from 'node:test';
import { edgeLabel, edgeSpecs, frameId, nodeSpecs } from '../../webview/elements.ts';
import { facesOf } from '../../webview/faces.ts';
import type { Box } from '../../webview/geometry.ts';
import { framePadding } from '../../webview/room.ts';
import { edge, namespace, service, workload } from './fixture.ts';
import { paint } from './paint.ts';

const box: Box = { x: 0, y: 0, width: 150, height: 54 };
const graph = {
  nodes: [
    namespace('shop'),
    workload('shop/api', { findings: { errors: 1, warnings: 0, notes: 0 } }),
    service('shop/api', ['80/TCP'], { endpoints: 0, assumed: true }),
    workload('shop/gone'),
  ],
  edges: [
    edge('calls', 'Deployment/shop/api', 'Service/shop/api', { ports: ['80/TCP'], blocked: 'egress' }),
    edge('calls', 'Deployment/shop/gone', 'Service/shop/api'),
  ],
};
const picture = {
  boxes: new Map([
    ['Namespace//shop', { x: -20, y: -40, width: 600, height: 200 }],
    ['Deployment/shop/api', box],
    ['Service/shop/api', { ...box, x: 300 }],
  ]),
  routes: new Map(),
};

const specs = nodeSpecs(graph, picture, facesOf(graph, paint), new Map());

test('a namespace is drawn around its frame, which carries its title and goes along with it', () => {
  const frame = specs.find((spec) => spec.id === frameId('Namespace//shop'));
  assert.equal(frame?.parent, 'Namespace//shop');
  assert.equal(frame?.data.width, 600);
  assert.deepEqual(frame?.position, { x: 280, y: 60 });
  const around = specs.find((spec) => spec.id === 'Namespace//shop');
  assert.equal(around?.data.width, 600 + 2 * framePadding);
  assert.deepEqual(around?.position, frame?.position);
});

test('classes say what a node is: kind, assumed, without endpoints, with errors', () => {
  assert.equal(specs.find((spec) => spec.id === 'Deployment/shop/api')?.classes, 'workload troubled');
  assert.equal(specs.find((spec) => spec.id === 'Service/shop/api')?.classes, 'service assumed hollow');
});

test('what has no place is not drawn, nor are its edges', () => {
  assert.equal(
    specs.some((spec) => spec.id === 'Deployment/shop/gone'),
    false,
  );
  assert.deepEqual(
    edgeSpecs(graph, picture, 'blocked').map((spec) => spec.id),
    ['calls:Deployment/shop/api:Service/shop/api'],
  );
});

test('a blocked call says at which side, and without a route it is a curve', () => {
  const [spec] = edgeSpecs(graph, picture, 'blocked');
  assert.equal(spec?.classes, 'calls blocked at-egress curved');
  assert.equal(spec?.data.label, '80 blocked');
});

test('a label shortens ports and says what the line says too', () => {
  const ports = ['80/TCP', '53/UDP', '443/TCP', '8443/TCP'];
  assert.equal(edgeLabel(edge('calls', 'a', 'b', { ports }), 'blocked'), '80, 53/UDP, 443 +1');
  assert.equal(edgeLabel(edge('calls', 'a', 'b', { ports: ['80/TCP'], depends: true }), 'blocked'), '80 ?');
  assert.equal(edgeLabel(edge('selects', 'a', 'b', { ports }), 'blocked'), '');
});
