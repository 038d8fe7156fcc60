import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import axe, { type AxeResults } from 'axe-core';
import { labelledShop, pick, press } from './acts.ts';
import { governed, shop } from './fixture.ts';
import type { OpenPage } from './open-page.ts';
import { pages } from './pages.ts';
import { allowing, denying, refused, together } from './plans.ts';
import { blocked } from './proofs.ts';
import { denied } from './walks.ts';

const frontend = 'Deployment/shop/frontend';
const catalogCall = 'calls:Deployment/shop/frontend:Service/shop/catalog';
const ordersCall = 'calls:Deployment/shop/frontend:Service/data/orders-db';
const openPage = pages();

/** Everything that the page can look like, and how it gets there. */
const states: Readonly<Record<string, (open: OpenPage) => Promise<unknown>>> = {
  loading: (open) => open.send({ type: 'progress', done: 120, total: 480 }),
  empty: (open) => open.show({ nodes: [], edges: [] }),
  failed: (open) => open.send({ type: 'failed' }),
  drawn: (open) => drawn(open, 2),
  'drawn with policies of the whole cluster': (open) => open.show(governed()).then(() => told(open, 'way-out')),
  'with a picked workload': (open) => picked(open, frontend, 'frontend'),
  'with a picked Service': (open) => picked(open, 'Service/shop/catalog', 'catalog'),
  'with a picked policy': (open) => picked(open, 'NetworkPolicy/shop/default-deny', 'default-deny'),
  'with a picked namespace': (open) => picked(open, 'Namespace//data', 'data'),
  'with a walk': async (open) => {
    open.walk = denied;
    await drawn(open);
    await open.send({ type: 'select', id: catalogCall, centre: false });
    await open.page.waitForSelector('.hop');
    for (const summary of await open.page.locator('.walk-part:not([hidden]) > summary').all()) await summary.click();
  },
  'with a proof between two ends': async (open) => {
    open.proof = blocked;
    open.walk = denied;
    await picked(open, frontend, 'frontend');
    await open.page.click('.reach .closed summary');
    await open.page.click('.reach .closed .item');
    await open.page.waitForSelector('.fix');
  },
  'with views': async (open) => {
    const views = ['connectivity', 'services', 'policies'].map((id) => ({ id, title: id }));
    const graph = shop();
    const start = { type: 'graph', set: '/shop', label: 'examples/shop', uri: null, brokenFiles: 0 } as const;
    await open.send({ ...start, graph, views, view: 'services' });
    await open.page.waitForSelector('[role=tab]');
  },
  'with matches': async (open) => {
    await drawn(open);
    await open.page.keyboard.press('Control+f');
    await open.page.keyboard.type('cart');
    await open.page.keyboard.press('Enter');
    await open.page.waitForSelector('.found:not(:empty)');
  },
  'with no match': async (open) => {
    await drawn(open);
    await open.page.keyboard.press('Control+f');
    await open.page.keyboard.type('nothing like it');
    await open.page.waitForSelector('.found:not(:empty)');
  },
  'with proposals for a search': async (open) => {
    await searched(open, 'kind=');
    await open.page.keyboard.press('ArrowDown');
    await open.page.waitForSelector('[role=option][aria-selected=true]');
  },
  'with a search that cannot be read': async (open) => {
    await searched(open, 'ns=');
    await open.page.waitForSelector('[role=alert]:not(:empty)');
  },
  'with an expression that hides the rest': async (open) => {
    await searched(open, 'ns=shop not blocked');
    await open.page.click('.search-button[aria-pressed=false]');
    await open.page.waitForSelector('.search-button[aria-pressed=true]');
  },
  'with saved searches': async (open) => {
    await open.send({ type: 'searches', searches: [{ name: 'What is broken', query: 'blocked' }] });
    await searched(open, 'broken');
    await open.page.keyboard.press('ArrowDown');
    await open.page.waitForSelector('.search-option.saved[aria-selected=true]');
  },
  'with an entry of the legend that hides': async (open) => {
    await drawn(open);
    await open.page.click('.legend-entry:has-text("host network")');
    await open.page.waitForSelector('.legend-entry[aria-pressed=false]');
  },
  'with little room, and its menu open': async (open) => {
    await open.page.setViewportSize({ width: 500, height: 700 });
    await drawn(open, 2);
    await open.page.click('.more .menu-button');
    await open.page.waitForSelector('[role=menuitem]:focus');
  },
  'with the menu open': async (open) => {
    await drawn(open);
    await open.page.click('.menu-button');
    await open.page.waitForSelector('[role=menuitem]');
  },
  'with the help': async (open) => {
    await drawn(open);
    await open.page.keyboard.press('?');
    await open.page.waitForSelector('dialog[open]');
  },
  'with a plan to allow': async (open) => {
    open.plan = allowing;
    await pickedCall(open, ordersCall, 'frontend → orders-db');
    await press(open, 'Allow…');
    await open.page.waitForSelector('.diff');
  },
  'with a plan to deny, and a choice of what to keep': async (open) => {
    open.plan = denying;
    await pickedCall(open, catalogCall, 'frontend → catalog');
    await press(open, 'Deny…');
    await open.page.click('.paths.closes summary');
  },
  'with a plan that cannot be': async (open) => {
    open.plan = refused;
    await pickedCall(open, catalogCall, 'frontend → catalog');
    await press(open, 'Deny…');
    await open.page.waitForSelector('.plan-words');
  },
  'with what is supposed, and all of it under review': async (open) => {
    open.plan = allowing;
    await pickedCall(open, ordersCall, 'frontend → orders-db');
    await press(open, 'Allow…');
    await open.page.waitForSelector('.diff');
    await press(open, 'What If');
    const { nodes, edges } = labelledShop();
    const graph = {
      nodes: nodes.filter(({ type }) => type !== 'policy'),
      edges: edges.map((each) => ({ ...each, ports: [] })),
    };
    const about = { type: 'graph', set: '/shop', label: 'examples/shop', uri: null, brokenFiles: 0 } as const;
    await open.send({ ...about, graph, before: labelledShop(), supposed: 0 });
    open.plan = { ...together, steps: together.steps.slice(1) };
    await press(open, 'Review and Write…');
    await open.page.waitForSelector('.step-why');
  },
  'with a label being changed': async (open) => {
    await open.show(labelledShop());
    await pick(open, frontend, 'frontend');
    await open.page.click('[aria-label="Change app"] >> nth=0');
    await open.page.keyboard.type('?');
    await open.page.keyboard.press('Enter');
    await open.page.waitForSelector('.problem:not([hidden])');
  },
  'with the legend folded': async (open) => {
    await drawn(open);
    await open.page.click('.legend summary');
  },
};

/** The tree says so. */
async function told(open: OpenPage, words: string): Promise<void> {
  await open.page.waitForSelector(`[role=treeitem][aria-label*="${words}"]`, { state: 'attached' });
}

async function drawn(open: OpenPage, brokenFiles = 0): Promise<void> {
  await open.show(shop(), brokenFiles);
  await told(open, 'frontend');
}

async function pickedCall(open: OpenPage, id: string, title: string): Promise<void> {
  await drawn(open);
  await pick(open, id, title);
}

async function searched(open: OpenPage, query: string): Promise<void> {
  await drawn(open);
  await open.page.fill('.search-field', query);
}

async function picked(open: OpenPage, id: string, title: string): Promise<void> {
  await drawn(open);
  await open.send({ type: 'select', id, centre: false });
  await open.page.waitForSelector(`.panel h2:text-is("${title}")`);
}

/** What axe finds, with the elements that it is about. */
async function findings({ page }: OpenPage, rules?: readonly string[]): Promise<readonly string[]> {
  const { violations } = await page.evaluate(
    async (runOnly) => {
      const scope = globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } };
      return await scope.axe.run({ resultTypes: ['violations'], ...(runOnly && { runOnly }) });
    },
    rules && [...rules],
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}, at ${target.join(' ')}: ${failureSummary}`),
  );
}

describe('axe finds nothing', () => {
  for (const [state, enter] of Object.entries(states)) {
    test(state, async () => {
      const open = await openPage({ theme: 'dark', width: 1400, height: 860 });
      await open.page.waitForSelector('.toolbar');
      await enter(open);
      // What has only begun to fade in has little contrast.
      await open.rest();
      // The policy lets no script in by its text: hand it in as a function.
      await open.page.evaluate(new Function(axe.source) as () => void);
      assert.deepEqual(await findings(open), [], 'dark');
      for (const theme of ['light', 'high-contrast', 'high-contrast-light']) {
        await open.setTheme(theme);
        // Of all that axe looks at, a theme changes the colours alone.
        assert.deepEqual(await findings(open, ['color-contrast']), [], theme);
      }
      assert.deepEqual(open.complaints, []);
      await open.page.close();
    });
  }
});
