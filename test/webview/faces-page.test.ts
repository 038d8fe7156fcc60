import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { boxes, crowd } from './fixture.ts';
import { pages } from './pages.ts';

const open = pages();

test('a first picture is drawn with the faces of its nodes, not empty', async () => {
  const { page, send, complaints } = await open({ theme: 'dark', width: 1200, height: 800 });
  await page.waitForSelector('.toolbar');
  await noteRenders(page, '');
  const graph = boxes(60);
  await send({ type: 'graph', set: '/boxes', label: 'boxes', uri: null, graph, brokenFiles: 0 });
  assert.deepEqual(await firstRender(page), [60, 0]);
  assert.deepEqual(complaints, []);
});

test('what is opened is drawn with the faces of its nodes, too', async () => {
  const { page, send, show, complaints } = await open({ theme: 'dark', width: 1200, height: 800 });
  await page.waitForSelector('.toolbar');
  const graph = crowd(200, 10);
  await show(graph);
  await page.waitForSelector('[role=treeitem]', { state: 'attached' });
  await send({ type: 'select', id: 'Namespace//shop', centre: false });
  await page.focus('[role=treeitem][aria-selected=true]');
  await noteRenders(page, 'Deployment/shop/api-1');
  await page.keyboard.press('+');
  const [count = 0, empty] = await firstRender(page);
  assert.ok(count > 40, String(count));
  assert.equal(empty, 0);
  // With each image that comes later the library draws everything again.
  const late = await page.evaluate(async () => {
    await new Promise((resolve) => setTimeout(resolve, 200));
    return Reflect.get(globalThis, 'late');
  });
  assert.deepEqual(late, []);
  assert.deepEqual(complaints, []);
});

/** Has the page write down, with each picture in which a node is (any with no id), how many there are, and how many are empty. */
async function noteRenders(page: Page, id: string): Promise<void> {
  await page.evaluate((id) => {
    // biome-ignore lint/suspicious/noExplicitAny: the library hangs its instance on the element that it draws in.
    const { cy } = (document.querySelector('.canvas') as any)._cyreg;
    const drawn: number[][] = [];
    const late: string[] = [];
    Object.assign(globalThis, { drawn, late });
    // biome-ignore lint/suspicious/noExplicitAny: see above.
    cy.on('background', 'node', ({ target }: any) => late.push(target.id()));
    cy.on('render', () => {
      const isThere = (id ? cy.getElementById(id) : cy.nodes()).nonempty();
      if (isThere) drawn.push([cy.nodes().length, cy.nodes('[near != ""]').filter(':backgrounding').length]);
    });
  }, id);
}

async function firstRender(page: Page): Promise<number[]> {
  const drawn = await page.waitForFunction(() => (Reflect.get(globalThis, 'drawn') as number[][])[0]);
  return (await drawn.jsonValue()) ?? [];
}
