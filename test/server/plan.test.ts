import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { planRequest, type Wish } from '../../src/server/protocol.ts';
import { apiService, listening, pod } from './api.ts';
import { uriOf } from './client.ts';
import { changedLines, impossible, Planning, plain, possible, texts } from './planned.ts';

const shop = [
  apiService,
  pod('api', listening),
  pod('front').replace('\nspec', " # the shop's face\nspec"),
  pod('twin').replace('app: twin', 'app: front'),
  pod('batch', '{ name: main, ports: [{ containerPort: 9090 }] }'),
  `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: to-api }
spec:
  podSelector: { matchLabels: { app: api } }
  ingress:
    - from:
        - podSelector: { matchLabels: { app: front } }
      ports: [{ port: 8080 }]
`,
].join('---\n');
const api = 'Pod/default/api';
const front = 'Pod/default/front';
const batch = 'Pod/default/batch';
const lineOf = (text: string) => shop.split('\n').findIndex((line) => line.includes(text));
/** The first line of the object whose metadata has a text. */
const beginOf = (metadata: string) => lineOf(metadata) - 2;

describe('a plan', () => {
  let here: Planning;
  before(async () => {
    here = await Planning.start({ 'shop.yaml': shop });
  });
  after(() => here.stop());

  it('to allow says what it writes, and what that opens', async () => {
    const result = await here.plan({ type: 'allow', source: batch, target: 'Service/default/api', port: '80/TCP' });
    const plan = possible(result);
    assert.equal(plan.title, 'Allow default/pod/batch → default/svc/api on 8080/TCP');
    assert.deepEqual(changedLines(plan), [
      '+        - podSelector:',
      '+            matchLabels:',
      '+              app: batch',
    ]);
    const [file] = plan.files;
    assert.deepEqual([file?.name, file?.isNew, file?.hunks.length], ['shop.yaml', false, 1]);
    const [path] = plan.effect.opens.paths;
    assert.deepEqual(path, { text: 'default/pod/batch → default/pod/api on 8080/TCP', source: batch, target: api });
    assert.deepEqual([plan.effect.opens.count, plan.effect.closes], [1, { count: 0, paths: [] }]);
    assert.equal(plan.effect.summary, 'opens 1 path, closes 0');
    assert.deepEqual([plan.steps, plan.isolates], [[], []]);
  });

  it('to allow what is open, or what no name means, is none, and says why', async () => {
    const wish = { type: 'allow', source: front, target: api, port: '8080/TCP' } as const;
    assert.equal(impossible(await here.plan(wish)).reason, 'All of this is open');
    const cannot = async (more: Partial<typeof wish> | object) =>
      impossible(await here.plan({ ...wish, ...more } as Wish)).reason;
    assert.equal(await cannot({ source: 'Pod/default/nobody' }), 'default/nobody is written in no file');
    assert.equal(await cannot({ target: 'Service/default/nobody' }), 'default/nobody is written in no file');
    assert.equal(await cannot({ source: 'Service/default/api' }), 'default/svc/api is a Service: it cannot send');
    assert.equal(await cannot({ port: 'http' }), '“http” is no port');
    assert.equal(await cannot({ port: '70000/TCP' }), '“70000/TCP” is no port');
    assert.equal(await cannot({ target: 'Namespace//default' }), 'default is written in no file');
  });

  it('to deny what one rule admits narrows it; where labels are shared it leads to who has them', async () => {
    const wish = { type: 'deny', source: front, target: api, port: null, keep: 'reaching-now' } as const;
    const { reason, lines } = impossible(await here.plan(wish));
    assert.match(reason, /pod\/front/);
    assert.ok(lines.includes(beginOf('name: twin')), String(lines));
  });

  it('to deny who is not isolated offers a choice of what stays open', async () => {
    const wish = { type: 'deny', source: front, target: batch, port: null } as const;
    const kept = await Promise.all(
      (['reaching-now', 'intended'] as const).map(async (keep) => here.plan({ ...wish, source: api, keep })),
    );
    const [now, meant] = kept.map(possible);
    assert.deepEqual([now?.isolates, meant?.isolates], [['default/pod/batch'], ['default/pod/batch']]);
    assert.equal(now?.effect.closes.count, 1);
    assert.ok((meant?.effect.closes.count ?? 0) > 1);
    assert.ok(meant?.effect.closes.paths.some(({ source }) => source === 'internet'));
    assert.match(now?.notes.map(plain).join() ?? '', /pod\/batch is isolated from now on/);
  });

  it('to isolate, and not to any more, writes a policy and takes it away', async () => {
    const wish = { type: 'isolate', id: batch, directions: ['ingress'] } as const;
    const result = await here.plan(wish);
    assert.match(changedLines(possible(result)).join('\n'), /name: batch-default-deny-ingress/);
    assert.deepEqual(texts(possible(result).effect.starts), ['default/batch-default-deny-ingress → default/pod/batch']);
    const back = possible(await here.plan({ ...wish, type: 'unisolate' }, [wish]));
    assert.match(changedLines(back).join('\n'), /- {2}name: batch-default-deny-ingress/);
    const again = impossible(await here.plan({ type: 'unisolate', id: api, directions: ['ingress'] }));
    assert.deepEqual(again.lines, [beginOf('name: to-api')]);
    const namespace = await here.plan({ type: 'isolate', id: 'Namespace//default', directions: ['egress', 'ingress'] });
    assert.equal(possible(namespace).title, 'Isolate default: Egress, Ingress');
    const unknown = await here.plan({ type: 'isolate', id: 'Service/default/api', directions: ['ingress'] });
    assert.equal(impossible(unknown).reason, 'default/api is written in no file');
  });

  it('to add a Service writes it where a port is declared', async () => {
    const plan = possible(await here.plan({ type: 'addService', id: batch }));
    assert.match(changedLines(plan).join('\n'), /\+kind: Service\n\+metadata:\n\+ {2}name: batch/);
    assert.deepEqual(texts(plan.effect.starts), ['default/svc/batch → default/pod/batch']);
    const { reason, lines } = impossible(await here.plan({ type: 'addService', id: front }));
    assert.match(reason, /declares a port/);
    assert.deepEqual(lines, [lineOf("the shop's face") + 1]);
  });

  it('of labels and selectors says what is selected from then on', async () => {
    const label = possible(await here.plan({ type: 'label', id: batch, key: 'app', value: 'api' }));
    assert.deepEqual(texts(label.effect.starts), [
      'default/svc/api → default/pod/batch',
      'default/to-api → default/pod/batch',
    ]);
    const selector = possible(
      await here.plan({ type: 'selector', id: 'Service/default/api', key: 'app', value: 'batch' }),
    );
    assert.deepEqual(texts(selector.effect.starts), ['default/svc/api → default/pod/batch']);
    assert.deepEqual(texts(selector.effect.stops), ['default/svc/api → default/pod/api']);
    const wrong = await here.plan({ type: 'label', id: batch, key: 'a b', value: 'x' });
    assert.equal(impossible(wrong).reason, '`a b` is no key of a label');
    const none = await here.plan({ type: 'selector', id: batch, key: 'a', value: 'x' });
    assert.equal(impossible(none).reason, 'batch has no selector');
    const { edits } = await here.plan({ type: 'label', id: front, key: 'app', value: null });
    assert.equal(edits.length, 1);
  });

  it('is none of a set that is gone', async () => {
    const { connection } = here.client;
    assert.equal(await connection.sendRequest(planRequest, { set: 'file:///elsewhere', supposed: [] }), null);
  });
});

it('what is written keeps line ends, comments and indentation, and undoes nothing beside it', async () => {
  const text = shop.replaceAll('\n', '\r\n');
  const here = await Planning.start({ 'a/shop.yaml': text });
  const wishes: Wish[] = [
    { type: 'allow', source: batch, target: 'Service/default/api', port: null },
    { type: 'label', id: front, key: 'tier', value: 'web' },
    { type: 'isolate', id: batch, directions: ['egress'] },
  ];
  const result = await here.plan(undefined, wishes);
  const expected = changedLines(possible(result));
  await here.write(result);
  const now = here.text('a/shop.yaml');
  assert.equal(now.replaceAll('\r\n', '').includes('\n'), false, 'every line ends as before');
  assert.match(now, /\{ name: front, labels: \{ app: front, tier: web \} \} # the shop's face\r\n/);
  const [old, lines] = [text.split('\r\n'), now.split('\r\n')];
  const added = lines.filter((line) => !old.includes(line));
  assert.deepEqual(
    added.filter((line) => !expected.includes(`+${line}`)),
    [],
  );
  assert.equal(possible(result).files[0]?.name, 'a/shop.yaml');
  await here.stop();
});

it('a repair of what is written says which, and code in it stands out', async () => {
  const text = shop.replace('{ app: front } }\n      ports', '{ app: batches } }\n      ports');
  const here = await Planning.start({ 'shop.yaml': text });
  const plan = possible(await here.plan({ type: 'allow', source: batch, target: api, port: '8080/TCP' }));
  assert.deepEqual(changedLines(plan), [
    '-        - podSelector: { matchLabels: { app: batches } }',
    '+        - podSelector: { matchLabels: { app: batch } }',
  ]);
  assert.deepEqual(plan.notes, [
    [
      { type: 'text', text: 'Ask for ' },
      { type: 'code', text: 'app=batch' },
      { type: 'text', text: ' in to-api' },
    ],
  ]);
  await here.stop();
});

it('a policy that has no place behind another document comes in a file of its own', async () => {
  const list = JSON.stringify({
    apiVersion: 'v1',
    kind: 'List',
    items: [
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'a', labels: { app: 'a' } },
        spec: { containers: [{ name: 'c' }] },
      },
    ],
  });
  const here = await Planning.start({ 'all.json': list });
  const result = await here.plan({ type: 'isolate', id: 'Pod/default/a', directions: ['ingress'] });
  const [file] = possible(result).files;
  assert.deepEqual([file?.name, file?.isNew], ['a-default-deny-ingress.yaml', true]);
  assert.deepEqual(
    file?.hunks.map(({ before: from, after: to }) => [from, to]),
    [[1, 1]],
  );
  assert.deepEqual(result.edits, []);
  assert.deepEqual(
    result.files.map(({ uri }) => uri),
    [uriOf('a-default-deny-ingress.yaml')],
  );
  assert.equal(file?.hunks[0]?.lines.map(({ text }) => `${text}\n`).join(''), result.files[0]?.text);
  await here.stop();
});

it('of what concerns hundreds the first are told, and how many there are', async () => {
  const pods = Array.from(
    { length: 230 },
    (_, at) => `kind: Pod\napiVersion: v1\nmetadata: { name: p${at}, labels: { app: one } }\n`,
  );
  const policy =
    'kind: NetworkPolicy\napiVersion: networking.k8s.io/v1\nmetadata: { name: some }\nspec: { podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }] }\n';
  const here = await Planning.start({ 'pods.yaml': pods.join('---\n'), 'policy.yaml': policy });
  const { starts, closes } = possible(
    await here.plan({ type: 'isolate', id: 'Namespace//default', directions: ['egress'] }),
  ).effect;
  assert.deepEqual([starts.count, starts.paths.length, closes.paths.length], [230, 200, 200]);
  const way = { source: 'Pod/default/p0', target: 'Pod/default/p1', port: null, keep: 'reaching-now' } as const;
  const { plan } = await here.plan({ type: 'deny', ...way });
  const related = plan.outcome === 'impossible' ? plan.related.map(plain) : [];
  assert.deepEqual([related.length, related.at(-1)], [51, 'and 179 more']);
  await here.stop();
});
