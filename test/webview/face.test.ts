import assert from 'node:assert/strict';
import { test } from 'node:test';
import { facesOf } from '../../webview/faces.ts';
import { crowd } from './fixture.ts';
import { paint } from './paint.ts';

test('from farther away many nodes have one picture in common: the canvas writes their names', () => {
  const { nodes, edges } = crowd(200, 4);
  const faces = [...facesOf({ nodes, edges }, paint)];
  const pictures = (distance: 'near' | 'mid') => new Set(faces.map(([, face]) => face[distance]).filter(Boolean)).size;
  assert.ok(faces.length > 400);
  assert.ok(pictures('near') > faces.length / 2, String(pictures('near')));
  assert.ok(pictures('mid') < faces.length / 20, String(pictures('mid')));
  const labels = new Map(nodes.map(({ id, label }) => [id, label]));
  for (const [id, { name, width }] of faces.filter(([id]) => !id.startsWith('internet'))) {
    assert.equal(name?.text, labels.get(id), id);
    assert.ok(name && name.left + paint.measure(name.text, name) <= width, id);
  }
});
