import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  createProtocolConnection,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';

test('the server speaks over standard input and output, and ends when it is told to', { timeout: 30_000 }, async () => {
  const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
  const child = spawn(process.execPath, [main, 'lsp'], { stdio: ['pipe', 'pipe', 'pipe'] });
  const client = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  client.listen();
  const params = { processId: process.pid, rootUri: null, workspaceFolders: null, capabilities: {} };
  const { capabilities, serverInfo } = await client.sendRequest(InitializeRequest.type, params);
  assert.equal(serverInfo?.name, 'podwire');
  assert.equal(capabilities.hoverProvider, true);
  await client.sendNotification(InitializedNotification.type, {});
  await client.sendRequest(ShutdownRequest.type);
  await client.sendNotification(ExitNotification.type);
  const [status] = await once(child, 'exit');
  assert.equal(status, 0);
});
