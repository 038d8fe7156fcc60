import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  eventually,
  hasWindow,
  inWebview,
  inWorkbench,
  openFixture,
  person,
  positionOf,
  resetWindow,
  screenshot,
  setTheme,
} from '../harness.ts';
import { hover } from '../hovers.ts';

const scheme = 'podwire-answer';

/** The walk in the active editor, once it begins with `start`. */
async function walk(start: string): Promise<vscode.TextDocument> {
  return eventually(`there is a walk that begins with ${start}`, () => {
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.uri.scheme, scheme);
    assert.equal(document.getText().slice(0, start.length), start);
    return document;
  });
}

/** Follows a packet of the frontend, as a link would. */
async function trace(to: string, start: string): Promise<vscode.TextDocument> {
  const { document } = await openFixture('frontend.yaml');
  const link = { uri: document.uri.toString(), from: 'shop/deploy/frontend', to };
  await vscode.commands.executeCommand('podwire.trace', link);
  return walk(start);
}

async function linksOf({ uri }: vscode.TextDocument): Promise<vscode.DocumentLink[]> {
  return vscode.commands.executeCommand('vscode.executeLinkProvider', uri);
}

describe('the way of a packet', () => {
  afterEach(resetWindow);

  it('opens as a document that leads to the lines that it rests on', async () => {
    const shown = await trace('shop/svc/catalog:8080', 'Arrives.');
    assert.match(shown.getText(), /KUBE-SVC-[A-Z2-7]{16}[\s\S]*allow-catalog rule 1/);
    assert.ok(shown.uri.path.endsWith('frontend → catalog:8080'));
    const rule = (await linksOf(shown)).find(({ range }) => shown.getText(range) === 'rule 1');
    assert.ok(rule?.target);
    await vscode.commands.executeCommand('vscode.open', rule.target);
    const editor = await eventually('the policy is open', () => {
      const active = vscode.window.activeTextEditor;
      return active?.document.uri.path.endsWith('/network-policies.yaml') ? active : undefined;
    });
    const written = positionOf(editor.document, 'name: allow-catalog');
    const ingress = editor.document.getText().indexOf('ingress:', editor.document.offsetAt(written));
    assert.equal(editor.selection.active.line, editor.document.positionAt(ingress).line + 1);
  });

  it('follows the text of the manifests', async () => {
    const shown = await trace('shop/svc/cart:8080', 'Denied on the way.');
    const policies = await openFixture('network-policies.yaml', { viewColumn: vscode.ViewColumn.Beside });
    const start = positionOf(policies.document, 'front-end');
    const write = (from: string, to: string) =>
      policies.edit((edit) => edit.replace(new vscode.Range(start, start.translate(0, from.length)), to));
    await write('front-end', 'frontend');
    await eventually('the packet arrives', () => shown.getText().startsWith('Arrives.'));
    await write('frontend', 'front-end');
    await eventually('it is denied again', () => shown.getText().startsWith('Denied on the way.'));
    await policies.document.save();
  });

  it('is behind a link of the hover on a hostname', async () => {
    const text = await hover('frontend.yaml', 'http://cart:8080', 8);
    const [, query = ''] = /\[Trace\]\(command:podwire\.trace\?([^)]*)\)/.exec(text) ?? [];
    await vscode.commands.executeCommand('podwire.trace', ...JSON.parse(decodeURIComponent(query)));
    await walk('Denied on the way.');
  });

  it('is asked for by both ends where nothing names them', async function () {
    if (!hasWindow) this.skip();
    await openFixture('frontend.yaml');
    void vscode.commands.executeCommand('podwire.trace');
    await answer('Who sends the packet?', 'deploy/frontend');
    await answer('Whom does it call?', 'shop/svc/catalog:9102');
    const shown = await walk('Refused on the way.');
    assert.ok(shown.uri.path.endsWith('catalog:9102'));
  });

  it('may be asked for by what is in no list', async function () {
    if (!hasWindow) this.skip();
    await openFixture('frontend.yaml');
    void vscode.commands.executeCommand('podwire.trace', { to: '10.1.2.3:4000' });
    await answer('Who sends the packet?', '192.0.2.1');
    assert.match((await walk('Lost on the way.')).getText(), /192\.0\.2\.1 → 10\.1\.2\.3:4000/);
  });

  it('is beside a call in the topology, which stays in sight', async function () {
    if (!hasWindow) this.skip();
    await openFixture('frontend.yaml');
    await vscode.commands.executeCommand('podwire.showTopology');
    await eventually('a blocked call is told', () =>
      inWebview(() => {
        const call = document.querySelector<HTMLElement>('.panel .item.bad');
        call?.click();
        return call !== null;
      }),
    );
    await eventually('its walk is offered', () =>
      inWebview(() => {
        const buttons = [...document.querySelectorAll<HTMLElement>('.panel-actions vscode-button')];
        const trace = buttons.find(({ textContent }) => textContent === 'Trace');
        trace?.click();
        return trace !== undefined;
      }),
    );
    await walk('Denied on the way.');
    assert.equal(await inWebview(() => document.querySelector('.canvas') !== null), true);
    await screenshot('trace-topology');
  });

  for (const theme of ['dark', 'light'] as const) {
    it(`can be looked at in ${theme}`, async function () {
      if (!hasWindow) this.skip();
      await setTheme(theme);
      const shown = await trace('shop/svc/cart:8080', 'Denied on the way.');
      await eventually('its links are marked', async () => (await linksOf(shown)).length > 3);
      await eventually('they are drawn', () =>
        inWorkbench(() => document.querySelectorAll('.detected-link').length > 3),
      );
      await screenshot(`trace-${theme}`);
    });
  }
});

/** Writes into the field with this question, and takes what is offered first. */
async function answer(question: string, text: string): Promise<void> {
  await eventually(`it asks ${question}`, () =>
    inWorkbench((start: string) => {
      const field = document.querySelector<HTMLInputElement>('.quick-input-widget input[placeholder]');
      return field?.placeholder.startsWith(start) === true;
    }, question),
  );
  await person.type(text);
  await eventually('what is offered has followed', () =>
    inWorkbench((start: string) => {
      const first = document.querySelector('.quick-input-list .monaco-list-row.focused');
      return first?.textContent?.includes(start) === true;
    }, text),
  );
  await person.press('Enter');
}
