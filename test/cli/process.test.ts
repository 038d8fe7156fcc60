import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { deployment, folder } from './folder.ts';
import { type Outcome, repository, shop } from './podwire.ts';

const main = path.join(repository, 'src', 'cli', 'main.ts');

interface Behaviour {
  readonly stdin?: string;
  /** The reader of its output goes away after the first chunk. */
  readonly leaves?: boolean;
  /** Standard input stays open, as a client's does. */
  readonly stays?: boolean;
}

/** Runs the command line as a process of its own. */
async function processOf(cwd: string, argv: readonly string[], behaviour: Behaviour = {}): Promise<Outcome> {
  const { stdin = '', leaves, stays } = behaviour;
  const child = spawn(process.execPath, [main, ...argv], { cwd });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (data) => {
    output.stdout += data;
    if (leaves) child.stdout.destroy();
  });
  child.stderr.on('data', (data) => {
    output.stderr += data;
  });
  child.stdin.write(stdin);
  if (!stays) child.stdin.end();
  const status = await new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? -1)));
  return { status, ...output };
}

test('exits with the status of the command, data on stdout', async () => {
  const { status, stdout, stderr } = await processOf(shop, ['check', '.']);
  assert.deepEqual([status, stderr], [1, '']);
  assert.match(stdout, /8 warnings, 1 information in 39 objects of 14 files\.\n$/);
});

test('reads standard input', async () => {
  const { status, stdout } = await processOf(shop, ['list', '-', '--format', 'json'], { stdin: deployment('app') });
  assert.equal(status, 0);
  assert.equal(JSON.parse(stdout)[0].src, 'default/app[Deployment]');
});

test('ends in silence when its reader goes away', async (context) => {
  const many = Array.from({ length: 60 }, (_, index) => deployment(`app-${index}`)).join('---\n');
  const root = await folder(context, { 'many.yaml': many });
  const { status, stdout, stderr } = await processOf(root, ['list', '.', '--format', 'json'], { leaves: true });
  assert.deepEqual([status, stderr], [0, '']);
  assert.ok(stdout.startsWith('[\n'));
});

test('lsp serves a client until it says exit', async () => {
  const messages = [
    { id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } },
    { method: 'initialized', params: {} },
    { id: 2, method: 'shutdown' },
    { method: 'exit' },
  ].map((message) => JSON.stringify({ jsonrpc: '2.0', ...message }));
  const stdin = messages.map((text) => `Content-Length: ${text.length}\r\n\r\n${text}`).join('');
  const { status, stdout } = await processOf(shop, ['lsp', '--stdio'], { stdin, stays: true });
  assert.equal(status, 0);
  assert.match(stdout, /^Content-Length: \d+\r\n\r\n\{"jsonrpc":"2\.0","id":1,"result":\{"capabilities":\{/);
});

test('a wrong call is one line on stderr', async () => {
  const { status, stdout, stderr } = await processOf(shop, ['lits']);
  assert.deepEqual([status, stdout], [2, '']);
  assert.equal(stderr, "podwire: unknown command 'lits'; did you mean 'list'?\n");
});
