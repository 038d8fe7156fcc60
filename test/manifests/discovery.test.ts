import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Batch, type DiscoveryOptions, discover, findFiles, isFound } from '../../src/manifests/discovery.ts';
import type { DirectoryEntry, FileSystem } from '../../src/manifests/files.ts';

type Tree = { readonly [name: string]: Tree | string | Uint8Array | null };

/** A file system in memory: a folder is an object, a file its text or bytes, a link `null`. */
function memory(tree: Tree, log: string[] = []): FileSystem {
  const find = (uri: string): Tree | string | Uint8Array | null => {
    const found = uri
      .slice('mem:///w'.length)
      .split('/')
      .filter(Boolean)
      .reduce<unknown>((at, name) => (at as Tree)[decodeURIComponent(name)], tree);
    if (found === undefined) throw new Error(`nothing at ${uri}`);
    return found as Tree;
  };
  const bytes = (uri: string) => {
    const found = find(uri);
    return found instanceof Uint8Array ? found : new TextEncoder().encode(found as string);
  };
  return {
    readDirectory: async (uri) => Object.entries(find(uri) as Tree).map(([name, value]) => entry(uri, name, value)),
    readFile: async (uri) => {
      log.push(uri);
      return bytes(uri);
    },
    stat: async (uri) => ({ type: 'file', size: bytes(uri).length }),
  };
}

function entry(folder: string, name: string, value: unknown): DirectoryEntry {
  const isFile = typeof value === 'string' || value instanceof Uint8Array;
  const type = value === null ? 'link' : isFile ? 'file' : 'directory';
  return { name, uri: `${folder}/${encodeURIComponent(name)}`, type };
}

const roots = ['mem:///w'];

async function found(tree: Tree, options: Partial<DiscoveryOptions> = {}): Promise<string[]> {
  const { uris } = await findFiles(memory(tree), { roots, ...options });
  return uris.map((uri) => uri.slice('mem:///w/'.length));
}

async function batches(files: FileSystem, options: Partial<DiscoveryOptions> = {}): Promise<Batch[]> {
  const all: Batch[] = [];
  for await (const batch of discover(files, { roots, ...options })) all.push(batch);
  return all;
}

test('YAML, JSON and the files that make sets are found, by URI', async () => {
  const tree = {
    'b.YML': '',
    'a b.yaml': '',
    d: { 'c.json': '', 'x.txt': '', Kustomization: '' },
    link: null,
    'l.yaml': null,
  };
  assert.deepEqual(await found(tree), ['a%20b.yaml', 'b.YML', 'd/Kustomization', 'd/c.json']);
});

test('node_modules and .git are not searched', async () => {
  const tree = {
    node_modules: { 'a.yaml': '' },
    x: { node_modules: { 'b.json': '' } },
    '.git': { 'c.yaml': '' },
    '.github': { 'd.yaml': '' },
  };
  assert.deepEqual(await found(tree), ['.github/d.yaml']);
});

test('what git ignores is not found, with nested files and exceptions', async () => {
  const tree = {
    '.gitignore': 'out/\n*.gen.yaml\n!keep.gen.yaml\n/top.yaml\n',
    'a.gen.yaml': '',
    'keep.gen.yaml': '',
    'top.yaml': '',
    out: { 'b.yaml': '' },
    sub: { '.gitignore': '!b.gen.yaml\nc.yaml\n', 'b.gen.yaml': '', 'c.yaml': '', 'top.yaml': '', 'd.gen.yaml': '' },
  };
  assert.deepEqual(await found(tree), ['keep.gen.yaml', 'sub/b.gen.yaml', 'sub/top.yaml']);
});

test('the exclusions of the editor hold, where they are set to true', async () => {
  const tree = { a: { 'x.yaml': '', 'y.json': '' }, b: { a: { 'z.yaml': '' } }, c: { 'v.yaml': '' } };
  const exclude = [
    { '**/a': false, 'b/': true },
    { '**/*.json': true, c: { when: '$(basename).ts' } },
  ];
  assert.deepEqual(await found(tree, { exclude }), ['a/x.yaml', 'c/v.yaml']);
});

test('files are read as the text that they hold, large and binary ones are only named', async () => {
  const log: string[] = [];
  const utf16 = new Uint8Array([0xff, 0xfe, 0x61, 0, 0xe9, 0]);
  const bigEndian = new Uint8Array([0xfe, 0xff, 0, 0x61, 0, 0xe9]);
  const tree = {
    'a.yaml': '\uFEFFaé',
    'b.yaml': utf16,
    'c.yaml': bigEndian,
    'd.yaml': 'x\0y',
    'e.yaml': 'x'.repeat(20),
    'f.yaml': '',
  };
  const [batch, ...others] = await batches(memory(tree, log), { maxFileSize: 19 });
  const unread = { text: undefined, unread: 'binary' };
  assert.deepEqual(others, []);
  assert.deepEqual(batch, {
    changes: [
      { uri: 'mem:///w/a.yaml', text: 'aé' },
      { uri: 'mem:///w/b.yaml', text: 'aé' },
      { uri: 'mem:///w/c.yaml', text: 'aé' },
      { uri: 'mem:///w/d.yaml', ...unread },
      { uri: 'mem:///w/e.yaml', ...unread, unread: 'too-large' },
      { uri: 'mem:///w/f.yaml', text: '' },
    ],
    failures: [],
    done: 6,
    total: 6,
  });
  assert.ok(!log.includes('mem:///w/e.yaml'));
});

test('progress is told batch by batch, and an abandoned search ends', async () => {
  const tree = Object.fromEntries(Array.from({ length: 150 }, (_, index) => [`${index}.yaml`, '']));
  const all = await batches(memory(tree));
  assert.deepEqual(
    all.map(({ done, total }) => [done, total]),
    [
      [64, 150],
      [128, 150],
      [150, 150],
    ],
  );
  const signal = { aborted: false };
  const seen: number[] = [];
  for await (const { done } of discover(memory(tree), { roots, signal })) {
    seen.push(done);
    signal.aborted = true;
  }
  assert.deepEqual(seen, [64]);
});

test('what cannot be read is told, and the rest is read', async () => {
  const files = memory({ 'a.yaml': 'a', 'b.yaml': 'b', c: { 'd.yaml': '' } });
  const broken: FileSystem = {
    ...files,
    readFile: (uri) => (uri.endsWith('a.yaml') ? Promise.reject(new Error('no')) : files.readFile(uri)),
    readDirectory: (uri) => (uri.endsWith('/c') ? Promise.reject(new Error('locked')) : files.readDirectory(uri)),
  };
  const [batch] = await batches(broken);
  assert.deepEqual(batch?.changes, [{ uri: 'mem:///w/b.yaml', text: 'b' }]);
  assert.deepEqual(batch?.failures, [
    { uri: 'mem:///w/c', message: 'locked' },
    { uri: 'mem:///w/a.yaml', message: 'no' },
  ]);
});

test('a single file is judged as the search would', async () => {
  const files = memory({ '.gitignore': 'x/', x: { 'a.yaml': '' }, y: { 'a.yaml': '', 'b.txt': '' } });
  const judged = ['x/a.yaml', 'y/a.yaml', 'y/b.txt', 'y/gone.yaml'].map((path) =>
    isFound(files, `mem:///w/${path}`, { roots }),
  );
  assert.deepEqual(await Promise.all(judged), [false, true, false, false]);
});
