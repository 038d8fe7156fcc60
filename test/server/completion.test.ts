import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type CompletionItem,
  type CompletionList,
  CompletionRequest,
  CompletionResolveRequest,
  CompletionTriggerKind,
  type MarkupContent,
} from 'vscode-languageserver/node';
import { api } from './api.ts';
import { behind, Client, Disk, uriOf } from './client.ts';

const head = `apiVersion: v1
kind: Pod
metadata:
  name: front
  labels:
    app: front
spec:
  containers:
  - name: main
    env:
    - name: API_URL
      value: `;

const policy = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: guard
spec:
  podSelector:
    matchLabels:
      app: api
`;

async function ask(client: Client, name: string, text: string, trigger?: string): Promise<CompletionList | null> {
  const context = trigger
    ? { triggerKind: CompletionTriggerKind.TriggerCharacter, triggerCharacter: trigger }
    : { triggerKind: CompletionTriggerKind.Invoked };
  const params = { textDocument: { uri: uriOf(name) }, position: behind(text, text.trimEnd()), context };
  const position = text.endsWith(' ') ? behind(text, text) : params.position;
  return (await client.connection.sendRequest(CompletionRequest.type, {
    ...params,
    position,
  })) as CompletionList | null;
}

function item(list: CompletionList | null, label: string): CompletionItem {
  const found = list?.items.find((each) => each.label === label);
  assert.ok(found, `${label} is not among ${list?.items.map((each) => each.label).join(', ')}`);
  return found;
}

test('names are offered while the text is half written, and tell whether policy lets the pod through', async () => {
  const client = await Client.start(new Disk({ 'front.yaml': `${head}""\n`, 'api.yaml': api, 'policy.yaml': policy }));
  const texts = [head, `${head}htt`, `${head}"http://a`, `${head}http://a`];
  await client.open('front.yaml', texts[0] ?? '');
  for (const text of texts) {
    await client.change('front.yaml', { text });
    const list = await ask(client, 'front.yaml', text);
    assert.equal(list?.isIncomplete, false);
    const { textEdit, detail } = item(list, 'api');
    assert.ok(textEdit && 'range' in textEdit);
    assert.deepEqual(textEdit.range.end, behind(text, text));
    assert.equal(textEdit.newText, 'api');
    assert.match(detail ?? '', /ClusterIP 10\.\d+\.\d+\.\d+ · 80\/TCP/);
    item(list, 'kube-dns.kube-system');
  }
  const offered = item(await ask(client, 'front.yaml', texts[3] ?? ''), 'api');
  const { documentation } = await client.connection.sendRequest(CompletionResolveRequest.type, offered);
  const { value } = documentation as MarkupContent;
  assert.match(value, /api\.default\.svc\.cluster\.local/);
  assert.match(value, /Denied[\s\S]*guard/);
  await client.stop();
});

test('behind a name and a colon come its ports, with their protocol', async () => {
  const text = `${head}http://api:`;
  const client = await Client.start(new Disk({ 'front.yaml': text, 'api.yaml': api }));
  const list = await ask(client, 'front.yaml', text, ':');
  assert.deepEqual(
    list?.items.map(({ label, detail }) => [label, detail]),
    [['80', 'TCP']],
  );
  await client.stop();
});

test('a blank alone brings names up only where an address is told to stand', async () => {
  const other = head.replace('API_URL', 'LOG_LEVEL');
  const client = await Client.start(new Disk({ 'front.yaml': head, 'other.yaml': other, 'api.yaml': api }));
  item(await ask(client, 'front.yaml', head, ' '), 'api');
  assert.equal(await ask(client, 'other.yaml', other, ' '), null);
  item(await ask(client, 'other.yaml', other), 'api');
  assert.equal(await ask(client, 'api.yaml', 'apiVersion: '), null);
  await client.stop();
});

test('a question in a comment is completed word by word', async () => {
  const text = '# podwire: can pod/front reach svc/';
  const client = await Client.start(new Disk({ 'asked.yaml': text, 'front.yaml': `${head}""\n`, 'api.yaml': api }));
  assert.ok((await ask(client, 'asked.yaml', '# podwire: '))?.items.some(({ label }) => label === 'can'));
  item(await ask(client, 'asked.yaml', text), 'default/svc/api');
  await client.stop();
});
