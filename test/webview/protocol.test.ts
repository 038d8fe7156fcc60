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
    { type: 'select', id: 'a', centre: false, after: 2 },
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

const plan = {
  outcome: 'possible',
  title: 'Open a → b',
  steps: [{ title: 'Open a → b' }, { title: 'Open a → c', impossible: 'All of this is open' }],
  files: [{ name: 'a.yaml', isNew: false, hunks: [{ before: 1, after: 1, lines: [{ kind: 'added', text: 'a: b' }] }] }],
  effect: {
    opens: { count: 1, paths: [{ text: 'a → b', source: 'Pod/default/a', target: 'Pod/default/b' }] },
    closes: { count: 0, paths: [] },
    starts: { count: 1, paths: [{ text: 'svc → a' }] },
    stops: { count: 0, paths: [] },
    summary: 'opens 1 path, closes 0',
  },
  notes: [[{ type: 'link', content: [], link: 0 }]],
  isolates: [],
};
const noPlan = { outcome: 'impossible', reason: 'It is so already', related: [], isolates: ['default/pod/b'] };

test('a plan is taken, and nothing that only looks like one', () => {
  for (const good of [plan, noPlan, null, { ...plan, steps: [], files: [] }]) {
    assert.ok(isClientMessage({ type: 'plan', request: 1, plan: good }), JSON.stringify(good));
  }
  const [file] = plan.files;
  for (const bad of [
    undefined,
    { ...plan, outcome: 'impossible' },
    { ...noPlan, outcome: 'possible' },
    { ...plan, files: [{ ...file, hunks: [{ before: 1, after: 1, lines: [{ kind: 'html', text: '<b>' }] }] }] },
    { ...plan, effect: { ...plan.effect, opens: { count: 1 } } },
    { ...plan, steps: ['Open a → b'] },
  ]) {
    assert.ok(!isClientMessage({ type: 'plan', request: 1, plan: bad }), JSON.stringify(bad));
  }
  assert.ok(isClientMessage({ ...graphMessage, supposed: 2, before: graphMessage.graph }));
  assert.ok(!isClientMessage({ ...graphMessage, supposed: 2, before: null }));
});

test('the page wishes for nothing but what the protocol has', () => {
  const ends = { source: 'internet', target: 'Service/shop/cart', port: null };
  const id = 'Deployment/shop/cart';
  for (const wish of [
    { type: 'allow', ...ends },
    { type: 'allow', ...ends, port: '80/TCP' },
    { type: 'deny', ...ends, keep: 'intended' },
    { type: 'isolate', id, directions: ['ingress', 'egress'] },
    { type: 'unisolate', id, directions: [] },
    { type: 'addService', id },
    { type: 'label', id, key: 'app', value: null },
    { type: 'selector', id, key: 'app', value: 'cart' },
  ]) {
    assert.ok(isPageMessage({ type: 'plan', request: 1, set: '/shop', supposed: [wish], wish }), JSON.stringify(wish));
    assert.ok(isPageMessage({ type: 'suppose', wishes: [wish] }));
  }
  assert.ok(isPageMessage({ type: 'plan', request: 1, set: '/shop', supposed: [], wish: null }));
  for (const wish of [
    undefined,
    { type: 'deny', ...ends },
    { type: 'deny', ...ends, keep: 'all' },
    { type: 'isolate', id, directions: ['sideways'] },
    { type: 'label', id, key: 'app' },
    { type: 'delete', id },
    { type: 'toString' },
  ]) {
    assert.ok(!isPageMessage({ type: 'plan', request: 1, set: '/shop', supposed: [], wish }), JSON.stringify(wish));
    assert.ok(!isPageMessage({ type: 'suppose', wishes: [wish] }));
  }
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
  assert.ok(!isPageMessage({ type: 'follow', of: 'reach', request: 1, link: 0 }));
  assert.ok(isPageMessage({ type: 'write', of: 'plan', request: 1, edit: 0 }));
  assert.ok(!isPageMessage({ type: 'write', of: 'walk', request: 1, edit: 0 }));
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
