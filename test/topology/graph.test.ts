import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findingsOf } from '../../src/checks/find.ts';
import type { Cluster } from '../../src/cluster/cluster.ts';
import { buildGraph } from '../../src/topology/build.ts';
import { placeOfEdge } from '../../src/topology/edges.ts';
import { nodeIdOf, placeOfNode } from '../../src/topology/ids.ts';
import { reachOf } from '../../src/topology/reach.ts';
import { clusterOf } from '../checks/marks.ts';

const shop = `
kind: Namespace
apiVersion: v1
metadata: { name: shop }
---
kind: Deployment
apiVersion: apps/v1
metadata: { name: web, namespace: shop }
spec:
  replicas: 2
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, ports: [{ containerPort: 8080 }], env: [{ name: DB_ADDR, value: "db:5432" }] }]
---
kind: Pod
apiVersion: v1
metadata: { name: db, namespace: shop, labels: { app: db } }
spec: { containers: [{ name: db, ports: [{ containerPort: 5432 }] }] }
---
kind: Service
apiVersion: v1
metadata: { name: db, namespace: shop }
spec: { selector: { app: db }, ports: [{ port: 5432 }] }
---
kind: Service
apiVersion: v1
metadata: { name: web, namespace: shop }
spec: { type: LoadBalancer, selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
---
kind: NetworkPolicy
apiVersion: networking.k8s.io/v1
metadata: { name: closed, namespace: shop }
spec: { podSelector: { matchLabels: { app: db } }, ingress: [{ ports: [{ port: 9999 }] }] }
`;

function graphOf(text: string) {
  const cluster = clusterOf(text);
  return buildGraph(cluster, findingsOf(cluster, {}));
}

function written(cluster: Cluster, id: string): string {
  const place = placeOfNode(cluster, id) ?? placeOfEdge(cluster, id);
  return `${place?.manifest.object.kind} ${place?.path.join('.')}`;
}

describe('the picture', () => {
  const graph = graphOf(shop);

  it('has what is written, and of what every cluster has only what is joined to it', () => {
    assert.deepEqual(graph.nodes.map(({ id }) => id).sort(), [
      'Deployment/shop/web',
      'Namespace//shop',
      'NetworkPolicy/shop/closed',
      'Pod/shop/db',
      'Service/shop/db',
      'Service/shop/web',
      'internet',
    ]);
  });

  it('tells by which labels pods are selected, of what has such a selector', () => {
    const { nodes } = graphOf(`${shop}---
kind: Deployment
apiVersion: apps/v1
metadata: { name: api, namespace: shop }
spec:
  selector: { matchLabels: { app: api, tier: back } }
  template: { metadata: { labels: { app: api, tier: back, version: two } } }
---
kind: ReplicationController
apiVersion: v1
metadata: { name: old, namespace: shop }
spec: { selector: { app: old }, template: { metadata: { labels: { app: old } } } }
---
kind: Service
apiVersion: v1
metadata: { name: bare, namespace: shop }
spec: { ports: [{ port: 80 }] }
`);
    const selectors = nodes.flatMap(({ id, selector }) => (selector ? [[id, selector]] : []));
    assert.deepEqual(Object.fromEntries(selectors), {
      'Deployment/shop/web': {},
      'Deployment/shop/api': { app: 'api', tier: 'back' },
      'ReplicationController/shop/old': { app: 'old' },
      'Service/shop/db': { app: 'db' },
      'Service/shop/web': { app: 'web' },
      'Service/shop/bare': {},
      'NetworkPolicy/shop/closed': { app: 'db' },
    });
  });

  it('tells labels: of a workload those of its pods, of others their own', () => {
    const labels = Object.fromEntries(graph.nodes.map((node) => [node.id, node.labels]));
    assert.equal(labels['Deployment/shop/web']?.app, 'web');
    assert.equal(labels['Pod/shop/db']?.app, 'db');
    assert.equal(labels['Namespace//shop']?.['kubernetes.io/metadata.name'], 'shop');
    assert.equal(labels['Service/shop/db'], undefined);
    const made = Object.fromEntries(graph.nodes.map((node) => [node.id, node.madeLabels]));
    assert.deepEqual(made['Deployment/shop/web'], ['pod-template-hash']);
    assert.equal(made['Pod/shop/db'], undefined);
    assert.deepEqual(made['Namespace//shop'], ['kubernetes.io/metadata.name']);
    const labelled = shop.replace(
      '{ name: db, namespace: shop }',
      '{ name: db, namespace: shop, labels: { team: a } }',
    );
    const service = graphOf(labelled).nodes.find(({ id }) => id === 'Service/shop/db');
    assert.deepEqual(service?.labels, { team: 'a' });
  });

  it('joins Services to pods, policies to pods, callers to Services and the world to entries', () => {
    const edges = graph.edges.map(({ type, source, target, ports, blocked }) =>
      [type, source, target, ports.join(), blocked ?? ''].join(' ').trim(),
    );
    assert.deepEqual(edges.sort(), [
      'applies NetworkPolicy/shop/closed Pod/shop/db',
      'calls Deployment/shop/web Service/shop/db 5432/TCP ingress',
      'enters internet Service/shop/web 80/TCP',
      'selects Service/shop/db Pod/shop/db 5432/TCP',
      'selects Service/shop/web Deployment/shop/web 8080/TCP',
    ]);
  });

  it('keeps the port that is called where the Service has none such, and gives no verdict on it', () => {
    const text = shop.replace('value: "db:5432"', 'value: "http://db:80"');
    const [call] = graphOf(text).edges.filter(({ type }) => type === 'calls');
    assert.deepEqual([call?.ports, call?.unjudged, call?.blocked], [['80/TCP'], true, undefined]);
    assert.equal(call?.portless, true);
    assert.equal(graph.edges.find(({ type }) => type === 'calls')?.unjudged, undefined);
  });

  it('keeps a call of a port that there is apart from one of a port that there is not', () => {
    const text = shop.replace('value: "db:5432"', 'value: "db:5432,http://db:80"');
    const calls = graphOf(text).edges.filter(({ type }) => type === 'calls');
    assert.deepEqual(
      calls.map(({ ports, blocked, portless }) => [ports.join(), blocked, portless]),
      [
        ['5432/TCP', 'ingress', undefined],
        ['80/TCP', undefined, true],
      ],
    );
    const open = text.replace(/---\nkind: NetworkPolicy[\s\S]*?(?=---|$)/, '');
    assert.deepEqual(
      graphOf(open).edges.flatMap(({ type, ports, unjudged }) => (type === 'calls' ? [[ports.join(), unjudged]] : [])),
      [
        ['5432/TCP', undefined],
        ['80/TCP', true],
      ],
    );
  });

  it('lets the world in by an Ingress and a Route, where they lead somewhere', () => {
    const text = `${shop.replace('type: LoadBalancer, ', '')}---
kind: Ingress
apiVersion: networking.k8s.io/v1
metadata: { name: web, namespace: shop }
spec: { defaultBackend: { service: { name: web, port: { number: 80 } } } }
---
kind: Ingress
apiVersion: networking.k8s.io/v1
metadata: { name: nowhere, namespace: shop }
spec: { defaultBackend: { service: { name: web, port: { number: 81 } } } }
---
kind: Route
apiVersion: route.openshift.io/v1
metadata: { name: db, namespace: shop }
spec: { to: { name: db }, alternateBackends: [{ name: web, weight: 0 }], port: { targetPort: 5432 } }
`;
    const { edges } = graphOf(text);
    const entries = edges.filter(({ type }) => type === 'enters');
    assert.deepEqual(
      entries.map(({ source, target, ports }) => [source, target, ports.join()]),
      [
        ['internet', 'Service/shop/web', '80/TCP'],
        ['internet', 'Service/shop/db', '5432/TCP'],
      ],
    );
    assert.deepEqual(
      entries.map(({ id }) => written(clusterOf(text), id)),
      ['Ingress spec.defaultBackend.service.name', 'Route spec.to.name'],
    );
  });

  it('says of a workload what isolates it and how many findings stand at it', () => {
    const byId = new Map(graph.nodes.map((node) => [node.id, node]));
    const db = byId.get('Pod/shop/db');
    assert.deepEqual(db?.type === 'workload' && db.isolated, { ingress: true, egress: false });
    assert.deepEqual(byId.get('Deployment/shop/web')?.findings, { errors: 0, warnings: 1, notes: 0 });
    assert.match(
      byId.get('Deployment/shop/web')?.messages?.[0] ?? '',
      /^deploy\/web cannot reach `db:5432`\. Ingress: /,
    );
  });

  it('draws what every cluster has once something is joined to it', () => {
    const text = shop.replace('db:5432', 'kube-dns.kube-system:53');
    const ids = graphOf(text).nodes.map(({ id }) => id);
    assert.ok(ids.includes('Service/kube-system/kube-dns'));
    assert.ok(ids.includes('Namespace//kube-system'));
  });
});

describe('policies for the whole cluster', () => {
  const more = `
kind: Namespace
apiVersion: v1
metadata: { name: bank, labels: { team: money } }
---
kind: Pod
apiVersion: v1
metadata: { name: till, namespace: bank, labels: { app: till } }
---
kind: BaselineAdminNetworkPolicy
apiVersion: policy.networking.k8s.io/v1alpha1
metadata: { name: default }
spec: { subject: { namespaces: {} }, ingress: [{ action: Deny, from: [{ namespaces: {} }] }] }
---
kind: ClusterNetworkPolicy
apiVersion: policy.networking.k8s.io/v1alpha2
metadata: { name: late }
spec: { tier: Admin, priority: 20, subject: { pods: { namespaceSelector: {}, podSelector: { matchLabels: { app: db } } } }, egress: [{ action: Pass, to: [{ namespaces: {} }] }] }
---
kind: AdminNetworkPolicy
apiVersion: policy.networking.k8s.io/v1alpha1
metadata: { name: early }
spec: { priority: 10, subject: { namespaces: { matchLabels: { team: money } } }, ingress: [{ action: Allow, from: [{ namespaces: {} }], ports: [{ portNumber: { port: 1 } }] }] }
`;
  const text = `${shop}---${more}`;
  const { nodes, edges } = graphOf(text);

  it('stand in the cluster itself, in the order in which they are asked', () => {
    assert.equal(nodes[0]?.id, 'cluster');
    const policies = nodes.flatMap((node) =>
      node.type === 'policy' ? [[node.parent, node.label, node.tier, node.priority, node.selects].join(' ')] : [],
    );
    assert.deepEqual(policies, [
      'cluster early Admin 10 1',
      'cluster late Admin 20 1',
      'Namespace//shop closed NetworkPolicy  1',
      'cluster default Baseline  4',
    ]);
  });

  it('are joined to the namespaces of which they are about all, else to the workloads', () => {
    const applied = edges.filter(({ type }) => type === 'applies').map(({ source, target }) => `${source} → ${target}`);
    assert.deepEqual(applied.sort(), [
      'AdminNetworkPolicy//early → Namespace//bank',
      'BaselineAdminNetworkPolicy//default → Namespace//bank',
      'BaselineAdminNetworkPolicy//default → Namespace//shop',
      'ClusterNetworkPolicy//late → Pod/shop/db',
      'NetworkPolicy/shop/closed → Pod/shop/db',
    ]);
  });

  it('have nothing drawn that every cluster has', () => {
    assert.ok(!nodes.some(({ id }) => id.includes('kube-system')));
  });

  it('lock what they close to other pods', () => {
    const locked = nodes.flatMap((node) =>
      (node.type === 'workload' || node.type === 'namespace') && node.isolated.ingress ? node.id : [],
    );
    const all = ['Deployment/shop/web', 'Namespace//bank', 'Namespace//shop', 'Pod/bank/till', 'Pod/shop/db'];
    assert.deepEqual(locked.sort(), all);
    assert.ok(!graphOf(shop).nodes.some((node) => node.type === 'namespace' && node.isolated.ingress));
  });

  it('know where they and what they are about are written', () => {
    const cluster = clusterOf(text);
    assert.equal(written(cluster, 'AdminNetworkPolicy//early'), 'AdminNetworkPolicy metadata.name');
    assert.equal(
      written(cluster, 'applies AdminNetworkPolicy//early Namespace//bank '),
      'AdminNetworkPolicy spec.subject',
    );
    assert.equal(written(cluster, 'applies NetworkPolicy/shop/closed Pod/shop/db '), 'NetworkPolicy spec.podSelector');
    assert.equal(placeOfNode(cluster, 'cluster'), undefined);
  });
});

describe('a node and an edge', () => {
  const cluster = clusterOf(shop);

  it('know where they are written', () => {
    assert.equal(written(cluster, 'Deployment/shop/web'), 'Deployment metadata.name');
    assert.equal(written(cluster, 'Namespace//shop'), 'Namespace metadata.name');
    assert.equal(
      written(cluster, 'calls Deployment/shop/web Service/shop/db ingress'),
      'Deployment spec.template.spec.containers.0.env.0.value',
    );
    assert.equal(written(cluster, 'selects Service/shop/db Pod/shop/db '), 'Service spec.selector');
    assert.equal(placeOfNode(cluster, 'internet'), undefined);
    assert.equal(placeOfNode(cluster, '../../etc'), undefined);
  });

  it('are found by their manifest', () => {
    const { manifest } = cluster.services.get('shop/db') ?? {};
    assert.equal(manifest && nodeIdOf(cluster, manifest), 'Service/shop/db');
  });
});

describe('reach', () => {
  const cluster = clusterOf(shop);

  it('is by ports, and says which side blocks', () => {
    const from = reachOf(cluster, 'Deployment/shop/web', 'from');
    assert.deepEqual(from?.peers, [
      { id: 'Pod/shop/db', ports: '9999/TCP', outcome: 'allowed' },
      { id: 'internet', ports: 'all ports', outcome: 'allowed' },
    ]);
    const nothing = clusterOf(shop.replace('ingress: [{ ports: [{ port: 9999 }] }]', 'ingress: []'));
    assert.deepEqual(reachOf(nothing, 'Pod/shop/db', 'to')?.peers[0], {
      id: 'Deployment/shop/web',
      ports: '',
      outcome: 'denied',
      blocked: 'ingress',
      why: 'Ingress: closed isolates db and has no rule.',
    });
  });

  it('names the side that blocks, though the other is isolated too', () => {
    const out = `
---
kind: NetworkPolicy
apiVersion: networking.k8s.io/v1
metadata: { name: out, namespace: shop }
spec: { podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ podSelector: {} }, { ipBlock: { cidr: 10.244.0.0/16 } }] }] }`;
    const nothing = shop.replace('ingress: [{ ports: [{ port: 9999 }] }]', 'ingress: []');
    const peers = reachOf(clusterOf(nothing + out), 'Deployment/shop/web', 'from')?.peers;
    assert.deepEqual(
      peers?.map(({ id, outcome, blocked }) => [id, outcome, blocked]),
      [
        ['Pod/shop/db', 'denied', 'ingress'],
        // The pods' own addresses are none of the world outside.
        ['internet', 'denied', 'egress'],
      ],
    );
  });

  it('is asked of workloads alone', () => {
    assert.equal(reachOf(cluster, 'Service/shop/db', 'from'), undefined);
  });
});
