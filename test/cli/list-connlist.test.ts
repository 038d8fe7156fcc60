import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { podwire } from './podwire.ts';

interface Answer {
  readonly status: number;
  readonly lines: readonly string[];
  readonly stderr: string;
}

/** What `podwire list - --format connlist` makes of objects. */
async function connlist(objects: readonly object[], ...options: readonly string[]): Promise<Answer> {
  const text = objects.map((object) => JSON.stringify(object)).join('\n---\n');
  const argv = ['list', '-', '--format', 'connlist', ...options];
  const { status, stdout, stderr } = await podwire('/', argv, text);
  return { status, lines: stdout.split('\n').slice(0, -1), stderr };
}

/** The lines of an input that has no errors. */
async function linesOf(objects: readonly object[], ...options: readonly string[]): Promise<readonly string[]> {
  const { status, lines, stderr } = await connlist(objects, ...options);
  assert.deepEqual([status, stderr], [0, '']);
  return lines;
}

const all = '0.0.0.0-255.255.255.255[External]';

interface PodFields {
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly owner?: object;
  readonly ports?: readonly object[];
  readonly spec?: object;
  readonly status?: object;
}

function pod(name: string, { namespace, labels, owner, ports = [], spec, status }: PodFields = {}): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels, ...(owner && { ownerReferences: [{ controller: true, ...owner }] }) },
    spec: { containers: [{ name: 'main', ports }], ...spec },
    status,
  };
}

function runner(kind: string, name: string, spec: object = {}, metadata: object = {}): object {
  const [apiVersion, template] = [kind === 'Job' ? 'batch/v1' : 'apps/v1', { metadata: { labels: { app: name } } }];
  return { apiVersion, kind, metadata: { name, ...metadata }, spec: { template, ...spec } };
}

function policy(name: string, spec: object): object {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name }, spec };
}

const isolate = (direction: 'Ingress' | 'Egress', app: string) =>
  policy(`isolate-${app}`, { podSelector: { matchLabels: { app } }, policyTypes: [direction] });

/** The names that stand on either side. */
function namesIn(lines: readonly string[]): readonly string[] {
  const names = lines.flatMap((line) => line.split(' : ')[0]?.split(' => ') ?? []);
  return [...new Set(names)].filter((name) => !name.endsWith('[External]')).sort();
}

test('lines stand in the order of source and destination, byte by byte', async () => {
  assert.deepEqual(await linesOf([pod('a-b'), pod('a'), runner('Job', 'a')]), [
    `${all} => default/a-b[Pod] : All Connections`,
    `${all} => default/a[Job] : All Connections`,
    `${all} => default/a[Pod] : All Connections`,
    `default/a-b[Pod] => ${all} : All Connections`,
    'default/a-b[Pod] => default/a[Job] : All Connections',
    'default/a-b[Pod] => default/a[Pod] : All Connections',
    `default/a[Job] => ${all} : All Connections`,
    'default/a[Job] => default/a-b[Pod] : All Connections',
    'default/a[Job] => default/a[Pod] : All Connections',
    `default/a[Pod] => ${all} : All Connections`,
    'default/a[Pod] => default/a-b[Pod] : All Connections',
    'default/a[Pod] => default/a[Job] : All Connections',
  ]);
});

describe('a workload', () => {
  test('has the name and the kind that the owner reference of its pods gives', async () => {
    const lines = await linesOf([
      pod('alone', { namespace: 'shop' }),
      pod('web-1', { owner: { kind: 'ReplicaSet', name: 'web' } }),
      pod('web-2', { owner: { kind: 'ReplicaSet', name: 'web' } }),
      pod('odd-1', { owner: { name: 'odd' } }),
      pod('strange-1', { owner: { kind: 'CloneSet', name: 'strange' } }),
      pod('static', { owner: { kind: 'Node', name: 'n1' } }),
      pod('loose', { owner: { kind: 'ReplicaSet', name: 'other', controller: false } }),
    ]);
    assert.deepEqual(namesIn(lines), [
      'default/loose[Pod]',
      'default/odd[Pod]',
      'default/static[Pod]',
      'default/strange[CloneSet]',
      'default/web[ReplicaSet]',
      'shop/alone[Pod]',
    ]);
  });

  test('is not lifted to what stands above the owner', async () => {
    const selector = { matchLabels: { app: 'web' } };
    const deployment = runner('Deployment', 'web', { selector });
    const owned = pod('web-abc-1', {
      labels: { app: 'web', 'pod-template-hash': 'abc' },
      owner: { kind: 'ReplicaSet', name: 'web-abc' },
    });
    assert.deepEqual(namesIn(await linesOf([deployment, owned])), [
      'default/web-abc[ReplicaSet]',
      'default/web[Deployment]',
    ]);
    const ownerReferences = [{ kind: 'Deployment', name: 'web', controller: true }];
    const replicaSet = runner('ReplicaSet', 'web-abc', {}, { ownerReferences });
    assert.deepEqual(namesIn(await linesOf([deployment, replicaSet, owned])), [
      'default/web-abc[ReplicaSet]',
      'default/web[Deployment]',
    ]);
  });

  test('is listed whether or not its pods run', async () => {
    const cronJob = {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'nightly' },
      spec: { suspend: true, jobTemplate: { spec: { template: {} } } },
    };
    const lines = await linesOf([
      runner('Deployment', 'none', { replicas: 0 }),
      pod('done', { status: { phase: 'Succeeded' } }),
      cronJob,
    ]);
    assert.deepEqual(namesIn(lines), ['default/done[Pod]', 'default/nightly[CronJob]', 'default/none[Deployment]']);
  });

  test('in its node’s network is like others', async () => {
    const web = pod('web', { labels: { app: 'web' }, spec: { hostNetwork: true } });
    const lines = await linesOf([web, pod('other'), isolate('Ingress', 'web')]);
    assert.ok(!lines.some((line) => line.includes('=> default/web[Pod]')));
    assert.ok(lines.includes('default/web[Pod] => default/other[Pod] : All Connections'));
    const fromWeb = { podSelector: {}, ingress: [{ from: [{ podSelector: { matchLabels: { app: 'web' } } }] }] };
    assert.deepEqual(await linesOf([web, pod('other'), policy('web-only', fromWeb)], '--to', 'pod/other'), [
      'default/web[Pod] => default/other[Pod] : All Connections',
    ]);
  });

  test('of the cluster’s own is left out, and --from and --to pick others', async () => {
    const objects = [pod('a'), pod('b'), pod('c')];
    assert.deepEqual(namesIn(await linesOf(objects)), ['default/a[Pod]', 'default/b[Pod]', 'default/c[Pod]']);
    assert.deepEqual(await linesOf(objects, '--from', 'a', '--to', 'b'), [
      'default/a[Pod] => default/b[Pod] : All Connections',
    ]);
  });
});

describe('addresses outside', () => {
  const block = (cidr: string, except: readonly string[] = []) => ({ ipBlock: { cidr, except } });

  test('are cut by the blocks of all policies of a direction, and neighbours stay apart', async () => {
    const lines = await linesOf([
      pod('web', { labels: { app: 'web' } }),
      policy('in', { podSelector: { matchLabels: { app: 'web' } }, ingress: [{ from: [block('128.0.0.0/1')] }] }),
      policy('none', {
        podSelector: { matchLabels: { app: 'nobody' } },
        ingress: [{ from: [block('128.0.0.0/2')] }],
        egress: [{ to: [block('0.0.0.0/1', ['0.0.0.0/3', '32.0.0.0/3'])] }],
      }),
    ]);
    assert.deepEqual(lines, [
      '128.0.0.0-191.255.255.255[External] => default/web[Pod] : All Connections',
      '192.0.0.0-255.255.255.255[External] => default/web[Pod] : All Connections',
      'default/web[Pod] => 0.0.0.0-63.255.255.255[External] : All Connections',
      'default/web[Pod] => 128.0.0.0-255.255.255.255[External] : All Connections',
      'default/web[Pod] => 64.0.0.0-127.255.255.255[External] : All Connections',
    ]);
  });

  test('are cut by rules of a direction that no policy isolates', async () => {
    const out = { podSelector: {}, policyTypes: ['Ingress'], egress: [{ to: [block('128.0.0.0/1')] }] };
    assert.deepEqual(await linesOf([pod('web'), policy('out', out)], '--from', 'web'), [
      'default/web[Pod] => 0.0.0.0-127.255.255.255[External] : All Connections',
      'default/web[Pod] => 128.0.0.0-255.255.255.255[External] : All Connections',
    ]);
  });

  test('never take in pods', async () => {
    const objects = [
      pod('web', { labels: { app: 'web' } }),
      pod('other'),
      policy('in', { podSelector: { matchLabels: { app: 'web' } }, ingress: [{ from: [block('0.0.0.0/0')] }] }),
    ];
    assert.deepEqual(await linesOf(objects, '--to', 'web'), [`${all} => default/web[Pod] : All Connections`]);
    const text = objects.map((object) => JSON.stringify(object)).join('\n---\n');
    const { stdout } = await podwire('/', ['list', '-', '--to', 'web', '--from', 'other'], text);
    assert.match(stdout, /default\/web\[Pod\]/, 'but do in the other forms');
  });
});

test('connections are protocols by name with their ports, and a full one is all of its ports', async () => {
  const to = (name: string, ports: readonly object[]) => [
    pod(name, { labels: { app: name }, ports: [{ name: 'web', containerPort: 8080 }] }),
    policy(name, { podSelector: { matchLabels: { app: name } }, ingress: [{ ports }] }),
  ];
  const lines = await linesOf(
    [
      ...to('a', [{ port: 9001, endPort: 9090 }, { port: 8099 }, { protocol: 'UDP', port: 53 }]),
      ...to('b', [{ protocol: 'SCTP' }, { port: 'web' }, { protocol: 'UDP', port: 'web' }]),
      ...to('c', [{ protocol: 'SCTP' }, { protocol: 'TCP' }, { protocol: 'UDP' }]),
      ...to('d', [{ port: 'missing' }]),
    ],
    '--from',
    'internet',
  );
  assert.deepEqual(lines, [
    `${all} => default/a[Pod] : TCP 8099,9001-9090,UDP 53`,
    `${all} => default/b[Pod] : SCTP 1-65535,TCP 8080`,
    `${all} => default/c[Pod] : All Connections`,
  ]);
});

describe('{ingress-controller}', () => {
  const ports = [{ name: 'web', containerPort: 8080 }, { containerPort: 9090 }, { containerPort: 53, protocol: 'UDP' }];
  const front = pod('front', { namespace: 'shop', labels: { app: 'front' }, ports });
  const service = (name: string, spec: object) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'shop' },
    spec: { selector: { app: 'front' }, ...spec },
  });
  const services = [
    service('front', {
      ports: [
        { name: 'http', port: 80, targetPort: 'web' },
        { name: 'metrics', port: 9000, targetPort: 9090 },
        { name: 'hidden', port: 7000 },
      ],
    }),
    service('bare', { selector: undefined, ports: [{ port: 9090 }] }),
  ];
  const ingress = (port: object, namespace = 'shop') => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'web', namespace },
    spec: { rules: [{ http: { paths: [{ backend: { service: { name: 'front', port } } }] } }] },
  });
  const fallback = (name: string, port: object) => ({
    ...ingress({}),
    spec: { defaultBackend: { service: { name, port } } },
  });
  const route = (spec: object) => ({
    apiVersion: 'route.openshift.io/v1',
    kind: 'Route',
    metadata: { name: 'web', namespace: 'shop' },
    spec,
  });
  const entered = async (...objects: readonly object[]) => {
    const lines = await linesOf([front, ...services, ...objects]);
    return lines.filter((line) => line.includes('ingress-controller'));
  };
  const line = (connections: string) => [`{ingress-controller} => shop/front[Pod] : ${connections}`];

  test('stands last, and opens the target ports of an Ingress', async () => {
    const lines = await linesOf([front, ...services, ingress({ number: 80 })]);
    assert.deepEqual(lines.slice(-1), line('TCP 8080'));
    assert.ok(!lines.some((each) => each.includes('=> {ingress-controller}')));
  });

  test('takes a Service’s port by name, by number and by its target', async () => {
    assert.deepEqual(await entered(ingress({ name: 'metrics' })), line('TCP 9090'));
    assert.deepEqual(await entered(ingress({ number: 9090 })), line('TCP 9090'));
    assert.deepEqual(await entered(ingress({ name: 'web' })), line('TCP 8080'));
    assert.deepEqual(await entered(fallback('front', { number: 9000 })), line('TCP 9090'));
  });

  test('opens all of a Service to a Route without a port, but nothing that the pod does not declare', async () => {
    assert.deepEqual(await entered(route({ to: { name: 'front', weight: 0 } })), line('TCP 8080,9090'));
    assert.deepEqual(await entered(route({ to: { name: 'front' }, port: { targetPort: 80 } })), line('TCP 8080'));
    assert.deepEqual(await entered(ingress({ name: 'hidden' })), []);
  });

  test('goes nowhere by a Service of another namespace, or without a selector', async () => {
    assert.deepEqual(await entered(ingress({ number: 80 }, 'other')), []);
    assert.deepEqual(await entered(fallback('bare', { number: 9090 })), []);
  });

  test('reaches pods that do not run', async () => {
    const metadata = { name: 'front', namespace: 'shop' };
    const template = { metadata: { labels: { app: 'front' } }, spec: { containers: [{ ports }] } };
    const pods = [
      { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { replicas: 0, template } },
      { apiVersion: 'batch/v1', kind: 'Job', metadata, spec: { suspend: true, template } },
      {
        apiVersion: 'batch/v1',
        kind: 'CronJob',
        metadata,
        spec: { suspend: true, jobTemplate: { spec: { parallelism: 0, template } } },
      },
      { ...front, status: { phase: 'Succeeded' } },
    ];
    for (const each of pods) {
      const lines = await linesOf([each, ...services, ingress({ number: 80 })]);
      assert.match(lines.at(-1) ?? '', /^\{ingress-controller\} => shop\/front\[\w+\] : TCP 8080$/);
    }
  });

  test('reaches pods that are being deleted beside those that stay', async () => {
    const metadata = { name: 'old', namespace: 'shop', labels: { app: 'front' }, deletionTimestamp: '2024-01-01' };
    assert.deepEqual(await entered({ ...front, metadata }, ingress({ number: 80 })), [
      ...line('TCP 8080'),
      '{ingress-controller} => shop/old[Pod] : TCP 8080',
    ]);
  });

  test('is cut by policy, to which it is a pod without labels in a namespace of its own', async () => {
    const from = (peer: object) => ({
      ...policy('in', { podSelector: {}, ingress: [{ from: [peer], ports: [{ port: 8080 }] }] }),
      metadata: { name: 'in', namespace: 'shop' },
    });
    const both = [
      ingress({ number: 80 }),
      { ...ingress({ number: 9000 }), metadata: { name: 'b', namespace: 'shop' } },
    ];
    assert.deepEqual(await entered(...both), line('TCP 8080,9090'));
    assert.deepEqual(await entered(...both, from({ namespaceSelector: {} })), line('TCP 8080'));
    assert.deepEqual(await entered(...both, from({ podSelector: {} })), []);
    assert.deepEqual(await entered(...both, from({ ipBlock: { cidr: '0.0.0.0/0' } })), []);
    const labelled = { namespaceSelector: {}, podSelector: { matchExpressions: [{ key: 'app', operator: 'Exists' }] } };
    assert.deepEqual(await entered(...both, from(labelled)), []);
  });
});

describe('what the form cannot say is said, and the rest is listed', () => {
  test('pods of one owner that differ in a label which a selector asks for', async () => {
    const owner = { kind: 'ReplicaSet', name: 'web' };
    const pods = [
      pod('web-1', { owner, labels: { app: 'a', color: 'red' } }),
      pod('web-2', { owner, labels: { app: 'a', color: 'blue' } }),
    ];
    const select = (key: string) => policy(key, { podSelector: { matchExpressions: [{ key, operator: 'Exists' }] } });
    assert.equal((await connlist([...pods, select('app')])).status, 0);
    const { status, stderr, lines } = await connlist([...pods, pod('other'), select('color')]);
    assert.equal(status, 2);
    assert.match(stderr, /default\/web\[ReplicaSet\].*label color/);
    assert.ok(lines.includes(`default/web[ReplicaSet] => ${all} : All Connections`));
  });

  test('a named port towards addresses', async () => {
    const egress = (to: readonly object[], app = 'web') =>
      policy('out', {
        podSelector: { matchLabels: { app } },
        policyTypes: ['Egress'],
        egress: [{}, { to, ports: [{ port: 'http' }] }],
      });
    const web = pod('web', { labels: { app: 'web' } });
    const { status, stderr } = await connlist([web, egress([{ ipBlock: { cidr: '10.0.0.0/8' } }])]);
    assert.deepEqual(
      [status, stderr],
      [2, 'podwire: connlist takes no named port towards addresses: spec.egress.1 of NetworkPolicy default/out\n'],
    );
    assert.equal((await connlist([web, egress([])])).status, 2);
    assert.equal((await connlist([web, egress([{ podSelector: {} }])])).status, 0);
    assert.equal((await connlist([web, egress([], 'nobody')])).status, 0);
  });
});
