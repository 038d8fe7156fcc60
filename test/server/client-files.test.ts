import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import {
  createConnection,
  createProtocolConnection,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  type MarkupContent,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { readDirectoryRequest, readFileRequest, statRequest } from '../../src/server/protocol.ts';
import { startServer } from '../../src/server/server.ts';

const text = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: api\nspec:\n  ports: [{port: 80}]\n';

test('where the client’s file system is the one that counts, the server reads through it', async () => {
  const [up, down] = [new PassThrough(), new PassThrough()];
  const running = startServer(createConnection(new StreamMessageReader(up), new StreamMessageWriter(down)), {});
  const client = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
  const root = 'vscode-vfs://github/owner/repository';
  client.onRequest(readDirectoryRequest, ({ uri }) =>
    uri === root
      ? [
          { name: 'ä b.yaml', kind: 'file', link: false },
          { name: 'loop', kind: 'folder', link: true },
        ]
      : null,
  );
  client.onRequest(readFileRequest, () => Buffer.from(text).toString('base64'));
  client.onRequest(statRequest, () => ({ kind: 'file', size: text.length, mtime: 0 }));
  client.listen();
  await client.sendRequest(InitializeRequest.type, {
    processId: null,
    rootUri: null,
    workspaceFolders: [{ uri: root, name: 'repository' }],
    capabilities: { textDocument: { hover: { contentFormat: ['markdown'] } } },
    initializationOptions: { podwire: {} },
  });
  await client.sendNotification(InitializedNotification.type, {});
  const params = { textDocument: { uri: `${root}/%C3%A4%20b.yaml` }, position: { line: 3, character: 9 } };
  await client.sendRequest(HoverRequest.type, params);
  await running.idle();
  const hover = await client.sendRequest(HoverRequest.type, params);
  assert.ok(hover);
  const { value } = hover.contents as MarkupContent;
  assert.match(value, /\*\*api\*\*/);
  assert.match(value, /\(command:podwire\.showTopology\?/);
  await client.sendRequest('shutdown');
  client.dispose();
});
