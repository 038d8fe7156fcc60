import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { edge, namespace, policy, service, workload } from './fixture.ts';
import type { OpenPage } from './open-page.ts';
import { pages } from './pages.ts';
import { arriving } from './walks.ts';

const openPage = pages();
let open: OpenPage;

const web = workload('shop/web');
const call = (to: string, extra: Parameters<typeof edge>[3] = {}) =>
  edge('calls', web.id, `Service/shop/${to}`, { ports: ['80/TCP'], ...extra });

/** An edge of each meaning, by what it means. */
const edges = {
  calls: call('a'),
  'blocked on the way in': call('b', { blocked: 'ingress' }),
  'blocked on the way out': call('c', { blocked: 'egress' }),
  depends: call('d', { depends: true }),
  selects: edge('selects', 'Service/shop/a', 'Deployment/shop/behind'),
  'applies to': edge('applies', 'NetworkPolicy/shop/deny', web.id),
};

const graph = {
  nodes: [
    namespace('shop'),
    web,
    workload('shop/behind', { ports: ['80/TCP'] }),
    ...['a', 'b', 'c', 'd'].map((name) => service(`shop/${name}`, ['80/TCP'])),
    policy('shop/deny', { ingress: true, egress: true }, 1),
  ],
  edges: Object.values(edges),
};

afterEach(async () => {
  assert.deepEqual(open.complaints, []);
  await open.page.close();
});

async function draw(theme: string): Promise<void> {
  open = await openPage({ theme, width: 1400, height: 860 });
  await open.page.waitForSelector('.toolbar');
  await open.show(graph);
  await open.page.waitForSelector(`[role=treeitem][data-id="${web.id}"]`, { state: 'attached' });
}

for (const theme of ['high-contrast', 'high-contrast-light']) {
  test(`in ${theme} lines of another meaning have other dashes or heads, not another colour alone`, async () => {
    await draw(theme);
    const looks = await open.page.evaluate(
      (ids) => {
        // biome-ignore lint/suspicious/noExplicitAny: the library hangs its instance on the element that it draws in.
        const { cy } = (document.querySelector('.canvas') as any)._cyreg;
        return ids.map((id) => {
          const line = cy.getElementById(id);
          const dashes = line.style('line-style') === 'solid' ? '' : `${line.style('line-dash-pattern')}`;
          const heads = ['source-arrow-shape', 'target-arrow-shape', 'target-arrow-fill'].map((name) =>
            line.style(name),
          );
          return { isThere: line.nonempty(), look: [dashes, ...heads].join(' | ') };
        });
      },
      graph.edges.map(({ id }) => id),
    );
    assert.ok(looks.every(({ isThere }) => isThere));
    const meanings = new Map<string, string>();
    for (const [index, meaning] of Object.keys(edges).entries()) {
      const look = looks[index]?.look ?? '';
      assert.equal(meanings.get(look), undefined, `${meaning} looks as another: ${look}`);
      meanings.set(look, meaning);
    }
  });
}

test("nothing moves by itself where the editor's setting says so", async () => {
  await draw('dark');
  open.walk = arriving;
  const pick = async (id: string) => {
    await open.send({ type: 'select', id, centre: false });
    await open.page.waitForSelector('.hop');
    return await open.page.evaluate(() => getComputedStyle(document.querySelector('.hop') as Element).animationName);
  };
  assert.equal(await pick(edges.calls.id), 'appear');
  await open.page.evaluate(() => document.body.classList.add('vscode-reduce-motion'));
  assert.equal(await pick(edges['blocked on the way in'].id), 'none');
});
