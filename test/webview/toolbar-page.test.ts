import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { shop } from './fixture.ts';
import type { OpenPage } from './open-page.ts';
import { pages } from './pages.ts';

const openPage = pages();
let open: OpenPage;

before(async () => {
  open = await openPage({ theme: 'dark', width: 1200, height: 800 });
  await open.page.waitForSelector('.toolbar');
  const views = ['Connectivity', 'Services', 'Policies', 'Nodes'].map((title) => ({ id: title.toLowerCase(), title }));
  const message = { type: 'graph', set: '/shop', label: 'examples/shop', uri: null, brokenFiles: 2 } as const;
  await open.send({ ...message, graph: shop(), views, view: 'connectivity' });
  await open.page.waitForSelector('[role=treeitem][aria-label^=frontend]', { state: 'attached' });
});

after(async () => {
  assert.deepEqual(open.complaints, []);
  await open.page.close();
});

/** What of the toolbar lies outside of the page, or on its neighbour. */
async function misplaced(): Promise<readonly string[]> {
  return await open.page.evaluate(() => {
    const parts = [...document.querySelectorAll('.toolbar > :not(.unseen, .space)')]
      .map((part) => ({ part, box: part.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0)
      .sort((a, b) => a.box.left - b.box.left);
    return parts.flatMap(({ part, box }, index) => {
      const name = `${part.tagName}.${part.className} ${part.getAttribute('aria-label') ?? ''}`;
      const next = parts[index + 1]?.box.left ?? innerWidth;
      return box.left < 0 || box.right > next + 0.5 ? [`${name} ends at ${box.right}, after ${next}`] : [];
    });
  });
}

for (const width of [500, 540, 560, 600, 620, 700, 730, 760, 880, 920, 1200]) {
  test(`at ${width} pixels the toolbar has room for all that it shows`, async () => {
    await open.page.setViewportSize({ width, height: 800 });
    assert.deepEqual(await misplaced(), []);
    await open.page.fill('.search-field', 'cart');
    assert.deepEqual(await misplaced(), [], 'with a search');
    await open.page.fill('.search-field', '');
  });
}

test('what has no room is in the menu, and in it alone', async () => {
  const { page } = open;
  const more = page.getByRole('button', { name: 'More' });
  await page.setViewportSize({ width: 1200, height: 800 });
  assert.equal(await more.isVisible(), false);
  for (const [width, inBar] of [
    [600, ['Zoom Out', 'Zoom In', 'Fit']],
    [500, ['Fit']],
  ] as const) {
    await page.setViewportSize({ width, height: 800 });
    const buttons = await page
      .locator('.toolbar > vscode-button:visible')
      .evaluateAll((all) => all.map((e) => e.ariaLabel));
    assert.deepEqual(buttons, inBar);
    await more.click();
    await page.getByRole('menuitem', { name: 'Keyboard and Mouse' }).click();
    await page.getByRole('dialog', { name: 'Keyboard and Mouse' }).waitFor();
    await page.keyboard.press('Escape');
  }
});

test('nothing scrolls the page itself', async () => {
  await open.page.setViewportSize({ width: 500, height: 300 });
  const scrolled = await open.page.evaluate(() => {
    for (const element of [document.documentElement, document.body]) element.scrollTo(50, 50);
    document.querySelector('.more')?.scrollIntoView({ block: 'end', inline: 'start' });
    return [scrollX, scrollY, document.body.scrollLeft, document.body.scrollTop];
  });
  assert.deepEqual(scrolled, [0, 0, 0, 0]);
});
