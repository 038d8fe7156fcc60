import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isClientMessage, isGraph, isPageMessage } from '../../src/client/panel-protocol.ts';
import { crowd, governed, reachIn, shop } from './fixture.ts';
import { englishStrings } from './strings.ts';
import { arriving, denied, none } from './walks.ts';

const graphMessage = { type: 'graph', set: '/shop', label: 'shop', uri: null, graph: shop(), brokenFiles: 0 };

test('the messages of the client are what the guard takes', () => {
  const reach = reachIn(shop(), 'Deployment/shop/frontend', 'from');
  for (const message of [
    { type: 'start', strings: englishStrings },
    graphMessage,
    { type: 'progress', done: 0, total: 0 },
    { type: 'select', id: null, centre: false },
    { type: 'reach', request: 1, reach },
    { type: 'reach', request: 1, reach: null },
    ...[arriving, denied, none, null].map((walk) => ({ type: 'walk', request: 1, walk })),
    { type: 'failed' },
  ]) {
    assert.ok(isClientMessage(message), JSON.stringify(message).slice(0, 80));
  }
});

test('a message survives the way that it goes as JSON', () => {
  assert.ok(isClientMessage(JSON.parse(JSON.stringify(graphMessage))));
  assert.ok(isGraph(JSON.parse(JSON.stringify(crowd(40)))));
  assert.ok(isGraph(JSON.parse(JSON.stringify(governed()))));
});

test('anything else is dropped', () => {
  for (const message of [
    undefined,
    null,
    'graph',
    [],
    {},
    { type: 'unknown' },
    { type: '__proto__' },
    { type: 'toString' },
    { type: 'start', strings: {} },
    { type: 'progress', done: '1', total: 2 },
    { type: 'walk', request: 1, walk: { ...none, end: 'arrives' } },
    { type: 'walk', request: 1, walk: { ...arriving, end: 'somehow' } },
    { type: 'walk', request: 1, walk: { ...arriving, grounds: [{ type: 'html', text: '<b>' }] } },
    { type: 'walk', request: 1, walk: { ...arriving, grounds: [{ type: 'link', content: [], link: 'file:///' }] } },
    { type: 'progress', done: Number.NaN, total: 2 },
    { ...graphMessage, graph: { nodes: [{ type: 'workload', id: 1 }], edges: [] } },
    { ...graphMessage, graph: { nodes: [], edges: [{ id: 'a', type: 'leads', source: 'a', target: 'b', ports: [] }] } },
  ]) {
    assert.ok(!isClientMessage(message), JSON.stringify(message)?.slice(0, 80));
  }
});

test('the page can ask for nothing but what the protocol has', () => {
  assert.ok(isPageMessage({ type: 'reveal', set: '/shop', id: 'Deployment/shop/cart', focus: true }));
  assert.ok(isPageMessage({ type: 'trace', source: 'internet', target: 'Service/shop/cart', port: null }));
  assert.ok(!isPageMessage({ type: 'trace', source: 'internet', target: 'Service/shop/cart', port: 80 }));
  const ends = { set: '/shop', source: 'internet', target: 'Service/shop/cart' };
  assert.ok(isPageMessage({ type: 'walk', request: 1, ...ends, port: '80/TCP' }));
  assert.ok(!isPageMessage({ type: 'walk', ...ends, port: null }));
  assert.ok(isPageMessage({ type: 'follow', of: 'walk', request: 1, link: 0 }));
  assert.ok(!isPageMessage({ type: 'follow', of: 'walk', request: 1, link: 'file:///etc/passwd' }));
  assert.ok(isPageMessage({ type: 'copy', text: 'ip route' }));
  assert.ok(isPageMessage({ type: 'open', what: 'problems' }));
  assert.ok(!isPageMessage({ type: 'open', what: 'workbench.action.terminal.new' }));
  assert.ok(!isPageMessage({ type: 'reveal', set: '/shop', id: 'x' }));
});

test('an optional property may be absent, but not of another type', () => {
  const edge = { id: 'e', type: 'calls', source: 'a', target: 'b', ports: [] };
  assert.ok(isGraph({ nodes: [], edges: [edge] }));
  assert.ok(isGraph({ nodes: [], edges: [{ ...edge, blocked: 'egress', depends: false, why: 'so' }] }));
  assert.ok(!isGraph({ nodes: [], edges: [{ ...edge, blocked: 'both' }] }));
});
