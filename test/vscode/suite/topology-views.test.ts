import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
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

/** The ids in the tree beside the picture, and which is picked. */
async function tree(): Promise<{ readonly ids: readonly string[]; readonly picked: string | undefined }> {
  const items = await inWebview(() =>
    [...document.querySelectorAll<HTMLElement>('[role=treeitem]')].map((item) => ({
      id: item.dataset.id ?? '',
      isPicked: item.getAttribute('aria-selected') === 'true',
    })),
  );
  return { ids: items.map(({ id }) => id), picked: items.find(({ isPicked }) => isPicked)?.id };
}

async function turnTo(title: string, isThere: (ids: readonly string[]) => boolean): Promise<void> {
  await person.clickInWebview(`.tab:text-is("${title}")`);
  await eventually(`${title} is drawn`, async () => isThere((await tree()).ids));
}

const shown: Readonly<Record<string, (ids: readonly string[]) => boolean>> = {
  Connectivity: (ids) => ids.includes('Deployment/shop/cart'),
  Services: (ids) => ids.some((id) => id.startsWith('EndpointSlice/shop/cart-')),
  Policies: (ids) => ids.includes('NetworkPolicy/shop/allow-cart ingress 0 0'),
  Nodes: (ids) => ids.includes('Node//node-1') && ids.some((id) => id.startsWith('Pod/shop/cart-')),
};

async function open(): Promise<vscode.TextEditor> {
  const editor = await openFixture('cart.yaml');
  await vscode.commands.executeCommand('podwire.showTopology');
  await eventually('the shop is drawn', async () => shown.Connectivity?.((await tree()).ids));
  return editor;
}

describe('the views of the topology', function () {
  this.timeout(90_000);

  beforeEach(function () {
    if (!hasWindow) this.skip();
  });

  afterEach(async () => {
    // The next panel opens with the view that the last one had.
    await inWebview(() => document.querySelector<HTMLElement>('.tab')?.click()).catch(() => {});
    await resetWindow();
  });

  it('turns from one to the next, and what is picked stays picked', async () => {
    const editor = await open();
    const text = await vscode.window.showTextDocument(editor.document, { viewColumn: vscode.ViewColumn.One });
    const at = positionOf(text.document, 'kind: Deployment');
    text.selection = new vscode.Selection(at, at);
    await eventually('the cursor picks', async () => (await tree()).picked === 'Deployment/shop/cart');
    const expected: Readonly<Record<string, RegExp>> = {
      Services: /^Pod\/shop\/cart-/,
      Policies: / selects Deployment\/shop\/cart$/,
      Nodes: /^Pod\/shop\/cart-/,
      Connectivity: /^Deployment\/shop\/cart$/,
    };
    for (const [title, id] of Object.entries(expected)) {
      await turnTo(title, shown[title] ?? (() => false));
      const { picked } = await eventually(`${title} has something picked`, async () => {
        const now = await tree();
        return now.picked === undefined ? undefined : now;
      });
      assert.match(picked ?? '', id);
    }
  });

  it('follows the cursor, and goes to the line of a rule', async () => {
    await open();
    await turnTo('Policies', shown.Policies ?? (() => false));
    await inWebview(() =>
      document
        .querySelector<HTMLElement>('[role=treeitem][data-id="NetworkPolicy/shop/allow-cart ingress 0 0"]')
        ?.focus(),
    );
    await person.press('Enter');
    await eventually('the peer is shown in the text', () => {
      const { activeTextEditor: editor } = vscode.window;
      const line = editor?.document.lineAt(editor.selection.active).text;
      return editor?.document.uri.path.endsWith('/network-policies.yaml') && /podSelector|- /.test(line ?? '');
    });
    const editor = await openFixture('cart.yaml', { viewColumn: vscode.ViewColumn.One });
    const at = positionOf(editor.document, 'kind: Deployment');
    editor.selection = new vscode.Selection(at, at);
    await eventually('the policy view picks the workload', async () =>
      / selects Deployment\/shop\/cart$/.test((await tree()).picked ?? ''),
    );
  });

  for (const theme of Object.keys(themes) as (keyof typeof themes)[]) {
    it(`can be looked at in ${theme}`, async () => {
      await setTheme(theme);
      await open();
      for (const title of ['Services', 'Policies', 'Nodes']) {
        await turnTo(title, shown[title] ?? (() => false));
        await screenshot(`topology-${title.toLowerCase()}-${theme}`);
      }
    });
  }
});
