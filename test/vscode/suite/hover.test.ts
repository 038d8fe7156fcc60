import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  eventually,
  hasWindow,
  inWorkbench,
  openFixture,
  person,
  positionOf,
  resetWindow,
  screenshot,
  setTheme,
  themes,
} from '../harness.ts';
import { hover } from '../hovers.ts';

/** Every pattern must be in the text, in this order. */
function says(text: string, ...patterns: readonly RegExp[]): void {
  let rest = text;
  for (const pattern of patterns) {
    const match = pattern.exec(rest);
    assert.ok(match, `${pattern} is not in, or not in its place in:\n${text}`);
    rest = rest.slice(match.index);
  }
}

describe('a hover', () => {
  after(resetWindow);

  it('on a Service tells its address, its name, and each port with its endpoints', async () => {
    const text = await hover('catalog.yaml', 'name: catalog\n  namespace: shop\nspec:\n  selector', 8);
    says(text, /catalog/, /catalog\.shop\.svc\.cluster\.local/, /10\.\d+\.\d+\.\d+/, /simulated/);
    says(text, /8080\/TCP/, /deploy\/catalog/, /10\.244\.\d+\.\d+/);
    says(text, /9102\/TCP/, /metrics/);
  });

  it('on a selector that matches nothing names the pods that nearly match', async () => {
    const text = await hover('recommendations.yaml', 'app: recommendation\n');
    says(text, /recommendations/, /app=recommendations/);
  });

  it('on a workload tells its addresses, its Services, what isolates it and whom it may reach', async () => {
    const text = await hover('cart.yaml', 'name: cart', 7);
    says(text, /cart/, /10\.244\.\d+\.\d+/, /simulated/);
    says(text, /default-deny/, /allow-cart/);
    says(text, /checkout/);
  });

  it('on a policy tells whom it selects, and on a rule what it admits', async () => {
    says(await hover('network-policies.yaml', 'name: allow-cart', 8), /allow-cart/, /deploy\/cart/);
    const rule = await hover('network-policies.yaml', 'app: front-end');
    says(rule, /front-end/);
    says(rule, /8080/);
    says(await hover('network-policies.yaml', 'app: cart'), /deploy\/cart/);
  });

  it('on a hostname tells what it resolves to and that policy blocks it, with the nearest rule', async () => {
    const text = await hover('frontend.yaml', 'http://cart:8080', 8);
    says(text, /cart\.shop\.svc\.cluster\.local/, /10\.\d+\.\d+\.\d+/);
    says(text, /allow-cart/, /front-end/);
  });

  it('on a URL tells the same at its scheme, and stands over the whole of it', async () => {
    const { document } = await openFixture('frontend.yaml');
    const at = positionOf(document, 'http://cart:8080', 2);
    const url = document.getWordRangeAtPosition(at, /http:\S+/);
    await eventually('it is told', async () => {
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        document.uri,
        at,
      );
      return hovers.some(({ range }) => url && range?.isEqual(url));
    });
  });

  it('on a hostname that policy lets through tells by which rule', async () => {
    says(await hover('cart.yaml', 'redis.data:6379'), /redis\.data\.svc\.cluster\.local/, /[Aa]llowed/, /allow-redis/);
  });

  it('on a hostname in a ConfigMap speaks for the workload that reads it', async () => {
    says(await hover('frontend.yaml', 'http://checkout', 8), /deploy\/frontend/, /checkout\.shop\.svc/);
  });

  it('leads to the lines that it rests on', async () => {
    const text = await hover('frontend.yaml', 'http://cart:8080', 8);
    assert.match(
      text,
      /\]\(file:\/\/[^)]*network-policies\.yaml#L?\d+|\]\(vscode-remote:[^)]*network-policies\.yaml#L?\d+/,
    );
  });

  for (const theme of Object.keys(themes) as (keyof typeof themes)[]) {
    it(`can be looked at in ${theme}`, async function () {
      if (!hasWindow) this.skip();
      await setTheme(theme);
      for (const [file, text] of [
        ['catalog.yaml', 'kind: Service'],
        ['frontend.yaml', 'cart:8080'],
        ['network-policies.yaml', 'app: front-end'],
      ] as const) {
        const editor = await openFixture(file);
        const at = positionOf(editor.document, text, 8);
        editor.selection = new vscode.Selection(at, at);
        editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.InCenter);
        await vscode.commands.executeCommand('editor.action.showHover');
        await eventually('the hover is open', () =>
          inWorkbench(() => document.querySelector('.monaco-hover:not(.hidden) .rendered-markdown') !== null),
        );
        await screenshot(`hover-${file.replace('.yaml', '')}-${theme}`);
        await person.press('Escape');
      }
    });
  }
});
