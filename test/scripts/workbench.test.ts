import assert from 'node:assert/strict';
import { it } from 'node:test';
import { workbenchAddress } from '../../scripts/vscode/workbench.ts';

it('addresses a window with a folder, an extension under development and its tests', () => {
  const window = { folder: '/home/me/my shop', extensions: ['/my ext'], tests: '/my ext/suite.js' };
  const address = new URL(workbenchAddress('127.0.0.1:4000', window));
  assert.equal(address.origin, 'http://127.0.0.1:4000');
  assert.ok(!address.search.includes('+'), 'the workbench reads a plus as itself');
  assert.equal(address.searchParams.get('folder'), '/home/me/my shop');
  assert.deepEqual(JSON.parse(address.searchParams.get('payload') ?? ''), [
    ['skipWelcome', 'true'],
    ['extensionDevelopmentPath', 'vscode-remote://127.0.0.1:4000/my%20ext'],
    ['extensionTestsPath', 'vscode-remote://127.0.0.1:4000/my%20ext/suite.js'],
  ]);
});
