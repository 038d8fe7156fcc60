import type { Graph, GraphEdge, GraphNode, Isolation, Reach, ReachPeer } from '../../src/topology/graph.ts';

/** Graphs to test and to look at, built in a few words each. */

const clean = { errors: 0, warnings: 0, notes: 0 };
const open: Isolation = { ingress: false, egress: false };
const isolatedIn: Isolation = { ingress: true, egress: false };
const isolated: Isolation = { ingress: true, egress: true };

type Extra<T extends GraphNode['type']> = Partial<Extract<GraphNode, { type: T }>>;

export function namespace(name: string, extra: Extra<'namespace'> = {}): GraphNode {
  return {
    type: 'namespace',
    id: `Namespace//${name}`,
    label: name,
    assumed: false,
    findings: clean,
    isolated: open,
    ...extra,
  };
}

export function workload(path: string, extra: Extra<'workload'> = {}): GraphNode {
  const [ns, name] = path.split('/') as [string, string];
  const kind = extra.kind ?? 'Deployment';
  return {
    type: 'workload',
    id: `${kind}/${ns}/${name}`,
    label: name,
    parent: `Namespace//${ns}`,
    assumed: false,
    findings: clean,
    kind,
    replicas: 1,
    isolated: open,
    hostNetwork: false,
    ports: [],
    ...extra,
  };
}

export function service(path: string, ports: readonly string[], extra: Extra<'service'> = {}): GraphNode {
  const [ns, name] = path.split('/') as [string, string];
  return {
    type: 'service',
    id: `Service/${ns}/${name}`,
    label: name,
    parent: `Namespace//${ns}`,
    assumed: false,
    findings: clean,
    serviceType: 'ClusterIP',
    headless: false,
    ports,
    endpoints: 1,
    ...extra,
  };
}

export function policy(path: string, directions: Isolation, selects: number): GraphNode {
  const [ns, name] = path.split('/') as [string, string];
  return {
    type: 'policy',
    id: `NetworkPolicy/${ns}/${name}`,
    label: name,
    parent: `Namespace//${ns}`,
    assumed: false,
    findings: clean,
    kind: 'NetworkPolicy',
    tier: 'NetworkPolicy',
    directions,
    selects,
  };
}

/** A policy for the whole cluster. */
export function widePolicy(
  kind: 'AdminNetworkPolicy' | 'BaselineAdminNetworkPolicy' | 'ClusterNetworkPolicy',
  name: string,
  extra: Extra<'policy'> = {},
): GraphNode {
  return {
    type: 'policy',
    id: `${kind}//${name}`,
    label: name,
    parent: 'cluster',
    assumed: false,
    findings: clean,
    kind,
    tier: 'Admin',
    directions: isolatedIn,
    selects: 0,
    ...extra,
  };
}

export const cluster: GraphNode = {
  type: 'cluster',
  id: 'cluster',
  label: 'whole cluster',
  assumed: false,
  findings: clean,
};

export const internet: GraphNode = {
  type: 'internet',
  id: 'internet',
  label: 'internet',
  assumed: true,
  findings: clean,
};

export function edge(
  type: GraphEdge['type'],
  source: string,
  target: string,
  extra: Partial<GraphEdge> = {},
): GraphEdge {
  return { id: `${type}:${source}:${target}`, type, source, target, ports: [], ...extra };
}

/** A Service and the workload behind it, both of one name. */
function served(path: string, port: string, extra: Extra<'workload'> = {}): { nodes: GraphNode[]; edges: GraphEdge[] } {
  const back = workload(path, { ports: [port], ...extra });
  const front = service(path, [port], { endpoints: back.type === 'workload' ? back.replicas : 1 });
  return { nodes: [front, back], edges: [edge('selects', front.id, back.id, { ports: [port] })] };
}

function calls(from: string, to: string, port: string, extra: Partial<GraphEdge> = {}): GraphEdge {
  return edge('calls', from, `Service/${to}`, { ports: [port], ...extra });
}

function join(...parts: readonly { nodes: GraphNode[]; edges: GraphEdge[] }[]): {
  nodes: GraphNode[];
  edges: GraphEdge[];
} {
  return { nodes: parts.flatMap((part) => part.nodes), edges: parts.flatMap((part) => part.edges) };
}

/** Twelve workloads in three namespaces, two of their calls blocked, one that depends. */
export function shop(): Graph {
  const parts = join(
    served('shop/frontend', '80/TCP', { replicas: 3, isolated: isolatedIn }),
    served('shop/cart', '7070/TCP', { replicas: 2, isolated: isolatedIn }),
    served('shop/catalog', '3550/TCP', { replicas: 2, isolated: isolatedIn }),
    served('shop/checkout', '5050/TCP', {
      replicas: 2,
      isolated: isolatedIn,
      findings: { errors: 0, warnings: 1, notes: 0 },
    }),
    served('shop/payment', '50051/TCP', { isolated: isolated }),
    served('shop/recommendation-engine-experimental', '8080/TCP', { isolated: isolatedIn }),
    served('data/redis', '6379/TCP', { kind: 'StatefulSet', replicas: 3, isolated }),
    served('data/orders-db', '5432/TCP', {
      kind: 'StatefulSet',
      isolated,
      findings: { errors: 2, warnings: 0, notes: 0 },
    }),
    served('observability/prometheus', '9090/TCP'),
    served('observability/grafana', '3000/TCP'),
  );
  return {
    nodes: [
      internet,
      namespace('shop', { isolated: isolatedIn }),
      namespace('data', { isolated }),
      namespace('observability'),
      ...parts.nodes,
      workload('shop/load-test', { kind: 'CronJob', isolated: isolatedIn }),
      workload('observability/node-exporter', {
        kind: 'DaemonSet',
        replicas: 2,
        hostNetwork: true,
        findings: { errors: 0, warnings: 0, notes: 1 },
      }),
      service('shop/frontend-external', ['80/TCP', '443/TCP'], { serviceType: 'LoadBalancer', endpoints: 3 }),
      policy('shop/default-deny', isolatedIn, 7),
      policy('shop/allow-frontend', isolatedIn, 1),
      policy('shop/allow-shop', isolatedIn, 6),
      policy('data/default-deny', isolated, 2),
      policy('data/allow-shop', isolatedIn, 2),
      namespace('kube-system', { assumed: true }),
      workload('kube-system/coredns', { assumed: true, replicas: 2, ports: ['53/UDP', '53/TCP'] }),
      service('kube-system/kube-dns', ['53/UDP', '53/TCP'], { assumed: true, endpoints: 2 }),
    ],
    edges: [
      ...parts.edges,
      edge('selects', 'Service/shop/frontend-external', 'Deployment/shop/frontend', { ports: ['80/TCP'] }),
      edge('selects', 'Service/kube-system/kube-dns', 'Deployment/kube-system/coredns', { ports: ['53/UDP'] }),
      edge('enters', 'internet', 'Service/shop/frontend-external', { ports: ['80/TCP', '443/TCP'] }),
      calls('Deployment/shop/frontend', 'shop/cart', '7070/TCP'),
      calls('Deployment/shop/frontend', 'shop/catalog', '3550/TCP'),
      calls('Deployment/shop/frontend', 'shop/checkout', '5050/TCP'),
      calls('Deployment/shop/frontend', 'shop/recommendation-engine-experimental', '8080/TCP'),
      calls('Deployment/shop/recommendation-engine-experimental', 'shop/catalog', '3550/TCP'),
      calls('Deployment/shop/checkout', 'shop/cart', '7070/TCP'),
      calls('Deployment/shop/checkout', 'shop/payment', '50051/TCP'),
      calls('Deployment/shop/cart', 'data/redis', '6379/TCP'),
      calls('Deployment/shop/frontend', 'data/orders-db', '5432/TCP', {
        blocked: 'ingress',
        why: 'Ingress of orders-db is isolated by default-deny, and no rule lets frontend in.',
      }),
      calls('Deployment/shop/checkout', 'data/orders-db', '5432/TCP'),
      calls('CronJob/shop/load-test', 'shop/frontend', '80/TCP'),
      calls('Deployment/shop/payment', 'observability/prometheus', '9090/TCP', {
        blocked: 'egress',
        why: 'Egress of payment is isolated by default-deny, and no rule lets it out.',
      }),
      calls('Deployment/observability/grafana', 'observability/prometheus', '9090/TCP'),
      calls('Deployment/observability/prometheus', 'shop/frontend', '80/TCP', {
        depends: true,
        why: 'Depends on whether the plugin enforces policy for host network pods.',
      }),
      ...['frontend', 'cart', 'catalog', 'checkout', 'payment', 'recommendation-engine-experimental'].map((name) =>
        edge('applies', 'NetworkPolicy/shop/default-deny', `Deployment/shop/${name}`),
      ),
      edge('applies', 'NetworkPolicy/shop/allow-frontend', 'Deployment/shop/frontend'),
      edge('applies', 'NetworkPolicy/data/default-deny', 'StatefulSet/data/orders-db'),
      edge('applies', 'NetworkPolicy/data/default-deny', 'StatefulSet/data/redis'),
      edge('applies', 'NetworkPolicy/data/allow-shop', 'StatefulSet/data/orders-db'),
    ],
  };
}

/** The shop below policies for the whole cluster. */
export function governed(): Graph {
  const { nodes, edges } = shop();
  const everything = nodes.filter(({ type, assumed }) => type === 'namespace' && !assumed).map(({ id }) => id);
  const about = (id: string, targets: readonly string[]) => targets.map((target) => edge('applies', id, target));
  const wide = [
    widePolicy('AdminNetworkPolicy', 'metrics', { priority: 5, selects: 14 }),
    widePolicy('AdminNetworkPolicy', 'data-is-private', { priority: 10, selects: 2 }),
    widePolicy('ClusterNetworkPolicy', 'way-out', {
      priority: 30,
      directions: { ingress: false, egress: true },
      selects: 7,
      findings: { errors: 0, warnings: 1, notes: 0 },
    }),
    widePolicy('BaselineAdminNetworkPolicy', 'default', { tier: 'Baseline', selects: 14 }),
  ];
  return {
    nodes: [cluster, ...nodes, ...wide],
    edges: [
      ...edges,
      ...about('AdminNetworkPolicy//metrics', everything),
      ...about('AdminNetworkPolicy//data-is-private', ['Namespace//data']),
      ...about('ClusterNetworkPolicy//way-out', ['Namespace//shop', 'StatefulSet/data/orders-db']),
      ...about('BaselineAdminNetworkPolicy//default', everything),
    ],
  };
}

/** A graph of `size` workloads over several namespaces, the same each time. */
export function crowd(size: number, namespaces = 6): Graph {
  const next = random(size);
  const names = ['shop', 'payments', 'search', 'media', 'platform', 'data', 'edge', 'identity', 'ops', 'batch'];
  const words = ['api', 'worker', 'cache', 'gateway', 'index', 'ledger', 'mailer', 'queue', 'store', 'sync'];
  const spaces = Array.from({ length: namespaces }, (_, i) => names[i] ?? `team-${i}`);
  const nodes: GraphNode[] = [
    internet,
    ...spaces.map((name, i) => namespace(name, i % 2 ? {} : { isolated: isolatedIn })),
  ];
  const edges: GraphEdge[] = [];
  const paths: string[] = [];
  for (let i = 0; i < size; i++) {
    const path = `${spaces[i % namespaces]}/${words[i % words.length]}-${Math.floor(i / words.length) + 1}`;
    paths.push(path);
    const part = served(path, `${8000 + i}/TCP`, {
      isolated: next() < 0.5 ? isolatedIn : open,
      findings: next() < 0.1 ? { errors: 1, warnings: 0, notes: 0 } : clean,
    });
    nodes.push(...part.nodes);
    edges.push(...part.edges);
  }
  for (let i = 1; i < size; i++) {
    const near = i - namespaces * (1 + Math.floor(next() * 3));
    const from = next() < 0.8 && near >= 0 ? near : Math.floor(next() * i);
    if (from === i) continue;
    const blocked = next() < 0.08 ? ({ blocked: next() < 0.5 ? 'ingress' : 'egress' } as const) : {};
    edges.push(calls(`Deployment/${paths[from]}`, String(paths[i]), `${8000 + i}/TCP`, blocked));
  }
  edges.push(edge('enters', 'internet', `Service/${paths[0]}`, { ports: ['443/TCP'] }));
  for (const name of spaces) nodes.push(policy(`${name}/default-deny`, isolatedIn, Math.floor(size / namespaces)));
  return { nodes, edges };
}

/** Boxes of a view, as many as there are policies, each with whom it is about, its gate and some peers. */
export function boxes(count: number): Graph {
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  for (let i = 0; i < count; i++) {
    const id = `NetworkPolicy/team-${i % 20}/allow-${i}`;
    const common = { parent: id, assumed: false, findings: clean, rows: [] } as const;
    const card = { ...common, type: 'part', kind: 'Peer', shape: 'card', glyph: 'pods', about: ['TCP 80'] } as const;
    const gate = { ...card, id: `${id} ingress`, label: 'Ingress', shape: 'gate', glyph: 'inward', lane: 1 } as const;
    const chosen = { ...card, id: `${id} selects`, label: `app-${i}`, lane: 2 };
    const peers = Array.from({ length: 4 }, (_, at) => ({ ...card, id: `${id} ${at}`, label: `peer-${at}`, lane: 0 }));
    const rest = { kind: 'NetworkPolicy', aside: `team-${i % 20}`, layout: 'columns' } as const;
    nodes.push({ type: 'group', id, label: `allow-${i}`, assumed: false, findings: clean, rows: [], ...rest });
    nodes.push(gate, chosen, ...peers);
    edges.push(edge('joins', gate.id, chosen.id), ...peers.map((peer) => edge('joins', peer.id, gate.id)));
  }
  return { nodes, edges };
}

/** What a picked workload of a fixture may reach: all that is not behind an isolation, and what it calls unblocked. */
export function reachIn(graph: Graph, id: string, direction: Reach['direction']): Reach {
  const peers = graph.nodes.flatMap((node): ReachPeer[] => {
    if (node.type !== 'workload' || node.id === id) return [];
    const service = graph.edges.find((e) => e.type === 'selects' && e.target === node.id)?.source;
    const called = graph.edges.find((e) => e.type === 'calls' && e.source === id && e.target === service);
    if (called?.blocked) return [{ id: node.id, ports: '', outcome: 'denied', blocked: called.blocked }];
    if (called) return [{ id: node.id, ports: called.ports.join(', '), outcome: 'allowed' }];
    if (node.hostNetwork) return [{ id: node.id, ports: 'all ports', outcome: 'depends' }];
    if (node.isolated.ingress) return [{ id: node.id, ports: '', outcome: 'denied', blocked: 'ingress' }];
    return [{ id: node.id, ports: 'all ports', outcome: 'allowed' }];
  });
  return { id, direction, peers };
}

/** A small generator of numbers below 1, so that a picture is the same on each run. */
function random(seed: number): () => number {
  let state = seed * 2654435761;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 0x9e3779b9) | 0;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
  };
}
