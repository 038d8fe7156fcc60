import assert from 'node:assert/strict';
import { test } from 'node:test';
import { workloadFace } from '../../webview/face.ts';
import { svgIn, svgUrl } from '../../webview/svg.ts';
import { fitted } from '../../webview/text.ts';
import { workload } from './fixture.ts';
import { measure, paint } from './paint.ts';

const strange = '<img src=x onerror="alert(1)">&\'';

function svgOf(url: string): string {
  return decodeURIComponent(url.slice(url.indexOf(',') + 1));
}

test('a name that looks like markup is written as text', () => {
  const svg = svgOf(workloadFace(asWorkload(workload(`shop/x`, { label: strange })), paint).near);
  assert.doesNotMatch(svg, /<img/);
  assert.match(svg, /&lt;img/);
});

test('a picture is found again in its address, to be a part of another', () => {
  const picture = svgUrl(10, 20, '<text>100 % ä 😀</text>');
  assert.equal(
    svgIn(picture, 3, -4),
    '<svg x="3" y="-4" width="10" height="20" viewBox="0 0 10 20"><text>100 % ä 😀</text></svg>',
  );
});

test('a font family from the settings cannot leave its attribute', () => {
  const theme = { ...paint.theme, fonts: { text: '"><script>', mono: 'monospace' } };
  const svg = svgOf(workloadFace(asWorkload(workload('shop/x')), { ...paint, theme }).near);
  assert.doesNotMatch(svg, /<script/);
});

test('a text is cut where it does not fit, never inside a character', () => {
  assert.equal(fitted('frontend', 100, { size: 10 }, measure), 'frontend');
  assert.equal(fitted('recommendation', 60, { size: 10 }, measure), 'recommend…');
  assert.equal(fitted('😀😀😀😀😀😀', 30, { size: 10 }, measure), '😀😀…');
});

function asWorkload(node: ReturnType<typeof workload>) {
  assert.ok(node.type === 'workload');
  return node;
}
