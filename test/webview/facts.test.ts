import assert from 'node:assert/strict';
import { test } from 'node:test';
import { factsOf } from '../../webview/facts.ts';
import { edge } from './fixture.ts';

test('a call that nobody could be asked about is not called allowed', () => {
  const verdict = (extra: Parameters<typeof edge>[3]) => {
    const call = edge('calls', 'a', 'b', extra);
    return factsOf({ nodes: [], edges: [call] }, call.id)?.verdict?.tone;
  };
  assert.deepEqual(
    [verdict({}), verdict({ blocked: 'egress' }), verdict({ unjudged: true })],
    ['good', 'bad', undefined],
  );
});
