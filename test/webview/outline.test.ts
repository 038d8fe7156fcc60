import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shop } from './fixture.ts';
import { pages } from './pages.ts';

const openPage = pages();

test('the tree collapses and opens with the picture, says so, and the arrow opens what is collapsed', async () => {
  const { page, complaints, show, send } = await openPage({ theme: 'dark', width: 1400, height: 860 });
  await page.waitForSelector('.toolbar');
  await show(shop());
  const shopItem = (expanded: boolean) =>
    page.waitForSelector(`[role=treeitem][data-id="Namespace//shop"][aria-expanded=${expanded}]`, {
      state: 'attached',
    });
  const inside = '[role=treeitem][data-id="Deployment/shop/cart"]';
  await (await shopItem(true)).focus();
  await send({ type: 'select', id: 'Namespace//shop', centre: false });
  await page.keyboard.press('-');
  const folded = await shopItem(false);
  assert.match((await folded.getAttribute('aria-label')) ?? '', /collapsed, \d+ workloads/);
  assert.equal(await page.locator(inside).count(), 0);
  await page.keyboard.press('ArrowRight');
  await shopItem(true);
  assert.equal(await page.locator(inside).count(), 1);
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction(() => (document.activeElement as HTMLElement).dataset.id !== 'Namespace//shop');
  assert.deepEqual(complaints, []);
  await page.close();
});
