import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readYaml } from '../../src/manifests/yaml.ts';
import { kubectlValues } from './kubectl-values.ts';

const unsupported = new Set(['.inf', '.Inf', '.nan', '.NaN', '.NAN', '+.inf', '-.inf', '-.INF']);

test('a value means what it means to kubectl', () => {
  for (const [text, json] of kubectlValues) {
    const { data, problems } = readYaml(`a: ${text}`, 'file:///a.yaml');
    if (json === undefined) {
      assert.ok(problems.length > 0 || unsupported.has(text), text);
    } else {
      assert.deepEqual([text, { ...(data as object) }, problems], [text, { a: plain(JSON.parse(json)) }, []]);
    }
  }
});

/** Maps as the reader makes them. */
function plain(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  return Object.assign(Object.create(null), value);
}
