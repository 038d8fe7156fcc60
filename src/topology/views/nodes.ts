import * as l10n from '@vscode/l10n';
import type { Cluster, Node, Pod } from '../../cluster/cluster.ts';
import { groupBy } from '../../manifests/group.ts';
import { podNetworks } from '../../network/path/cni/pod-networks.ts';
import type { PodNetwork, Transport } from '../../network/path/pod-network.ts';
import { podDevice, uplink } from '../../network/path/pod-network.ts';
import { podMtu } from '../../network/path/tunnel.ts';
import { transportOf } from '../../network/path/walk.ts';
import type { Graph, GraphEdge, GraphNode, PartNode, Row } from '../graph.ts';
import { machineNodeId, workloadNodeId } from '../ids.ts';
import { addressText, type Bunch, bunchesOf, podPart } from './pods.ts';
import { graphOf, group, joins, marked, part, type View } from './view.ts';

/** The nodes with what their network plugin makes of them: the pods hang from a bridge, or from the node's own routes. */
export const nodes: View = {
  id: 'nodes',
  title: () => l10n.t('Nodes'),
  draw: drawNodes,
};

/** With more pods than this those of a workload on one node are one; with many more, those of a namespace. */
const mostPods = 120;

/** The floors of a node's box: its own network above, that of the pods below. */
const floors = { own: 0, pods: 1 } as const;

function drawNodes(cluster: Cluster, whole: Graph): Graph {
  const network = podNetworks[cluster.settings.cni];
  const drawn = new Set(whole.nodes.filter(({ type }) => type === 'workload').map(({ id }) => id));
  const workloads = [...cluster.workloads.values()].filter((workload) => drawn.has(workloadNodeId(workload)));
  const pods = workloads.flatMap((workload) => workload.pods);
  if (pods.length === 0) return { nodes: [], edges: [] };
  const byNode = groupBy(pods, ({ node }) => node?.name);
  const most = pods.length > mostPods ? 1 : Number.POSITIVE_INFINITY;
  const boxes = cluster.nodes.map((node) => nodeGraph(cluster, network, node, byNode.get(node.name) ?? [], most));
  const waiting = waitingGraph(byNode.get(undefined) ?? [], most);
  const way = wayBetween(cluster, network);
  const all = [...boxes, waiting, way];
  return graphOf(
    all.flatMap((each) => each.nodes),
    all.flatMap((each) => each.edges),
  );
}

function nodeGraph(cluster: Cluster, network: PodNetwork, node: Node, pods: readonly Pod[], most: number): Graph {
  const id = machineNodeId(node.name);
  const frame = group({
    id,
    label: node.name,
    kind: l10n.t('Node'),
    layout: 'hanging',
    aside: [podsText(pods.length), ...(node.manifest ? [] : [l10n.t('simulated')])].join(' · '),
    assumed: node.manifest === undefined,
    rows: [
      { name: l10n.t('Addresses'), value: marked(node.addresses.join(', '), node.simulated) },
      { name: l10n.t('Pod ranges'), value: node.podCIDRs.join(', ') },
      { name: l10n.t('Network plugin'), value: network.plugin },
      { name: l10n.t('Pods'), value: String(pods.length) },
    ],
  });
  const own = ownBar(id, node);
  const bar = podsBar(id, network, node);
  const onNode = pods.filter(({ spec }) => spec.hostNetwork);
  const inside = pods.filter(({ spec }) => !spec.hostNetwork);
  const hosts = bunches(onNode, most, id).map((bunch) => hostPart(bunch));
  const guests = bunches(inside, most, id).map((bunch) => guestPart(cluster, network, bunch));
  const parts: readonly PartNode[] = [own, ...hosts, bar, ...guests];
  return {
    nodes: [frame, ...parts.map((each): GraphNode => ({ ...each, parent: id }))],
    edges: [
      joins(own.id, bar.id),
      ...hosts.map((host) => joins(own.id, host.id)),
      ...guests.map((guest) => joins(bar.id, guest.id)),
    ],
  };
}

function podsText(count: number): string {
  return count === 1 ? l10n.t('1 pod') : l10n.t('{0} pods', String(count));
}

/** Pods that are drawn as one: of a workload, and where there are too many workloads for that, of a namespace. */
function bunches(pods: readonly Pod[], most: number, id: string): readonly Bunch[] {
  const byWorkload = bunchesOf(pods, most, id);
  if (byWorkload.length <= mostPods) return byWorkload;
  return [...groupBy(pods, ({ namespace }) => namespace)].flatMap(([namespace, [first, ...others]]) =>
    first ? [{ id: `${id} ${namespace}`, pods: [first, ...others] as const, label: namespace }] : [],
  );
}

/** The node's own interface, which everything leaves by. */
function ownBar(id: string, node: Node): PartNode {
  return part({
    id: `${id} ${uplink}`,
    label: uplink,
    kind: l10n.t("The node's own interface"),
    shape: 'bar',
    glyph: 'device',
    about: [marked(node.addresses[0] ?? '', node.simulated)].filter(Boolean),
    of: id,
    lane: floors.own,
    rows: [{ name: l10n.t('Addresses'), value: node.addresses.join(', ') }],
  });
}

/** What the pods' links end at: a bridge, or nothing but the node's routes. */
function podsBar(id: string, network: PodNetwork, node: Node): PartNode {
  return part({
    id: `${id} pods`,
    label: network.bridge ?? l10n.t('routes'),
    kind: network.bridge ? l10n.t('Bridge') : l10n.t('Routes, no bridge'),
    shape: 'bar',
    glyph: 'bridge',
    about: [network.plugin, ...node.podCIDRs.slice(0, 1)],
    of: id,
    lane: floors.pods,
    rows: [
      { name: l10n.t('Network plugin'), value: network.plugin },
      { name: l10n.t('Pod ranges'), value: node.podCIDRs.join(', ') },
      { name: l10n.t('Gateway'), value: gatewayText(network) },
    ],
  });
}

function gatewayText({ gateway }: PodNetwork): string {
  return gateway.address === 'range-second' ? l10n.t("the second address of the node's range") : gateway.address[4];
}

/** A pod in its node's network: it has no interface of its own. */
function hostPart(bunch: Bunch): PartNode {
  const [pod] = bunch.pods;
  const about =
    bunch.pods.length > 1
      ? l10n.t('host network')
      : [addressText(pod), l10n.t('host network')].filter(Boolean).join(' · ');
  return podPart(bunch, { about: [about], lane: floors.own });
}

function guestPart(cluster: Cluster, network: PodNetwork, bunch: Bunch): PartNode {
  const [pod, ...others] = bunch.pods;
  if (others.length > 0) return podPart(bunch, { about: [rangeText(bunch)], lane: floors.pods });
  const device = marked(network.hostDevice(pod), pod.simulated || !network.hasDerivedNames);
  const rows: readonly Row[] = [
    { name: l10n.t('Interface'), value: `${podDevice} ↔ ${device}` },
    { name: l10n.t('MTU'), value: String(podMtu(transportOf(cluster, network, 4), false)) },
  ];
  return podPart(bunch, { about: [addressText(pod), device].filter(Boolean), lane: floors.pods, rows });
}

/** `10.244.1.5 … 10.244.1.44`: from the first to the last. */
function rangeText({ pods }: Bunch): string {
  const [first, last] = [pods[0], pods.at(-1)].map((pod) => pod?.addresses[0] ?? '');
  return [first, last].filter(Boolean).join(' … ');
}

/** Pods that no node is known to run. */
function waitingGraph(pods: readonly Pod[], most: number): Graph {
  if (pods.length === 0) return { nodes: [], edges: [] };
  const id = machineNodeId('');
  const frame = group({ id, label: l10n.t('No node yet'), kind: '', layout: 'hanging', aside: podsText(pods.length) });
  const parts = bunches(pods, most, id).map((bunch) =>
    podPart(bunch, { about: [bunch.pods[0].phase], tone: 'warn', lane: floors.pods, parent: id }),
  );
  return { nodes: [frame, ...parts], edges: [] };
}

/** The most nodes that are joined two by two; more are joined to what is between them. */
const mostJoined = 3;

/** What packets take from node to node, as the plugin does it. */
function wayBetween(cluster: Cluster, network: PodNetwork): Graph {
  const ids = cluster.nodes.map(({ name }) => `${machineNodeId(name)} ${uplink}`);
  if (ids.length < 2) return { nodes: [], edges: [] };
  const transport = transportOf(cluster, network, 4);
  const why = transportText(transport);
  if (ids.length <= mostJoined) {
    const pairs = ids.flatMap((from, index) => ids.slice(index + 1).map((to) => [from, to] as const));
    return {
      nodes: [],
      edges: pairs.map(([from, to]): GraphEdge => joins(from, to, { ports: [transport.name], why })),
    };
  }
  const between = part({
    id: 'between nodes',
    label: transport.name,
    kind: l10n.t('Between nodes'),
    glyph: 'device',
    about: [l10n.t('{0} nodes', String(ids.length))],
    rows: [{ name: l10n.t('Packets'), value: why }],
  });
  return { nodes: [between], edges: ids.map((id) => joins(between.id, id, { why })) };
}

function transportText({ encapsulation, name, device, port, overhead }: Transport): string {
  if (encapsulation === 'none') return l10n.t('{0}: packets go as they are', name);
  const by = device ? l10n.t('{0} by {1}', name, device[4]) : name;
  return [
    by,
    ...(port === undefined ? [] : [`UDP ${port}`]),
    l10n.t('{0} bytes of outer headers', String(overhead)),
  ].join(', ');
}
