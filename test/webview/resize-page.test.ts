import assert from 'node:assert/strict';
import { test } from 'node:test';
import { frontend, labelledShop, pick } from './acts.ts';
import { pages } from './pages.ts';

const openPage = pages();

test('what showed everything shows it in less room too, while something is picked', async () => {
  const open = await openPage({ theme: 'dark', width: 1400, height: 860 });
  await open.page.waitForSelector('.toolbar');
  await open.show(labelledShop());
  await pick(open, frontend, 'frontend');
  await open.page.setViewportSize({ width: 1400, height: 560 });
  await open.page.waitForFunction(() => {
    // biome-ignore lint/suspicious/noExplicitAny: the library hangs its instance on the element that it draws in.
    const { cy } = (document.querySelector('.canvas') as any)._cyreg;
    const { x1, y1, x2, y2 } = cy.nodes().renderedBoundingBox();
    return cy.height() < 600 && x1 >= 0 && y1 >= 0 && x2 <= cy.width() && y2 <= cy.height();
  });
  assert.deepEqual(open.complaints, []);
});
