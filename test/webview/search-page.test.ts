import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { latest } from './acts.ts';
import { shop } from './fixture.ts';
import type { OpenPage } from './open-page.ts';
import { pages } from './pages.ts';

const openPage = pages();
let open: OpenPage;
before(async () => {
  open = await openPage({ theme: 'light', width: 1400, height: 860 });
  await open.show(shop());
  await shown('shop/cart');
});

/** Waits until the tree has nodes that end so. */
async function shown(...ends: readonly string[]): Promise<void> {
  await open.page.waitForFunction((wanted) => {
    const ids = [...document.querySelectorAll<HTMLElement>('[role=treeitem]')].map((item) => item.dataset.id ?? '');
    return wanted.every((end) => ids.some((id) => id.endsWith(end)));
  }, ends);
}

/** Waits until the tree has no node that ends so. */
async function hidden(end: string): Promise<void> {
  await open.page.waitForFunction((end) => {
    const ids = [...document.querySelectorAll<HTMLElement>('[role=treeitem]')].map((item) => item.dataset.id ?? '');
    return ids.length > 0 && !ids.some((id) => id.endsWith(end));
  }, end);
}

test('a search is completed by keys, told as unreadable, and hides what it does not find', async () => {
  const { page } = open;
  const field = page.getByRole('combobox', { name: 'Find' });
  await field.focus();
  await page.keyboard.type('ns');
  await page.keyboard.press('ArrowDown');
  assert.equal(await page.locator('[role=option][aria-selected=true]').textContent(), 'ns=');
  await page.keyboard.press('Enter');
  assert.equal(await page.getByRole('alert').textContent(), 'ns= lacks a value.');
  assert.equal(await field.getAttribute('aria-invalid'), 'true');
  await page.keyboard.type('da');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab');
  assert.equal(await field.inputValue(), 'ns=data');
  assert.equal(await field.getAttribute('aria-invalid'), 'false');
  await shown('shop/cart');
  await page.getByRole('button', { name: 'Hide What Is Not Found' }).press('Enter');
  await hidden('shop/cart');
  await shown('data/redis');
  await field.focus();
  await page.keyboard.press('Escape');
  await shown('shop/cart', 'data/redis');
  await page.getByRole('button', { name: 'Hide What Is Not Found' }).press('Enter');
});

test('a search is saved by a name, offered by it, and forgotten', async () => {
  const { page } = open;
  const field = page.getByRole('combobox', { name: 'Find' });
  await field.fill('blocked');
  await page.getByRole('button', { name: 'Save This Search' }).click();
  assert.deepEqual(await latest(open, 'saveSearch'), { type: 'saveSearch', query: 'blocked' });
  await open.send({ type: 'searches', searches: [{ name: 'What is broken', query: 'blocked' }] });
  await field.fill('broken');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  assert.equal(await field.inputValue(), 'blocked');
  await field.fill('broken');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Delete');
  assert.deepEqual(await latest(open, 'dropSearch'), { type: 'dropSearch', name: 'What is broken' });
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  assert.equal(await field.inputValue(), '');
});

test('an entry of the legend hides what it stands for, and counts it', async () => {
  const { page } = open;
  const entry = page.getByRole('button', { name: /host network/ });
  assert.match((await entry.textContent()) ?? '', /host network1$/);
  await entry.press('Enter');
  await hidden('node-exporter');
  assert.equal(await entry.getAttribute('aria-pressed'), 'false');
  await entry.press('Enter');
  await shown('node-exporter');
});

test('the focus shows what is near, and everything again', async () => {
  const { page } = open;
  await open.send({ type: 'select', id: 'StatefulSet/data/redis', centre: false });
  await page.getByRole('button', { name: 'Depth 1' }).press('Enter');
  await hidden('observability/grafana');
  await shown('shop/cart', 'data/redis');
  await page.getByRole('button', { name: 'All', exact: true }).press('Enter');
  await shown('observability/grafana');
  assert.deepEqual(open.complaints, []);
});
