import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, openFixture, resetWindow } from '../harness.ts';

describe('the way of a packet', () => {
  afterEach(resetWindow);

  it('opens as a document', async () => {
    const { document } = await openFixture('frontend.yaml');
    await vscode.commands.executeCommand('podwire.trace', {
      uri: document.uri.toString(),
      from: 'shop/deploy/frontend',
      to: 'shop/svc/catalog:8080',
    });
    const shown = await eventually('the walk is there', async () => {
      const active = vscode.window.activeTextEditor?.document;
      return active?.uri.scheme === 'podwire-trace' && active.getText().startsWith('Arrives.') ? active : undefined;
    });
    assert.match(shown.getText(), /KUBE-SVC-[A-Z2-7]{16}/);
  });
});
