import assert from 'node:assert/strict';
import { test } from 'node:test';
import { frontend, latest, ordersDb, placeOf } from './acts.ts';
import { shop } from './fixture.ts';
import { pages } from './pages.ts';

const openPage = pages();

test('where the cursor was before a click moved it says nothing any more; where it went after that does', async () => {
  const open = await openPage({ theme: 'dark', width: 1400, height: 860 });
  await open.page.waitForSelector('.toolbar');
  await open.show(shop());
  await open.page.waitForSelector('[role=treeitem]', { state: 'attached' });
  const { x, y } = await placeOf(open, ordersDb);
  await open.page.mouse.click(x, y);
  await open.page.waitForSelector('.facts h2:text-is("orders-db")');
  await latest(open, 'reveal');
  await open.send({ type: 'select', id: frontend, centre: false, after: 0 });
  assert.equal(await open.page.textContent('.facts h2'), 'orders-db');
  await open.send({ type: 'select', id: frontend, centre: false, after: 1 });
  await open.page.waitForSelector('.facts h2:text-is("frontend")');
  assert.deepEqual(open.complaints, []);
  await open.page.close();
});
