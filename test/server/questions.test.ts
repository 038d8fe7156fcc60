import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type CodeAction,
  CodeActionRequest,
  type Diagnostic,
  type InlayHint,
  type InlayHintLabelPart,
  InlayHintRequest,
  type MarkupContent,
} from 'vscode-languageserver/node';
import { shop } from '../questions/asked/world.ts';
import { behind, Client, Disk, root, uriOf } from './client.ts';

const questions = `# podwire: can front reach svc/api:80
# podwire: expect front -> svc/db:5432 denied

# podwire: resolve db from front
`;

async function hints(client: Client, name: string, lines: readonly [number, number] = [0, 1000]): Promise<InlayHint[]> {
  const range = { start: { line: lines[0], character: 0 }, end: { line: lines[1], character: 0 } };
  const found = await client.connection.sendRequest(InlayHintRequest.type, {
    textDocument: { uri: uriOf(name) },
    range,
  });
  return found ?? [];
}

function parts({ label }: InlayHint): readonly InlayHintLabelPart[] {
  assert.ok(typeof label !== 'string');
  return label;
}

/** `0:37 ✓ allowed` */
async function shown(client: Client, name: string, lines?: readonly [number, number]): Promise<readonly string[]> {
  const found = await hints(client, name, lines);
  return found.map((hint) => {
    const text = parts(hint)
      .map(({ value }) => value)
      .join('');
    return `${hint.position.line}:${hint.position.character} ${text}`;
  });
}

test('the answer stands behind its comment, in a file of comments alone too', async () => {
  const client = await Client.start(new Disk({ 'shop.yaml': shop, 'questions.yaml': questions }));
  const [can, expectation, resolution = '', ...others] = await shown(client, 'questions.yaml');
  assert.equal(can, '0:37 ✓ allowed');
  assert.equal(expectation, '1:45 ✓ denied: default-deny');
  assert.match(resolution, /^3:32 → 10\.[\d.]+ · try 1 of 4$/);
  assert.deepEqual(others, []);
  assert.deepEqual(await shown(client, 'questions.yaml', [1, 2]), [expectation]);
  assert.deepEqual(await shown(client, 'shop.yaml'), []);
  await client.stop();
});

test('a hint leads to the rule that decides, and its tooltip is what the hover over the comment tells', async () => {
  const client = await Client.start(new Disk({ 'shop.yaml': shop, 'questions.yaml': questions }));
  const [, denied] = await hints(client, 'questions.yaml');
  assert.ok(denied);
  assert.equal(denied.paddingLeft, true);
  const place = behind(shop, 'metadata: {name: ');
  const links = parts(denied).flatMap(({ value, location }) => (location ? [`${value} ${location.uri}`] : []));
  assert.deepEqual(links, [`default-deny ${uriOf('shop.yaml')}`]);
  assert.equal(parts(denied).find(({ location }) => location)?.location?.range.start.character, place.character);
  const told = (denied.tooltip as MarkupContent).value;
  assert.match(told, /^\*\*The expectation holds\.\*\*/);
  assert.match(told, /\[`default-deny`\]\(file:/);
  assert.equal(await client.hoverText('questions.yaml', behind(questions, 'expect fr')), told);
  assert.equal(await client.hoverText('questions.yaml', { line: 2, character: 0 }), '');
  await client.stop();
});

test('hints follow the text while it is typed, here and in other files', async () => {
  const client = await Client.start(new Disk({ 'shop.yaml': shop }));
  await client.open('questions.yaml', '# podwire: can front reach svc/api:8');
  await client.settle();
  assert.deepEqual(await shown(client, 'questions.yaml'), ['0:36 ✗ not reachable: no such port']);
  const end = { line: 0, character: 36 };
  await client.change('questions.yaml', { range: { start: end, end }, text: '0' });
  assert.deepEqual(await shown(client, 'questions.yaml'), ['0:37 ✓ allowed']);
  await client.settle();
  const before = client.hintRefreshes;
  await client.open('shop.yaml', shop.replace('ingress: [{ports: [{port: 8080}]}]', 'ingress: []'));
  await client.settle();
  assert.ok(client.hintRefreshes > before);
  assert.deepEqual(await shown(client, 'questions.yaml'), ['0:37 ✗ denied: web-only']);
  await client.stop();
});

function ruleAndRange({ code, range }: Diagnostic): string {
  return `${code} ${range.start.line}:${range.start.character}-${range.end.character}`;
}

test('an expectation that does not hold is an error with what decides it, and goes when it holds', async () => {
  const text = '# podwire: expect front -> svc/db:5432 allowed\n';
  const client = await Client.start(new Disk({ 'shop.yaml': shop, 'questions.yaml': text }));
  const [failed, ...others] = client.diagnostics.get(uriOf('questions.yaml')) ?? [];
  assert.ok(failed);
  assert.deepEqual(others, []);
  assert.equal(ruleAndRange(failed), 'expectation-failed 0:0-46');
  assert.equal(failed.severity, 1);
  assert.deepEqual(
    failed.relatedInformation?.map(({ message, location }) => `${message} ${location.uri.slice(root.length + 1)}`),
    [
      'Ingress: default-deny isolates db and has no rule. shop.yaml',
      'shop/deploy/front shop.yaml',
      'shop/svc/db shop.yaml',
    ],
  );
  await client.open('questions.yaml', text);
  await client.change('questions.yaml', { text: text.replace('allowed', 'denied') });
  await client.settle();
  assert.deepEqual(client.messages('questions.yaml'), []);
  await client.change('questions.yaml', { text });
  await client.settle();
  assert.equal(client.messages('questions.yaml').length, 1);
  await client.open(
    'shop.yaml',
    shop.replace('name: default-deny, namespace: shop', 'name: default-deny, namespace: x'),
  );
  await client.settle();
  assert.deepEqual(client.messages('questions.yaml'), []);
  await client.stop();
});

test('what cannot be read is told, and has neither hint nor hover', async () => {
  const text = '# podwire: expect fornt -> svc/db denied\n# podwire-ignore: path-bloked\n';
  const client = await Client.start(new Disk({ 'shop.yaml': shop, 'questions.yaml': text }));
  const found = client.diagnostics.get(uriOf('questions.yaml')) ?? [];
  assert.deepEqual(found.map(ruleAndRange), ['question-unreadable 0:18-23', 'unknown-rule 1:18-29']);
  assert.deepEqual(
    found.map(({ severity }) => severity),
    [1, 2],
  );
  assert.deepEqual(await shown(client, 'questions.yaml'), []);
  assert.equal(await client.hoverText('questions.yaml', behind(text, 'expect')), '');
  await client.stop();
});

test('each question is asked of the set that its file belongs to', async () => {
  const question = '# podwire: expect front -> svc/db:5432 denied\n';
  const open = shop.replace('name: default-deny, namespace: shop', 'name: default-deny, namespace: x');
  const client = await Client.start(
    new Disk({
      'a/podwire.yaml': 'cni: calico\n',
      'a/shop.yaml': `${question}${shop}`,
      'b/podwire.yaml': 'cni: calico\n',
      'b/shop.yaml': `${question}${open}`,
      'c/podwire.yaml': 'rules: {expectation-failed: off}\n',
      'c/shop.yaml': `${question}${open}`,
      'd/questions.yaml': question,
    }),
  );
  const codes = (name: string) =>
    (client.diagnostics.get(uriOf(name)) ?? [])
      .map(({ code }) => code)
      .filter((code) => /expect|question/.test(`${code}`));
  assert.deepEqual(codes('a/shop.yaml'), []);
  assert.deepEqual(codes('b/shop.yaml'), ['expectation-failed']);
  assert.deepEqual(codes('c/shop.yaml'), []);
  assert.deepEqual(codes('d/questions.yaml'), ['question-unreadable']);
  assert.deepEqual(await shown(client, 'b/shop.yaml'), ['0:45 ✗ allowed']);
  await client.stop();
});

test('a quick fix writes the name that was meant, and the finding goes', async () => {
  const text = '# podwire: expect front -> api:80 allowed\n';
  const client = await Client.start(new Disk({ 'shop.yaml': shop, 'questions.yaml': text }));
  await client.open('questions.yaml', text);
  await client.settle();
  const [found] = client.diagnostics.get(uriOf('questions.yaml')) ?? [];
  assert.ok(found);
  const actions = (await client.connection.sendRequest(CodeActionRequest.type, {
    textDocument: { uri: uriOf('questions.yaml') },
    range: found.range,
    context: { diagnostics: [found] },
  })) as readonly CodeAction[];
  assert.deepEqual(
    actions.map(({ title }) => title),
    ['Change to `shop/deploy/api:80`', 'Change to `shop/svc/api:80`'],
  );
  const [edit] = actions[1]?.edit?.changes?.[uriOf('questions.yaml')] ?? [];
  assert.ok(edit);
  await client.change('questions.yaml', { range: edit.range, text: edit.newText });
  await client.settle();
  assert.deepEqual(client.messages('questions.yaml'), []);
  assert.deepEqual(await shown(client, 'questions.yaml'), ['0:50 ✓ allowed']);
  await client.stop();
});
