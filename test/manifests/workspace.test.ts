import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Change, type Snapshot, Workspace } from '../../src/manifests/workspace.ts';

const root = 'file:///w/shop';
const at = (path: string) => `${root}/${path}`;
const service = (name: string) => `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}}\n`;

function workspaceOf(files: Readonly<Record<string, string>>, options = {}): Workspace {
  const workspace = new Workspace({ roots: [root], ...options });
  workspace.apply(Object.entries(files).map(([path, text]) => ({ uri: at(path), text })));
  return workspace;
}

/** Each set as its label and the names of its objects, in order. */
function setsOf({ sets }: Snapshot): Record<string, unknown> {
  return Object.fromEntries(
    sets.map(({ label, manifests }) => [label, manifests.map(({ object }) => object.metadata?.name)]),
  );
}

test('a folder with a marker makes a set, what remains makes another', () => {
  const workspace = workspaceOf({
    'b.yaml': service('b'),
    'a.yaml': `${service('a1')}---\n${service('a2')}`,
    'deep/c.yaml': service('c'),
    'overlay/kustomization.yaml': 'resources: [x.yaml]',
    'overlay/x.yaml': service('x'),
    'overlay/more/Kustomization': '',
    'overlay/more/y.yaml': service('y'),
    'team/podwire.yaml': 'cni: calico',
    'team/z.yaml': service('z'),
  });
  const snapshot = workspace.snapshot();
  assert.deepEqual(setsOf(snapshot), {
    shop: ['a1', 'a2', 'b', 'c'],
    overlay: ['x'],
    'overlay/more': ['y'],
    team: ['z'],
  });
  assert.equal(
    snapshot.setOf(at('overlay/more/y.yaml')),
    snapshot.sets.find(({ id }) => id === at('overlay/more')),
  );
  assert.equal(snapshot.file(at('team/podwire.yaml'))?.text, 'cni: calico');
});

test('every workspace folder has its own set, the innermost where they overlap; a file outside has its folder', () => {
  const workspace = new Workspace({ roots: ['file:///a/', 'file:///a/b', 'file:///c'] });
  const uris = [
    'file:///a/x.yaml',
    'file:///a/b/y.yaml',
    'file:///a/bb/y.yaml',
    'file:///c/z.yaml',
    'file:///d/e/f.yaml',
  ];
  workspace.apply(uris.map((uri) => ({ uri, text: service('s') })));
  const { sets } = workspace.snapshot();
  assert.deepEqual(
    sets.map(({ id, manifests }) => [id, manifests.length]),
    [
      ['file:///a', 2],
      ['file:///a/b', 1],
      ['file:///c', 1],
      ['file:///d/e', 1],
    ],
  );
});

test('an edit reads the one document that changed; the others stay the objects they were', () => {
  const workspace = workspaceOf({
    'a.yaml': [service('a'), service('b'), service('c')].join('---\n'),
    'x/Chart.yaml': '',
  });
  const before = workspace.snapshot().file(at('a.yaml'))!.manifests;
  workspace.apply([{ uri: at('a.yaml'), text: [service('a'), service('other'), service('c')].join('---\n') }]);
  const after = workspace.snapshot().file(at('a.yaml'))!.manifests;
  assert.equal(after[0], before[0]);
  assert.notEqual(after[1]!.object, before[1]!.object);
  assert.equal(after[2]!.object, before[2]!.object);
  assert.notEqual(after[2], before[2]);
  assert.equal(after[2]!.locate([]).start - before[2]!.locate([]).start, 'other'.length - 'b'.length);
});

test('two documents of the same text are two objects', () => {
  const { manifests } = workspaceOf({ 'a.yaml': `---\n${service('a')}---\n${service('a')}` }).snapshot().sets[0]!;
  assert.notEqual(manifests[0]!.object, manifests[1]!.object);
});

test('a set in which nothing changed stays the same object, and so does a snapshot', () => {
  const workspace = workspaceOf({ 'a.yaml': service('a'), 'o/podwire.yaml': '', 'o/b.yaml': service('b') });
  const before = workspace.snapshot();
  assert.equal(workspace.snapshot(), before);
  workspace.apply([{ uri: at('a.yaml'), text: service('c') }]);
  const after = workspace.snapshot();
  assert.equal(after.sets[1], before.sets[1]);
  assert.notEqual(after.sets[0], before.sets[0]);
  assert.deepEqual(setsOf(before), { shop: ['a'], o: ['b'] });
});

test('templates of a chart are passed over as long as it is there', () => {
  const workspace = workspaceOf({ 'c/templates/a.yaml': service('a'), 'c/crds/b.yaml': service('b') });
  assert.deepEqual(setsOf(workspace.snapshot()), { shop: ['b', 'a'] });
  workspace.apply([{ uri: at('c/Chart.yaml'), text: 'name: c' }]);
  assert.deepEqual(setsOf(workspace.snapshot()), { c: ['b'] });
  assert.deepEqual(workspace.snapshot().passedOver, [{ uri: at('c/templates/a.yaml'), reason: 'helm' }]);
  workspace.apply([{ uri: at('c/Chart.yaml'), text: undefined }]);
  assert.deepEqual(setsOf(workspace.snapshot()), { shop: ['b', 'a'] });
});

test('what is too large or no text is not read, and large YAML is told', () => {
  const large = `${service('a')}# é\n`;
  const files = { 'a.yaml': large, 'b.yaml': `${service('b')}\0`, 'd.yaml': `${service('d')}# e\n` };
  const workspace = workspaceOf(files, { maxFileSize: large.length });
  workspace.apply([{ uri: at('c.json'), text: undefined, unread: 'too-large' }]);
  const { passedOver, problems, sets } = workspace.snapshot();
  assert.deepEqual(passedOver, [
    { uri: at('a.yaml'), reason: 'too-large' },
    { uri: at('b.yaml'), reason: 'binary' },
    { uri: at('c.json'), reason: 'too-large' },
  ]);
  assert.deepEqual(
    [...problems].map(([uri, [problem]]) => [uri, problem?.rule, problem?.severity]),
    [[at('a.yaml'), 'file-too-large', 'information']],
  );
  assert.deepEqual(
    sets.map(({ manifests }) => manifests.length),
    [1],
  );
});

test('a change that is read in slices can be overtaken by a later one', () => {
  const workspace = new Workspace({ roots: [root] });
  const load = workspace.applying([
    { uri: at('a.yaml'), text: service('old') },
    { uri: at('b.yaml'), text: service('b') },
  ]);
  load.next();
  workspace.apply([{ uri: at('a.yaml'), text: service('new') }]);
  assert.deepEqual(setsOf(workspace.snapshot()), { shop: ['new'] });
  for (const _ of load);
  assert.deepEqual(setsOf(workspace.snapshot()), { shop: ['new', 'b'] });
});

test('a long document is read in slices too', () => {
  const text = `${service('a')}data:\n${'  - x: y\n'.repeat(40_000)}`;
  assert.ok([...new Workspace({ roots: [root] }).applying([{ uri: at('a.yaml'), text }])].length > 5);
});

test('positions are lines and characters', () => {
  const file = workspaceOf({ 'a.yaml': 'a\r\nbc\n\nd' }).snapshot().file(at('a.yaml'))!;
  assert.deepEqual(
    [0, 1, 4, 7, 99].map((offset) => Object.values(file.positionAt(offset))),
    [
      [0, 0],
      [0, 1],
      [1, 1],
      [3, 0],
      [3, 1],
    ],
  );
  assert.equal(file.offsetAt({ line: 1, character: 1 }), 4);
  assert.equal(file.offsetAt({ line: 0, character: 9 }), 1);
  assert.equal(file.offsetAt({ line: 9, character: 0 }), file.text.length);
});

/** Everything that a snapshot says, as plain data. */
function told(snapshot: Snapshot): unknown {
  const { sets, problems, passedOver, files } = snapshot;
  const manifests = (of: Snapshot['sets'][number]['manifests']) =>
    of.map((manifest) => {
      const spans = [[], ['metadata', 'name'], ['spec', 'type']].map((path) => manifest.locate(path));
      return [manifest.uri, manifest.object, [...manifest.ignored], spans];
    });
  return {
    sets: sets.map(({ id, label, manifests: of }) => [id, label, manifests(of)]),
    problems: [...problems],
    passedOver,
    files: [...files].map(([uri, { comments, text }]) => [
      uri,
      text,
      comments.map(({ span, manifests: of }) => [span, manifests(of)]),
    ]),
  };
}

const document = fc.constantFrom(
  service('a'),
  service('b'),
  `# podwire-ignore: x\n${service('c')}`,
  `${service('d')}spec: {type: on}\n`,
  `${service('e')}spec: {type: x, type: y}\n`,
  `${service('f')}spec: @\n`,
  'apiVersion: v1\nkind: Service\nmetadata: {name: {{ x }}}\n',
  'kind: Other\napiVersion: v1\n',
  '# podwire: question\n',
  '%YAML 1.1\n',
  '\0',
  '',
);
const separator = fc.constantFrom('---\n', '--- # c\n', '--- bad\n', '\n');
const text = fc.array(fc.tuple(separator, document), { maxLength: 4 }).map((parts) => parts.flat().join(''));
const path = fc.constantFrom('a.yaml', 'b.yaml', 'o/a.yaml', 'o/p/b.yaml', 'o/templates/c.yaml');
const marker = fc.constantFrom('o/kustomization.yaml', 'o/Chart.yaml', 'o/p/podwire.yaml', 'Kustomization');

type Edit = (files: Map<string, string>) => Change[];

const write =
  (uri: string, text: string | undefined): Edit =>
  (files) => {
    if (text === undefined) files.delete(uri);
    else files.set(uri, text);
    return [{ uri, text }];
  };

const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(path, text).map(([path, text]) => write(at(path), text)),
  fc.tuple(path, fc.nat(), fc.nat(3), fc.constantFrom('', ' ', '\n', '---\n', 'x', ': ', '# ')).map(
    ([path, offset, count, put]): Edit =>
      (files) => {
        const old = files.get(at(path)) ?? '';
        const start = offset % (old.length + 1);
        return write(at(path), old.slice(0, start) + put + old.slice(start + count))(files);
      },
  ),
  path.map((path) => write(at(path), undefined)),
  fc.tuple(path, path).map(
    ([from, to]): Edit =>
      (files) => {
        const text = files.get(at(from));
        return text === undefined ? [] : [...write(at(from), undefined)(files), ...write(at(to), text)(files)];
      },
  ),
  fc.tuple(marker, fc.constantFrom('', undefined)).map(([path, text]) => write(at(path), text)),
);

test('after any sequence of changes the workspace is what it would be from a cold start', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(edit, { minLength: 1, maxLength: 3 }), { maxLength: 8 }),
      fc.boolean(),
      (rounds, inSlices) => {
        const files = new Map<string, string>();
        const workspace = new Workspace({ roots: [root] });
        const unfinished: Generator<void, void>[] = [];
        for (const round of rounds) {
          const changes = workspace.applying(round.flatMap((change) => change(files)));
          changes.next();
          if (inSlices) unfinished.push(changes);
          else for (const _ of changes);
          workspace.snapshot();
        }
        for (const changes of unfinished) for (const _ of changes);
        const cold = new Workspace({ roots: [root] });
        cold.apply([...files].map(([uri, text]) => ({ uri, text })));
        assert.deepEqual(told(workspace.snapshot()), told(cold.snapshot()));
      },
    ),
    { numRuns: 300 },
  );
});
