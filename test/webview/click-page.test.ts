import assert from 'node:assert/strict';
import { test } from 'node:test';
import { frontend, labelledShop, placeOf } from './acts.ts';
import { pages } from './pages.ts';

const openPage = pages();

test('a click in the picture brings the keyboard to what is clicked', async () => {
  const open = await openPage({ theme: 'dark', width: 1400, height: 860 });
  await open.page.waitForSelector('.toolbar');
  await open.show(labelledShop());
  await open.page.waitForSelector('[role=treeitem]', { state: 'attached' });
  const { x, y } = await placeOf(open, frontend);
  await open.page.mouse.click(x, y);
  await open.page.waitForSelector('.facts h2:text-is("frontend")');
  const focused = () => open.page.evaluate(() => (document.activeElement as HTMLElement).dataset.id);
  assert.equal(await focused(), frontend);
  await open.page.keyboard.press('Shift+A');
  await open.page.waitForSelector('.hint:has-text("Pick whom it may reach")');
  assert.deepEqual(open.complaints, []);
});
