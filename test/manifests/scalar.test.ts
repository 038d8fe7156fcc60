import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readYaml } from '../../src/manifests/yaml.ts';
import { kubectlValues } from './kubectl-values.ts';
import { read } from './read.ts';

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

const plainValues = kubectlValues.filter(([text, json]) => json !== undefined && !/^!/.test(text));

test('where a string is asked, a value is what is written, and an error unless it is a string to kubectl', () => {
  const styles = fc.constantFrom(
    (value: string) => `\n  a: ${value}\n  b: c\n`,
    (value: string) => `\n  a:   ${value}   # c\r\n`,
    (value: string) => `\n  a: &x ${value}\n  b: *x\n`,
    (value: string) => ` {a: ${value}, b: c}\n`,
  );
  fc.assert(
    fc.property(fc.constantFrom(...plainValues), styles, ([text, json = ''], style) => {
      const file = read(`apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata:${style(text)}`);
      const { data } = file.manifests[0]!.object as { data: Record<string, string> };
      assert.equal(data.a, json === 'null' ? '' : text);
      assert.deepEqual(
        file.problems.map(({ rule }) => rule),
        json === 'null' || json.startsWith('"') ? [] : ['unquoted-string'],
      );
    }),
    { numRuns: 600 },
  );
});
