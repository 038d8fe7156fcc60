import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import fc from 'fast-check';
import type { PageMessage } from '../../src/client/panel-protocol.ts';
import { drawio } from '../../src/topology/export/drawio.ts';
import { english } from '../../src/topology/export/words.ts';
import { replaced, strangeGraphs } from '../topology/export/graphs.ts';
import { shop, workload } from './fixture.ts';
import type { OpenPage } from './open-page.ts';
import { pages } from './pages.ts';

type Save = Extract<PageMessage, { type: 'save' }>;

const strange = '<img src=x onerror=alert(1)>';
const openPage = pages();
let open: OpenPage;

afterEach(async () => {
  assert.deepEqual(open.complaints, []);
  await open.page.close();
});

async function openShop(theme = 'light'): Promise<void> {
  open = await openPage({ theme, width: 1400, height: 860 });
  await open.page.waitForSelector('.toolbar');
  const { nodes, edges } = shop();
  await open.show({ nodes: [...nodes, workload('shop/strange', { label: strange })], edges });
  await open.page.waitForSelector('.menu-button:enabled');
}

/** Chooses an entry of the menu, and answers what the page then says. */
async function choose(entry: string): Promise<PageMessage> {
  const said = open.said.length;
  await open.page.click('.menu-button');
  await open.page.click(`[role=menuitem]:text-is("${entry}")`);
  for (let tries = 0; tries < 100; tries++) {
    const message = open.said.slice(said).find(({ type }) => type === 'save' || type === 'copy');
    if (message) return message;
    await open.page.waitForTimeout(50);
  }
  throw new Error(`Nothing came of ${entry}`);
}

async function saved(entry: string): Promise<Save> {
  const message = await choose(entry);
  assert.ok(message.type === 'save');
  assert.equal(message.name, 'examples/shop');
  return message;
}

/** What a browser finds in XML. */
async function read(xml: string) {
  return await open.page.evaluate((text) => {
    const root = new DOMParser().parseFromString(text, 'application/xml');
    const all = [...root.querySelectorAll('*')];
    return {
      problem: root.querySelector('parsererror')?.textContent,
      names: [...new Set(all.map((element) => element.localName))],
      texts: [...root.querySelectorAll('text')].map((element) => element.textContent),
      links: all.flatMap(({ attributes }) =>
        [...attributes].filter(({ name, value }) => /href|src|^on/.test(name) || /url\(|var\(/.test(value)),
      ).length,
      viewBox: root.documentElement.getAttribute('viewBox')?.split(' ').map(Number) ?? [],
    };
  }, xml);
}

test('the menu goes by the keyboard', async () => {
  await openShop();
  const { page } = open;
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
  const expanded = () => page.getAttribute('.menu-button', 'aria-expanded');
  await page.focus('.menu-button');
  await page.keyboard.press('ArrowDown');
  assert.deepEqual([await expanded(), await focused()], ['true', 'PNG: whole picture']);
  await page.keyboard.press('ArrowUp');
  assert.equal(await focused(), 'Copy as Markdown');
  await page.keyboard.press('ArrowDown');
  assert.equal(await focused(), 'PNG: whole picture');
  await page.keyboard.press('m');
  assert.equal(await focused(), 'Mermaid');
  await page.keyboard.press('Escape');
  assert.deepEqual([await expanded(), await focused()], ['false', 'Export']);
  await page.keyboard.press('Enter');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector('.unseen[role=status]')?.textContent === 'Copied');
  const copied = open.said.find((message) => message.type === 'copy');
  assert.ok(copied?.type === 'copy' && copied.text.includes('```mermaid\nflowchart LR\n'), JSON.stringify(copied));
  assert.deepEqual([await expanded(), await focused()], ['false', 'Export']);
});

test('there is nothing to export before there is a picture', async () => {
  open = await openPage({ theme: 'light', width: 1400, height: 860 });
  await open.page.waitForSelector('.menu-button:disabled');
});

test('an SVG has all that the page shows, as text, and needs nothing from outside', async () => {
  await openShop();
  const { form, content } = await saved('SVG: whole picture');
  const { problem, names, texts, links } = await read(content);
  assert.deepEqual([form, problem, links], ['svg', undefined, 0]);
  assert.deepEqual(names.toSorted(), ['circle', 'g', 'path', 'rect', 'svg', 'text', 'title']);
  for (const text of ['frontend', 'orders-db', 'shop', '5432 blocked', 'isolated in'])
    assert.ok(texts.includes(text), text);
  assert.ok(texts.some((text) => text.startsWith('<img src=x')));
});

test('an SVG of what is in view holds no more than that', async () => {
  await openShop();
  const whole = await read((await saved('SVG: whole picture')).content);
  for (let i = 0; i < 5; i++) await open.page.click('vscode-button[aria-label="Zoom In"]');
  const view = await read((await saved('SVG: what is in view')).content);
  assert.ok((view.viewBox[2] ?? 0) < (whole.viewBox[2] ?? 0));
  assert.ok(view.texts.length > 0 && view.texts.length < whole.texts.length);
});

test('a picture shows what is picked, and steps back what is not', async () => {
  await openShop();
  await open.send({ type: 'select', id: 'Deployment/shop/frontend', centre: false });
  await open.page.waitForFunction(() => document.querySelector('.panel')?.textContent?.includes('May reach'));
  const { content } = await saved('SVG: whole picture');
  assert.match(content, /<g opacity="0.36"><rect/);
});

test('a PNG is the picture in pixels, sharp enough for a screen of today', async () => {
  await openShop('dark');
  const svg = await read((await saved('SVG: whole picture')).content);
  const { form, content } = await saved('PNG: whole picture');
  assert.equal(form, 'png');
  const { width, height, red, ground } = await open.page.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [image.width, image.height];
    const context = canvas.getContext('2d');
    context?.drawImage(image, 0, 0);
    const { data } = context?.getImageData(0, 0, image.width, image.height) ?? { data: new Uint8ClampedArray() };
    let red = 0;
    for (let i = 0; i < data.length; i += 4) if (data[i] === 241 && data[i + 1] === 76 && data[i + 2] === 76) red++;
    return { width: image.width, height: image.height, red, ground: [...data.slice(0, 4)] };
  }, content);
  assert.deepEqual(
    [width, height],
    [svg.viewBox[2], svg.viewBox[3]].map((side) => Math.round((side ?? 0) * 2)),
  );
  assert.deepEqual(ground, [31, 31, 31, 255]);
  assert.ok(red > 500, `${red} pixels of what is blocked`);
});

test('draw.io gets every node where it is, in its namespace, and edges with their corners', async () => {
  await openShop();
  const { form, content } = await saved('draw.io');
  assert.equal(form, 'drawio');
  const cells = await open.page.evaluate((text) => {
    const root = new DOMParser().parseFromString(text, 'application/xml');
    const number = (element: Element | null, name: string) => Number(element?.getAttribute(name));
    return [...root.querySelectorAll('mxCell')].map((cell) => {
      const geometry = cell.querySelector('mxGeometry');
      const [x, y] = [number(geometry, 'x'), number(geometry, 'y')];
      return {
        id: cell.id,
        value: cell.getAttribute('value'),
        parent: cell.getAttribute('parent'),
        x,
        y,
        points: cell.querySelectorAll('mxPoint').length,
        edge: cell.hasAttribute('edge'),
      };
    });
  }, content);
  const named = (value: string) => cells.find((cell) => cell.value === value);
  assert.equal(named(`${strange}\nDeployment`)?.parent, named('shop')?.id);
  assert.ok(cells.some(({ edge, points }) => edge && points > 1));
  // The page keeps where things are: the same places, but for the frame around.
  const kept = await open.page.waitForFunction(() => {
    const state = (globalThis as unknown as Record<string, { sets: { memory: { boxes: Record<string, number[]> } }[] }>)
      .podwireState;
    return state?.sets[0]?.memory.boxes;
  });
  const boxes = await kept.jsonValue();
  const [shopX = 0, shopY = 0] = boxes?.['Namespace//shop'] ?? [];
  const [x = 0, y = 0] = boxes?.['Deployment/shop/cart'] ?? [];
  const cart = named('cart\nDeployment × 2');
  assert.ok(
    cart && Math.abs(cart.x - (x - shopX + 16)) < 0.2 && Math.abs(cart.y - (y - shopY + 16)) < 0.2,
    JSON.stringify(cart),
  );
});

test('whatever names hold, draw.io reads them as they are', async () => {
  await openShop();
  const graphs = fc.sample(strangeGraphs, 60);
  const files = graphs.map((graph) => {
    const boxes = new Map(graph.nodes.map(({ id }) => [id, { x: 0, y: 0, width: 10, height: 10 }]));
    return drawio(graph, { boxes, routes: new Map() }, graph.nodes[0]?.label ?? '', english);
  });
  const values = await open.page.evaluate(
    (texts) =>
      texts.map((text) => {
        const root = new DOMParser().parseFromString(text, 'application/xml');
        const problem = root.querySelector('parsererror')?.textContent;
        return problem ?? [...root.querySelectorAll('mxCell[vertex]')].map((cell) => cell.getAttribute('value') ?? '');
      }),
    files,
  );
  for (const [i, { nodes }] of graphs.entries()) {
    const found = values[i] ?? [];
    assert.ok(Array.isArray(found), String(found));
    for (const { label } of nodes) {
      assert.ok(
        found.some((value) => replaced(value).startsWith(replaced(label))),
        `${JSON.stringify(label)}: ${JSON.stringify(found)}`,
      );
    }
  }
});
