import assert from 'node:assert/strict';
import type { PageMessage } from '../../src/client/panel-protocol.ts';
import type { Graph } from '../../src/topology/graph.ts';
import { shop } from './fixture.ts';
import type { OpenPage } from './open-page.ts';

/** What tests do with the page, as a person does, and what they see of it. */

export const frontend = 'Deployment/shop/frontend';
export const ordersDb = 'StatefulSet/data/orders-db';

/** The shop, with labels and selectors as the server tells them. */
export function labelledShop(): Graph {
  const { nodes, edges } = shop();
  const own = (app: string) => ({
    labels: { app, 'app.kubernetes.io/part-of': 'shop', 'pod-template-hash': 'x' },
    madeLabels: ['pod-template-hash'],
    selector: { app },
  });
  return {
    edges,
    nodes: nodes.map((node) => (['workload', 'service'].includes(node.type) ? { ...node, ...own(node.label) } : node)),
  };
}

/** What the page said of a type, in order. */
export function said<T extends PageMessage['type']>(
  open: OpenPage,
  type: T,
): readonly Extract<PageMessage, { type: T }>[] {
  return open.said.filter((message): message is Extract<PageMessage, { type: T }> => message.type === type);
}

/** The latest that the page said of a type, once it has said so many: they arrive a moment after the key or the click. */
export async function latest<T extends PageMessage['type']>(
  open: OpenPage,
  type: T,
  count = 1,
): Promise<Extract<PageMessage, { type: T }>> {
  while (said(open, type).length < count) await open.page.waitForTimeout(20);
  const message = said(open, type).at(-1);
  assert.ok(message);
  return message;
}

/** The latest plan that was asked for. */
export function asked(open: OpenPage, count = 1): Promise<Extract<PageMessage, { type: 'plan' }>> {
  return latest(open, 'plan', count);
}

/** Picks something, and waits for the side panel to say so. */
export async function pick(open: OpenPage, id: string, title: string): Promise<void> {
  await open.page.waitForSelector('[role=treeitem]', { state: 'attached' });
  await open.send({ type: 'select', id, centre: false });
  await open.page.waitForSelector(`.facts h2:text-is("${title}")`);
}

/** Walks down the tree to a node. */
export async function walkTo(open: OpenPage, id: string): Promise<void> {
  await open.page.keyboard.press('Home');
  for (let left = 80; left > 0; left--) {
    if ((await open.page.evaluate(() => (document.activeElement as HTMLElement).dataset.id)) === id) return;
    await open.page.keyboard.press('ArrowDown');
  }
  assert.fail(`${id} is not in the tree`);
}

/** The ids of what is drawn of a class. */
export function drawn(open: OpenPage, selector: string): Promise<readonly string[]> {
  return open.page.evaluate((wanted) => {
    // biome-ignore lint/suspicious/noExplicitAny: the library hangs its instance on the element that it draws in.
    const { cy } = (document.querySelector('.canvas') as any)._cyreg;
    // biome-ignore lint/suspicious/noExplicitAny: see above.
    return cy.elements(wanted).map((element: any) => element.id());
  }, selector);
}

/** Where a node is, on the page. */
export function placeOf(open: OpenPage, id: string): Promise<{ readonly x: number; readonly y: number }> {
  return open.page.evaluate((wanted) => {
    const canvas = document.querySelector('.canvas') as HTMLElement;
    // biome-ignore lint/suspicious/noExplicitAny: see above.
    const { x, y } = (canvas as any)._cyreg.cy.getElementById(wanted).renderedPosition();
    const frame = canvas.getBoundingClientRect();
    return { x: frame.x + x, y: frame.y + y };
  }, id);
}

/** Presses a button by its words. */
export async function press(open: OpenPage, words: string): Promise<void> {
  await open.page.click(`vscode-button:text-is("${words}")`);
}

/** Waits for what a screen reader is told. */
export async function told(open: OpenPage, words: string): Promise<void> {
  await open.page.waitForFunction(
    (wanted) => [...document.querySelectorAll('[role=status]')].some(({ textContent }) => textContent === wanted),
    words,
  );
}
