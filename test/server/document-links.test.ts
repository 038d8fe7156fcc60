import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DocumentLink, DocumentLinkRequest } from 'vscode-languageserver/node';
import { api } from './api.ts';
import { Client, Disk, uriOf } from './client.ts';

const map = `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  urls: |
    first: http://api:80/one
    second: http://nobody:80
    third: https://example.com
`;

function reader(name: string): string {
  return `apiVersion: v1
kind: Pod
metadata:
  name: ${name}
spec:
  containers:
  - name: main
    image: api
    envFrom:
    - configMapRef:
        name: settings
    env:
    - name: API_URL
      value: "http://api:80"
`;
}

/** `line: from-to → target, tooltip`, counted from 1. */
async function links(client: Client, name: string): Promise<readonly string[]> {
  const found = await client.connection.sendRequest(DocumentLinkRequest.type, { textDocument: { uri: uriOf(name) } });
  return (found ?? []).map(({ range: { start, end }, target, tooltip }: DocumentLink) => {
    return `${start.line + 1}: ${start.character + 1}-${end.character + 1} → ${target}, ${tooltip}`;
  });
}

test('a name that leads to a Service is a link to where that is written, once for all who read the text', async () => {
  const files = { 'map.yaml': map, 'a.yaml': reader('a'), 'b.yaml': reader('b'), 'api.yaml': api };
  const client = await Client.start(new Disk(files));
  const target = `${uriOf('api.yaml')}#L4,9, default/svc/api`;
  assert.deepEqual(await links(client, 'a.yaml'), [`14: 22-28 → ${target}`]);
  assert.deepEqual(await links(client, 'map.yaml'), [`7: 19-25 → ${target}`]);
  assert.deepEqual(await links(client, 'api.yaml'), []);
  await client.stop();
});
