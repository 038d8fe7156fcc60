import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crowd, shop } from './fixture.ts';
import type { OpenPage } from './open-page.ts';
import { pages } from './pages.ts';

const openPage = pages();
const size = { theme: 'dark', width: 1200, height: 800 };

/** The ids of the cards and pills on the canvas, not of what they stand in. */
async function drawn({ page }: OpenPage): Promise<string[]> {
  return page.evaluate(() => {
    // biome-ignore lint/suspicious/noExplicitAny: the library hangs its instance on the element that it draws in.
    const cy = (document.querySelector('.canvas') as any)._cyreg?.cy;
    const ids: string[] = cy?.nodes().map((node: { id(): string }) => node.id()) ?? [];
    // An open namespace has a title of its own.
    return ids.filter((id) => !id.startsWith('frame ') && !ids.includes(`frame ${id}`));
  });
}

async function until(open: OpenPage, holds: (ids: readonly string[]) => boolean): Promise<void> {
  while (!holds(await drawn(open))) await open.page.evaluate(() => new Promise(requestAnimationFrame));
}

test('a namespace is collapsed by a key, opened by Enter, and found collapsed after a reload', async () => {
  const open = await openPage(size);
  await open.show(shop());
  const redis = 'StatefulSet/data/redis';
  await until(open, (ids) => ids.includes(redis));
  await open.send({ type: 'select', id: redis, centre: false });
  await open.page.focus('[role=treeitem][aria-selected=true]');
  await open.page.keyboard.press('-');
  await until(open, (ids) => ids.includes(redis) && !ids.includes('Service/data/redis'));
  await open.page.keyboard.press('-');
  await until(open, (ids) => ids.includes('Namespace//data') && !ids.includes(redis));
  const item = open.page.locator('[role=treeitem][aria-selected=true]');
  assert.match((await item.getAttribute('aria-label')) ?? '', /^data, Namespace, collapsed, 2 workloads/);
  await open.page.waitForFunction(() =>
    JSON.stringify(Reflect.get(globalThis, 'podwireState') ?? '').includes('collapsed'),
  );
  const state = await open.page.evaluate(() => Reflect.get(globalThis, 'podwireState'));

  const again = await openPage({ ...size, state });
  await again.show(shop());
  await until(again, (ids) => ids.includes('Namespace//data'));
  assert.ok(!(await drawn(again)).includes(redis));
  assert.deepEqual([...open.complaints, ...again.complaints], []);

  await open.page.keyboard.press('Enter');
  await until(open, (ids) => ids.includes(redis));
  await open.page.close();
  await again.page.close();
});

test('a large graph opens collapsed; the panel opens a namespace, and a list what is hidden', async () => {
  const open = await openPage(size);
  await open.show(crowd(300, 10));
  await until(open, (ids) => ids.length > 0);
  assert.equal((await drawn(open)).length, 11);
  await open.send({ type: 'select', id: 'Deployment/payments/worker-1', centre: false });
  await open.page.click('.panel vscode-button:has-text("Expand")');
  await until(open, (ids) => ids.includes('Deployment/payments/worker-1'));
  assert.ok((await drawn(open)).includes('Namespace//search'));
  await open.send({ type: 'select', id: 'Namespace//search', centre: false });
  await open.page.click('.panel .item:has-text("default-deny")');
  await until(open, (ids) => ids.includes('NetworkPolicy/search/default-deny'));
  assert.deepEqual(open.complaints, []);
  await open.page.close();
});
