import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { asked, drawn, frontend, labelledShop, ordersDb, pick, placeOf, press, said, told, walkTo } from './acts.ts';
import type { OpenPage } from './open-page.ts';
import { pages } from './pages.ts';
import { allowing, denying, refused } from './plans.ts';

const cartCall = 'calls:Deployment/shop/frontend:Service/shop/cart';
const openPage = pages();
let open: OpenPage;

beforeEach(async () => {
  open = await openPage({ theme: 'light', width: 1400, height: 860 });
  open.plan = allowing;
  await open.page.waitForSelector('.toolbar');
  await open.show(labelledShop());
});

afterEach(async () => {
  assert.deepEqual(open.complaints, []);
  await open.page.close();
});

const allowWish = { type: 'allow', source: frontend, target: ordersDb, port: '5432/TCP' } as const;

test('by the keyboard: whom to allow is walked to, and the plan is read, written and announced', async () => {
  await pick(open, frontend, 'frontend');
  await open.page.focus('[role=treeitem][aria-selected=true]');
  await open.page.keyboard.press('Shift+A');
  await open.page.waitForSelector('.hint:has-text("Pick whom it may reach")');
  await walkTo(open, ordersDb);
  await open.page.keyboard.press('Enter');
  const { request, ...question } = await asked(open);
  assert.deepEqual(question, { type: 'plan', set: '/shop', supposed: [], wish: allowWish });
  await told(open, `${allowing.title}: opens 1 path, closes 0`);
  assert.equal(await open.page.evaluate(() => document.activeElement?.id), 'plan-title');
  assert.equal(await open.page.isHidden('.facts'), true);
  assert.equal(await open.page.textContent('.plan h2'), allowing.title);
  assert.deepEqual(await drawn(open, 'edge.opens'), [`opens ${frontend} ${ordersDb}`]);
  await press(open, 'Write to YAML');
  while (said(open, 'write').length === 0) await open.page.waitForTimeout(20);
  assert.deepEqual(said(open, 'write'), [{ type: 'write', of: 'plan', request, edit: 0 }]);
  await open.send({ type: 'applied', isDone: true });
  await told(open, 'Written, not saved: Ctrl+Z in the text takes it back');
  assert.equal(await open.page.isHidden('.plan'), true);
  assert.equal(await open.page.evaluate(() => document.activeElement?.getAttribute('role')), 'treeitem');
  assert.deepEqual(await drawn(open, 'edge.opens'), []);
  assert.deepEqual(said(open, 'suppose'), []);
});

test('with the mouse: a line is drawn from the grip of a node to another', async () => {
  await open.page.waitForSelector('[role=treeitem]', { state: 'attached' });
  const from = await placeOf(open, frontend);
  const to = await placeOf(open, ordersDb);
  await open.page.mouse.move(from.x, from.y);
  const grip = await open.page.waitForSelector('.grip:not([hidden])');
  const box = await grip.boundingBox();
  assert.ok(box && box.x > from.x, 'it stands at the right edge');
  await open.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await open.page.mouse.down();
  await open.page.mouse.move((from.x + to.x) / 2, to.y + 120, { steps: 3 });
  const targets = await drawn(open, 'node.target');
  assert.ok(targets.includes(ordersDb) && targets.includes('Service/shop/cart'));
  assert.ok(!targets.includes(frontend) && !targets.includes('Namespace//data'));
  await open.page.keyboard.press('Escape');
  assert.deepEqual(await drawn(open, 'node.target'), []);
  await open.page.mouse.up();
  assert.deepEqual(said(open, 'plan'), [], 'Escape gave it up');
  await open.page.mouse.move(from.x, from.y);
  await open.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await open.page.mouse.down();
  await open.page.mouse.move(to.x, to.y, { steps: 4 });
  assert.deepEqual(await drawn(open, 'node.aimed'), [ordersDb]);
  assert.match((await open.page.getAttribute('.connecting path', 'd')) ?? '', /^M/);
  await open.page.mouse.up();
  assert.deepEqual((await asked(open)).wish, allowWish);
});

test('a call is denied on a port of choice, keeping what is chosen; only the latest answer counts', async () => {
  open.plan = undefined;
  await pick(open, cartCall, 'frontend → cart');
  await press(open, 'Deny…');
  const first = await asked(open);
  const wish = { type: 'deny', source: frontend, target: 'Service/shop/cart', port: '7070/TCP', keep: 'reaching-now' };
  assert.deepEqual(first.wish, wish);
  await open.page.waitForSelector('.plan .waiting');
  assert.equal(await open.page.textContent('.plan h2'), 'Deny frontend → cart');
  assert.equal(await open.page.$('.keep'), null);
  await open.send({ type: 'plan', request: first.request, plan: denying });
  await open.page.click('.keep input[value=intended]');
  const second = await asked(open, 2);
  assert.deepEqual(second.wish, { ...wish, keep: 'intended' });
  assert.equal(await open.page.getAttribute('[data-key=write]', 'disabled'), '', 'what is seen is not what was chosen');
  assert.equal(await open.page.evaluate(() => (document.activeElement as HTMLInputElement).value), 'intended');
  await open.page.click('.plan .choice:has-text("all it listens on")');
  const third = await asked(open, 3);
  assert.deepEqual(third.wish, { ...wish, keep: 'intended', port: null });
  await open.send({ type: 'plan', request: second.request, plan: { ...denying, title: 'late' } });
  await open.send({ type: 'plan', request: third.request, plan: denying });
  await open.page.waitForSelector('[data-key=write]:not([disabled])');
  assert.equal(await open.page.textContent('.plan h2'), denying.title);
  assert.equal(await open.page.isChecked('.keep input[value=intended]'), true);
  await open.page.click('.paths.closes summary');
  assert.match((await open.page.textContent('.paths.closes')) ?? '', /240 paths close.*and 238 more/);
  assert.equal((await drawn(open, 'edge.closes')).length, 2);
  assert.match((await open.page.textContent('.paths.starts')) ?? '', /Selected from then on: 1.*deny-frontend/);
});

test('the change of each file is shown line by line, told by signs and words', async () => {
  await pick(open, cartCall, 'frontend → cart');
  await press(open, 'Deny…');
  await open.page.waitForSelector('.diff');
  const rows = await open.page.$eval('.diff table', (table) =>
    [...(table as HTMLTableElement).rows].map((row) => [...row.cells].map(({ textContent }) => textContent)),
  );
  assert.deepEqual(rows.slice(0, 3), [
    ['11', '', '  ingress:'],
    ['12', '−removed', '    - from: []  # nobody yet'],
    ['12', '+added', '    - from:'],
  ]);
  assert.deepEqual(rows.at(-1), ['40', '−removed', '  - Egress']);
  assert.deepEqual(await open.page.$$eval('.diff-file h4', (heads) => heads.map(({ textContent }) => textContent)), [
    'data/policies.yaml',
    'data/allow-frontend.yamlnew file',
  ]);
  await open.page.click('.plan-words .link');
  while (said(open, 'follow').length === 0) await open.page.waitForTimeout(20);
  const { request } = await asked(open);
  assert.deepEqual(said(open, 'follow'), [{ type: 'follow', of: 'plan', request, link: 2 }]);
});

test('what cannot be says why, and cannot be written', async () => {
  open.plan = refused;
  await pick(open, cartCall, 'frontend → cart');
  await press(open, 'Deny…');
  await open.page.waitForSelector('.plan .verdict.bad');
  await told(open, 'This cannot be done: No selector can tell frontend from others: they have its labels');
  for (const key of ['write', 'suppose']) {
    assert.equal(await open.page.getAttribute(`[data-key=${key}]`, 'disabled'), '', key);
  }
});

test('with nothing picked that sends or receives, the keys say what to pick first', async () => {
  await pick(open, 'Namespace//shop', 'shop');
  await open.page.keyboard.press('Shift+A');
  await told(open, 'Pick a workload, a Service or the internet first.');
  assert.equal(await open.page.$('.hint'), null);
});

test('Escape closes the plan before anything else, and the keyboard is back where it was', async () => {
  await pick(open, cartCall, 'frontend → cart');
  await open.page.focus('vscode-button:text-is("Deny…")');
  await open.page.keyboard.press('Enter');
  await open.page.waitForSelector('.diff');
  await open.page.keyboard.press('Escape');
  await open.page.waitForSelector('.facts h2:text-is("frontend → cart")');
  assert.equal(await open.page.evaluate(() => document.activeElement?.textContent), 'Deny…');
  const { request } = await asked(open);
  await open.send({ type: 'plan', request, plan: denying });
  assert.equal(await open.page.isHidden('.plan'), true, 'an answer to a closed plan opens nothing');
});

test('a new picture asks for the plan again, one of another set closes it', async () => {
  await pick(open, cartCall, 'frontend → cart');
  await press(open, 'Deny…');
  await open.page.waitForSelector('.diff');
  await open.show(labelledShop());
  const again = await asked(open, 2);
  assert.equal(again.wish?.type, 'deny');
  assert.equal(await open.page.isVisible('.diff'), true, 'what was known stays in sight');
  const other = { type: 'graph', set: '/other', label: 'other', uri: null, brokenFiles: 0 } as const;
  await open.send({ ...other, graph: labelledShop() });
  await open.page.waitForSelector('.plan', { state: 'hidden' });
});

test('a text that changed meanwhile is not written into: the plan is made anew', async () => {
  await pick(open, cartCall, 'frontend → cart');
  await press(open, 'Deny…');
  await open.page.waitForSelector('[data-key=write]:not([disabled])');
  await press(open, 'Write to YAML');
  await open.send({ type: 'applied', isDone: false });
  await asked(open, 2);
  await open.page.waitForSelector('.plan .hint:has-text("The text has changed meanwhile")');
  await open.page.waitForSelector('[data-key=write]:not([disabled])');
});

test('two picked ends offer to allow what is denied, and a line of what may be reached picks two ends', async () => {
  await pick(open, frontend, 'frontend');
  const grafana = 'Deployment/observability/grafana';
  while ((await drawn(open, `edge[id = "reach ${grafana}"]`)).length === 0) await open.page.waitForTimeout(20);
  await open.page.evaluate((id) => {
    // biome-ignore lint/suspicious/noExplicitAny: the library hangs its instance on the element that it draws in.
    (document.querySelector('.canvas') as any)._cyreg.cy.getElementById(id).emit('tap');
  }, `reach ${grafana}`);
  await open.page.waitForSelector('.facts h2:text-is("frontend → grafana")');
  await open.page.waitForSelector('vscode-button:text-is("Deny…")');
  assert.equal(await open.page.$('vscode-button:text-is("Allow…")'), null);
  await open.page.keyboard.press('Shift+D');
  assert.deepEqual((await asked(open)).wish, {
    type: 'deny',
    source: frontend,
    target: grafana,
    port: '3000/TCP',
    keep: 'reaching-now',
  });
});

test('a plan is written once, however often that is pressed, and what is looked at by then stays', async () => {
  await pick(open, cartCall, 'frontend → cart');
  await press(open, 'Deny…');
  await open.page.waitForSelector('[data-key=write]:not([disabled])');
  await open.page.dblclick('[data-key=write]');
  await open.page.keyboard.press('Escape');
  await open.page.waitForSelector('.plan', { state: 'hidden' });
  await open.page.keyboard.press('Shift+D');
  await asked(open, 2);
  await open.page.waitForSelector('.diff');
  assert.equal(said(open, 'write').length, 1);
  await open.send({ type: 'applied', isDone: true });
  await told(open, 'Written, not saved: Ctrl+Z in the text takes it back');
  assert.equal(await open.page.isVisible('.diff'), true);
});

test('where nobody can answer, that is said, and nothing can be written until somebody does', async () => {
  open.plan = undefined;
  await pick(open, cartCall, 'frontend → cart');
  await press(open, 'Deny…');
  const { request } = await asked(open);
  await open.send({ type: 'plan', request, plan: null });
  await open.page.waitForSelector('.plan :text("The manifests are not read yet, or are gone.")');
  assert.equal(await open.page.getAttribute('[data-key=write]', 'disabled'), '');
  open.plan = denying;
  await open.show(labelledShop());
  await open.page.waitForSelector('[data-key=write]:not([disabled])');
});

test('of many who would be isolated the first are named', async () => {
  open.plan = { ...denying, isolates: Array.from({ length: 40 }, (_, at) => `shop/deploy/w${at}`) };
  await pick(open, cartCall, 'frontend → cart');
  await press(open, 'Deny…');
  await open.page.waitForSelector('.keep legend');
  const legend = await open.page.textContent('.keep legend');
  assert.match(legend ?? '', /^shop\/deploy\/w0, .*shop\/deploy\/w3, and 36 more would be isolated/);
});
