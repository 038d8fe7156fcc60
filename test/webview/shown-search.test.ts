import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Graph } from '../../src/topology/graph.ts';
import { completionsOf } from '../../webview/shown/completion.ts';
import { readExpression } from '../../webview/shown/expression.ts';
import { filtered } from '../../webview/shown/filter.ts';
import { focused } from '../../webview/shown/focus.ts';
import { matchesIn } from '../../webview/shown/match.ts';
import { countsOf, without } from '../../webview/shown/meaning.ts';
import { folding, plainSight, seen } from '../../webview/shown/sight.ts';
import { namespace, shop, workload } from './fixture.ts';

function termsOf(text: string) {
  const expression = readExpression(text);
  assert.ok('terms' in expression, JSON.stringify(expression));
  return expression.terms;
}

function found(text: string, graph: Graph = shop()): string[] {
  return [...matchesIn(graph, termsOf(text)).nodes];
}

const labelled: Graph = {
  nodes: [
    namespace('prod'),
    workload('prod/web', { labels: { team: 'a', 'app.kubernetes.io/name': 'Web=1' } }),
    workload('prod/db', { labels: { team: 'b' } }),
  ],
  edges: [],
};

test('words are parts of names and kinds; all of them have to be there', () => {
  assert.deepEqual(found('check'), ['Service/shop/checkout', 'Deployment/shop/checkout']);
  assert.deepEqual(found('redis statefulset'), ['StatefulSet/data/redis']);
  assert.deepEqual(found('-service checkout'), ['Deployment/shop/checkout']);
  assert.deepEqual(found('not not Service "checkout"'), ['Service/shop/checkout']);
});

test('terms ask for namespace, kind, port, label and blocked, in any case of letters', () => {
  assert.deepEqual(found('NS=data kind=service'), ['Service/data/redis', 'Service/data/orders-db']);
  assert.deepEqual(found('port=5432'), ['Service/data/orders-db', 'StatefulSet/data/orders-db']);
  assert.deepEqual(found('port=53/udp kind=Service'), ['Service/kube-system/kube-dns']);
  assert.deepEqual(found('blocked kind=StatefulSet'), ['StatefulSet/data/orders-db']);
  assert.deepEqual(found('ns="data" not kind=NetworkPolicy not blocked'), [
    'Namespace//data',
    'Service/data/redis',
    'StatefulSet/data/redis',
  ]);
  assert.deepEqual(found('label:team=a', labelled), ['Deployment/prod/web']);
  assert.deepEqual(found('label:team -label:team=a', labelled), ['Deployment/prod/db']);
  assert.deepEqual(found('label:app.kubernetes.io/name=Web=1', labelled), ['Deployment/prod/web']);
  assert.deepEqual(found('label:constructor', labelled), []);
});

test('what cannot be read is told', () => {
  assert.deepEqual(readExpression('team=a'), { problem: 'searchKey', about: 'team' });
  assert.deepEqual(readExpression('ns='), { problem: 'searchValue', about: 'ns=' });
  assert.deepEqual(readExpression('label:'), { problem: 'searchValue', about: 'label:' });
  assert.deepEqual(readExpression('label:=a'), { problem: 'searchValue', about: 'label:' });
  assert.deepEqual(readExpression('web not'), { problem: 'searchNot', about: '' });
  assert.deepEqual(readExpression('"web'), { problem: 'searchQuote', about: '' });
  assert.deepEqual(termsOf('  '), []);
  assert.deepEqual(termsOf('"a=b"'), [{ key: 'word', value: 'a=b', not: false }]);
  assert.deepEqual(termsOf('-'), [{ key: 'word', value: '-', not: false }]);
});

test('a filter leaves what is found, in its namespaces, and of the calls those that are meant', () => {
  const graph = filtered(shop(), termsOf('blocked'));
  const calls = graph.edges.filter(({ type }) => type === 'calls');
  assert.ok(calls.length > 0 && calls.every(({ blocked }) => blocked));
  assert.ok(graph.nodes.some(({ id }) => id === 'Namespace//data'));
  assert.ok(!graph.nodes.some(({ id }) => id === 'Deployment/shop/cart' || id === 'Namespace//kube-system'));
  assert.deepEqual(filtered(shop(), termsOf('nobody-is-called-so')), { nodes: [], edges: [] });
  const whole = shop();
  assert.equal(filtered(whole, []), whole);
});

test('a term and its opposite share the nodes among them', () => {
  const whole = shop();
  for (const text of ['ns=shop', 'kind=Deployment', 'port=80', 'blocked', 'e', 'label:a']) {
    const [yes, no] = [found(text), found(`not ${text}`)];
    assert.equal(yes.length + no.length, whole.nodes.length, text);
    assert.ok(yes.every((id) => !no.includes(id)));
  }
});

test('the legend counts what is there, and hides what an entry stands for', () => {
  const whole = shop();
  const counts = countsOf(whole);
  assert.equal(counts.blocked, 2);
  assert.equal(counts.hostNetwork, 1);
  assert.equal(countsOf(without(whole, ['blocked'])).blocked, 0);
  assert.equal(countsOf(without(whole, ['blocked'])).calls, counts.calls);
  const rest = without(whole, ['hostNetwork', 'assumed']);
  assert.ok(!rest.nodes.some(({ id }) => id.includes('node-exporter') || id.includes('coredns')));
  const ids = new Set(rest.nodes.map(({ id }) => id));
  assert.ok(rest.edges.every(({ source, target }) => ids.has(source) && ids.has(target)));
});

test('a focus shows what is so many calls away, with its policies; a Service counts as its workloads', () => {
  const cards = (depth: number) =>
    focused(shop(), { id: 'StatefulSet/data/redis', depth }).nodes.flatMap(({ type, label }) =>
      type === 'workload' ? label : [],
    );
  assert.deepEqual(cards(0), ['redis']);
  assert.deepEqual(cards(1).sort(), ['cart', 'redis']);
  assert.deepEqual(cards(2).sort(), ['cart', 'checkout', 'frontend', 'redis']);
  const near = focused(shop(), { id: 'StatefulSet/data/redis', depth: 1 });
  assert.ok(near.nodes.some(({ id }) => id === 'NetworkPolicy/data/default-deny'));
  assert.ok(!near.nodes.some(({ id }) => id === 'NetworkPolicy/data/allow-shop'));
  const whole = shop();
  assert.equal(focused(whole, { id: 'gone', depth: 1 }), whole);
  assert.equal(focused(whole, { id: 'Namespace//kube-system', depth: 0 }).nodes.length, 3);
});

test('filter, legend, focus and folds are one choice', () => {
  const sight = {
    ...folding(plainSight, ['Namespace//data'], 'collapsed'),
    query: 'not kind=NetworkPolicy',
    isFiltering: true,
    hidden: ['selects'] as const,
    focus: { id: 'Deployment/shop/cart', depth: 1 },
  };
  const { graph, standIn } = seen(shop(), sight);
  assert.ok(graph.nodes.every(({ type }) => type !== 'policy'));
  assert.ok(graph.edges.every(({ type }) => type !== 'selects'));
  assert.equal(standIn('Service/data/redis'), 'Namespace//data');
  assert.equal(standIn('Deployment/observability/grafana'), undefined);
});

test('completion offers terms, then what the graph has for them, after what is written already', () => {
  assert.deepEqual(completionsOf(shop(), '').slice(0, 2), ['ns=', 'kind=']);
  assert.deepEqual(completionsOf(shop(), 'blocked ns=d'), ['blocked ns=data']);
  assert.deepEqual(completionsOf(shop(), '-kind=st'), ['-kind=StatefulSet']);
  assert.deepEqual(completionsOf(shop(), 'port=54'), ['port=5432']);
  assert.deepEqual(completionsOf(labelled, 'label:te'), ['label:team=a', 'label:team=b']);
  assert.deepEqual(completionsOf(shop(), 'graf'), ['grafana']);
  assert.deepEqual(completionsOf(shop(), 'ns=data '), []);
});
