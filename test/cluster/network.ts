import fc from 'fast-check';
import { defaultSettings, type Settings } from '../../src/cluster/settings.ts';

/**
 * A small network of which each part can be written in several ways that bear on the others: whatever is edited, some
 * answer elsewhere changes.
 */

/** A document with holes, and what each hole may hold; the first of each is what it holds at the beginning. */
interface Part {
  readonly holes: readonly (readonly string[])[];
  text(...held: readonly string[]): string;
}

const apps = ['api', 'web', 'db', 'none'];

const hosts = [
  'http://api:80',
  'http://api.shop:8080',
  'http://db-0.data:5432',
  'http://ext:80',
  'http://apii:80',
  'http://example.com',
];

function metadata(name: string, namespace = 'shop', more = ''): string {
  return `metadata: {name: ${name}, namespace: ${namespace}${more}}`;
}

function template(app: string, container: string, more = ''): string {
  return `template: {metadata: {labels: {app: ${app}}}, spec: {${more}containers: [{name: c, ${container}}]}}`;
}

const web: Part = {
  holes: [
    ['web', ...apps],
    hosts,
    ['1', '0', '3'],
    [
      '',
      'hostNetwork: true, ',
      'dnsPolicy: Default, ',
      'nodeName: n1, ',
      'nodeName: n3, ',
      'tolerations: [{operator: Exists}], ',
      'schedulingGates: [{name: example.com/wait}], ',
    ],
    ['http://$(API_SERVICE_HOST):$(API_SERVICE_PORT)', 'http://$(two_HOST):80', '$(secret)/x', '$(NONE):80'],
  ],
  text: (app, url, replicas, spec, argument) =>
    `apiVersion: apps/v1\nkind: Deployment\n${metadata('web')}\nspec:\n  replicas: ${replicas}\n  ${template(
      app ?? '',
      `env: [{name: API_URL, value: "${url}"}, {name: X, valueFrom: {configMapKeyRef: {name: cm, key: url}}}], envFrom: [{configMapRef: {name: more}}, {secretRef: {name: hidden}}], args: ["${argument}"], livenessProbe: {httpGet: {host: api.shop, port: 80}}`,
      spec,
    )}\n`,
};

const api: Part = {
  holes: [apps, ['http', 'main'], ['8080', '80'], ['2', '0', '1'], ['shop', 'default']],
  text: (app, name, port, replicas, namespace) =>
    `apiVersion: apps/v1\nkind: Deployment\n${metadata('api', namespace)}\nspec:\n  replicas: ${replicas}\n  ${template(
      app ?? '',
      `ports: [{name: ${name}, containerPort: ${port}}], env: [{name: DB_URL, value: "tcp://db-0.data:5432"}]`,
    )}\n`,
};

const db: Part = {
  holes: [
    ['data', 'other'],
    ['2', '1'],
    ['db', 'api'],
    ['0', '1', '2'],
  ],
  text: (serviceName, replicas, app, start) =>
    `apiVersion: apps/v1\nkind: StatefulSet\n${metadata('db')}\nspec:\n  serviceName: ${serviceName}\n  ordinals: {start: ${start}}\n  replicas: ${replicas}\n  ${template(app ?? '', 'ports: [{containerPort: 5432}]')}\n`,
};

const old: Part = {
  holes: [
    ['api', 'none'],
    ['10.244.0.4', '10.244.1.9', '192.0.2.7', '10.244.0.5'],
    ['True', 'False'],
    ['Running', 'Succeeded', 'Pending'],
    ['', ', ownerReferences: [{kind: Deployment, name: web, controller: true}]'],
  ],
  text: (app, ip, ready, phase, owner) =>
    `apiVersion: v1\nkind: Pod\n${metadata('old', 'shop', `, labels: {app: ${app}}${owner}`)}\nspec: {containers: [{name: c, ports: [{name: http, containerPort: 8080}]}]}\nstatus: {phase: ${phase}, podIP: ${ip}, conditions: [{type: Ready, status: "${ready}"}]}\n`,
};

const service = (
  name: string,
  namespace: string,
  app: string,
  more: readonly string[],
  ports: readonly string[],
): Part => ({
  holes: [[app, ...apps], more, ports],
  text: (selected, spec, list) =>
    `apiVersion: v1\nkind: Service\n${metadata(name, namespace)}\nspec: {selector: {app: ${selected}}, ${spec}ports: [${list}]}\n`,
});

const services: readonly Part[] = [
  service(
    'api',
    'shop',
    'api',
    [
      '',
      'type: NodePort, ',
      'clusterIP: None, ',
      'clusterIP: 10.96.0.20, ',
      'publishNotReadyAddresses: true, ',
      'trafficDistribution: PreferSameNode, ',
      'type: LoadBalancer, externalTrafficPolicy: Local, ',
      'clusterIP: 172.20.0.9, ',
    ],
    ['{port: 80, targetPort: http}', '{port: 80, targetPort: 8080}', '{port: 8080, targetPort: main}'],
  ),
  service('data', 'shop', 'db', ['clusterIP: None, ', ''], ['{port: 5432}', '{port: 5433}']),
  service('db-0', 'data', 'db', [''], ['{port: 5432}']),
  {
    holes: [['{port: 80}', '{port: 80, name: x}']],
    text: (port) => `apiVersion: v1\nkind: Service\n${metadata('ext')}\nspec: {ports: [${port}]}\n`,
  },
  {
    holes: [['Auto', 'Disabled']],
    text: (mode) =>
      `apiVersion: v1\nkind: Service\n${metadata('near', 'shop', `, annotations: {service.kubernetes.io/topology-mode: ${mode}}`)}\nspec: {selector: {app: api}, ports: [{port: 80}]}\n`,
  },
];

const written: readonly Part[] = [
  {
    holes: [
      ['10.244.0.4', '192.0.2.7', '10.244.0.2', '10.244.0.3'],
      ['8080', '80'],
      ['ext', 'api'],
    ],
    text: (ip, port, name) =>
      `apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\n${metadata('ext-1', 'shop', `, labels: {kubernetes.io/service-name: ${name}}`)}\naddressType: IPv4\nendpoints: [{addresses: [${ip}]}]\nports: [{name: "", port: ${port}}]\n`,
  },
  {
    holes: [['10.244.1.9', '192.0.2.8', '10.244.0.6']],
    text: (ip) =>
      `apiVersion: v1\nkind: Endpoints\n${metadata('ext')}\nsubsets: [{addresses: [{ip: ${ip}}], ports: [{port: 81}]}]\n`,
  },
];

const configMap: Part = {
  holes: [hosts, ['', '\n  more: x']],
  text: (url, more) => `apiVersion: v1\nkind: ConfigMap\n${metadata('cm')}\ndata:\n  url: "${url}"${more}\n`,
};

const namespace: Part = {
  holes: [['a', 'b']],
  text: (team) => `apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {team: ${team}}}\n`,
};

function readyWith(cpu: number | string | undefined): string {
  return `conditions: [{type: Ready, status: "True"}], allocatable: {cpu: "${cpu}"}`;
}

/** So few addresses that pods get in one another's way. */
const nodes: readonly Part[] = [
  {
    holes: [
      ['10.244.0.0/29', '10.244.0.0/24', '10.1.0.0/24'],
      ['10.0.0.1', '10.0.0.2'],
      ['n1', 'n2'],
      ['a', 'b'],
    ],
    text: (range, ip, name, zone) =>
      `apiVersion: v1\nkind: Node\nmetadata: {name: ${name}, labels: {topology.kubernetes.io/zone: ${zone}}}\nspec: {podCIDR: ${range}}\nstatus: {addresses: [{type: InternalIP, address: ${ip}}], ${readyWith(1)}}\n`,
  },
  {
    holes: [
      ['n3', 'n4'],
      ['', 'unschedulable: true', 'taints: [{key: app, value: web, effect: NoSchedule}]'],
      ['2', '9'],
    ],
    text: (name, spec, cpu) =>
      `apiVersion: v1\nkind: Node\nmetadata: {name: ${name}, labels: {topology.kubernetes.io/zone: c}}\nspec: {${spec}}\nstatus: {${readyWith(cpu)}}\n`,
  },
];

const moreData: Part = {
  holes: [hosts],
  text: (url) =>
    `apiVersion: v1\nkind: ConfigMap\n${metadata('more')}\ndata: {one: "${url}", two: "tcp://data:5432"}\n`,
};

const hidden: Part = {
  holes: [hosts, ['', 'aHR0cDovL2FwaTo4MA==', 'dGNwOi8vZGF0YTo1NDMy']],
  text: (url, encoded) =>
    `apiVersion: v1\nkind: Secret\n${metadata('hidden')}\nstringData: {secret: "${url}"}\ndata: {encoded: "${encoded}"}\n`,
};

/** Names that no workload looks up. */
const named: readonly Part[] = [
  {
    holes: [['api', 'apii', 'data'], ['80', '443'], hosts],
    text: (name, port, url) =>
      `apiVersion: admissionregistration.k8s.io/v1\nkind: MutatingWebhookConfiguration\nmetadata: {name: hooks}\nwebhooks: [{name: a.b.c, clientConfig: {service: {namespace: shop, name: ${name}, port: ${port}}}}, {name: a.b.d, clientConfig: {url: "${url}"}}]\n`,
  },
  {
    holes: [['api.shop', 'api.shop.svc.cluster.local', 'apii.shop.svc.cluster.local', 'example.com'], hosts],
    text: (target, url) =>
      `apiVersion: v1\nkind: Service\n${metadata('outer', 'shop', `, annotations: {x/url: "${url}"}`)}\nspec: {type: ExternalName, externalName: ${target}}\n`,
  },
  {
    holes: [
      ['api', 'none'],
      ['80', '81'],
    ],
    text: (name, port) =>
      `apiVersion: apiregistration.k8s.io/v1\nkind: APIService\nmetadata: {name: v1.example.com}\nspec: {service: {namespace: shop, name: ${name}, port: ${port}}}\n`,
  },
];

const peers = [
  'namespaceSelector: {matchLabels: {team: a}}',
  'podSelector: {matchLabels: {app: web}}',
  'podSelector: {matchLabels: {app: none}}',
  'ipBlock: {cidr: 10.244.0.0/24}',
  'ipBlock: {cidr: 10.0.0.1/32}',
  'podSelector: {matchLabels: {apps.kubernetes.io/pod-index: "0"}}',
];

const policies: readonly Part[] = [
  {
    holes: [apps, peers, ['http', '8080', '80'], ['shop', 'default']],
    text: (app, peer, port, namespace) =>
      `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n${metadata('in', namespace)}\nspec:\n  podSelector: {matchLabels: {app: ${app}}}\n  ingress: [{from: [{${peer}}], ports: [{port: ${port}}]}]\n`,
  },
  {
    holes: [['db', ...apps], peers],
    text: (app, peer) =>
      `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n${metadata('out')}\nspec:\n  podSelector: {matchLabels: {app: ${app}}}\n  policyTypes: [Egress]\n  egress: [{to: [{${peer}}]}]\n`,
  },
  {
    holes: [
      ['Pass', 'Deny', 'Allow'],
      ['a', 'b'],
      ['web', 'api'],
    ],
    text: (action, team, app) =>
      `apiVersion: policy.networking.k8s.io/v1alpha1\nkind: AdminNetworkPolicy\nmetadata: {name: admin}\nspec:\n  priority: 5\n  subject: {namespaces: {matchLabels: {team: ${team}}}}\n  ingress: [{name: r, action: ${action}, from: [{pods: {namespaceSelector: {}, podSelector: {matchLabels: {app: ${app}}}}}]}]\n`,
  },
];

const entries: readonly Part[] = [
  {
    holes: [
      ['api', 'web'],
      ['80', '81'],
    ],
    text: (name, port) =>
      `apiVersion: networking.k8s.io/v1\nkind: Ingress\n${metadata('entry')}\nspec: {defaultBackend: {service: {name: ${name}, port: {number: ${port}}}}}\n`,
  },
  {
    holes: [['api', 'data']],
    text: (name) =>
      `apiVersion: route.openshift.io/v1\nkind: Route\n${metadata('route')}\nspec: {to: {kind: Service, name: ${name}}}\n`,
  },
];

const parts: readonly Part[] = [
  web,
  api,
  db,
  old,
  ...services,
  ...written,
  configMap,
  namespace,
  ...policies,
  ...entries,
  moreData,
  hidden,
  ...named,
  ...nodes,
  // A second manifest of one object.
  api,
];

/** Settings with a range that the Services just find room in, and others. */
const settings = allSettings([
  { cni: 'cilium' },
  { cni: 'flannel' },
  { nodePortRange: { first: 8000, last: 8001 } },
  { nodes: 1 },
  { clusterDomain: 'example.org' },
  { podCIDR: ['10.244.0.0/28'] },
  { serviceCIDR: ['10.96.0.0/12'] },
  { serviceCIDR: defaultSettings.serviceCIDR },
  { elsewhere: ['shop/apii'] },
  { dns: { ...defaultSettings.dns, labels: { app: 'api' }, port: 8080 } },
]);

function allSettings(changed: readonly Partial<Settings>[]): readonly [Settings, ...Settings[]] {
  const first = { ...defaultSettings, serviceCIDR: ['10.96.0.0/29'] };
  return [first, ...changed.map((each) => ({ ...first, ...each }))];
}

/** The last is for nodes: all pods are made anew where a node's manifest moves. */
const files = 4;

/** What is written, and how the simulation is set. */
export interface Network {
  readonly files: ReadonlyMap<string, string>;
  readonly settings: Settings;
}

/** One change: of a hole, of the file that a part stands in (or none), of what stands above all, or of a setting. */
export type Edit =
  | { readonly type: 'hole'; readonly part: number; readonly hole: number; readonly choice: number }
  | { readonly type: 'file'; readonly part: number; readonly file: number | undefined }
  | { readonly type: 'lines'; readonly file: number; readonly lines: number }
  | { readonly type: 'settings'; readonly choice: number };

const part = fc.nat(parts.length - 1);

/** Every change that can be made of the first network, each with the one that takes it back. */
export function everyEdit(): readonly (readonly [Edit, Edit])[] {
  const ofParts = parts.flatMap(({ holes }, part) => [
    ...holes.flatMap((choices, hole) =>
      choices.map((_, choice): [Edit, Edit] => [
        { type: 'hole', part, hole, choice },
        { type: 'hole', part, hole, choice: 0 },
      ]),
    ),
    ...[undefined, 0, 1].map((file): [Edit, Edit] => [
      { type: 'file', part, file },
      { type: 'file', part, file: firstPlace(part) },
    ]),
  ]);
  const ofLines = Array.from({ length: files }, (_, file): [Edit, Edit] => [
    { type: 'lines', file, lines: 1 },
    { type: 'lines', file, lines: 0 },
  ]);
  const ofSettings = settings.map((_, choice): [Edit, Edit] => [
    { type: 'settings', choice },
    { type: 'settings', choice: 0 },
  ]);
  return [...ofParts, ...ofLines, ...ofSettings];
}

/** All parts but the last stand in some file at first. */
function firstPlace(part: number): number | undefined {
  const isLast = part === parts.length - 1;
  return isLast ? undefined : nodes.includes(parts[part] as Part) ? files - 1 : part % (files - 1);
}

/** Any one change. */
export const anyEdit: fc.Arbitrary<Edit> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ type: fc.constant('hole' as const), part, hole: fc.nat(4), choice: fc.nat(7) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('file' as const),
      part,
      file: fc.option(fc.nat(files - 1), { nil: undefined, freq: 2 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant('lines' as const), file: fc.nat(files - 1), lines: fc.nat(3) }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('settings' as const), choice: fc.nat(settings.length - 1) }) },
);

/** The networks that a sequence of changes goes through, the first one included. */
export function networksOf(edits: readonly Edit[]): readonly Network[] {
  const held = parts.map(({ holes }) => holes.map(() => 0));
  const places = parts.map((_, part) => firstPlace(part));
  const lines = Array.from({ length: files }, () => 0);
  let chosen = 0;
  const now = (): Network => ({
    files: new Map(lines.map((count, file) => [`${file}.yaml`, textOf(file, count, places, held)])),
    settings: settings[chosen] ?? settings[0],
  });
  const networks = [now()];
  for (const edit of edits) {
    if (edit.type === 'hole') {
      const holes = held[edit.part] ?? [];
      holes[edit.hole % holes.length] = edit.choice;
    } else if (edit.type === 'file') places[edit.part] = edit.file;
    else if (edit.type === 'lines') lines[edit.file] = edit.lines;
    else chosen = edit.choice;
    networks.push(now());
  }
  return networks;
}

function textOf(
  file: number,
  lines: number,
  places: readonly (number | undefined)[],
  held: readonly (readonly number[])[],
): string {
  const documents = parts.flatMap(({ holes, text }, index) => {
    if (places[index] !== file) return [];
    return text(...holes.map((choices, hole) => choices[(held[index]?.[hole] ?? 0) % choices.length] ?? ''));
  });
  return `${'# a line\n'.repeat(lines)}${documents.join('---\n')}`;
}
