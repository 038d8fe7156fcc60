import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Settings } from '../../src/cluster/settings.ts';
import { isNone } from '../../src/network/policy/connections.ts';
import type { Opening } from '../../src/network/policy/exposure.ts';
import type { Direction } from '../../src/network/policy/policy.ts';
import { connectionsText } from '../../src/network/words.ts';
import { rangeText } from '../../src/questions/end.ts';
import { exposures } from '../../src/questions/exposure.ts';
import { clusterOf } from '../support/cluster.ts';
import { documents, podText, policyText } from '../support/policy.ts';

/** What is told of the Pod `shop/app`, a line for the whole cluster, for each description, and for each range outside. */
function told(text: string, direction: Direction = 'ingress', settings: Partial<Settings> = {}): readonly string[] {
  const cluster = clusterOf(text, settings);
  for (const { workload, ...sides } of exposures(cluster)) {
    const side = sides[direction];
    if (workload.id !== 'shop/Pod/app' || !side) continue;
    const outside = side.isSameOutside ? side.outside.slice(0, 1).map((each) => ({ ...each, name: 'internet' })) : [];
    const ranges = side.isSameOutside ? [] : side.outside.map((each) => ({ ...each, name: rangeText(each.range) }));
    return [
      `cluster: ${openText(side.cluster)}`,
      ...side.pods.map((each) => `${each.name}: ${openText(each)}${each.isCertain ? '' : ', or less'}`),
      ...[...outside, ...ranges].map(({ name, connections }) => `${name}: ${connectionsText(connections)}`),
    ];
  }
  throw new Error('shop/app is not told of');
}

function openText({ connections, named }: Opening): string {
  const names = named.map(({ name, protocol }) => `${name}/${protocol}`);
  if (isNone(connections) && names.length > 0) return names.join(', ');
  return [connectionsText(connections), ...names].join(', ');
}

const app = podText(
  'shop',
  'app',
  '{ app: app }',
  '{ containers: [{ ports: [{ name: http, containerPort: 8080 }] }] }',
);

/** Rules of a policy that isolates the app. */
function ingress(...rules: readonly string[]): string {
  return policyText('shop', `{ podSelector: {}, ingress: [${rules.join(', ')}] }`);
}

function egress(...rules: readonly string[]): string {
  return policyText('shop', `{ podSelector: {}, policyTypes: [Egress], egress: [${rules.join(', ')}] }`);
}

/** An AdminNetworkPolicy, or a baseline, for all pods. */
function admin(rules: string, kind = 'AdminNetworkPolicy'): string {
  const [name, priority] = kind === 'AdminNetworkPolicy' ? ['admin', 'priority: 1, '] : ['default', ''];
  return `{ apiVersion: policy.networking.k8s.io/v1alpha1, kind: ${kind}, metadata: { name: ${name} }, spec: { ${priority}subject: { namespaces: {} }, ${rules} } }`;
}

function namespaceText(name: string, labels = '{}'): string {
  return `{ apiVersion: v1, kind: Namespace, metadata: { name: ${name}, labels: ${labels} } }`;
}

describe('the whole cluster and the internet', () => {
  test('may all where no policy isolates', () => {
    assert.deepEqual(told(app), ['cluster: all ports', 'internet: all ports']);
    assert.deepEqual(told(app, 'egress'), ['cluster: all ports', 'internet: all ports']);
  });

  test('may nothing where a policy has no rule', () => {
    assert.deepEqual(told(documents(app, ingress())), ['cluster: nothing']);
    assert.deepEqual(told(documents(app, ingress()), 'egress'), ['cluster: all ports', 'internet: all ports']);
  });

  test('may what a rule without peers opens', () => {
    const text = documents(app, ingress('{ ports: [{ port: 80 }] }'));
    assert.deepEqual(told(text), ['cluster: 80/TCP', 'internet: 80/TCP']);
  });

  test('are two: a selector of everything means pods alone', () => {
    const text = documents(app, ingress('{ from: [{ namespaceSelector: {} }], ports: [{ port: http }] }'));
    assert.deepEqual(told(text), ['cluster: 8080/TCP']);
  });

  test('may what rules open that together leave nobody out', () => {
    const has = (operator: string) =>
      `{ from: [{ namespaceSelector: {}, podSelector: { matchExpressions: [{ key: legacy, operator: ${operator} }] } }], ports: [{ port: 80 }] }`;
    assert.deepEqual(told(documents(app, ingress(has('Exists'), has('DoesNotExist')))), ['cluster: 80/TCP']);
    assert.deepEqual(told(documents(app, ingress(has('DoesNotExist')))), [
      'cluster: nothing',
      '!legacy of all namespaces: 80/TCP',
    ]);
  });

  test('may what several rules open that leave nobody out, whatever two labels a pod has or lacks', () => {
    const having = (...terms: readonly string[]) => {
      const expressions = terms.map(
        (term) => `{ key: ${term.replace('!', '')}, operator: ${term.startsWith('!') ? 'DoesNotExist' : 'Exists'} }`,
      );
      return `{ from: [{ namespaceSelector: {}, podSelector: { matchExpressions: [${expressions.join(', ')}] } }], ports: [{ port: 80 }] }`;
    };
    const text = documents(app, ingress(having('a'), having('!a', 'b'), having('!a', '!b')));
    assert.deepEqual(told(text), ['cluster: 80/TCP']);
  });

  test('are told apart by a block: it takes in pods where the plugin has it so', () => {
    const text = documents(app, ingress('{ from: [{ ipBlock: { cidr: 0.0.0.0/0 } }] }'));
    assert.deepEqual(told(text), ['cluster: all ports', '0.0.0.0/0: all ports']);
    assert.deepEqual(told(text, 'ingress', { cni: 'cilium' }), ['cluster: nothing', '0.0.0.0/0: all ports']);
    assert.deepEqual(told(documents(app, ingress('{ from: [{ ipBlock: { cidr: 192.0.2.0/24 } }] }'))), [
      'cluster: nothing',
      '192.0.2.0/24: all ports',
    ]);
  });

  test('may all where policy is not enforced, and with a pod in its node’s network', () => {
    const text = documents(app, ingress());
    assert.deepEqual(told(text, 'ingress', { cni: 'flannel' }), ['cluster: all ports', 'internet: all ports']);
    const onHost = podText('shop', 'app', '{}', '{ hostNetwork: true }');
    assert.deepEqual(told(documents(onHost, ingress())), ['cluster: all ports', 'internet: all ports']);
  });
});

describe('pods that a rule asks for', () => {
  const from = (peer: string, port = 80) => `{ from: [${peer}], ports: [{ port: ${port} }] }`;
  const cases: Record<string, readonly [peer: string, name: string]> = {
    'by labels, of the own namespace': [
      '{ podSelector: { matchLabels: { app: client } } }',
      'app=client of namespace shop',
    ],
    'all of the own namespace': ['{ podSelector: {} }', 'all pods of namespace shop'],
    'by labels, of all namespaces': [
      '{ namespaceSelector: {}, podSelector: { matchExpressions: [{ key: tier, operator: Exists }] } }',
      'tier of all namespaces',
    ],
    'by the labels of their namespace': [
      '{ namespaceSelector: { matchLabels: { team: web } } }',
      'all pods of namespaces with team=web',
    ],
    'by both': [
      '{ namespaceSelector: { matchLabels: { team: web } }, podSelector: { matchLabels: { app: client } } }',
      'app=client of namespaces with team=web',
    ],
    'by the name of a namespace': [
      '{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: web } } }',
      'all pods of namespace web',
    ],
    'by what they have not': [
      '{ podSelector: { matchExpressions: [{ key: tier, operator: NotIn, values: [db] }] } }',
      'tier!=db of namespace shop',
    ],
    'by their addresses': ['{ ipBlock: { cidr: 10.244.1.0/24 } }', 'any pod with an address in 10.244.1.0/24'],
  };
  for (const [what, [peer, name]] of Object.entries(cases)) {
    test(what, () =>
      assert.deepEqual(told(documents(app, ingress(from(peer)))), ['cluster: nothing', `${name}: 80/TCP`]),
    );
  }

  test('have what wider rules open too, and a line where they have more', () => {
    const text = documents(
      app,
      ingress(
        from('{ namespaceSelector: {} }', 80),
        from('{ podSelector: {} }', 80),
        from('{ podSelector: {} }', 81),
        from('{ podSelector: { matchLabels: { app: client } } }', 81),
        from('{ podSelector: { matchLabels: { app: other } } }', 82),
      ),
    );
    assert.deepEqual(told(text), [
      'cluster: 80/TCP',
      'all pods of namespace shop: 80–81/TCP',
      'app=other of namespace shop: 80–82/TCP',
    ]);
  });

  test('are told once, however they are asked for', () => {
    const inOne = '{ podSelector: { matchExpressions: [{ key: app, operator: In, values: [client] }] } }';
    const named =
      '{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: shop } }, podSelector: { matchLabels: { app: client } } }';
    assert.deepEqual(told(documents(app, ingress(from(inOne), from(named)))), [
      'cluster: nothing',
      'app=client of namespace shop: 80/TCP',
    ]);
  });

  test('have no line where the manifests bring them', () => {
    const client = podText('shop', 'client', '{ app: client, tier: web }');
    const byLabel = from('{ podSelector: { matchLabels: { app: client } } }');
    assert.deepEqual(told(documents(app, client, ingress(byLabel))), ['cluster: nothing']);
    const byList = from('{ podSelector: { matchExpressions: [{ key: app, operator: In, values: [client, batch] }] } }');
    assert.deepEqual(told(documents(app, client, ingress(byList))), [
      'cluster: nothing',
      'app in (client, batch) of namespace shop: 80/TCP',
    ]);
    const byTeam = from(
      '{ namespaceSelector: { matchLabels: { team: web } }, podSelector: { matchLabels: { app: client } } }',
    );
    const team = namespaceText('shop', '{ team: web }');
    assert.deepEqual(told(documents(team, app, client, ingress(byTeam))), [
      'cluster: nothing',
      'app=client of namespaces with team=web: 80/TCP',
    ]);
  });

  test('have what the labels give that their namespace is declared with', () => {
    const byName = '{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: web } } }';
    const byTeam = '{ namespaceSelector: { matchLabels: { team: web } } }';
    const web = namespaceText('web', '{ team: web }');
    assert.deepEqual(told(documents(web, app, ingress(from(byName, 80), from(byTeam, 81)))), [
      'cluster: nothing',
      'all pods of namespace web: 80–81/TCP',
      'all pods of namespaces with team=web: 81/TCP',
    ]);
  });

  test('have no line where there can be none', () => {
    const never =
      '{ podSelector: { matchExpressions: [{ key: a, operator: Exists }, { key: a, operator: DoesNotExist }] } }';
    assert.deepEqual(told(documents(app, ingress(from(never)))), ['cluster: nothing']);
    const declared = '{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: web, team: web } } }';
    assert.deepEqual(told(documents(app, ingress(from(declared)))), [
      'cluster: nothing',
      'all pods of namespaces with kubernetes.io/metadata.name=web, team=web: 80/TCP',
    ]);
    assert.deepEqual(told(documents(namespaceText('web'), app, ingress(from(declared)))), ['cluster: nothing']);
  });

  test('have nothing of a rule that cannot be read', () => {
    const unreadable = '{ podSelector: { matchExpressions: [{ key: a, operator: Is }] } }';
    assert.deepEqual(told(documents(app, ingress(from(unreadable), from('{}')))), ['cluster: nothing']);
  });
});

describe('a port by its name', () => {
  const to = (ports: string) => `{ to: [{ namespaceSelector: {} }], ports: [${ports}] }`;

  test('is told as such where the other end alone knows its number', () => {
    const text = documents(app, egress(to('{ port: http }, { port: dns, protocol: UDP }, { port: 443 }')));
    assert.deepEqual(told(text, 'egress'), ['cluster: 443/TCP, http/TCP, dns/UDP']);
  });

  test('is not told where all ports of its protocol are open', () => {
    assert.deepEqual(told(documents(app, egress(to('{ port: http }, { protocol: TCP }'))), 'egress'), [
      'cluster: all TCP ports',
    ]);
  });

  test('is not sure where others are denied', () => {
    const dev = '{ pods: { namespaceSelector: {}, podSelector: { matchLabels: { env: dev } } } }';
    const deny = admin(`egress: [{ action: Deny, to: [${dev}] }]`);
    assert.deepEqual(told(documents(app, deny, egress(to('{ port: http }'))), 'egress'), [
      'cluster: nothing',
      'any pod: http/TCP, or less',
      'env=dev of all namespaces: nothing',
    ]);
  });

  test('that is denied leaves nothing sure', () => {
    const deny = admin('egress: [{ action: Deny, to: [{ namespaces: {} }], ports: [{ namedPort: metrics }] }]');
    assert.deepEqual(told(documents(app, deny), 'egress'), [
      'cluster: nothing',
      'any pod: all ports, or less',
      'internet: all ports',
    ]);
  });
});

describe('policies that have an order', () => {
  const rule = (action: string, labels: string, ports = '') =>
    `{ action: ${action}, from: [{ pods: { namespaceSelector: {}, podSelector: ${labels} } }]${ports} }`;
  const dev = '{ matchLabels: { env: dev } }';
  const prod = '{ matchLabels: { env: prod } }';

  test('take from some what others have', () => {
    assert.deepEqual(told(documents(app, admin(`ingress: [${rule('Deny', dev)}]`))), [
      'cluster: nothing',
      'any pod: all ports, or less',
      'env=dev of all namespaces: nothing',
      'internet: all ports',
    ]);
  });

  test('take nothing from those whom an earlier rule lets in', () => {
    const rules = `${rule('Allow', prod)}, ${rule('Deny', '{}')}, ${rule('Allow', dev)}`;
    assert.deepEqual(told(documents(app, admin(`ingress: [${rules}]`))), [
      'cluster: nothing',
      'env=prod of all namespaces: all ports',
      'internet: all ports',
    ]);
  });

  test('pass some to the policies of the namespace', () => {
    const rules = admin(`ingress: [${rule('Pass', prod)}, ${rule('Deny', '{}')}]`);
    const client = ingress('{ from: [{ podSelector: { matchLabels: { app: client } } }], ports: [{ port: 80 }] }');
    assert.deepEqual(told(documents(app, rules, client)), [
      'cluster: nothing',
      'env=prod, app=client of namespace shop: 80/TCP',
    ]);
  });

  test('decide last for pods that no policy of the namespace isolates', () => {
    const baseline = admin(`ingress: [${rule('Deny', dev)}]`, 'BaselineAdminNetworkPolicy');
    assert.deepEqual(told(documents(app, baseline)), [
      'cluster: nothing',
      'any pod: all ports, or less',
      'env=dev of all namespaces: nothing',
      'internet: all ports',
    ]);
    assert.deepEqual(told(documents(app, baseline, ingress('{ ports: [{ port: 80 }] }'))), [
      'cluster: 80/TCP',
      'internet: 80/TCP',
    ]);
  });

  test('deny on some ports alone', () => {
    const rules = admin(`ingress: [${rule('Deny', '{}', ', ports: [{ portNumber: { port: 22, protocol: TCP } }]')}]`);
    assert.deepEqual(told(documents(app, rules))[0], 'cluster: 1–21/TCP, 23–65535/TCP, all UDP ports, all SCTP ports');
  });
});

test('whom it is asked of: as sources what they may open, as targets what may be opened to them', () => {
  const cluster = clusterOf(documents(app, podText('shop', 'other')));
  const [first, second] = [...cluster.workloads.values()].filter(({ manifest }) => manifest);
  assert.ok(first && second);
  const ways = [
    ...exposures(cluster, {
      from: [{ kind: 'workload', workload: first }],
      to: [{ kind: 'workload', workload: second }],
    }),
  ];
  assert.deepEqual(
    ways.map(({ workload, ingress, egress }) => [workload.name, ingress !== undefined, egress !== undefined]),
    [
      [first.name, false, true],
      [second.name, true, false],
    ],
  );
});

test('Services that lead in from outside are named', () => {
  const service = (name: string, type: string) =>
    `{ apiVersion: v1, kind: Service, metadata: { name: ${name}, namespace: shop }, spec: { type: ${type}, selector: { app: app }, ports: [{ port: 80 }] } }`;
  const cluster = clusterOf(documents(app, service('inside', 'ClusterIP'), service('outside', 'NodePort')));
  const names = [...exposures(cluster)].flatMap(({ entrances }) => entrances.map(({ name }) => name));
  assert.deepEqual(names, ['outside']);
});
