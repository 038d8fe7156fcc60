import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyProblem, valueProblem } from '../../webview/editing/label-syntax.ts';

const long = 'a'.repeat(63);

test('a key is a name, after a domain and a slash if wanted', () => {
  for (const key of ['app', 'a', 'App_1.x', 'example.org/app', `${'a.'.repeat(126)}a/b`, long]) {
    assert.equal(keyProblem(key), undefined, key);
  }
  for (const key of ['', '-app', 'app.', 'a b', `${long}a`, 'example.org/', '<img>']) {
    assert.equal(keyProblem(key), 'labelBadKey', key);
  }
  for (const key of ['/app', 'Example.org/app', 'a..b/app', `${'a.'.repeat(127)}a/b`, '-/a']) {
    assert.equal(keyProblem(key), 'labelBadDomain', key);
  }
  assert.equal(keyProblem('a/b/c'), 'labelBadKey');
});

test('a value may be empty', () => {
  for (const value of ['', 'a', 'A.b_c-1', long]) assert.equal(valueProblem(value), undefined, value);
  for (const value of ['-', 'a-', 'a b', 'ä', `${long}a`, 'a/b', '\u202e']) {
    assert.equal(valueProblem(value), 'labelBadValue', value);
  }
});
