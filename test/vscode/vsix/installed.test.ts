import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, hasWindow, inWebview, openFixture, screenshot } from '../harness.ts';
import { hover } from '../hovers.ts';

describe('the installed extension', () => {
  it('becomes active by itself when a manifest is opened', async () => {
    await openFixture('frontend.yaml');
    const extension = await eventually('Podwire is active', () => {
      const found = vscode.extensions.getExtension('podwire.podwire');
      return found?.isActive ? found : undefined;
    });
    assert.match(extension.extensionPath, /server-data/);
  });

  it('answers, finds and draws', async () => {
    assert.match(
      await hover('frontend.yaml', 'http://cart:8080', 8),
      /cart\.shop\.svc\.cluster\.local[\s\S]*allow-cart/,
    );
    const editor = await openFixture('catalog.yaml');
    await eventually('its mistake is found', () => vscode.languages.getDiagnostics(editor.document.uri).length > 0);
    if (!hasWindow) return;
    await vscode.commands.executeCommand('podwire.showTopology');
    await eventually('the shop is drawn', () =>
      inWebview(() => document.querySelector('[role=treeitem][data-id="Deployment/shop/cart"]') !== null),
    );
    await screenshot('vsix');
  });

  it('brings the bundles and no source', async () => {
    const extension = vscode.extensions.getExtension('podwire.podwire');
    assert.ok(extension);
    const names = (await vscode.workspace.fs.readDirectory(extension.extensionUri)).map(([name]) => name);
    assert.ok(names.includes('dist') && names.includes('syntaxes'));
    assert.ok(!names.includes('src') && !names.includes('node_modules'));
  });
});
