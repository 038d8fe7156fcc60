import * as vscode from 'vscode';
import { eventually, hasWindow, inWebview, openFixture, screenshot } from '../harness.ts';
import { hover } from '../hovers.ts';

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

  it('answers from a server in a worker, over the files of the window', async () => {
    const text = await hover('frontend.yaml', 'http://cart:8080', 8);
    if (!/cart\.shop\.svc\.cluster\.local/.test(text)) throw new Error(`The hover says: ${text}`);
    if (!/allow-cart/.test(text)) throw new Error(`The hover does not know the policies of another file: ${text}`);
  });

  it('follows a packet', async () => {
    const { document } = await openFixture('frontend.yaml');
    const link = { uri: document.uri.toString(), from: 'shop/deploy/frontend', to: 'shop/svc/catalog:8080' };
    await vscode.commands.executeCommand('podwire.trace', link);
    const walk = await eventually('the walk is there', () => {
      const shown = vscode.window.activeTextEditor?.document;
      return shown?.getText().startsWith('Arrives.') ? shown : undefined;
    });
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>('vscode.executeLinkProvider', walk.uri);
    const files = links.map(({ target }) => target?.path.split('/').pop());
    if (!files.includes('network-policies.yaml')) throw new Error(`Its links lead to ${files}`);
  });

  it('draws the topology', async () => {
    if (!hasWindow) return;
    await openFixture('frontend.yaml');
    await vscode.commands.executeCommand('podwire.showTopology');
    await eventually('the shop is drawn', () =>
      inWebview(() => document.querySelector('[role=treeitem][data-id="Deployment/shop/cart"]') !== null),
    );
    await screenshot('web-topology');
  });
});
