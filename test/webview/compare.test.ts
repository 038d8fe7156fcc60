import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Graph } from '../../src/topology/graph.ts';
import { changeCounts, compared, withoutGone } from '../../webview/editing/compare.ts';
import { edge, service, shop, workload } from './fixture.ts';

const isolatedIn = { ingress: true, egress: false };

test('nothing is marked where nothing differs', () => {
  assert.deepEqual(compared(shop(), shop()), shop());
  assert.deepEqual(changeCounts(shop()), { new: 0, changed: 0, gone: 0 });
});

test('what is new, changed and gone is marked, and what is gone is still there', () => {
  const call = edge('calls', 'Deployment/a/x', 'Service/a/y', { ports: ['80/TCP'] });
  const before: Graph = {
    nodes: [workload('a/x'), service('a/y', ['80/TCP']), workload('a/z')],
    edges: [call, edge('selects', 'Service/a/y', 'Deployment/a/x')],
  };
  const after: Graph = {
    nodes: [workload('a/x', { isolated: isolatedIn }), service('a/y', ['80/TCP']), workload('a/new')],
    edges: [{ ...call, id: 'other', blocked: 'egress' }, edge('selects', 'Service/a/y', 'Deployment/a/new')],
  };
  const { nodes, edges } = compared(before, after);
  assert.deepEqual(
    nodes.map(({ id, change }) => [id, change]),
    [
      ['Deployment/a/x', 'changed'],
      ['Service/a/y', undefined],
      ['Deployment/a/new', 'new'],
      ['Deployment/a/z', 'gone'],
    ],
  );
  assert.deepEqual(
    edges.map(({ id, change }) => [id, change]),
    [
      ['other', 'changed'],
      ['selects:Service/a/y:Deployment/a/new', 'new'],
      ['selects:Service/a/y:Deployment/a/x', 'gone'],
    ],
  );
  assert.deepEqual(changeCounts({ nodes, edges }), { new: 2, changed: 2, gone: 2 });
  const left = withoutGone({ nodes, edges });
  const ids = ({ nodes: some, edges: others }: Graph) => [...some, ...others].map(({ id }) => id);
  assert.deepEqual(ids(left), ids(after));
});

test('a finding that comes or goes is no change of the node', () => {
  const before = workload('a/x', { findings: { errors: 1, warnings: 0, notes: 0 }, messages: ['blocked'] });
  const after = workload('a/x');
  assert.equal(compared({ nodes: [before], edges: [] }, { nodes: [after], edges: [] }).nodes[0]?.change, undefined);
});
