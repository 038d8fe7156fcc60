import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as l10n from '@vscode/l10n';
import {
  type CodeAction,
  CodeActionRequest,
  CodeLensRequest,
  CodeLensResolveRequest,
  DefinitionRequest,
  type Location,
  type Position,
  ReferencesRequest,
} from 'vscode-languageserver/node';
import { applySplices } from '../../src/edits/splice.ts';
import { lineStarts, offsetAt } from '../../src/manifests/lines.ts';
import {
  locateRequest,
  nodeAtRequest,
  reachRequest,
  type TopologyResult,
  topologyRequest,
} from '../../src/server/protocol.ts';
import { api } from './api.ts';
import { behind, Client, Disk, root, uriOf } from './client.ts';

const front = `apiVersion: v1
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
      value: http://api:80/
`;

const policy = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: guard
spec:
  podSelector:
    matchLabels:
      app: api
  ingress:
  - from:
    - podSelector:
        matchLabels:
          app: front
`;

const files = { 'front.yaml': front, 'api.yaml': api, 'policy.yaml': policy };

function at(name: string, position: Position) {
  return { textDocument: { uri: uriOf(name) }, position };
}

/** `api.yaml:4`, counted from 1. */
function lines(locations: readonly Location[] | Location | null): readonly string[] {
  const all = locations === null ? [] : [locations].flat();
  return all.map(({ uri, range }) => `${uri.slice(root.length + 1)}:${range.start.line + 1}`);
}

async function definition(client: Client, name: string, position: Position): Promise<readonly string[]> {
  return lines((await client.connection.sendRequest(DefinitionRequest.type, at(name, position))) as Location[] | null);
}

async function references(client: Client, name: string, position: Position): Promise<readonly string[]> {
  const params = { ...at(name, position), context: { includeDeclaration: false } };
  return lines(await client.connection.sendRequest(ReferencesRequest.type, params));
}

test('definitions lead from a hostname to its Service, from a selector to its pods, from a port to the container', async () => {
  const client = await Client.start(new Disk(files));
  assert.deepEqual(await definition(client, 'front.yaml', behind(front, 'http://ap')), ['api.yaml:4']);
  assert.deepEqual(await definition(client, 'api.yaml', behind(api, 'app: a')), ['api.yaml:17']);
  assert.deepEqual(await definition(client, 'api.yaml', behind(api, 'targetPort: w')), ['api.yaml:22']);
  assert.deepEqual(await definition(client, 'policy.yaml', behind(policy, 'app: a')), ['api.yaml:17']);
  assert.deepEqual(await definition(client, 'policy.yaml', behind(policy, 'app: f')), ['front.yaml:6']);
  await client.stop();
});

test('references lead from a Service to its callers, and from pods to what selects them', async () => {
  const client = await Client.start(new Disk(files));
  assert.deepEqual(await references(client, 'api.yaml', behind(api, 'name: a')), ['front.yaml:12']);
  const labels = behind(api, 'labels:\n    app: a');
  assert.deepEqual(await references(client, 'api.yaml', labels), ['api.yaml:7', 'policy.yaml:7']);
  assert.deepEqual(await references(client, 'front.yaml', behind(front, 'app: f')), ['policy.yaml:11']);
  assert.deepEqual(await references(client, 'api.yaml', behind(api, '- name: w')), ['api.yaml:10']);
  await client.stop();
});

test('the backend of an Ingress leads to its Service, and the Service back', async () => {
  const ingress = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
spec:
  defaultBackend:
    service:
      name: api
      port:
        number: 80
`;
  const client = await Client.start(new Disk({ 'ingress.yaml': ingress, 'api.yaml': api }));
  assert.deepEqual(await definition(client, 'ingress.yaml', behind(ingress, 'name: a')), ['api.yaml:4']);
  assert.deepEqual(await references(client, 'api.yaml', behind(api, 'name: a')), ['ingress.yaml:8']);
  await client.stop();
});

test('a lens over a Service counts its endpoints and shows it', async () => {
  const client = await Client.start(new Disk(files));
  const lenses = await client.connection.sendRequest(CodeLensRequest.type, {
    textDocument: { uri: uriOf('api.yaml') },
  });
  assert.equal(lenses?.length, 1);
  const [lens] = lenses ?? [];
  assert.ok(lens);
  const resolved = await client.connection.sendRequest(CodeLensResolveRequest.type, lens);
  assert.deepEqual(resolved.command, {
    title: '1 endpoint',
    command: 'podwire.showTopology',
    arguments: [{ uri: uriOf('api.yaml'), id: 'Service/default/api' }],
  });
  await client.stop();
});

test('lenses over workloads are shown where they are wanted', async () => {
  const podwire = { codeLens: { services: false, workloads: true } };
  const client = await Client.start(new Disk(files), { podwire });
  const [lens] =
    (await client.connection.sendRequest(CodeLensRequest.type, at('api.yaml', { line: 0, character: 0 }))) ?? [];
  assert.ok(lens);
  const { command } = await client.connection.sendRequest(CodeLensResolveRequest.type, lens);
  assert.equal(command?.title, 'every workload may reach this');
  await client.stop();
});

async function actions(client: Client, name: string): Promise<readonly CodeAction[]> {
  const diagnostics = [...(client.diagnostics.get(uriOf(name)) ?? [])];
  const range = diagnostics[0]?.range;
  assert.ok(range);
  const params = { textDocument: { uri: uriOf(name) }, range, context: { diagnostics } };
  return ((await client.connection.sendRequest(CodeActionRequest.type, params)) ?? []) as CodeAction[];
}

/** The text of a file after an action. */
function applied(text: string, action: CodeAction | undefined, name: string): string {
  const starts = lineStarts(text);
  const edits = action?.edit?.changes?.[uriOf(name)] ?? [];
  return applySplices(
    text,
    edits.map(({ range, newText }) => ({
      uri: name,
      span: { start: offsetAt(text, starts, range.start), end: offsetAt(text, starts, range.end) },
      text: newText,
    })),
  );
}

test('a finding can be fixed, and its rule ignored in the document', async () => {
  const wrong = api.replace('targetPort: web', 'targetPort: wbe');
  const disk = new Disk({ 'api.yaml': wrong });
  const client = await Client.start(disk);
  assert.deepEqual(client.messages('api.yaml'), [
    'target-port-missing: No container of pod/api has a TCP port named `wbe`. Nearest: `web`',
  ]);
  const [fix, ignore] = await actions(client, 'api.yaml');
  assert.equal(fix?.title, 'Change to `web`');
  assert.equal(applied(wrong, fix, 'api.yaml'), api);
  assert.equal(ignore?.title, 'Ignore target-port-missing in this document');
  const silenced = applied(wrong, ignore, 'api.yaml');
  assert.ok(silenced.startsWith('# podwire-ignore: target-port-missing\napiVersion'));
  await client.open('api.yaml', silenced);
  await client.settle();
  assert.deepEqual(client.messages('api.yaml'), []);
  await client.stop();
});

test('a rule of the text can be ignored too', async () => {
  const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: on}\n';
  const client = await Client.start(new Disk({ 'a.yaml': text }));
  assert.equal(client.messages('a.yaml').length, 1);
  const ignore = (await actions(client, 'a.yaml')).at(-1);
  await client.open('a.yaml', applied(text, ignore, 'a.yaml'));
  await client.settle();
  assert.deepEqual(client.messages('a.yaml'), []);
  await client.stop();
});

test('diagnostics name their rule, where it is described, and what they rest on', async () => {
  const closed = policy.replace('app: front', 'app: fromt');
  const client = await Client.start(new Disk({ ...files, 'policy.yaml': closed }));
  const [diagnostic] = client.diagnostics.get(uriOf('front.yaml')) ?? [];
  assert.equal(diagnostic?.code, 'path-blocked');
  assert.equal(diagnostic?.source, 'podwire');
  assert.equal(diagnostic?.codeDescription?.href, 'https://github.com/podwire/podwire#path-blocked');
  assert.deepEqual(lines((diagnostic?.relatedInformation ?? []).map(({ location }) => location)), [
    'policy.yaml:13',
    'policy.yaml:4',
  ]);
  await client.stop();
});

test('the picture, its places, and what a picked workload reaches', async () => {
  const client = await Client.start(new Disk(files));
  const picture: TopologyResult = await client.connection.sendRequest(topologyRequest, { uri: uriOf('api.yaml') });
  assert.equal(picture.set, root);
  assert.ok(picture.graph.nodes.some(({ id }) => id === 'Service/default/api'));
  const calls = picture.graph.edges.find(({ type }) => type === 'calls');
  const { set } = picture;
  const places = await Promise.all(
    ['Service/default/api', calls?.id, 'Deployment/kube-system/coredns'].map((id) =>
      client.connection.sendRequest<Location | null>(locateRequest, { set, id }),
    ),
  );
  assert.deepEqual(places.map(lines), [['api.yaml:4'], ['front.yaml:12'], []]);
  const position = behind(policy, 'name: g');
  assert.equal(
    await client.connection.sendRequest(nodeAtRequest, { uri: uriOf('policy.yaml'), position }),
    'NetworkPolicy/default/guard',
  );
  const reach = await client.connection.sendRequest<{ peers: readonly { id: string }[] }>(reachRequest, {
    set,
    id: 'Pod/default/front',
    direction: 'from',
  });
  assert.ok(reach.peers.some(({ id }) => id === 'Pod/default/api'));
  await client.stop();
});

test('a workspace without manifests has an empty picture', async () => {
  const client = await Client.start(new Disk());
  const picture: TopologyResult = await client.connection.sendRequest(topologyRequest, {});
  assert.deepEqual(picture.graph, { nodes: [], edges: [] });
  await client.stop();
});

test('settings count, a podwire.yaml wins over them, and what is wrong in it is told at its place', async () => {
  const disk = new Disk(files);
  const client = await Client.start(disk, { podwire: { clusterDomain: 'one.local' } });
  const hover = () => client.hoverText('api.yaml', behind(api, 'name: a'));
  assert.match(await hover(), /api\.default\.svc\.one\.local/);
  disk.files.set(uriOf('podwire.yaml'), 'clusterDomain: two.local\nnode: 3\ncni: callico\n');
  await client.watched(['podwire.yaml', 'Created']);
  await client.settle();
  assert.match(await hover(), /api\.default\.svc\.two\.local/);
  assert.deepEqual(client.messages('podwire.yaml'), [
    'configuration: `cni` must be `flannel`, `calico`, `cilium`, `weave`, `aws-vpc-cni`, `kindnet`, `bridge`',
    'configuration: There is no setting `node`. Did you mean `nodes`?',
  ]);
  await client.stop();
});

test('a wrong setting is told once, and counts as not set', async () => {
  const client = await Client.start(new Disk(files), {
    podwire: { cni: 'callico', rules: { 'path-blocked': 'loud' } },
  });
  for (const _ of [1, 2]) {
    await client.connection.sendNotification('workspace/didChangeConfiguration', {
      settings: { podwire: { cni: 'callico' } },
    });
  }
  await client.settle();
  assert.equal(client.log.filter((message) => message.includes('cni')).length, 1);
  assert.equal(client.log.filter((message) => message.includes('rules.path-blocked')).length, 1);
  await client.stop();
});

test('severities are set rule by rule, those of texts too', async () => {
  const broken = {
    'a.yaml': api.replace('app: api', 'app: nobody'),
    'b.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: on}\n',
  };
  const rules = { 'service-without-endpoints': 'hint', 'unquoted-string': 'off' };
  const client = await Client.start(new Disk(broken), { podwire: { rules } });
  assert.deepEqual(
    (client.diagnostics.get(uriOf('a.yaml')) ?? []).map(({ severity }) => severity),
    [4],
  );
  assert.deepEqual(client.messages('b.yaml'), []);
  await client.stop();
});

test('what the editor excludes is not read, unless it is open', async () => {
  const options = { podwire: {}, files: { exclude: { '**/vendor': true } } };
  const wrong = api.replace('app: api', 'app: nobody');
  const client = await Client.start(
    new Disk({ 'vendor/a.yaml': wrong, '.gitignore': 'out/\n', 'out/a.yaml': wrong }),
    options,
  );
  assert.equal(client.diagnostics.size, 0);
  await client.open('vendor/a.yaml', wrong);
  await client.settle();
  assert.equal(client.diagnostics.size, 1);
  await client.close('vendor/a.yaml');
  await client.settle();
  assert.equal(client.diagnostics.size, 0);
  await client.stop();
});

test('a folder that comes as a whole is read, and so is what a changed .gitignore lets in', async () => {
  const wrong = api.replace('app: api', 'app: nobody');
  const disk = new Disk({ '.gitignore': 'out/\n', 'out/a.yaml': wrong });
  const client = await Client.start(disk);
  disk.files.set(uriOf('new/b.yaml'), wrong.replace('name: api', 'name: b'));
  await client.watched(['new', 'Created']);
  await client.settle();
  assert.deepEqual([...client.diagnostics.keys()], [uriOf('new/b.yaml')]);
  disk.files.set(uriOf('.gitignore'), '');
  await client.watched(['.gitignore', 'Changed']);
  await client.settle();
  assert.deepEqual([...client.diagnostics.keys()].toSorted(), [uriOf('new/b.yaml'), uriOf('out/a.yaml')]);
  await client.stop();
});

test('folders of the workspace come and go', async () => {
  const disk = new Disk({
    'one/a.yaml': api.replace('app: api', 'app: nobody'),
    'two/b.yaml': api.replace('app: api', 'app: no'),
  });
  const client = Client.connect(disk);
  await client.initialize({ podwire: {} }, [`${root}/one`]);
  await client.settle();
  assert.deepEqual([...client.diagnostics.keys()], [uriOf('one/a.yaml')]);
  const folder = (name: string) => ({ uri: `${root}/${name}`, name });
  await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
    event: { added: [folder('two')], removed: [folder('one')] },
  });
  await client.settle();
  assert.deepEqual([...client.diagnostics.keys()], [uriOf('two/b.yaml')]);
  await client.stop();
});

test('answers come in the language of the person', async () => {
  const disk = new Disk({ 'a.yaml': 'apiVersion: v1\nkind: Service\n' });
  const english = 'A {0} needs a name: `metadata.name` is missing';
  const client = await Client.start(disk, { podwire: {}, l10n: { [english]: '{0} braucht einen Namen' } });
  try {
    assert.deepEqual(client.messages('a.yaml'), ['missing-name: Service braucht einen Namen']);
  } finally {
    l10n.config({ contents: {} });
    await client.stop();
  }
});

const closed = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: closed
spec:
  podSelector: { matchLabels: { app: api } }
`;

test('a fix of a blocked path says what it opens, and is asked about where that is more than the path', async () => {
  const client = await Client.start(new Disk({ 'api.yaml': api, 'front.yaml': front, 'closed.yaml': closed }));
  const [exact] = await actions(client, 'front.yaml');
  assert.match(exact?.title ?? '', /^Add a rule for `default\/pod\/front` on 8080\/TCP to closed \(opens/);
  assert.equal(exact?.isPreferred, true);
  assert.equal(
    applied(closed, exact, 'closed.yaml'),
    `${closed.trimEnd()}
  ingress:
    - from:
        - podSelector:
            matchLabels:
              app: front
      ports:
        - port: 8080
`,
  );
  await client.open('other.yaml', front.replaceAll('name: front', 'name: other').replace(/ {6}value.*\n/, ''));
  await client.settle();
  const [wide] = await actions(client, 'front.yaml');
  assert.equal(wide?.isPreferred, undefined);
  const annotation = wide?.edit?.changeAnnotations?.opens;
  assert.equal(annotation?.needsConfirmation, true);
  assert.equal(
    annotation.description,
    'default/pod/front → default/pod/api on 8080/TCP, default/pod/other → default/pod/api on 8080/TCP',
  );
  await client.stop();
});
