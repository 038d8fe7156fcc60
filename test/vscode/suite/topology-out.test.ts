import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import {
  delay,
  eventually,
  hasWindow,
  inWebview,
  inWorkbench,
  openFixture,
  person,
  resetWindow,
  screenshot,
  workspaceFolder,
} from '../harness.ts';
import { announced } from '../plan-page.ts';
import { afterReload, beforeReload } from '../reload.ts';
import { press, says } from '../topology-page.ts';

const cart = 'Deployment/shop/cart';

/**
 * What a person finds in the page: the view, what is picked, searched for and supposed, how near it all is, where the cart
 * stands, and how many edges there are.
 */
async function page() {
  return inWebview(() => {
    // biome-ignore lint/suspicious/noExplicitAny: the drawing library hangs its instance on the element that it draws in.
    const cy = (document.querySelector('.canvas') as any)?._cyreg?.cy;
    const [picked] = document.querySelectorAll<HTMLElement>('[role=treeitem][aria-selected=true]');
    const { x, y } = cy?.getElementById('Deployment/shop/cart').position() ?? {};
    return {
      view: document.querySelector('.tab[aria-selected=true]')?.textContent,
      search: document.querySelector<HTMLInputElement>('.search-field')?.value,
      supposed: document.querySelector('.what-if-list')?.textContent,
      picked: picked?.dataset.id,
      zoom: cy?.zoom() as number,
      x: x as number,
      y: y as number,
      edges: cy?.edges().length as number,
    };
  });
}

/** The page with the shop drawn in it and the cart picked. */
async function shopWithCart() {
  return eventually('the shop is drawn and the cart picked', async () => {
    const found = await page();
    return found.picked === cart && Number.isFinite(found.x) ? found : undefined;
  });
}

/** How many ways are drawn that no manifest names, as they are once the server has said what the cart may reach. */
async function reached(): Promise<number> {
  return inWebview(() => {
    // biome-ignore lint/suspicious/noExplicitAny: see above.
    return (document.querySelector('.canvas') as any)._cyreg.cy.edges('.reach').length as number;
  });
}

async function open(): Promise<void> {
  const { document } = await openFixture('frontend.yaml');
  await vscode.commands.executeCommand('podwire.showTopology', { uri: document.uri.toString(), id: cart });
  await shopWithCart();
}

async function choose(entry: string): Promise<void> {
  await person.clickInWebview('.menu-button');
  await person.clickInWebview(`[role=menuitem]:text-is("${entry}")`);
}

describe('the topology on its way out', function () {
  this.timeout(60_000);

  beforeEach(function () {
    if (!hasWindow) this.skip();
  });

  afterEach(resetWindow);

  for (const [entry, file, start] of [
    ['SVG: whole picture', 'workspace.svg', '<svg xmlns="http://www.w3.org/2000/svg"'],
    ['PNG: what is in view', 'workspace.png', '\u0089PNG'],
    ['draw.io', 'workspace.drawio', '<mxfile host="Podwire">'],
    ['Mermaid', 'workspace.mmd', 'flowchart LR\n'],
    ['Graphviz DOT', 'workspace.dot', 'digraph topology {\n'],
  ] as const) {
    it(`goes into ${file}, where the person says`, async () => {
      await open();
      await choose(entry);
      await eventually(`VS Code asks where ${file} goes`, async () => (await saveDialog()).endsWith(`/${file}`));
      if (entry === 'SVG: whole picture') await screenshot('topology-export');
      const uri = vscode.Uri.joinPath(workspaceFolder(), file);
      await person.press('Enter');
      const bytes = await eventually('it is written', async () => vscode.workspace.fs.readFile(uri));
      const text = String.fromCharCode(...bytes.slice(0, 60));
      assert.ok(text.startsWith(start), text);
      await vscode.workspace.fs.delete(uri);
    });
  }

  it('goes nowhere where the person thinks better of it', async () => {
    await open();
    const before = await vscode.workspace.fs.readDirectory(workspaceFolder());
    await choose('Mermaid');
    await eventually('VS Code asks where', async () => (await saveDialog()).endsWith('.mmd'));
    await person.press('Escape');
    await eventually('VS Code asks no more', async () => (await saveDialog()) === '');
    await choose('Copy as Markdown');
    await eventually('it is in the clipboard', async () =>
      (await vscode.env.clipboard.readText()).includes('flowchart LR'),
    );
    assert.deepEqual(await vscode.workspace.fs.readDirectory(workspaceFolder()), before);
    assert.match(await vscode.env.clipboard.readText(), /\| shop\/frontend \| shop\/cart \| 8080\/TCP \| ❌ \*\*/);
  });

  it('works on in a window of its own', async () => {
    await open();
    await eventually('it is known what the cart may reach', async () => (await reached()) > 0);
    const before = await page();
    // A browser opens a window only for somebody who is there.
    await person.clickInWebview('.tab[aria-selected=true]');
    await vscode.commands.executeCommand('workbench.action.focusSecondEditorGroup');
    await vscode.commands.executeCommand('workbench.action.moveEditorToNewWindow');
    await eventually('the window is without it', () =>
      inWorkbench(() => ![...document.querySelectorAll('iframe.webview')].some((frame) => frame.checkVisibility())),
    );
    await eventually('the shop is drawn there as it was', async () => {
      const { x, y, edges } = await page();
      return isDeepStrictEqual([x, y, edges], [before.x, before.y, before.edges]);
    });
    await inWebview(() => document.querySelector<HTMLElement>('.panel .item.bad')?.click());
    await eventually('it picks and asks as before', async () => (await page()).picked !== cart);
  });
});

/** What the save dialog has in its field; empty while there is none. */
async function saveDialog(): Promise<string> {
  return inWorkbench(() => {
    const [field] = document.querySelectorAll<HTMLInputElement>('.quick-input-widget .quick-input-box input');
    return field?.checkVisibility() ? field.value : '';
  });
}

const record = () => vscode.Uri.joinPath(workspaceFolder(), 'before-the-reload.json');

beforeReload(async () => {
  await open();
  await person.clickInWebview('.search-field');
  await person.type('redis');
  await press('Add a Service');
  await announced(/cart/);
  await press('What If');
  await says('.what-if', /1 change/);
  for (let i = 0; i < 3; i++) await person.clickInWebview('vscode-button[aria-label="Zoom In"]');
  await eventually('it is known what the cart may reach', async () => (await reached()) > 0);
  await vscode.workspace.fs.writeFile(record(), new TextEncoder().encode(JSON.stringify(await page())));
  // The page writes its state down once things have calmed.
  await delay(1000);
});

describe('the topology', function () {
  this.timeout(60_000);

  it(`is as it was ${afterReload}`, async () => {
    const before = JSON.parse(new TextDecoder().decode(await vscode.workspace.fs.readFile(record())));
    // What the cart may reach is asked anew.
    await eventually('the page is as it was', async () => isDeepStrictEqual(await page(), before)).catch(() => {});
    assert.deepEqual(await page(), before);
    await screenshot('topology-reloaded');
  });
});
