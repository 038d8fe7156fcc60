import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import type { PageMessage } from '../../src/client/panel-protocol.ts';
import { drawn, frontend, latest, ordersDb, placeOf, said, walkTo } from './acts.ts';
import { reachIn, shop } from './fixture.ts';
import type { OpenPage } from './open-page.ts';
import { pages } from './pages.ts';
import { allowed, blocked } from './proofs.ts';

const openPage = pages();
let open: OpenPage;

beforeEach(async () => {
  open = await openPage({ theme: 'light', width: 1400, height: 860 });
  open.proof = blocked;
  await open.page.waitForSelector('.toolbar');
  await open.show(shop());
  await open.page.waitForSelector(`[role=treeitem][data-id="${frontend}"]`, { state: 'attached' });
  await open.send({ type: 'select', id: frontend, centre: false });
  await open.page.waitForSelector('.panel h2:text-is("frontend")');
});

afterEach(async () => {
  assert.deepEqual(open.complaints, []);
  await open.page.close();
});

function all<T extends PageMessage['type']>(type: T): readonly Extract<PageMessage, { type: T }>[] {
  return said(open, type);
}

async function title(text: string): Promise<void> {
  await open.page.waitForSelector(`.panel h2:text-is("${text}")`);
}

/** Chooses by the keyboard: begins, and walks down the tree. */
async function choose(id: string): Promise<void> {
  await open.page.focus('[role=treeitem][aria-selected=true]');
  await open.page.keyboard.press('Shift+Enter');
  await walkTo(open, id);
}

/** Clicks on a node of the canvas. */
async function click(id: string, modifiers: readonly 'Shift'[]): Promise<void> {
  const { x, y } = await placeOf(open, id);
  for (const key of modifiers) await open.page.keyboard.down(key);
  await open.page.mouse.click(x, y);
  for (const key of modifiers) await open.page.keyboard.up(key);
}

test('two ends are picked by the keyboard, proved, announced, and taken back step by step', async () => {
  await choose(ordersDb);
  await title('frontend → orders-db');
  assert.deepEqual(all('prove').at(-1), {
    type: 'prove',
    request: all('prove').at(-1)?.request,
    set: '/shop',
    source: frontend,
    target: ordersDb,
    port: '5432/TCP',
    thorough: false,
  });
  assert.equal(all('walk').at(-1)?.port, '5432/TCP');
  await open.page.waitForSelector('.facts .verdict.bad:has-text("Blocked at ingress of orders-db")');
  assert.deepEqual(await open.page.$$eval('.term', (terms) => terms.map((term) => term.textContent)), [
    'holdsnamespaceteam=shop',
    'does not holdpodapp=front-endhas frontend',
    'holdsport5432/TCP',
  ]);
  await open.page.waitForFunction(() =>
    [...document.querySelectorAll('[role=status]')].some(
      ({ textContent }) => textContent === 'frontend → orders-db, 5432/TCP, Blocked at ingress of orders-db',
    ),
  );
  assert.deepEqual((await drawn(open, 'node.picked')).toSorted(), [frontend, ordersDb].toSorted());
  assert.ok((await drawn(open, '.faded')).includes('Deployment/shop/cart'));
  const { length } = all('prove');
  await open.page.keyboard.press('Escape');
  await title('frontend');
  assert.equal(await open.page.isHidden('.proof'), true);
  await open.page.waitForSelector('.hint');
  await open.page.keyboard.press('Escape');
  await open.page.waitForSelector('.hint', { state: 'detached' });
  await title('frontend');
  await open.page.keyboard.press('Escape');
  await title('examples/shop');
  assert.equal(all('prove').length, length, 'nothing is asked on the way back');
});

test('with Shift a click picks the other end, which can be swapped', async () => {
  await click(ordersDb, ['Shift']);
  await title('frontend → orders-db');
  await open.page.click('vscode-button:has-text("Swap")');
  await title('orders-db → frontend');
  assert.deepEqual([all('prove').at(-1)?.source, all('prove').at(-1)?.target], [ordersDb, frontend]);
  await click('Deployment/shop/cart', []);
  await title('cart');
});

test('a proof is asked for again with each picture, and an answer that came too late is dropped', async () => {
  await choose(ordersDb);
  await open.page.waitForSelector('.miss');
  const late = all('prove').at(-1)?.request ?? 0;
  open.proof = allowed;
  await open.show(shop());
  await open.page.waitForSelector('.facts .verdict.good:has-text("Allowed.")');
  assert.ok((all('prove').at(-1)?.request ?? 0) > late);
  await open.send({ type: 'proof', request: late, proof: blocked });
  assert.equal(await open.page.$('.miss'), null);
});

test('links and ways out are asked for under the number of their answer', async () => {
  await choose(ordersDb);
  await open.page.click('.term .link');
  const { request } = all('prove').at(-1) ?? {};
  assert.deepEqual(await latest(open, 'follow'), { type: 'follow', of: 'proof', request, link: 4 });
  const fix = open.page.locator('.fix');
  assert.match((await fix.textContent()) ?? '', /opens shop\/deploy\/frontend → data\/sts\/orders-db on 5432\/TCP/);
  await fix.focus();
  await open.page.keyboard.press('Enter');
  while (all('write').length === 0) await open.page.waitForTimeout(20);
  assert.deepEqual(all('write'), [{ type: 'write', of: 'proof', request, edit: 0 }]);
});

test('ways out that were not looked for are asked for with a button, once', async () => {
  open.proof = { ...blocked, fixes: [], unsearched: true };
  await choose(ordersDb);
  await open.page.waitForSelector('vscode-button:has-text("Look for Ways Out")');
  open.proof = blocked;
  await open.page.click('vscode-button:has-text("Look for Ways Out")');
  await open.page.waitForSelector('.fix');
  assert.deepEqual(
    all('prove')
      .slice(-2)
      .map(({ thorough }) => thorough),
    [false, true],
  );
  await open.show(shop());
  while (all('prove').at(-1)?.thorough !== false) await open.page.waitForTimeout(20);
});

test('what cannot be reached stands below the rest with the reason, and beside the mouse', async () => {
  const why = 'Ingress: default-deny isolates cart and has no rule.';
  const { peers } = reachIn(shop(), frontend, 'from');
  const reach = { id: frontend, direction: 'from', peers: [...peers.filter(({ id }) => id !== ordersDb)] } as const;
  const request = all('reach').at(-1)?.request ?? 0;
  const denied = { id: ordersDb, ports: '', outcome: 'denied', blocked: 'ingress', why } as const;
  await open.send({ type: 'reach', request, reach: { ...reach, peers: [...reach.peers, denied] } });
  await open.page.click('.closed summary');
  const item = open.page.locator('.closed .item', { hasText: why });
  assert.match((await item.textContent()) ?? '', /orders-db/);
  const at = await open.page.evaluate((id) => {
    // biome-ignore lint/suspicious/noExplicitAny: see above.
    return (document.querySelector('.canvas') as any)._cyreg.cy.getElementById(id).renderedPosition();
  }, ordersDb);
  await open.page.hover('.canvas', { position: at });
  await open.page.waitForSelector(`.tip:has-text("${why}")`);
  await item.click();
  await title('frontend → orders-db');
});

test('of a Service it is shown who may call it, and a caller and it are the two ends', async () => {
  const cart = 'Service/shop/cart';
  await open.send({ type: 'select', id: cart, centre: false });
  await title('cart');
  const { id, direction, request } = all('reach').at(-1) ?? {};
  assert.deepEqual([id, direction], [cart, 'to']);
  const peers = [
    { id: frontend, ports: '7070/TCP', outcome: 'allowed' },
    { id: 'Deployment/shop/catalog', ports: '7070/TCP', outcome: 'allowed' },
    { id: ordersDb, ports: '', outcome: 'denied', blocked: 'ingress' },
  ] as const;
  await open.send({ type: 'reach', request: request ?? 0, reach: { id: cart, direction: 'to', peers } });
  await open.page.waitForSelector('.reach h3:text-is("May be reached by")');
  assert.deepEqual([...(await drawn(open, 'node.lit'))].sort(), ['Deployment/shop/catalog', frontend]);
  assert.deepEqual(await drawn(open, 'edge.reaching'), [`calls:${frontend}:${cart}`]);
  assert.deepEqual(await drawn(open, 'edge.reach'), ['reach Deployment/shop/catalog'], 'a way that nobody means to go');
  await open.page.click('.reach .item:has-text("shop/catalog")');
  await title('catalog → cart');
  assert.deepEqual([all('prove').at(-1)?.source, all('prove').at(-1)?.target], ['Deployment/shop/catalog', cart]);
});

test('of the world outside it is shown where it may come in', async () => {
  await open.send({ type: 'select', id: 'internet', centre: false });
  await title('internet');
  const { id, direction, request } = all('reach').at(-1) ?? {};
  assert.deepEqual([id, direction], ['internet', 'from']);
  const entry = 'Service/shop/frontend-external';
  const peers = [{ id: entry, ports: '80/TCP', outcome: 'allowed' }] as const;
  await open.send({ type: 'reach', request: request ?? 0, reach: { id: 'internet', direction: 'from', peers } });
  await open.page.waitForSelector('.reach .item:has-text("frontend-external")');
  assert.deepEqual(await drawn(open, 'node.lit'), [entry]);
  assert.deepEqual(await drawn(open, 'edge.reaching'), [`enters:internet:${entry}`]);
  assert.deepEqual(await drawn(open, 'edge.reach'), []);
});

test('a call is picked by the keyboard out of the list of its caller', async () => {
  const item = open.page.locator('.panel section:has(h3:text-is("Calls")) .item', { hasText: 'checkout' });
  await item.focus();
  await open.page.keyboard.press('Enter');
  await title('frontend → checkout');
  assert.deepEqual(await drawn(open, 'edge.picked'), [`calls:${frontend}:Service/shop/checkout`]);
});
