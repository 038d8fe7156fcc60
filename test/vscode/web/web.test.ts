import * as vscode from 'vscode';
import { openFixture, screenshot } from '../harness.ts';

describe('the extension in the web-worker extension host', () => {
  it('is active once a manifest is open', async () => {
    await openFixture('frontend.yaml');
    const extension = vscode.extensions.getExtension('podwire.podwire');
    await extension?.activate();
    if (typeof process !== 'undefined' && process.versions?.node) throw new Error('This host has Node.');
    if (!extension?.isActive) throw new Error('The extension is not active.');
    const commands = await vscode.commands.getCommands();
    if (!commands.includes('podwire.showTopology')) throw new Error('Its command is not there.');
    await screenshot('web');
  });
});
