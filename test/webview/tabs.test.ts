import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import type { Graph, GraphNode } from '../../src/topology/graph.ts';
import { edge, namespace, service, shop } from './fixture.ts';
import type { OpenPage } from './open-page.ts';
import { pages } from './pages.ts';

const views = [
  { id: 'calls', title: 'Calls' },
  { id: 'pods', title: 'Pods' },
  { id: 'later', title: 'A later one' },
];

/** What a view may show that the page has never heard of. */
function podsOf(workload: string): Graph {
  const pod = (name: string): GraphNode => ({
    type: 'part',
    id: `Pod/shop/${name}`,
    label: name,
    parent: 'Namespace//shop',
    kind: 'Pod',
    shape: 'card',
    glyph: 'pod',
    about: ['10.0.0.1'],
    rows: [{ name: 'Phase', value: 'Running' }],
    of: workload,
    assumed: false,
    findings: { errors: 0, warnings: 0, notes: 0 },
  });
  return {
    nodes: [namespace('shop'), service('shop/frontend', ['80/TCP']), pod('a'), pod('b')],
    edges: [edge('joins', 'Service/shop/frontend', 'Pod/shop/a'), edge('joins', 'Service/shop/frontend', 'Pod/shop/b')],
  };
}

const frontend = 'Deployment/shop/frontend';
const openPage = pages();
let open: OpenPage;

beforeEach(async () => {
  open = await openPage({ theme: 'light', width: 1400, height: 860 });
  await open.page.waitForSelector('.toolbar');
});

afterEach(async () => {
  assert.deepEqual(open.complaints, []);
  await open.page.close();
});

async function show(view: string, graph: Graph): Promise<void> {
  await open.send({ type: 'graph', set: '/shop', label: 'shop', uri: null, graph, brokenFiles: 0, view, views });
  await open.page.waitForSelector(`.tab[aria-selected=true]:text-is("${views.find(({ id }) => id === view)?.title}")`);
}

function asked(): readonly string[] {
  return open.said.flatMap((message) => (message.type === 'view' ? message.view : []));
}

test('the tabs are those that the client has, and keys and clicks ask for another view', async () => {
  await show('calls', shop());
  assert.deepEqual(await open.page.locator('[role=tab]').allTextContents(), ['Calls', 'Pods', 'A later one']);
  await open.page.click('.tab:text-is("Pods")');
  await open.page.keyboard.press('ArrowRight');
  await open.page.keyboard.press('ArrowRight');
  await open.page.keyboard.press('End');
  assert.deepEqual(asked(), ['pods', 'later', 'calls', 'later']);
  assert.equal(await open.page.evaluate(() => document.activeElement?.textContent), 'A later one');
  assert.equal(await open.page.locator('[role=tab][tabindex="0"]').count(), 1);
});

test('what is picked stays so where a view shows it in another way, and its YAML is that of the object', async () => {
  await show('calls', shop());
  await open.send({ type: 'select', id: frontend, centre: false });
  await open.page.waitForSelector('.panel h2:text-is("frontend")');
  await show('pods', podsOf(frontend));
  await open.page.waitForSelector('.panel h2:text-is("a")');
  assert.match((await open.page.textContent('.panel')) ?? '', /Phase\s*Running/);
  await open.page.locator('[role=treeitem][data-id="Pod/shop/a"]').press('Enter');
  assert.deepEqual(open.said.filter(({ type }) => type === 'reveal').at(-1), {
    type: 'reveal',
    set: '/shop',
    id: frontend,
    focus: true,
  });
  await show('calls', shop());
  await open.page.waitForSelector('.panel h2:text-is("frontend")');
});

test('the cursor in the text picks what a view has of its object', async () => {
  await show('pods', podsOf(frontend));
  await open.send({ type: 'select', id: frontend, centre: false });
  await open.page.waitForSelector('.panel h2:text-is("a")');
});

test('each view keeps its own places, and the page the view over a reload', async () => {
  await show('calls', shop());
  await open.page.waitForSelector(`[role=treeitem][data-id="${frontend}"]`, { state: 'attached' });
  await open.page.click('vscode-button[aria-label="Zoom In"]');
  await show('pods', podsOf(frontend));
  await open.page.waitForFunction(() => {
    const { podwireState } = globalThis as unknown as { podwireState?: { view?: string; sets: { id: string }[] } };
    return podwireState?.view === 'pods' && podwireState.sets.length === 2;
  });
  const state = await open.page.evaluate(() => (globalThis as unknown as { podwireState: unknown }).podwireState);
  const { sets } = state as { sets: { id: string; memory: { zoom: number; boxes: object } }[] };
  assert.deepEqual(new Set(sets.map(({ id }) => id)), new Set(['/shop calls', '/shop pods']));
  const again = await openPage({ theme: 'light', width: 1400, height: 860, state });
  await again.page.waitForSelector('.toolbar');
  assert.deepEqual(again.said[0], { type: 'ready', uri: null, view: 'pods' });
  await again.page.close();
});

test('a view without anything to show says so', async () => {
  await show('later', { nodes: [], edges: [] });
  await open.page.waitForSelector('.notice:has-text("There is nothing here for this view to show.")');
});
