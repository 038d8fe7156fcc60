import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  eventually,
  hasWindow,
  inWebview,
  openFixture,
  person,
  resetWindow,
  screenshot,
  setTheme,
} from '../harness.ts';

const frontend = 'Deployment/shop/frontend';

function panelText(): Promise<string> {
  return inWebview(() => document.querySelector<HTMLElement>('.panel')?.innerText ?? '');
}

async function panelSays(pattern: RegExp): Promise<string> {
  return eventually(`the panel says ${pattern}`, async () => {
    const text = await panelText();
    return pattern.test(text) ? text : undefined;
  });
}

/** Opens the topology with the frontend picked, and picks the other end with Shift and a click. */
async function pick(other: string): Promise<void> {
  const editor = await openFixture('frontend.yaml', { viewColumn: vscode.ViewColumn.One });
  const uri = editor.document.uri.toString();
  await vscode.commands.executeCommand('podwire.showTopology', { uri, id: frontend });
  await panelSays(/^frontend\n[\s\S]*May reach/);
  const position = await inWebview((id: string) => {
    // biome-ignore lint/suspicious/noExplicitAny: the library hangs its instance on the element that it draws in.
    const { cy } = (document.querySelector('.canvas') as any)._cyreg;
    const { x, y } = cy.getElementById(id).renderedPosition();
    return { x, y };
  }, other);
  await person.clickInWebview('.canvas', { position, modifiers: ['Shift'] });
}

async function textOf(file: string): Promise<string> {
  const [uri] = await vscode.workspace.findFiles(`**/${file}`);
  assert.ok(uri);
  return (await vscode.workspace.openTextDocument(uri)).getText();
}

describe('two ends in the topology', function () {
  this.timeout(60_000);

  beforeEach(function () {
    if (!hasWindow) this.skip();
  });

  afterEach(resetWindow);

  it('are proved in the words of the command line, with the way of the packet', async () => {
    await pick('StatefulSet/data/orders-db');
    const text = await panelSays(/frontend → orders-db[\s\S]*Arrives\./);
    assert.match(text, /5432\/TCP[\s\S]*Allowed\.\s+shop\/deploy\/frontend → data\/sts\/orders-db:5432/);
    assert.match(text, /Ingress: allow-orders-db rule 1 admits/);
  });

  it('say what nearly lets it through, and a way out is written as one step to undo', async () => {
    await setTheme('dark');
    await pick('Deployment/shop/cart');
    const text = await panelSays(/Blocked at ingress of cart[\s\S]*Ways out/);
    assert.match(text, /Nearest miss\s+allow-cart rule 1\s[\s\S]*app=front-end\s+has frontend/);
    assert.match(
      text,
      /Ask for app=frontend in allow-cart\s+opens shop\/deploy\/frontend → shop\/deploy\/cart on 8080\/TCP/,
    );
    await screenshot('pair-dark');
    const before = await textOf('network-policies.yaml');
    await inWebview(() => document.querySelector<HTMLElement>('.fix')?.click());
    await panelSays(/frontend → cart[\s\S]*Allowed\./);
    const after = await textOf('network-policies.yaml');
    assert.equal(after, before.replace('app: front-end', 'app: frontend'));
    const shown = await eventually('the policy is shown, and not saved', () =>
      vscode.window.visibleTextEditors.find(
        ({ document }) => document.uri.path.endsWith('/network-policies.yaml') && document.isDirty,
      ),
    );
    await vscode.window.showTextDocument(shown.document, shown.viewColumn);
    await vscode.commands.executeCommand('undo');
    assert.equal(shown.document.getText(), before);
    await panelSays(/Blocked at ingress of cart/);
  });

  it('lead to the line of each term', async () => {
    await pick('Deployment/shop/cart');
    await panelSays(/Nearest miss/);
    await inWebview(() => document.querySelector<HTMLElement>('.term.bad .link')?.click());
    await eventually('the label is shown', () => {
      const editor = vscode.window.activeTextEditor;
      return editor?.document.lineAt(editor.selection.active).text.trim() === 'app: front-end';
    });
    assert.match(await panelText(), /frontend → cart/, 'both stay picked');
  });
});
