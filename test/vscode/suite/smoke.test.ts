import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { hasWindow, inWorkbench, openFixture, screenshot } from '../harness.ts';

describe('the extension', () => {
  it('is active once a manifest is open', async () => {
    await openFixture('frontend.yaml');
    const extension = vscode.extensions.getExtension('podwire.podwire');
    await extension?.activate();
    assert.equal(extension?.isActive, true);
    assert.ok((await vscode.commands.getCommands()).includes('podwire.showTopology'));
  });

  it('can be seen', async function () {
    if (!hasWindow) this.skip();
    assert.match(await inWorkbench(() => document.title), /frontend\.yaml/);
    await screenshot('smoke');
  });
});
