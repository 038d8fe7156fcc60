import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  delay,
  eventually,
  hasWindow,
  inWebview,
  openFixture,
  person,
  positionOf,
  resetWindow,
  screenshot,
  setTheme,
  themes,
} from '../harness.ts';

interface Drawn {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  /** Where it lies in the picture, however that is moved in the window. */
  readonly place: readonly [x: number, y: number];
}

/** What the page's drawing library holds, with the places on the screen. */
async function drawn(): Promise<{
  readonly nodes: readonly Drawn[];
  readonly zoom: number;
  readonly edges: readonly string[];
}> {
  return inWebview(() => {
    // biome-ignore lint/suspicious/noExplicitAny: the library hangs its instance on the element that it draws in.
    const { cy } = (document.querySelector('.canvas') as any)._cyreg;
    return {
      // biome-ignore lint/suspicious/noExplicitAny: see above.
      nodes: cy.nodes().map((node: any) => {
        const { x, y } = node.position();
        return { id: node.id(), ...node.renderedPosition(), place: [Math.round(x), Math.round(y)] };
      }),
      zoom: cy.zoom(),
      // biome-ignore lint/suspicious/noExplicitAny: see above.
      edges: cy.edges().map((edge: any) => edge.id()),
    };
  });
}

/** What is drawn once nothing moves any more: the side panel takes its room after the picture is there. */
async function atRest(): ReturnType<typeof drawn> {
  let last = '';
  await eventually('the picture is at rest', async () => {
    const before = last;
    last = JSON.stringify(await drawn());
    return last === before;
  });
  return await drawn();
}

/** The ids in the tree that stands beside the picture; the picked one is marked. */
async function tree(): Promise<readonly string[]> {
  return inWebview(() =>
    [...document.querySelectorAll<HTMLElement>('[role=treeitem]')].map(
      (item) => `${item.dataset.id}${item.getAttribute('aria-selected') === 'true' ? ' *' : ''}`,
    ),
  );
}

async function picked(): Promise<string | undefined> {
  return (await tree()).find((each) => each.endsWith(' *'))?.slice(0, -2);
}

async function open(file: string): Promise<vscode.TextEditor> {
  const editor = await openFixture(file);
  await vscode.commands.executeCommand('podwire.showTopology');
  await eventually('the shop is drawn', async () => {
    const { nodes } = await drawn();
    return nodes.some(({ id }) => id === 'Deployment/shop/cart') && nodes.every(({ x, y }) => Number.isFinite(x + y));
  });
  return editor;
}

describe('the topology', function () {
  this.timeout(60_000);

  beforeEach(function () {
    if (!hasWindow) this.skip();
  });

  afterEach(resetWindow);

  it('draws every workload, Service and policy of the example, and no more than the cluster of its folder', async () => {
    await open('frontend.yaml');
    const ids = await tree();
    for (const id of [
      'Namespace//shop',
      'Namespace//data',
      'Namespace//observability',
      'Deployment/shop/frontend',
      'Deployment/shop/cart',
      'StatefulSet/data/orders-db',
      'DaemonSet/observability/node-exporter',
      'Service/shop/catalog',
      'NetworkPolicy/shop/allow-cart',
      'internet',
    ]) {
      assert.ok(
        ids.some((each) => each.startsWith(id)),
        `${id} is not among ${ids.join(', ')}`,
      );
    }
    assert.ok(!ids.includes('Pod/default/bystander'));
  });

  it('tells a blocked call from one that arrives', async () => {
    await open('frontend.yaml');
    const { edges } = await drawn();
    assert.ok(
      edges.some((id) => /calls Deployment\/shop\/frontend Service\/shop\/cart ingress/.test(id)),
      edges.join('\n'),
    );
    assert.ok(edges.some((id) => /calls Deployment\/shop\/cart Service\/data\/redis/.test(id)));
  });

  it('picks the node that the cursor stands in, and says what it may reach', async () => {
    const editor = await open('frontend.yaml');
    const shown = await vscode.window.showTextDocument(editor.document, { viewColumn: vscode.ViewColumn.One });
    const at = positionOf(editor.document, 'name: frontend', 8);
    shown.selection = new vscode.Selection(at, at);
    await eventually('frontend is picked', async () => (await picked()) === 'Deployment/shop/frontend');
    const panel = await eventually('the panel speaks of it', async () => {
      const text = await inWebview(() => document.querySelector<HTMLElement>('.panel')?.innerText ?? '');
      return /frontend/.test(text) && /catalog/.test(text) ? text : undefined;
    });
    assert.match(panel, /cart.*blocked/s);
    assert.match(panel, /2 findings.*deploy\/frontend cannot reach cart:8080\./s);
    await inWebview(() => document.querySelector<HTMLElement>('.panel .item.bad')?.click());
    await eventually('the panel says why the call is blocked, as the hover does', async () => {
      const text = await inWebview(() => document.querySelector<HTMLElement>('.panel')?.innerText ?? '');
      return /Ingress: default-deny, allow-cart isolate cart, .*it asks for app=front-end/s.test(text);
    });
  });

  it('follows a cursor that went somewhere before the page was there', async () => {
    const editor = await openFixture('frontend.yaml');
    const goTo = (text: string) => {
      const at = positionOf(editor.document, text);
      editor.selection = new vscode.Selection(at, at);
    };
    await vscode.commands.executeCommand('podwire.showTopology');
    goTo('kind: Deployment');
    await eventually('the shop is drawn', async () => (await tree()).includes('Deployment/shop/frontend'));
    goTo('replicas: 2');
    await eventually('frontend is picked', async () => (await picked()) === 'Deployment/shop/frontend');
  });

  it('opens from the status bar', async () => {
    await openFixture('frontend.yaml');
    await person.click('[id$="podwire.status"]');
    await eventually('the shop is drawn', async () => (await tree()).includes('Deployment/shop/cart'));
  });

  it('goes to the line of a node that is clicked', async () => {
    await open('frontend.yaml');
    const { nodes } = await drawn();
    const cart = nodes.find(({ id }) => id === 'Deployment/shop/cart');
    assert.ok(cart);
    await person.clickInWebview('.canvas', { position: { x: cart.x, y: cart.y } });
    await eventually('its line is shown', () =>
      vscode.window.visibleTextEditors.some(
        ({ document, selection }) =>
          document.uri.path.endsWith('/cart.yaml') && document.lineAt(selection.active).text.trim() === 'name: cart',
      ),
    );
    assert.equal(await picked(), 'Deployment/shop/cart');
  });

  it('stays with what was clicked where the cursor had moved just before', async () => {
    const editor = await open('frontend.yaml');
    const { nodes } = await atRest();
    const cart = nodes.find(({ id }) => id === 'Deployment/shop/cart');
    assert.ok(cart);
    const at = positionOf(editor.document, 'kind: Service');
    editor.selection = new vscode.Selection(at, at);
    await person.clickInWebview('.canvas', { position: { x: cart.x, y: cart.y } });
    await eventually('its text is shown', () =>
      vscode.window.visibleTextEditors.some(({ document }) => document.uri.path.endsWith('/cart.yaml')),
    );
    // Longer than a step of the cursor waits for the next one.
    await delay(500);
    assert.equal(await picked(), 'Deployment/shop/cart');
  });

  it('follows an edit, and keeps zoom and places', async () => {
    const editor = await open('frontend.yaml');
    const before = await atRest();
    const policies = await openFixture('network-policies.yaml', { viewColumn: vscode.ViewColumn.One });
    const start = positionOf(policies.document, 'front-end');
    await policies.edit((edit) => edit.replace(new vscode.Range(start, start.translate(0, 9)), 'frontend'));
    await eventually('the call is no longer blocked', async () => {
      const { edges } = await drawn();
      return (
        edges.some((id) => id.startsWith('calls Deployment/shop/frontend Service/shop/cart')) &&
        !edges.some((id) => /Service\/shop\/cart ingress/.test(id))
      );
    });
    const after = await atRest();
    assert.equal(after.zoom, before.zoom);
    const places = new Map(after.nodes.map(({ id, place }) => [id, place]));
    for (const { id, place } of before.nodes) assert.deepEqual(places.get(id), place, id);
    assert.ok(editor.document.uri.path.endsWith('frontend.yaml'));
  });

  it('draws the cluster of the manifest that is looked at', async () => {
    await open('frontend.yaml');
    await openFixture('broken/broken.yaml', { viewColumn: vscode.ViewColumn.One });
    await eventually('the other folder is drawn', async () => {
      const ids = await tree();
      return (
        ids.some((id) => id.startsWith('Pod/default/bystander')) &&
        !ids.some((id) => id.startsWith('Deployment/shop/cart'))
      );
    });
  });

  it('goes by the keyboard alone', async () => {
    await open('frontend.yaml');
    await inWebview(() => document.querySelector<HTMLElement>('[role=treeitem][tabindex="0"]')?.focus());
    await person.press('ArrowDown');
    const first = await eventually('a node is picked', picked);
    await person.press('ArrowDown');
    await eventually('the next one is picked', async () => {
      const next = await picked();
      return next !== undefined && next !== first;
    });
  });

  for (const theme of Object.keys(themes) as (keyof typeof themes)[]) {
    it(`can be looked at in ${theme}`, async () => {
      await setTheme(theme);
      await open('frontend.yaml');
      await screenshot(`topology-${theme}`);
    });
  }
});
