import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  delay,
  eventually,
  hasWindow,
  inWebview,
  person,
  resetWindow,
  screenshot,
  setTheme,
  themes,
} from '../harness.ts';
import { type Announced, announced, isAsBefore, isWritten, textsOnDisk, undo } from '../plan-page.ts';
import {
  atRest,
  clickOn,
  closeTopology,
  drawLine,
  drawn,
  focused,
  openTopology,
  press,
  says,
  textOf,
} from '../topology-page.ts';

const frontend = 'Deployment/shop/frontend';
const cart = 'Deployment/shop/cart';
const blockedCall = /^calls Deployment\/shop\/frontend Service\/shop\/cart ingress/;

async function isBlocked(): Promise<boolean> {
  return Object.keys((await drawn()).edges).some((id) => blockedCall.test(id));
}

/** Types in place of what is in the field. With Ctrl+A, VS Code may take the keyboard into its own editor meanwhile. */
async function typeSearch(text: string): Promise<void> {
  await person.clickInWebview('.search-field', { count: 3 });
  if (text) await person.type(text);
  else await person.press('Delete');
}

/** Clicks an entry of the legend, which is opened where it is folded. */
async function clickLegend(words: string): Promise<void> {
  const isOpen = await inWebview(() => document.querySelector<HTMLDetailsElement>('.legend-box')?.open);
  if (!isOpen) await person.clickInWebview('.legend-box summary');
  await person.clickInWebview(`.legend-entry:has-text("${words}")`);
}

/** What a person finds in the page again. */
async function page() {
  const { places, zoom, pan } = await atRest(cart);
  const kept = await inWebview(() => ({
    view: document.querySelector('.tab[aria-selected=true]')?.textContent,
    picked: document.querySelector<HTMLElement>('[role=treeitem][aria-selected=true]')?.dataset.id,
    search: document.querySelector<HTMLInputElement>('.search-field')?.value,
    whatIf: document.querySelector('.what-if-list')?.textContent,
  }));
  return { ...kept, places, zoom, pan };
}

describe('the whole walk through the topology', function () {
  this.timeout(120_000);

  beforeEach(function () {
    if (!hasWindow) this.skip();
  });

  afterEach(async () => {
    await resetWindow();
    await closeTopology();
  });

  for (const theme of Object.keys(themes) as (keyof typeof themes)[]) {
    it(`goes from opening to undoing in ${theme}`, async () => {
      const look = async (name: string) => {
        await atRest(cart);
        await screenshot(`whole-${theme}-${name}`);
      };
      await setTheme(theme);
      const texts = await textsOnDisk();
      await openTopology('frontend.yaml');
      await atRest(cart);
      await look('01-open');

      await typeSearch('ns=shop cart');
      await says('.found', /^3$/);
      await look('02-search');
      await typeSearch('');

      const lines = async () => Object.values((await drawn()).edges).filter((classes) => classes.includes('selects'));
      assert.notEqual((await lines()).length, 0);
      await clickLegend('Selects');
      await eventually('what selects is hidden', async () => (await lines()).length === 0);
      await look('03-filter');
      await clickLegend('Selects');
      await eventually('what selects is seen', async () => (await lines()).length > 0);

      await clickOn(frontend);
      await says('.panel', /^frontend\n[\s\S]*May reach[\s\S]*catalog/);
      await atRest(cart);
      await look('04-reach');

      await clickOn(cart, ['Shift']);
      await says('.panel', /frontend → cart[\s\S]*Blocked at ingress of cart[\s\S]*Nearest miss[\s\S]*app=front-end/);
      await says('.walk .verdict', /Denied on the way/);
      await look('05-explain');

      await drawLine(frontend, cart, `whole-${theme}-06-draw`);
      const plan = await announced(/^Allow .*frontend → .*cart/);
      assert.equal(plan.summary, 'opens 1 path, closes 0');
      await look('07-plan');

      await press('What If');
      await says('.what-if', /What if: 1 change/);
      await eventually('the picture is of what is supposed', async () => !(await isBlocked()));
      await says('.panel', /frontend → cart[\s\S]*Allowed\./);
      await look('08-what-if');
      assert.ok(
        vscode.workspace.textDocuments.every(({ isDirty }) => !isDirty),
        'nothing is written',
      );

      await press('Review and Write…');
      const all = await announced(/What if: 1 change/);
      assert.deepEqual([all.files, all.summary], [plan.files, plan.summary]);
      await look('09-review');
      await press('Write to YAML');
      await isWritten(texts, all);
      await eventually('nothing is supposed any more', async () => (await textOf('.what-if')) === '');
      await says('.panel', /frontend → cart[\s\S]*Allowed\./);
      await isShown(all);
      await look('10-written');

      await undo(texts, all);
      await says('.panel', /Blocked at ingress of cart/);
      await eventually('the call is blocked again', isBlocked);
      await look('11-undone');

      await typeSearch('redis');
      await person.clickInWebview('vscode-button[aria-label="Zoom In"]');
      const before = await page();
      // The page writes its state down once things have calmed.
      await delay(1000);
      await vscode.commands.executeCommand('workbench.action.webview.reloadWebviewAction');
      await eventually('the page is there again', async () => (await textOf('.found')) !== '');
      assert.deepEqual(await page(), before);
      await look('12-reloaded');
    });
  }

  it('goes by the keyboard alone', async () => {
    const texts = await textsOnDisk();
    await openTopology('cart.yaml');
    await atRest(cart);
    await vscode.commands.executeCommand('workbench.action.focusSecondEditorGroup');
    await eventually('the page has the keyboard', () => inWebview(() => document.hasFocus()));
    await person.press('Control+f');
    await person.type('cart kind=Deployment');
    await person.press('Enter');
    await person.press('Escape');
    await eventually('the cart is picked', async () => (await focused()) === cart);
    await person.press('Shift+A');
    await says('.panel', /Pick whom it may reach/);
    const target = 'Deployment/shop/catalog';
    for (let left = 40; left > 0 && (await focused()) !== target; left--) await person.press('ArrowDown');
    await person.press('Enter');
    await announced(/^Allow .*cart → .*catalog on 8080\/TCP/);
    for (let left = 20; left > 0 && (await focused()) !== 'port 9102/TCP'; left--) await person.press('Tab');
    await person.press('Space');
    const plan = await announced(/^Allow .*cart → .*catalog on 9102\/TCP/);
    assert.equal(plan.summary, 'opens 1 path, closes 0');
    await screenshot('whole-keyboard-plan');
    for (let left = 20; left > 0 && (await focused()) !== 'write'; left--) await person.press('Tab');
    await person.press('Enter');
    await isWritten(texts, plan);
    await eventually('the keyboard is in the tree again', async () => (await focused()).startsWith('Deployment/'));
    await screenshot('whole-keyboard-written');
    await person.press('Control+1');
    await eventually('the text has the keyboard', async () => !(await inWebview(() => document.hasFocus())));
    await person.press('Control+z');
    await isAsBefore(texts, plan);
  });
});

/** Waits until the editor shows where a change was written. */
async function isShown({ files: [file] }: Announced): Promise<void> {
  const added = file?.lines.find(({ kind }) => kind === 'added');
  await eventually('the place is shown', () =>
    vscode.window.visibleTextEditors.some(
      ({ document, visibleRanges }) =>
        document.uri.path.endsWith(`/${file?.name}`) &&
        visibleRanges.some(({ start, end }) => {
          const line = (added?.number ?? 0) - 1;
          return start.line <= line && line <= end.line;
        }),
    ),
  );
}
