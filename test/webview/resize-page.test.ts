import assert from 'node:assert/strict';
import { test } from 'node:test';
import { frontend, labelledShop, ordersDb, pick, walkTo } from './acts.ts';
import { pages } from './pages.ts';
import { allowing } from './plans.ts';

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

test('both ends of a plan stay in sight where it takes room below the picture', async () => {
  const open = await openPage({ theme: 'dark', width: 700, height: 760 });
  open.plan = allowing;
  await open.page.waitForSelector('.toolbar');
  await open.show(labelledShop());
  await pick(open, frontend, 'frontend');
  await open.page.focus('[role=treeitem][aria-selected=true]');
  await open.page.keyboard.press('Shift+A');
  await walkTo(open, ordersDb);
  await open.page.keyboard.press('Enter');
  await open.page.waitForSelector('.plan .diff');
  await open.page.waitForFunction(
    (ends) => {
      // biome-ignore lint/suspicious/noExplicitAny: see above.
      const { cy } = (document.querySelector('.canvas') as any)._cyreg;
      return ends.every((id) => {
        const { x1, y1, x2, y2 } = cy.getElementById(id).renderedBoundingBox({ includeLabels: false });
        return x1 >= 0 && y1 >= 0 && x2 <= cy.width() && y2 <= cy.height();
      });
    },
    [frontend, ordersDb],
  );
  assert.deepEqual(open.complaints, []);
});
