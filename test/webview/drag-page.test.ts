import assert from 'node:assert/strict';
import { test } from 'node:test';
import type cytoscape from 'cytoscape';
import type { Page } from 'playwright-core';
import { frameId } from '../../webview/elements.ts';
import type { Box } from '../../webview/geometry.ts';
import { shop } from './fixture.ts';
import { pages } from './pages.ts';

const open = pages();
const space = 'Namespace//observability';

/** Where nodes are in the picture, by id. */
async function placesIn(page: Page): Promise<Record<string, Box>> {
  return page.evaluate(() => {
    // biome-ignore lint/suspicious/noExplicitAny: the library hangs its instance on the element that it draws in.
    const { cy } = (document.querySelector('.canvas') as any)._cyreg;
    const boxes: Record<string, Box> = {};
    cy.nodes().forEach((node: cytoscape.NodeSingular) => {
      boxes[node.id()] = { ...node.position(), width: node.width(), height: node.height() };
    });
    return boxes;
  });
}

test('a namespace that is dragged takes along all that stands in it, and nothing else', async () => {
  const { page, show, complaints } = await open({ theme: 'dark', width: 1200, height: 800 });
  await show(shop());
  await page.waitForFunction((id) => {
    // biome-ignore lint/suspicious/noExplicitAny: see above.
    return (document.querySelector('.canvas') as any)?._cyreg?.cy.getElementById(id).nonempty();
  }, space);
  const before = await placesIn(page);
  const corner = await page.evaluate((id) => {
    // biome-ignore lint/suspicious/noExplicitAny: see above.
    const { cy } = (document.querySelector('.canvas') as any)._cyreg;
    const { left, top } = document.querySelector('.canvas')?.getBoundingClientRect() ?? { left: 0, top: 0 };
    const box = cy.getElementById(id).renderedBoundingBox();
    return { x: left + box.x1 + 6, y: top + box.y2 - 6, zoom: cy.zoom() };
  }, space);
  await page.mouse.move(corner.x, corner.y);
  await page.mouse.down();
  for (let step = 1; step <= 4; step++) await page.mouse.move(corner.x, corner.y - 25 * step);
  await page.mouse.up();
  const after = await placesIn(page);
  const along = new Set([
    ...[space, frameId(space)],
    ...shop().nodes.flatMap(({ id, parent }) => (parent === space ? id : [])),
  ]);
  for (const [id, box] of Object.entries(before)) {
    const up = along.has(id) ? -100 / corner.zoom : 0;
    const now = after[id];
    assert.ok(now, id);
    assert.ok(Math.abs(now.x - box.x) < 1 && Math.abs(now.y - box.y - up) < 1, `${id}: ${now.y - box.y} for ${up}`);
    assert.ok(Math.abs(now.width - box.width) < 1 && Math.abs(now.height - box.height) < 1, `${id} keeps its size`);
  }
  assert.deepEqual(complaints, []);
});
