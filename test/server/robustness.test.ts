import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CancellationTokenSource, HoverRequest } from 'vscode-languageserver/node';
import { topologyRequest } from '../../src/server/protocol.ts';
import { behind, Client, Disk, uriOf } from './client.ts';

const good = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: api\nspec:\n  ports: [{port: 80}]\n';
const where = behind(good, 'name: a');

const wide = (keys: number) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: wide}\ndata:\n${Array.from({ length: keys }, (_, index) => `  k${index}: v\n`).join('')}`;

const bombs = Array.from(
  { length: 9 },
  (_, level) =>
    `  ${'abcdefghij'[level + 1]}: &${'abcdefghij'[level + 1]} [${Array(9).fill(`*${'abcdefghij'[level]}`).join(',')}]`,
);

/** Texts that are no good in every way that there is. */
const bad: Readonly<Record<string, string | Uint8Array>> = {
  'empty.yaml': '',
  'only-separators.yaml': '---\n---\n---\n',
  'syntax.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: [}\n',
  'tabs.yaml': 'apiVersion: v1\nkind: Pod\nmetadata:\n\tname: x\n',
  'binary.yaml': new Uint8Array([0, 1, 2, 255, 254, 0]),
  'utf16.yaml': new Uint8Array([255, 254, 97, 0]),
  'proto.yaml':
    'apiVersion: v1\nkind: Pod\nmetadata: {name: p, labels: {__proto__: x, constructor: y}}\nspec: {containers: [{name: c}]}\n',
  'types.yaml': 'apiVersion: v1\nkind: Service\nmetadata: 7\nspec: [1, 2]\n',
  'more-types.yaml':
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec: {replicas: -5, selector: x, template: {spec: {containers: [null, 3, {ports: {a: b}}]}}}\n',
  'policy.yaml':
    'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: n}\nspec: {podSelector: {}, ingress: [{from: [{ipBlock: {cidr: nonsense}}, {}], ports: [{port: -1}, {port: 70000, endPort: 3}]}]}\n',
  'deep.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: d}\ndata: ${'['.repeat(10_000)}${']'.repeat(10_000)}\n`,
  'wide.yaml': wide(40_000),
  'bomb.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: bomb}\ndata:\n  a: &a [x,x,x,x,x,x,x,x,x]\n${bombs.join('\n')}\n`,
  'crlf.yaml': good.replaceAll('\n', '\r\n').replace('name: api', 'name: crlf'),
  'bom.yaml': `\uFEFF${good.replace('name: api', 'name: bom')}`,
  'nameless.yaml': 'apiVersion: v1\nkind: Service\nspec: {ports: [{port: 80}]}\n',
  'twice.yaml': `${good.replace('name: api', 'name: twice')}---\n${good.replace('name: api', 'name: twice')}`,
  'list.json':
    '{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"Pod","metadata":{"name":"x"}},7,null]}',
  'broken.json': '{"apiVersion":"v1","kind":',
  'helm/Chart.yaml': 'name: x\n',
  'helm/templates/a.yaml': 'apiVersion: v1\nkind: {{ .Values.kind }}\n',
  'podwire.yaml': 'cni: [\n',
  'sub/podwire.yaml': '- a\n- b\n',
};

test('whatever the files hold, everything else is answered', async () => {
  const client = await Client.start(new Disk({ ...bad, 'good.yaml': good }));
  assert.match(await client.hoverText('good.yaml', where), /\*\*api\*\*/);
  assert.match(await client.hoverText('crlf.yaml', { line: 3, character: 9 }), /\*\*crlf\*\*/);
  assert.ok(await client.connection.sendRequest(topologyRequest, {}));
  assert.deepEqual(client.log, []);
  await client.stop();
});

for (const [name, content] of Object.entries(bad)) {
  if (typeof content !== 'string' || name.endsWith('Chart.yaml')) continue;
  test(`${name} may be typed letter by letter, and every position hovered`, async () => {
    const client = await Client.start(new Disk({ 'good.yaml': good }));
    const text = content.slice(0, 300);
    await client.open(name, '');
    for (let length = 1; length <= text.length; length += 13)
      await client.change(name, { text: text.slice(0, length) });
    const lines = text.split('\n');
    for (const [line, content_] of lines.entries()) {
      for (const character of [0, content_.length, 10_000]) await client.hover(name, { line, character });
    }
    await client.hover(name, { line: 10_000, character: 3 });
    await client.settle();
    assert.match(await client.hoverText('good.yaml', where), /\*\*api\*\*/);
    assert.deepEqual(client.log, []);
    await client.stop();
  });
}

test('files over the limit are told, not read', async () => {
  const large = `${good}# ${'x'.repeat(2000)}\n`;
  const client = await Client.start(new Disk({ 'a.yaml': large }), { podwire: { maxFileSize: 1000 } });
  assert.match(client.messages('a.yaml').join(), /^file-too-large: /);
  await client.stop();
});

test('a podwire.yaml at the root may say what is too large', async () => {
  const large = `${good}# ${'x'.repeat(2000)}\n`;
  const client = await Client.start(new Disk({ 'a.yaml': large, 'podwire.yaml': 'maxFileSize: 1000\n' }));
  await client.settle();
  assert.match(client.messages('a.yaml').join(), /^file-too-large: /);
  await client.stop();
});

test('while much is read, a hover elsewhere is answered', async () => {
  const many = Object.fromEntries(
    Array.from({ length: 400 }, (_, index) => [`m/${index}.yaml`, wide(400).replace('wide', `w${index}`)]),
  );
  const client = Client.connect(new Disk(many));
  await client.initialize({ podwire: {} });
  await client.open('good.yaml', good);
  let isRead = false;
  const reading = client.settle().then(() => {
    isRead = true;
  });
  assert.match(await client.hoverText('good.yaml', where), /\*\*api\*\*/);
  assert.ok(!isRead, 'the hover waited until everything was read');
  await reading;
  await client.stop();
});

test('a large text that is opened does not hold up the others', async () => {
  const client = await Client.start(new Disk({ 'good.yaml': good }));
  const large = Array.from({ length: 3000 }, (_, index) => good.replace('name: api', `name: s${index}`)).join('---\n');
  await client.open('large.yaml', large);
  const answered: string[] = [];
  const ask = async (name: string, expected: RegExp) => {
    assert.match(await client.hoverText(name, where), expected);
    answered.push(name);
  };
  await Promise.all([ask('large.yaml', /\*\*s0\*\*/), ask('good.yaml', /\*\*api\*\*/)]);
  assert.deepEqual(answered, ['good.yaml', 'large.yaml']);
  await client.stop();
});

test('a request that is cancelled is not answered', async () => {
  const client = await Client.start(new Disk({ 'good.yaml': good }));
  const source = new CancellationTokenSource();
  const params = { textDocument: { uri: uriOf('good.yaml') }, position: where };
  const answer = client.connection.sendRequest(HoverRequest.type, params, source.token);
  source.cancel();
  await assert.rejects(answer, /cancel/i);
  await client.stop();
});

test('a file that cannot be read is logged, and the others are read', async () => {
  const disk = new Disk({ 'good.yaml': good, 'secret.yaml': good });
  const { readFile } = disk.system;
  Object.defineProperty(disk, 'system', {
    get: () => ({
      ...Object.getOwnPropertyDescriptor(Disk.prototype, 'system')?.get?.call(disk),
      readFile: async (uri: string) => {
        if (uri === uriOf('secret.yaml')) throw new Error('EACCES');
        return readFile(uri);
      },
    }),
  });
  const client = await Client.start(disk);
  assert.match(client.log.join(), /secret\.yaml could not be read: EACCES/);
  assert.match(await client.hoverText('good.yaml', where), /\*\*api\*\*/);
  await client.stop();
});

test('documents that are unsaved, outside of every folder, or named oddly are answered', async () => {
  const client = await Client.start(new Disk());
  for (const uri of ['untitled:Untitled-1', 'file:///else/where.yaml', 'nonsense', 'file:///work/a%20b%23.yaml']) {
    const textDocument = { uri, languageId: 'yaml', version: 1, text: good };
    await client.connection.sendNotification('textDocument/didOpen', { textDocument });
    const hover = await client.connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position: where });
    assert.ok(hover, uri);
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }
  await client.settle();
  assert.equal(client.diagnostics.size, 0);
  await client.stop();
});
