import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Workspace } from '../../src/manifests/workspace.ts';

test('an amount may be a number of any kind or a text, and nothing else', () => {
  const cpu = (written: string) => {
    const workspace = new Workspace({ roots: ['file:///work'] });
    const text = `{ apiVersion: v1, kind: Node, metadata: { name: node }, status: { allocatable: { cpu: ${written} } } }`;
    workspace.apply([{ uri: 'file:///work/n.yaml', text }]);
    const { sets, problems } = workspace.snapshot();
    const { status } = (sets[0]?.manifests[0]?.object ?? {}) as { status?: { allocatable?: { cpu?: unknown } } };
    return [status?.allocatable?.cpu, ...[...problems.values()].flat().map(({ rule }) => rule)];
  };
  assert.deepEqual(['4', '1.5', '"4"', '500m'].map(cpu), [[4], [1.5], ['4'], ['500m']]);
  assert.deepEqual(cpu('[]'), [undefined, 'wrong-type']);
  assert.deepEqual(cpu('yes'), ['yes', 'unquoted-string']);
});
