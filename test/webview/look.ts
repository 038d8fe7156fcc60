// Takes pictures of the topology page in all four themes: node test/webview/look.ts [NAME…]

import { globSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { repository, testResults } from '../../scripts/paths.ts';
import { launchBrowser } from '../../scripts/vscode/browser.ts';
import { views } from '../../src/topology/views/registry.ts';
import { labelledShop, pick, press } from './acts.ts';
import { crowd, edge, governed, service, shop, workload } from './fixture.ts';
import { drawn } from './manifests.ts';
import { bundlePage, type OpenPage, openPage, removePage } from './open-page.ts';
import { denying } from './plans.ts';
import { blocked } from './proofs.ts';
import { arriving, denied, none } from './walks.ts';

const folder = path.join(testResults, 'webview');
await mkdir(folder, { recursive: true });
const wanted = process.argv.slice(2);
const bundle = await bundlePage();
const browser = await launchBrowser();
const big = { width: 1400, height: 860 };
/** Beside an editor. */
const small = { width: 620, height: 810 };
const shopFolder = path.join(repository, 'examples', 'shop');
const examples = globSync('*.yaml', { cwd: shopFolder })
  .map((file) => readFileSync(path.join(shopFolder, file), 'utf8'))
  .join('\n---\n');
const tabs = views.map(({ id, title }) => ({ id, title: title() }));
let failed = false;

for (const theme of ['dark', 'light', 'high-contrast', 'high-contrast-light']) {
  await picture(`shop-${theme}`, theme, async (open) => open.show(shop(), 1));
  await picture(`picked-${theme}`, theme, async (open) => {
    await open.show(shop());
    await settled(open);
    await open.send({ type: 'select', id: 'Deployment/shop/frontend', centre: false });
  });
}
for (const theme of ['dark', 'light', 'high-contrast', 'high-contrast-light']) {
  await picture(`governed-${theme}`, theme, async (open) => open.show(governed()));
  await picture(`governed-picked-${theme}`, theme, async (open) => {
    await open.show(governed());
    await settled(open);
    await open.send({ type: 'select', id: 'ClusterNetworkPolicy//way-out', centre: false });
  });
}
await picture('governed-workload', 'light', async (open) => {
  await open.show(governed());
  await settled(open);
  await open.send({ type: 'select', id: 'Deployment/shop/cart', centre: false });
});
await picture('governed-near', 'light', async (open) => {
  await open.show(governed());
  await settled(open);
  await open.send({ type: 'select', id: 'AdminNetworkPolicy//metrics', centre: false });
  for (let i = 0; i < 3; i++) await open.page.click('vscode-button[aria-label="Zoom In"]');
  await open.send({ type: 'select', id: 'ClusterNetworkPolicy//way-out', centre: true });
});
await picture('governed-beside', 'dark', async (open) => open.show(governed()), small);
await picture('edge', 'dark', async (open) => {
  await open.show(shop());
  await settled(open);
  const id = 'calls:Deployment/shop/frontend:Service/data/orders-db';
  await open.send({ type: 'select', id, centre: false });
});
for (const theme of ['dark', 'light', 'high-contrast', 'high-contrast-light']) {
  await picture(`walk-${theme}`, theme, async (open) => {
    open.walk = theme === 'dark' ? arriving : denied;
    await open.show(shop());
    await settled(open);
    await open.send({ type: 'select', id: 'calls:Deployment/shop/frontend:Service/shop/catalog', centre: false });
  });
}
await picture('walk-unfolded', 'light', async (open) => {
  await open.show(shop());
  await settled(open);
  await open.send({ type: 'select', id: 'enters:internet:Service/shop/frontend-external', centre: false });
  for (const part of ['The way back', 'Check it on a cluster']) await open.page.click(`summary >> text=${part}`);
  await open.page.focus('.copy');
});
await picture(
  'walk-beside',
  'dark',
  async (open) => {
    open.walk = denied;
    await open.show(shop());
    await settled(open);
    await open.send({ type: 'select', id: 'calls:Deployment/shop/frontend:Service/shop/catalog', centre: false });
  },
  small,
);
await picture('walk-none', 'dark', async (open) => {
  open.walk = none;
  await open.show(shop());
  await settled(open);
  await open.send({ type: 'select', id: 'calls:CronJob/shop/load-test:Service/shop/frontend', centre: false });
});
for (const theme of ['dark', 'light', 'high-contrast', 'high-contrast-light']) {
  await picture(`pair-${theme}`, theme, async (open) => {
    open.proof = blocked;
    open.walk = denied;
    await open.show(shop());
    await settled(open);
    await open.send({ type: 'select', id: 'Deployment/shop/frontend', centre: false });
    await choose(open, 'StatefulSet/data/orders-db');
  });
}
for (const theme of ['dark', 'light', 'high-contrast', 'high-contrast-light']) {
  await picture(`plan-${theme}`, theme, async (open) => {
    open.plan = denying;
    await open.show(shop());
    await pick(open, 'calls:Deployment/shop/frontend:Service/shop/cart', 'frontend → cart');
    await press(open, 'Deny…');
  });
  await picture(`labels-${theme}`, theme, async (open) => {
    await open.show(labelledShop());
    await pick(open, 'Deployment/shop/frontend', 'frontend');
    await open.page.click('[aria-label="Change app"] >> nth=0');
  });
}
await picture(
  'pair-beside',
  'light',
  async (open) => {
    open.proof = blocked;
    await open.show(shop());
    await settled(open);
    await open.send({ type: 'select', id: 'Deployment/shop/frontend', centre: false });
    await choose(open, 'StatefulSet/data/orders-db');
  },
  small,
);
await picture('near', 'light', async (open) => {
  await open.show(shop());
  await settled(open);
  for (let i = 0; i < 3; i++) await open.page.click('vscode-button[aria-label="Zoom In"]');
});
await picture('policy', 'light', async (open) => {
  await open.show(shop());
  await settled(open);
  await open.send({ type: 'select', id: 'NetworkPolicy/shop/default-deny', centre: false });
});
await picture('crowd', 'dark', async (open) => open.show(crowd(60)));
await picture('crowd-picked', 'light', async (open) => {
  await open.show(crowd(60));
  await settled(open);
  await open.send({ type: 'select', id: 'Deployment/shop/api-1', centre: false });
});
await picture('crowd-300', 'light', async (open) => open.show(crowd(300, 10)));
await picture(
  'beside',
  'dark',
  async (open) => {
    await open.show(shop(), 2);
  },
  small,
);
await picture(
  'beside-crowd',
  'dark',
  async (open) => {
    await open.show(crowd(60));
  },
  small,
);
await picture(
  'narrow',
  'dark',
  async (open) => {
    await open.show(shop());
    await settled(open);
    await open.send({ type: 'select', id: 'Deployment/shop/checkout', centre: false });
  },
  small,
);
await picture('edited', 'dark', async (open) => {
  await open.show(shop());
  await settled(open);
  const graph = shop();
  const strange = '<img src=x onerror=alert(1)>';
  await open.show({
    nodes: [
      ...graph.nodes.filter((node) => node.id !== 'CronJob/shop/load-test'),
      workload('shop/gift-wrap', { replicas: 2 }),
      service('shop/gift-wrap', ['80/TCP']),
      service('shop/cart-admin', ['7071/TCP']),
      workload('observability/strange', { label: strange }),
    ],
    edges: [
      ...graph.edges.filter((candidate) => candidate.source !== 'CronJob/shop/load-test'),
      edge('selects', 'Service/shop/gift-wrap', 'Deployment/shop/gift-wrap'),
      edge('selects', 'Service/shop/cart-admin', 'Deployment/shop/cart'),
      edge('calls', 'Deployment/shop/checkout', 'Service/shop/gift-wrap', { ports: ['80/TCP'] }),
    ],
  });
});
for (const theme of ['dark', 'light', 'high-contrast', 'high-contrast-light']) {
  await picture(`export-${theme}`, theme, async (open) => {
    await open.show(shop());
    await open.page.click('.menu-button:enabled');
  });
}
for (const theme of ['dark', 'light', 'high-contrast', 'high-contrast-light']) {
  for (const { view, graph } of drawn(examples)) {
    const start = { type: 'graph', set: '/shop', label: 'examples/shop', uri: null, brokenFiles: 0 } as const;
    const show = (open: OpenPage) => open.send({ ...start, graph, views: tabs, view });
    await picture(`view-${view}-${theme}`, theme, show, { width: 1200, height: 800 });
    await picture(`view-${view}-beside-${theme}`, theme, show, { width: 600, height: 800 });
  }
  await picture(`help-${theme}`, theme, async (open) => {
    await open.show(shop());
    await settled(open);
    await open.page.keyboard.press('?');
  });
  await picture(`service-${theme}`, theme, async (open) => {
    await open.show(shop());
    await settled(open);
    await open.send({ type: 'select', id: 'Service/shop/cart', centre: false });
  });
  await picture(`search-${theme}`, theme, async (open) => {
    await open.show(shop());
    await settled(open);
    await open.page.fill('.search-field', 'kind=');
  });
}
await picture('empty', 'dark', async (open) => open.show({ nodes: [], edges: [] }));
await picture('loading', 'light', async (open) => open.send({ type: 'progress', done: 120, total: 480 }));
await picture('failed', 'dark', async (open) => open.send({ type: 'failed' }));

await browser.close();
await removePage(bundle);
process.exit(failed ? 1 : 0);

async function picture(
  name: string,
  theme: string,
  act: (open: OpenPage) => Promise<unknown>,
  size = big,
): Promise<void> {
  if (wanted.length && !wanted.some((word) => name.startsWith(word))) return;
  const open = await openPage(browser, bundle, { theme, ...size });
  await open.page.waitForSelector('.toolbar');
  await act(open);
  await settled(open);
  await open.page.screenshot({ path: path.join(folder, `${name}.png`) });
  for (const complaint of open.complaints) process.stdout.write(`${name}: ${complaint}\n`);
  failed ||= open.complaints.length > 0;
  await open.page.close();
}

/** Chooses the other end of what is picked by the keyboard. */
async function choose(open: OpenPage, id: string): Promise<void> {
  await open.page.locator('[role=treeitem][aria-selected=true]').first().focus();
  await open.page.keyboard.press('Shift+Enter');
  for (let left = 60; left > 0; left--) {
    const here = await open.page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset.id);
    if (here === id) return;
    await open.page.keyboard.press(left === 60 ? 'Home' : 'ArrowDown');
  }
}

/** Long enough for a layout and for the pictures of the cards to load. */
async function settled(open: OpenPage): Promise<void> {
  await open.page.waitForTimeout(1200);
}
