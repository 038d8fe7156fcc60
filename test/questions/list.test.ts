import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connectionsText } from '../../src/network/words.ts';
import { rangeText } from '../../src/questions/end.ts';
import { type ListEnd, type ListOptions, list, listName } from '../../src/questions/list.ts';
import { resolveTarget } from '../../src/questions/resolve-end.ts';
import { deployment, documents, type World, worldOf } from './fixture.ts';

const guard = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: guard, namespace: shop}
spec:
  podSelector: {matchLabels: {app: api}}
  policyTypes: [Ingress, Egress]
  ingress:
  - from: [{podSelector: {matchLabels: {app: front}}}]
    ports: [{port: 8080}]
  - from: [{ipBlock: {cidr: 192.0.0.0/8, except: [192.1.0.0/16]}}]`;

const world = worldOf({ 'a.yaml': documents(deployment('front'), deployment('api'), guard) });

function lines({ cluster }: World, options: ListOptions = {}): readonly string[] {
  return [...list(cluster, options)].flat().map(({ from, to, connections }) => {
    return `${listName(from, rangeText)} => ${listName(to, rangeText)}: ${connectionsText(connections)}`;
  });
}

function end(name: string) {
  const named = resolveTarget(world.cluster, name);
  assert.ok('end' in named, name);
  return [named.end];
}

test('the list has every pair between which something is open, and what every cluster has is left out', () => {
  const inside = lines(world).filter((each) => !/ => [\d:]/.test(each) && !/^[\d:]/.test(each));
  assert.deepEqual(inside, ['shop/front[Deployment] => shop/api[Deployment]: 8080/TCP']);
});

test('ranges are cut where any rule cuts, or made one where nothing differs', () => {
  const entering = (options: ListOptions) =>
    lines(world, options)
      .filter((each) => /^\d+\..*api/.test(each))
      .map((each) => each.split(' ')[0]);
  const byName = { orderBy: (end: ListEnd) => listName(end, rangeText) };
  const cut = ['192.0.0.0/16', '192.2.0.0-192.255.255.255'];
  assert.deepEqual(entering({}), cut);
  const anywhere = (options: ListOptions) => lines(world, options).filter((each) => /^\d+\..*front/.test(each)).length;
  assert.equal(anywhere(byName), 5);
  assert.equal(anywhere({}), 1);
  const sources = lines(world, byName).map((each) => each.split(' ')[0]);
  assert.deepEqual(sources, sources.toSorted(), 'one source after the other, by name');
});

test('of the addresses, those that are asked for are listed alone', () => {
  assert.deepEqual(lines(world, { from: end('192.0.0.7'), to: end('deploy/api') }), [
    '192.0.0.7 => shop/api[Deployment]: all ports',
  ]);
  assert.deepEqual(lines(world, { from: end('192.1.0.7'), to: end('deploy/api') }), []);
  assert.deepEqual(lines(world, { from: end('192.0.0.0/15'), to: end('deploy/api') }), [
    '192.0.0.0/16 => shop/api[Deployment]: all ports',
  ]);
  assert.deepEqual(lines(world, { from: end('deploy/front'), to: end('2001:db8::1') }), [
    'shop/front[Deployment] => 2001:db8::1: all ports',
  ]);
});

test('the list can be of one source, or of one target', () => {
  assert.ok(lines(world, { from: end('deploy/front') }).every((each) => each.startsWith('shop/front')));
  assert.deepEqual(lines(world, { from: end('deploy/front'), to: end('deploy/api') }), [
    'shop/front[Deployment] => shop/api[Deployment]: 8080/TCP',
  ]);
  assert.deepEqual(lines(world, { from: end('deploy/api') }), []);
  assert.ok(lines(world, { to: end('internet') }).every((each) => /=> [\d:]/.test(each)));
});
