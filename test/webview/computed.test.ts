import assert from 'node:assert/strict';
import { test } from 'node:test';
import { computedWith } from '../../webview/export/computed.ts';
import { stylesheet } from '../../webview/style.ts';
import { paint } from './paint.ts';

const styled = (group: 'node' | 'edge', classes: string, data: Record<string, unknown> = {}) => ({
  group,
  classes: new Set(classes.split(' ')),
  data,
});

test('of two rules that hold the later wins, and data is filled in', () => {
  const computed = computedWith([
    { selector: 'node', style: { width: 'data(width)', opacity: 1 } },
    { selector: 'node.a.b, edge', style: { opacity: 0.5 } },
    { selector: '.c[near != ""]', style: { opacity: 0.2 } },
  ]);
  assert.deepEqual(computed(styled('node', 'a', { width: 7 })), { width: 7, opacity: 1 });
  assert.deepEqual(computed(styled('node', 'b a', { width: 7 })), { width: 7, opacity: 0.5 });
  assert.deepEqual(computed(styled('edge', 'c', { near: '' })), { opacity: 0.5 });
  assert.deepEqual(computed(styled('edge', 'c', { near: 'x' })), { opacity: 0.2 });
});

test('every selector of the canvas is known, so that a picture looks as the canvas does', () => {
  const computed = computedWith(stylesheet(paint.theme));
  const card = computed(styled('node', 'workload near', { width: 150, near: 'data:x' }));
  assert.equal(card.width, 150);
  assert.equal(card['background-color'], paint.theme.card);
  assert.equal(computed(styled('edge', 'calls blocked at-ingress'))['target-arrow-shape'], 'tee');
  assert.equal(computed(styled('edge', 'applies')).display, 'none');
  assert.equal(computed(styled('edge', 'applies shown')).display, 'element');
});
