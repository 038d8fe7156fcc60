import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Cluster, Node, Pod } from '../src/cluster/cluster.ts';
import { enforcesPolicy, type Settings } from '../src/cluster/settings.ts';
import { dockerWalk } from '../src/network/path/docker.ts';
import type { End } from '../src/network/path/hop.ts';
import { reach } from '../src/questions/reach.ts';
import { resolveSource, resolveTarget } from '../src/questions/resolve-end.ts';
import { walkQuestion } from '../src/questions/trace-question.ts';
import { holds, holdsAnywhere } from '../test/network/path/hold.ts';
import { eachNetwork } from '../test/network/path/networks.ts';
import { sourceOnArrival } from '../test/network/path/seen.ts';
import { walked } from '../test/network/path/walking.ts';
import { clusterOf } from '../test/support/cluster.ts';
import { type Result, resultOf, type Suite } from './suite.ts';

/** The shop under one network: as it is written, and with one thing changed. */
interface Shop {
  readonly plain: Cluster;
  /** What comes from outside stays on the node. */
  readonly local: Cluster;
  /** The load balancer lets in a few addresses. */
  readonly limited: Cluster;
  /** The policies that come with the shop are applied. */
  readonly guarded: Cluster;
}

/** A walk that is made in every network, and what is to come of it. */
interface Call {
  readonly from: string;
  readonly to: string;
  readonly in?: keyof Shop;
  /** `judged`: what `explain` says. */
  readonly end?: End | 'judged';
  /** Whose address the receiver is to see, by name; whoever's where it is left out. */
  readonly seen?: string;
}

/** A row of the table of what has to work. */
interface Row {
  readonly name: string;
  readonly calls: (scene: Scene) => readonly Call[];
}

/** Who plays a part in the shop: where pods are is the simulation's choice. */
interface Scene {
  readonly settings: Settings;
  readonly frontend: Pod;
  /** The node of `frontend`, and the other one. */
  readonly here: Node;
  readonly there: Node;
  /** Pods of each of these nodes that are not `frontend`. */
  readonly near: Pod;
  readonly far: Pod;
  readonly nodePort: number;
}

const client = '203.0.113.7';

/**
 * Each row from `frontend`, which calls most of the others, has a Service of its own and is the one that is exposed; by
 * pairs that differ in what decides a walk (which node, which address, whose policy) and not by all pairs, which would
 * walk the same ways again.
 */
const rows: readonly Row[] = [
  {
    name: 'container → container, same pod',
    calls: () => [{ from: 'deploy/frontend', to: 'localhost:8080', seen: '127.0.0.1' }],
  },
  {
    name: 'pod → pod, same node',
    calls: ({ frontend, near }) => [{ from: 'deploy/frontend', to: `pod/${near.name}`, seen: frontend.name }],
  },
  {
    name: 'pod → pod, other node',
    calls: ({ frontend, far }) => [{ from: 'deploy/frontend', to: `pod/${far.name}`, seen: frontend.name }],
  },
  {
    name: 'pod → Service',
    calls: (scene) => [
      { from: 'deploy/frontend', to: 'svc/productcatalogservice:3550', seen: sourceByService(scene) },
      { from: 'deploy/frontend', to: 'svc/cartservice:7070', seen: sourceByService(scene) },
      { from: 'deploy/frontend', to: 'kube-system/svc/kube-dns:53/UDP', seen: sourceByService(scene) },
      { from: 'deploy/frontend', to: 'svc/frontend:80', seen: sourceByHairpin(scene) },
      { from: 'deploy/frontend', to: 'svc/kubernetes:443' },
      ...guardedCalls(scene),
    ],
  },
  {
    name: 'pod → internet',
    calls: ({ here }) => [{ from: 'deploy/frontend', to: 'internet', seen: here.name }, guardedCall('internet')],
  },
  {
    name: 'internet → NodePort, LoadBalancer → pod',
    calls: (scene) => [
      { from: 'internet', to: `${scene.here.name}:${scene.nodePort}`, seen: sourceThroughCluster(scene) },
      { from: 'internet', to: `${scene.there.name}:${scene.nodePort}`, seen: sourceByOtherNode(scene) },
      { from: 'internet', to: `${scene.here.name}:${scene.nodePort}`, in: 'local', seen: client },
      { from: 'internet', to: `${scene.there.name}:${scene.nodePort}`, in: 'local', end: endWithoutLocal(scene) },
      { from: 'internet', to: 'svc/frontend-external:80' },
      { from: 'internet', to: 'svc/frontend-external:80', in: 'local', seen: client },
      { from: 'internet', to: 'svc/frontend-external:80', in: 'limited', end: 'judged' },
      { from: '198.51.100.7', to: 'svc/frontend-external:80', in: 'limited', end: 'judged' },
      { from: 'internet', to: 'svc/frontend-external:80', in: 'guarded', end: 'judged' },
      { from: 'deploy/frontend', to: `${scene.there.name}:${scene.nodePort}` },
    ],
  },
  {
    name: 'node → pod; pod → node, hostPort, hostNetwork',
    calls: ({ frontend, here, there, far }) => [
      { from: here.name, to: 'deploy/frontend', seen: here.name },
      { from: here.name, to: `pod/${far.name}`, seen: here.name },
      { from: there.name, to: 'svc/frontend:80', seen: there.name },
      { from: 'deploy/frontend', to: `${here.name}:10250`, seen: frontend.name },
      { from: 'deploy/frontend', to: `${there.name}:10250` },
      { from: 'deploy/frontend', to: `${there.name}:9100` },
      { from: 'deploy/frontend', to: `${there.name}:9090` },
      { from: 'internet', to: `${there.name}:9090`, seen: client },
      { from: 'pod/agent', to: 'deploy/frontend', seen: there.name },
      { from: 'pod/agent', to: 'svc/cartservice:7070', seen: there.name },
    ],
  },
];

/** A process that makes the second half of a connection is whom policy sees, and that says nothing of the first. */
function guardedCalls({ settings: { proxyMode } }: Scene): readonly Call[] {
  const called =
    proxyMode === 'userspace' ? [] : ['productcatalogservice:3550', 'redis-cart:6379', 'emailservice:5000'];
  return called.map((to) => guardedCall(`svc/${to}`));
}

function guardedCall(to: string): Call {
  return { from: 'deploy/frontend', to, in: 'guarded', end: 'judged' };
}

/** A ClusterIP leaves a pod its address, unless a process on the node makes the second half of the connection. */
function sourceByService({ settings: { cni, proxyMode }, frontend, here }: Scene): string {
  return proxyMode === 'userspace' && cni !== 'cilium' ? here.name : frontend.name;
}

/** A pod that calls itself sees somebody else, unless it is connected to its own endpoint at once. */
function sourceByHairpin({ settings: { cni, proxyMode }, frontend, here }: Scene): string {
  if (proxyMode === 'ebpf') return frontend.name;
  return cni === 'cilium' ? '169.254.42.1' : here.name;
}

/** Programs in the place of kube-proxy hide nobody whose endpoint is on the node. */
function sourceThroughCluster({ settings: { proxyMode }, here }: Scene): string {
  return proxyMode === 'ebpf' ? client : here.name;
}

/**
 * On a node that policy Local leaves without an endpoint; IPVS takes those of others, who answer past it.
 * Source: kubernetes/kubernetes `pkg/proxy/ipvs/proxier.go` syncEndpoint.
 */
function endWithoutLocal({ settings: { proxyMode } }: Scene): End {
  return proxyMode === 'ipvs' ? 'lost' : 'refused';
}

/** Calico's programs hand the packet to the other node as it came (projectcalico/calico `felix/bpf-gpl/nat.h`). */
function sourceByOtherNode({ settings: { cni, proxyMode }, there }: Scene): string {
  return proxyMode === 'ebpf' && cni === 'calico' ? client : there.name;
}

/**
 * Walks every row through the shop of Google's demonstration, in every network: what holds of a walk in the project's own
 * tests holds there too, and the receiver sees the source that it should.
 */
export function microservicesDemo(corpus: string): readonly Suite[] {
  const folder = path.join(corpus, 'microservices-demo');
  if (!existsSync(folder)) return [{ name: 'microservices-demo' }];
  const shops = new Map<Network, Shop>();
  const shopIn = (network: Network) => {
    const shop = shops.get(network) ?? makeShop(folder, network);
    shops.set(network, shop);
    return shop;
  };
  const networks = eachNetwork();
  return [
    ...rows.map((row) => ({
      name: `microservices-demo, ${row.name}`,
      run: () => networks.flatMap((network) => walkRow(row, network, shopIn(network))),
    })),
    { name: 'microservices-demo, a Docker host for comparison', run: () => walkDocker(shopIn(networks[0] as Network)) },
  ];
}

type Network = ReturnType<typeof eachNetwork>[number];

/** What the shop lacks: pods in a node's network, and behind a port of a node. */
const beside = `
apiVersion: v1
kind: Pod
metadata: {name: agent}
spec: {hostNetwork: true, nodeName: node-2, containers: [{name: main, ports: [{containerPort: 9100}]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: door}
spec: {nodeName: node-2, containers: [{name: main, ports: [{containerPort: 8080, hostPort: 9090}]}]}
`;

function makeShop(folder: string, network: Network): Shop {
  const text = [...textsIn(path.join(folder, 'kubernetes-manifests')), beside].join('\n---\n');
  const policies = textsIn(path.join(folder, 'kustomize', 'components', 'network-policies'));
  const withField = (field: string) => text.replace('type: LoadBalancer', `type: LoadBalancer\n  ${field}`);
  const make = (all: string) => clusterOf(all, network);
  return {
    plain: make(text),
    local: make(withField('externalTrafficPolicy: Local')),
    limited: make(withField('loadBalancerSourceRanges: [198.51.100.0/24]')),
    guarded: make([text, ...policies].join('\n---\n')),
  };
}

function textsIn(folder: string): readonly string[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml') && file !== 'kustomization.yaml');
  return files.sort().map((file) => readFileSync(path.join(folder, file), 'utf8'));
}

function sceneIn({ settings, nodes, workloads, services }: Cluster): Scene {
  const pods = [...workloads.values()].filter(({ manifest, kind }) => manifest && kind === 'Deployment');
  const frontend = pods.find(({ name }) => name === 'frontend')?.pods[0];
  const others = pods.flatMap((workload) => workload.pods).filter((pod) => pod !== frontend);
  const here = frontend?.node;
  const there = nodes.find((node) => node !== here);
  const [near, far] = [here, there].map((node) => others.find((pod) => pod.node === node));
  const nodePort = services.get('default/frontend-external')?.ports[0]?.nodePort;
  if (!frontend || !here || !there || !near || !far || !nodePort) throw new Error('the shop is not what it was');
  return { settings, frontend, here, there, near, far, nodePort };
}

function walkRow(row: Row, network: Network, shop: Shop): readonly Result[] {
  const { cni, encapsulation, proxyMode } = network;
  return row.calls(sceneIn(shop.plain)).map((call) => {
    const name = `${cni} ${encapsulation} ${proxyMode}: ${call.from} → ${call.to}${call.in ? ` (${call.in})` : ''}`;
    return resultOf(name, () => missesOf(call, shop[call.in ?? 'plain']));
  });
}

function missesOf({ from, to, end = 'arrives', seen }: Call, cluster: Cluster): readonly string[] {
  const walk = walked(cluster, from, to);
  holds(walk, cluster);
  const expected = end === 'judged' ? endJudged(cluster, from, to) : end;
  if (walk.end !== expected) return [`${walk.end}, not ${expected}`];
  const source = seen === undefined ? undefined : sourceOnArrival(walk, cluster);
  return source === seen ? [] : [`the receiver sees ${source}, not ${seen}`];
}

/** How a walk ends if it is of one mind with `explain`. */
function endJudged(cluster: Cluster, from: string, to: string): End {
  const [source, target] = [resolveSource(cluster, from), resolveTarget(cluster, to)];
  if ('error' in source || 'error' in target) throw new Error(`nothing is called ${from} or ${to}`);
  const { end, ...rest } = target;
  const { routes, obstacles, lookup } = reach(cluster, { from: source.end, to: end, port: 443, ...rest });
  if (lookup?.enforced) return 'unresolved';
  if (obstacles.length > 0) return 'refused';
  const isOpen = routes.every(({ verdict }) => verdict.allowed);
  return isOpen || !enforcesPolicy(cluster.settings) ? 'arrives' : 'denied';
}

function walkDocker({ plain }: Shop): readonly Result[] {
  const { near, far } = sceneIn(plain);
  return [`pod/${near.name}`, `pod/${far.name}`, 'svc/cartservice:7070', 'svc/productcatalogservice:3550'].map((to) =>
    resultOf(`deploy/frontend → ${to}`, () => {
      const question = walkQuestion(plain, 'deploy/frontend', to);
      if ('error' in question) throw new Error(question.error);
      const walk = dockerWalk(plain, question);
      holdsAnywhere(walk);
      return walk.end === 'arrives' ? [] : [`${walk.end}, not arrives`];
    }),
  );
}
