import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import type { Wish } from '../../src/client/panel-protocol.ts';
import type { Graph } from '../../src/topology/graph.ts';
import { asked, drawn, frontend, labelledShop, pick, press, said, told } from './acts.ts';
import { edge, service } from './fixture.ts';
import type { OpenPage } from './open-page.ts';
import { pages } from './pages.ts';
import { allowing, together } from './plans.ts';

const ordersCall = 'calls:Deployment/shop/frontend:Service/data/orders-db';
const allow: Wish = { type: 'allow', source: frontend, target: 'Service/data/orders-db', port: '5432/TCP' };
const addService: Wish = { type: 'addService', id: 'CronJob/shop/load-test' };
const openPage = pages();
let open: OpenPage;

afterEach(async () => {
  assert.deepEqual(open.complaints, []);
  await open.page.close();
});

async function start(state?: unknown): Promise<void> {
  open = await openPage({ theme: 'light', width: 1400, height: 860, state });
  open.plan = allowing;
  await open.page.waitForSelector('.toolbar');
}

/** The shop in which frontend reaches the database, load-test has a Service, and a policy is gone. */
function supposedShop(): Graph {
  const { nodes, edges } = labelledShop();
  const gone = 'NetworkPolicy/shop/allow-frontend';
  return {
    nodes: [...nodes.filter(({ id }) => id !== gone), service('shop/load-test', ['80/TCP'])],
    edges: [
      ...edges
        .filter(({ source }) => source !== gone)
        .map(({ blocked, why, ...call }) =>
          call.id === ordersCall
            ? { ...call, id: `${call.id} open` }
            : { ...call, ...(blocked && { blocked }), ...(why && { why }) },
        ),
      edge('selects', 'Service/shop/load-test', 'CronJob/shop/load-test', { ports: ['80/TCP'] }),
    ],
  };
}

/** The client's answer to what is supposed. */
async function showSupposed(supposed: number): Promise<void> {
  const about = { type: 'graph', set: '/shop', label: 'examples/shop', uri: null, brokenFiles: 0 } as const;
  await open.send({ ...about, graph: supposedShop(), before: labelledShop(), supposed });
}

const kept = (wishes: readonly { readonly wish: Wish; readonly title: string }[]) => ({
  version: 1,
  uri: null,
  sets: [],
  picked: null,
  direction: 'from',
  legendFolded: null,
  whatIf: { set: '/shop', wishes },
});

const two = [
  { wish: allow, title: allowing.title },
  { wish: addService, title: 'Write a Service for load-test' },
];

test('a plan is kept as supposed: the client is told, the bar says it, and what differs is marked and named', async () => {
  await start();
  await open.show(labelledShop());
  await pick(open, ordersCall, 'frontend → orders-db');
  await press(open, 'Allow…');
  await open.page.waitForSelector('.diff');
  await press(open, 'What If');
  while (said(open, 'suppose').length === 0) await open.page.waitForTimeout(20);
  assert.deepEqual(said(open, 'suppose'), [{ type: 'suppose', wishes: [allow] }]);
  await told(open, 'What if: 1 change');
  assert.equal(await open.page.isHidden('.plan'), true);
  await showSupposed(1);
  await open.page.waitForSelector('.what-if strong:text-is("What if: 1 change")');
  assert.equal(await open.page.textContent('.what-if-list'), allowing.title);
  assert.equal(await open.page.textContent('.what-if-counts'), '+ 2 new~ 1 changed− 2 gone');
  assert.deepEqual(await drawn(open, 'node.change-new'), ['Service/shop/load-test']);
  assert.deepEqual(await drawn(open, 'node.change-gone'), ['NetworkPolicy/shop/allow-frontend']);
  assert.deepEqual(await drawn(open, 'edge.change-changed'), [`${ordersCall} open`]);
  const names = await open.page.$$eval('[role=treeitem]', (items) =>
    items.map((item) => item.getAttribute('aria-label')),
  );
  assert.ok(names.includes('load-test, Service, new, 80/TCP'));
  assert.ok(names.some((name) => name?.startsWith('allow-frontend, NetworkPolicy, gone')));
  await open.page.waitForSelector('.facts h2:text-is("frontend → orders-db")');
  assert.match((await open.page.textContent('.facts')) ?? '', /What if: changed/);
});

test('the next plan is made on top of what is supposed, and all of it is written together', async () => {
  await start(kept(two.slice(0, 1)));
  await showSupposed(1);
  await pick(open, frontend, 'frontend');
  await press(open, 'Add a Service');
  const { supposed, wish } = await asked(open);
  assert.deepEqual([supposed, wish], [[allow], { type: 'addService', id: frontend }]);
  await open.page.waitForSelector('vscode-button:text-is("Write 2 Changes to YAML")');
  await press(open, 'Write 2 Changes to YAML');
  await open.send({ type: 'applied', isDone: true });
  while (said(open, 'suppose').length < 2) await open.page.waitForTimeout(20);
  assert.deepEqual(said(open, 'suppose').at(-1), { type: 'suppose', wishes: [] });
});

test('what is supposed outlives a reload, is looked at as a whole, and is taken back piece by piece', async () => {
  await start(kept(two));
  assert.deepEqual(said(open, 'suppose'), [{ type: 'suppose', wishes: [allow, addService] }]);
  open.plan = together;
  await showSupposed(1);
  await open.page.waitForSelector('.what-if-list:has-text("1 without effect")');
  await press(open, 'Review and Write…');
  const { supposed, wish } = await asked(open);
  assert.deepEqual([supposed, wish], [[allow, addService], null]);
  await open.page.waitForSelector('.step-why:has-text("There is one already")');
  assert.equal(await open.page.textContent('.plan h2'), 'What if: 2 changes');
  assert.equal(
    await open.page.isEnabled('vscode-button:text-is("Write to YAML")'),
    true,
    'one of two is left to write',
  );
  await open.page.click('[data-drop="1"]');
  const again = await asked(open, 2);
  assert.deepEqual(again.supposed, [allow]);
  assert.deepEqual(said(open, 'suppose').at(-1), { type: 'suppose', wishes: [allow] });
  await showSupposed(1);
  await open.rest();
  assert.equal(said(open, 'plan').length, 2, 'the picture of it does not ask a third time');
  await open.page.click('[data-drop="0"]');
  await open.page.waitForSelector('.plan', { state: 'hidden' });
  assert.deepEqual(said(open, 'suppose').at(-1), { type: 'suppose', wishes: [] });
  await open.show(labelledShop());
  await open.page.waitForSelector('.what-if', { state: 'hidden' });
  assert.deepEqual(await drawn(open, '.change-gone'), []);
});

test('what leaves the page says that it is supposed', async () => {
  await start(kept(two));
  await showSupposed(2);
  await open.page.waitForSelector('.menu-button:enabled');
  await open.page.click('.menu-button:has-text("Export")');
  await open.page.click('[role=menuitem]:text-is("Copy as Markdown")');
  while (said(open, 'copy').length === 0) await open.page.waitForTimeout(20);
  const text = said(open, 'copy').at(-1)?.text ?? '';
  assert.match(text, /^\*What if: 2 changes\*\n/);
});

test('all of it is discarded with one press', async () => {
  await start(kept(two));
  await showSupposed(2);
  await press(open, 'Discard');
  await told(open, 'The picture is of the text again');
  assert.deepEqual(said(open, 'suppose').at(-1), { type: 'suppose', wishes: [] });
  await open.page.waitForFunction(
    () =>
      (globalThis as unknown as { podwireState?: { whatIf: { wishes: [] } } }).podwireState?.whatIf.wishes.length === 0,
  );
});

test('what is supposed of one set is not supposed of another', async () => {
  await start(kept(two));
  await showSupposed(2);
  await open.page.waitForSelector('.what-if:not([hidden])');
  const other = { type: 'graph', set: '/other', label: 'other', uri: null, brokenFiles: 0 } as const;
  await open.send({ ...other, graph: labelledShop() });
  await open.page.waitForSelector('.what-if', { state: 'hidden' });
  assert.deepEqual(said(open, 'suppose').at(-1), { type: 'suppose', wishes: [] });
  await open.show(labelledShop());
  while (said(open, 'suppose').length < 3) await open.page.waitForTimeout(20);
  assert.deepEqual(said(open, 'suppose').at(-1), { type: 'suppose', wishes: [allow, addService] });
});

test('one that is taken back is gone from the list before the next answer', async () => {
  await start(kept(two));
  open.plan = together;
  await showSupposed(1);
  await press(open, 'Review and Write…');
  await open.page.waitForSelector('.step-why');
  open.plan = undefined;
  await open.page.click('[data-drop="0"]');
  await asked(open, 2);
  const left = await open.page.$$eval('.step-title', (titles) => titles.map(({ textContent }) => textContent));
  assert.deepEqual(left, ['Write a Service for load-test']);
});

test('what is written into one set leaves alone what is supposed of another', async () => {
  await start(kept(two));
  await open.send({ type: 'graph', set: '/other', label: 'other', uri: null, brokenFiles: 0, graph: labelledShop() });
  await pick(open, frontend, 'frontend');
  await press(open, 'Add a Service');
  await open.page.waitForSelector('[data-key=write]:not([disabled])');
  await press(open, 'Write to YAML');
  await open.send({ type: 'applied', isDone: true });
  await open.page.waitForSelector('.plan', { state: 'hidden' });
  await showSupposed(2);
  await open.page.waitForSelector('.what-if strong:text-is("What if: 2 changes")');
});
