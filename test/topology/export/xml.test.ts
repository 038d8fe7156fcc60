import assert from 'node:assert/strict';
import { test } from 'node:test';
import { xmlText } from '../../../src/topology/export/xml.ts';

test('whatever a message holds stays text', () => {
  assert.equal(xmlText(`<a b="c" d='e'> & more`), '&lt;a b=&quot;c&quot; d=&apos;e&apos;&gt; &amp; more');
  assert.equal(xmlText('one\ntwo'), 'one&#10;two');
  assert.equal(xmlText('😀 stays'), '😀 stays');
});

test('what XML cannot hold is replaced', () => {
  assert.equal(xmlText('a\u0000b\u001bc\ud800d\uffffe'), 'a\ufffdb\ufffdc\ufffdd\ufffde');
});
