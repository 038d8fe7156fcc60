import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Client, Disk, uriOf } from './client.ts';

/**
 * However the texts came to be what they are, the answers are those of a server that is started on them: the server is
 * driven by what an editor sends, and compared with another one that sees only the end.
 */

const pieces = [
  'apiVersion: v1\nkind: Service\nmetadata: {name: api}\nspec:\n  selector: {app: api}\n  ports: [{port: 80}]\n',
  'apiVersion: v1\nkind: Service\nmetadata:\n  name: db\nspec:\n  clusterIP: None\n  selector:\n    app: db\n  ports: [{port: 5432}]\n',
  'apiVersion: v1\nkind: Pod\nmetadata: {name: api, labels: {app: api}}\nspec: {containers: [{name: c, ports: [{containerPort: 80}]}]}\n',
  'apiVersion: v1\nkind: Pod\nmetadata: {name: web, labels: {app: web}}\nspec:\n  containers:\n  - name: c\n    env: [{name: URL, value: "http://api:80"}]\n',
  'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: deny}\nspec:\n  podSelector: {matchLabels: {app: api}}\n  policyTypes: [Ingress]\n',
  'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: cm}\ndata: {a: on}\n',
  'not: kubernetes\n',
  'kind: [unclosed\n',
];

const names = ['a.yaml', 'b.yaml', 'sub/c.yaml'];

type Step =
  | { readonly type: 'open' | 'write'; readonly name: string; readonly text: string }
  | {
      readonly type: 'edit';
      readonly name: string;
      readonly from: number;
      readonly length: number;
      readonly text: string;
    }
  | { readonly type: 'close' | 'delete' | 'save' | 'open from disk' | 'watch'; readonly name: string }
  | { readonly type: 'rename'; readonly name: string; readonly to: string }
  | { readonly type: 'config'; readonly text: string };

const name = fc.constantFrom(...names);
const text = fc.array(fc.constantFrom(...pieces), { maxLength: 4 }).map((parts) => parts.join('---\n'));
const snippet = fc.constantFrom(
  '',
  'x',
  '---\n',
  '\n',
  'app: db',
  '{',
  '"',
  'api',
  '# podwire-ignore: path-blocked\n',
  '\r\n',
);

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ type: fc.constantFrom('open' as const, 'write' as const), name, text }),
  fc.record({
    type: fc.constant('edit' as const),
    name,
    from: fc.nat(400),
    length: fc.nat(30),
    text: snippet,
  }),
  fc.record({
    type: fc.constantFrom('close', 'delete', 'save', 'open from disk', 'watch' as const),
    name,
  }) as fc.Arbitrary<Step>,
  fc.record({ type: fc.constant('rename' as const), name, to: name }),
  fc.record({
    type: fc.constant('config' as const),
    text: fc.constantFrom('cni: flannel\n', 'rules: {path-blocked: error}\n'),
  }),
);

/** An editor, a disk and the file watcher between them. */
class Editor {
  readonly open = new Map<string, string>();
  readonly client: Client;
  readonly disk: Disk;

  constructor(client: Client, disk: Disk) {
    this.client = client;
    this.disk = disk;
  }

  async do(step: Step): Promise<void> {
    switch (step.type) {
      case 'open':
        return this.#open(step.name, step.text);
      case 'open from disk':
        return this.#open(step.name, String(this.disk.files.get(uriOf(step.name)) ?? ''));
      case 'edit':
        return this.#edit(step);
      case 'close':
        return this.#close(step.name);
      case 'save':
        return this.open.has(step.name) ? this.#write(step.name, this.open.get(step.name) ?? '') : undefined;
      case 'write':
        return this.#write(step.name, step.text);
      case 'config':
        return this.#write('podwire.yaml', step.text);
      case 'delete':
        return this.#delete(step.name);
      case 'rename':
        return this.#rename(step.name, step.to);
      case 'watch':
        return this.client.watched([step.name, 'Changed']);
    }
  }

  async #open(name: string, text: string): Promise<void> {
    if (this.open.has(name)) return;
    this.open.set(name, text);
    await this.client.open(name, text);
  }

  async #edit({ name, from, length, text }: Extract<Step, { type: 'edit' }>): Promise<void> {
    const before = this.open.get(name);
    if (before === undefined) return;
    // Between \r and \n there is no position that an editor could name.
    const start = Math.min(before[from] === '\n' && before[from - 1] === '\r' ? from - 1 : from, before.length);
    const wanted = Math.min(start + length, before.length);
    const end = before[wanted] === '\n' && before[wanted - 1] === '\r' ? wanted + 1 : wanted;
    this.open.set(name, before.slice(0, start) + text + before.slice(end));
    await this.client.change(name, { range: { start: positionIn(before, start), end: positionIn(before, end) }, text });
  }

  async #close(name: string): Promise<void> {
    if (this.open.delete(name)) await this.client.close(name);
  }

  async #write(name: string, text: string): Promise<void> {
    const isNew = !this.disk.files.has(uriOf(name));
    this.disk.files.set(uriOf(name), text);
    await this.client.watched([name, isNew ? 'Created' : 'Changed']);
  }

  async #delete(name: string): Promise<void> {
    if (this.disk.files.delete(uriOf(name))) await this.client.watched([name, 'Deleted']);
  }

  async #rename(name: string, to: string): Promise<void> {
    const text = this.disk.files.get(uriOf(name));
    if (text === undefined || name === to) return;
    const opened = this.open.get(name);
    await this.#close(name);
    this.disk.files.delete(uriOf(name));
    this.disk.files.set(uriOf(to), text);
    await this.client.watched([name, 'Deleted'], [to, 'Created']);
    if (opened !== undefined) await this.#open(to, opened);
  }
}

function positionIn(text: string, offset: number) {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: lines.length - 1, character: lines[lines.length - 1]?.length ?? 0 };
}

/** All that a person can see: the diagnostics, and the hover at the beginning, the middle and the end of each line. */
async function seen(client: Client, texts: ReadonlyMap<string, string>): Promise<unknown> {
  await client.settle();
  const hovers: unknown[] = [];
  for (const [name, text] of [...texts].sort()) {
    for (const [line, content] of text.split(/\r\n|\r|\n/).entries()) {
      for (const character of [0, content.length >> 1, content.length]) {
        hovers.push([name, line, character, await client.hover(name, { line, character })]);
      }
    }
  }
  const diagnostics = [...client.diagnostics].sort(([a], [b]) => (a < b ? -1 : 1));
  return { diagnostics, hovers };
}

async function coldStart(disk: Disk, open: ReadonlyMap<string, string>): Promise<Client> {
  const client = await Client.start(disk);
  for (const [name, text] of open) await client.open(name, text);
  return client;
}

test('any sequence of edits, saves, renames and deletions ends in the answers of a cold start', async () => {
  await fc.assert(
    fc.asyncProperty(text, fc.array(step, { minLength: 1, maxLength: 12 }), async (first, steps) => {
      const disk = new Disk({ 'a.yaml': first, 'sub/c.yaml': pieces[3] ?? '' });
      const editor = new Editor(await Client.start(disk), disk);
      for (const each of steps) await editor.do(each);
      const texts = new Map([...disk.files].map(([uri, content]) => [uri.slice(uriOf('').length), String(content)]));
      for (const [name_, content] of editor.open) texts.set(name_, content);
      const warm = await seen(editor.client, texts);
      const cold = await coldStart(disk, editor.open);
      assert.deepEqual(warm, await seen(cold, texts));
      await editor.client.stop();
      await cold.stop();
    }),
    { numRuns: 60 },
  );
});
