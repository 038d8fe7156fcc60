import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyName } from '../../src/manifests/key.ts';
import { plainMeaning } from '../../src/manifests/scalar.ts';

/** Keys, and the names that sigs.k8s.io/yaml 1.6.0 gives them. */
const names: Readonly<Record<string, string | undefined>> = {
  a: 'a',
  '01': '1',
  '1.5': '1.5',
  on: 'true',
  y: 'true',
  N: 'false',
  '~': undefined,
  null: undefined,
  '0777': '511',
  '1e3': '1000',
  '1e6': '1e+06',
  '1234567.5': '1.2345675e+06',
  '100000.0': '100000',
  '1000000.0': '1e+06',
  '0.0001': '0.0001',
  '0.00001': '1e-05',
  '3.14159265358979': '3.1415927',
  '16777217.0': '1.6777216e+07',
  '1e21': '1e+21',
  '1e-7': '1e-07',
  '1e300': '.inf',
  '.inf': '.inf',
  '-.inf': '-.inf',
  '.nan': '.nan',
  '2001-01-01': '2001-01-01',
  '18446744073709551615': undefined,
  __proto__: '__proto__',
};

test('a key is named as kubectl names it', () => {
  for (const [text, name] of Object.entries(names)) assert.deepEqual([text, keyName(plainMeaning(text))], [text, name]);
});
