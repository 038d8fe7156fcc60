import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boxes } from './fixture.ts';
import { pages } from './pages.ts';

const open = pages();

test('a first picture is drawn with the faces of its nodes, not empty', async () => {
  const { page, send, complaints } = await open({ theme: 'dark', width: 1200, height: 800 });
  await page.waitForSelector('.toolbar');
  await page.evaluate(() => {
    // biome-ignore lint/suspicious/noExplicitAny: the library hangs its instance on the element that it draws in.
    const { cy } = (document.querySelector('.canvas') as any)._cyreg;
    const drawn: number[][] = [];
    Object.assign(globalThis, { drawn });
    cy.on('render', () => {
      if (cy.nodes().nonempty()) drawn.push([cy.nodes().length, cy.nodes(':backgrounding').length]);
    });
  });
  const graph = boxes(60);
  await send({ type: 'graph', set: '/boxes', label: 'boxes', uri: null, graph, brokenFiles: 0 });
  const drawn = await page.waitForFunction(() => (Reflect.get(globalThis, 'drawn') as number[][])[0]);
  assert.deepEqual(await drawn.jsonValue(), [60, 0]);
  assert.deepEqual(complaints, []);
});
