import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { URI } from 'vscode-uri';
import { discover } from '../../src/manifests/discovery.ts';
import { nodeFiles } from '../../src/server/files.node.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'podwire-files-'));
after(() => rmSync(folder, { recursive: true }));

const uriOf = (...parts: string[]) => URI.file(path.join(folder, ...parts)).toString();

mkdirSync(path.join(folder, 'inside', 'sub'), { recursive: true });
mkdirSync(path.join(folder, 'outside'));
mkdirSync(path.join(folder, 'inside-too'));
writeFileSync(path.join(folder, 'inside', 'a b.yaml'), 'a: 1\n');
writeFileSync(path.join(folder, 'outside', 'secret.yaml'), 'secret: 1\n');
writeFileSync(path.join(folder, 'inside-too', 'c.yaml'), 'c: 1\n');
symlinkSync(path.join(folder, 'outside'), path.join(folder, 'inside', 'link'));
symlinkSync(path.join(folder, 'outside', 'secret.yaml'), path.join(folder, 'inside', 'linked.yaml'));

const files = nodeFiles(() => [uriOf('inside')]);

test('files and folders in the workspace are read, in the URIs that editors use', async () => {
  const entries = await files.readDirectory(uriOf('inside'));
  const found = entries.map(({ name, uri, type }) => [name, uri, type]).sort();
  assert.deepEqual(found, [
    ['a b.yaml', `${uriOf('inside')}/a%20b.yaml`, 'file'],
    ['link', `${uriOf('inside')}/link`, 'link'],
    ['linked.yaml', `${uriOf('inside')}/linked.yaml`, 'link'],
    ['sub', `${uriOf('inside')}/sub`, 'directory'],
  ]);
  assert.equal(new TextDecoder().decode(await files.readFile(uriOf('inside', 'a b.yaml'))), 'a: 1\n');
  assert.deepEqual(await files.stat(uriOf('inside', 'a b.yaml')), { type: 'file', size: 5 });
});

const outside = {
  'a file beside it': uriOf('outside', 'secret.yaml'),
  'a folder whose name begins alike': uriOf('inside-too', 'c.yaml'),
  'what a link leads to': uriOf('inside', 'linked.yaml'),
  'what a linked folder holds': uriOf('inside', 'link', 'secret.yaml'),
  'a path with dots in it': `${uriOf('inside')}/../outside/secret.yaml`,
  'a path with encoded dots in it': `${uriOf('inside')}/%2e%2e/outside/secret.yaml`,
};

for (const [what, uri] of Object.entries(outside)) {
  test(`${what} is not read`, async () => {
    await assert.rejects(files.readFile(uri), /outside of the workspace folders/);
    await assert.rejects(files.stat(uri), /outside of the workspace folders/);
  });
}

test('a folder outside is not listed', async () => {
  await assert.rejects(files.readDirectory(uriOf('outside')), /outside of the workspace folders/);
  await assert.rejects(files.readDirectory(uriOf('inside', 'link')), /outside of the workspace folders/);
});

test('discovery follows no link', async () => {
  const uris: string[] = [];
  for await (const { changes } of discover(files, { roots: [uriOf('inside')] }))
    uris.push(...changes.map(({ uri }) => uri));
  assert.deepEqual(uris, [`${uriOf('inside')}/a%20b.yaml`]);
});
