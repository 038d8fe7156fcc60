import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { repository } from '../../scripts/paths.ts';
import { views } from '../../src/topology/views/registry.ts';
import { countsOf, meanings, without } from '../../webview/shown/meaning.ts';
import { drawn, library } from './manifests.ts';
import { pages } from './pages.ts';

const openPage = pages();
const tabs = views.map(({ id, title }) => ({ id, title: title() }));
const policies = readFileSync(path.join(repository, 'examples', 'shop', 'network-policies.yaml'), 'utf8');
const all = drawn(`${library()}\n---\n${policies}`);

test('in each view all edges and all parts are told, and hiding a meaning leaves nothing of it', () => {
  for (const { view, graph } of all) {
    const counts = countsOf(graph);
    const lines = ['calls', 'blocked', 'depends', 'selects', 'applies', 'joins'] as const;
    const edges = lines.reduce((sum, meaning) => sum + counts[meaning], 0);
    const glyphs = meanings.filter((meaning) => meaning.startsWith('glyph '));
    const parts = glyphs.reduce((sum, meaning) => sum + counts[meaning], 0);
    assert.equal(edges, graph.edges.length, view);
    assert.equal(parts, graph.nodes.filter(({ type }) => type === 'part').length, view);
    // A namespace that is assumed stays around what is in it.
    for (const meaning of meanings.filter((each) => each !== 'assumed')) {
      assert.equal(countsOf(without(graph, [meaning]))[meaning], 0, `${view} ${meaning}`);
    }
  }
});

test('what differs from the text by what is supposed is told as well, of nodes and of edges', () => {
  const { nodes, edges } = all[0]?.graph ?? { nodes: [], edges: [] };
  const node = nodes.find(({ type }) => type === 'workload');
  const [edge] = edges;
  const supposed = {
    nodes: nodes.map((each) => (each === node ? { ...each, change: 'new' as const } : each)),
    edges: edges.map((each) => (each === edge ? { ...each, change: 'gone' as const } : each)),
  };
  const counts = countsOf(supposed);
  assert.deepEqual([counts['change new'], counts['change changed'], counts['change gone']], [1, 0, 1]);
  assert.equal(without(supposed, ['change gone']).edges.length, edges.length - 1);
  assert.ok(!without(supposed, ['change new']).nodes.some(({ id }) => id === node?.id));
});

test('the legend explains what a view shows and nothing else, and filters there', async () => {
  const open = await openPage({ theme: 'dark', width: 1400, height: 860 });
  const { page } = open;
  await page.waitForSelector('.toolbar');
  const legend = page.locator('.legend');
  const entries = async () => (await legend.locator('button:visible').allTextContents()).map((text) => text.trim());
  const turnTo = async (view: string) => {
    const graph = all.find((each) => each.view === view)?.graph ?? { nodes: [], edges: [] };
    const title = tabs.find(({ id }) => id === view)?.title ?? '';
    await open.send({ type: 'graph', set: '/s', label: 's', uri: null, brokenFiles: 0, graph, views: tabs, view });
    await page.getByRole('tab', { name: title, selected: true }).waitFor();
    await page.waitForSelector(`[role=treeitem][data-id="${graph.nodes.at(-1)?.id}"]`, { state: 'attached' });
  };
  const has = async (...words: readonly string[]) => {
    const told = await entries();
    for (const word of words)
      assert.ok(
        told.some((text) => text.startsWith(word)),
        `${word} in ${told.join(', ')}`,
      );
  };
  const lacks = async (...words: readonly string[]) => {
    const told = await entries();
    for (const word of words) assert.ok(!told.some((text) => text.startsWith(word)), `${word} in ${told.join(', ')}`);
  };

  await turnTo('connectivity');
  await has('Calls', 'Service selects');
  await lacks('EndpointSlice', 'pod', 'belongs together');
  await turnTo('services');
  await has('EndpointSlice', 'pod', 'Calls');
  await lacks('policy applies to', 'isolated in');
  assert.equal(await legend.getByText('May reach').isVisible(), false);
  await turnTo('policies');
  await has('Ingress', 'belongs together', 'shut, or denied');
  await lacks('EndpointSlice', 'Calls');
  await turnTo('nodes');
  await has('pod', 'bridge or routes', "a node's interface");

  const before = await page.locator('[role=treeitem]').count();
  await legend.getByRole('button', { name: /^pod/ }).press('Enter');
  await page.waitForFunction((count) => document.querySelectorAll('[role=treeitem]').length < count, before);
  await has('pod');
  await legend.getByRole('button', { name: /^pod/ }).press('Enter');
  await page.waitForFunction((count) => document.querySelectorAll('[role=treeitem]').length === count, before);
  assert.deepEqual(open.complaints, []);
  await page.close();
});
