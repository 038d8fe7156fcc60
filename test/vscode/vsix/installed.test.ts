import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, openFixture } from '../harness.ts';

describe('the installed extension', () => {
  it('becomes active by itself when a manifest is opened', async () => {
    await openFixture('frontend.yaml');
    const extension = await eventually('Podwire is active', () => {
      const found = vscode.extensions.getExtension('podwire.podwire');
      return found?.isActive ? found : undefined;
    });
    assert.match(extension.extensionPath, /server-data/);
  });

  it('brings the bundles and no source', async () => {
    const extension = vscode.extensions.getExtension('podwire.podwire');
    assert.ok(extension);
    const names = (await vscode.workspace.fs.readDirectory(extension.extensionUri)).map(([name]) => name);
    assert.ok(names.includes('dist'));
    assert.ok(!names.includes('src') && !names.includes('node_modules'));
  });
});
