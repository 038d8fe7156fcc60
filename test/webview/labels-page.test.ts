import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { repository } from '../../scripts/paths.ts';
import { views } from '../../src/topology/views/registry.ts';
import { frontend, pick } from './acts.ts';
import { shop } from './fixture.ts';
import { drawn, library, town } from './manifests.ts';
import { pages } from './pages.ts';
import { collisions, cutOff } from './visible-labels.ts';

const openPage = pages();
const tabs = views.map(({ id, title }) => ({ id, title: title() }));
/** Google's demonstration, where somebody put it beside the repository. */
const demo = path.resolve(repository, '..', 'shared', 'corpus', 'microservices-demo', 'kubernetes-manifests');

const cases: Readonly<Record<string, () => string>> = {
  'the shop': () => textIn(path.join(repository, 'examples', 'shop')),
  'microservices-demo': () => textIn(demo),
  'twelve workloads of one namespace': library,
  '300 nodes': town,
};

describe('no two labels lie on each other, on opening and from nearer', () => {
  for (const [name, text] of Object.entries(cases)) {
    const skip = name === 'microservices-demo' && !existsSync(demo) && `there is no ${demo}`;
    for (const [place, size] of [
      ['', { width: 1400, height: 860 }],
      [' beside an editor', { width: 620, height: 810 }],
    ] as const) {
      test(`${name}${place}`, { skip }, async () => {
        for (const { view, graph } of drawn(text())) {
          if (graph.nodes.length === 0) continue;
          const open = await openPage({ theme: 'dark', ...size });
          await open.page.waitForSelector('.toolbar');
          const graphMessage = { type: 'graph', set: '/work', label: name, uri: null, brokenFiles: 0 } as const;
          await open.send({ ...graphMessage, graph, views: tabs, view });
          await open.page.waitForSelector('[role=treeitem]', { state: 'attached' });
          await open.rest();
          assert.deepEqual(await collisions(open.page), [], view);
          for (const zoom of [0.35, 0.65, 1.1]) {
            await open.page.evaluate((level) => {
              // biome-ignore lint/suspicious/noExplicitAny: the library hangs its instance on the element that it draws in.
              (document.querySelector('.canvas') as any)._cyreg.cy.zoom(level);
            }, zoom);
            assert.deepEqual(await collisions(open.page, 'drawn'), [], `${view}, at ${zoom}`);
            assert.deepEqual(await cutOff(open.page), [], `${view}, at ${zoom}`);
          }
          assert.deepEqual(open.complaints, []);
          await open.page.close();
        }
      });
    }
  }
});

test('no label lies below the grip of what is picked', async () => {
  const open = await openPage({ theme: 'dark', width: 1400, height: 860 });
  await open.page.waitForSelector('.toolbar');
  await open.show(shop());
  await pick(open, frontend, 'frontend');
  await open.page.waitForSelector('.grip:not([hidden])');
  await open.rest();
  assert.deepEqual(await collisions(open.page), []);
  await open.page.close();
});

test('the large case has 300 nodes', () => {
  assert.equal(drawn(town())[0]?.graph.nodes.length, 300);
});

function textIn(folder: string): string {
  return globSync('*.yaml', { cwd: folder })
    .sort()
    .map((file) => readFileSync(path.join(folder, file), 'utf8'))
    .join('\n---\n');
}
