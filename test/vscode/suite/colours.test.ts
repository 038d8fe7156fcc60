import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, hasWindow, inWorkbench, openFixture, resetWindow, workspaceFolder } from '../harness.ts';

const text =
  '# can be anything\n# podwire: can shop/frontend reach svc/cart:8080\n# podwire-ignore: path-blocked   why\n';

/** The colour of each piece of the text in the window, by its words. */
async function colours(): Promise<ReadonlyMap<string, string>> {
  const pieces = await inWorkbench(() =>
    [...document.querySelectorAll('.editor-instance .view-line span span')].map((piece) => {
      return [(piece.textContent ?? '').replaceAll('\u00a0', ' ').trim(), getComputedStyle(piece).color] as const;
    }),
  );
  return new Map(pieces);
}

describe('colours', () => {
  const file = () => vscode.Uri.joinPath(workspaceFolder(), 'colours.yaml');

  after(async () => {
    await resetWindow();
    await vscode.workspace.fs.delete(file());
  });

  it('tell a question and an ignore in a comment from other words', async function () {
    if (!hasWindow) this.skip();
    await vscode.workspace.fs.writeFile(file(), new TextEncoder().encode(text));
    await openFixture('colours.yaml');
    const seen = await eventually('the comments are coloured', async () => {
      const found = await colours();
      return found.has('reach') && found.has('path-blocked') && found;
    });
    const plain = seen.get('# can be anything');
    assert.ok(plain);
    for (const word of [
      'podwire',
      'can',
      'shop',
      'svc',
      'frontend',
      'cart',
      '8080',
      'podwire-ignore',
      'path-blocked',
    ]) {
      assert.notEqual(seen.get(word) ?? plain, plain, word);
    }
    assert.equal(seen.get('why'), plain);
  });
});
