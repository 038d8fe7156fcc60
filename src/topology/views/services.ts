import * as l10n from '@vscode/l10n';
import type { Cluster, Endpoint, Service } from '../../cluster/cluster.ts';
import { type Slice, type SliceEndpoint, slicesOf } from '../../network/services/slices.ts';
import { type Unlisted, unlistedPods, unlistedText } from '../../network/services/unlisted.ts';
import type { Graph, GraphEdge, GraphNode, PartNode } from '../graph.ts';
import { endpointSliceNodeId, internetId, namespaceNodeId, serviceNodeId } from '../ids.ts';
import { addressText, bunchesOf, podPart, readyText } from './pods.ts';
import { graphOf, joins, marked, part, plain, type View } from './view.ts';

/** What is behind each Service: its EndpointSlices, and the pods and addresses that they list. */
export const services: View = {
  id: 'services',
  title: () => l10n.t('Services'),
  draw: drawServices,
};

/** More pods of one workload behind a Service than this are drawn as one. */
const mostPods = 8;

function drawServices(cluster: Cluster, whole: Graph): Graph {
  const drawn = whole.nodes.filter(({ type }) => type === 'service');
  const behind = drawn.flatMap(({ id }) => {
    const service = serviceOfNode(cluster, id);
    return service ? [service.type === 'ExternalName' ? nameOutside(service) : behindOf(cluster, service)] : [];
  });
  const around = new Set(drawn.flatMap(({ parent }) => parent ?? []));
  const frames = whole.nodes.filter(({ id, type }) => around.has(id) || type === 'internet');
  const enters = whole.edges.filter(({ type }) => type === 'enters');
  const open = new Set(enters.map(({ source }) => source));
  return graphOf(
    [
      ...frames.filter(({ id }) => id !== internetId || open.has(id)),
      ...drawn,
      ...behind.flatMap(({ nodes }) => nodes),
    ],
    [...enters, ...behind.flatMap(({ edges }) => edges)],
  );
}

function serviceOfNode(cluster: Cluster, id: string): Service | undefined {
  const [, namespace, name] = id.split('/');
  return cluster.services.get(`${namespace}/${name}`);
}

function nameOutside(service: Service): Graph {
  const id = serviceNodeId(service);
  const name = part({
    id: `${id} name`,
    label: service.externalName ?? '',
    kind: l10n.t('External name'),
    glyph: 'globe',
    about: [l10n.t('a CNAME: no address of its own')],
    parent: namespaceNodeId(service.namespace),
    of: id,
  });
  return { nodes: [name], edges: [joins(id, name.id)] };
}

function behindOf(cluster: Cluster, service: Service): Graph {
  const unlisted = unlistedPods(cluster, service);
  const slices = slicesOf(cluster, service).map((slice) => sliceGraph(service, slice, unlisted));
  const left = unlistedGraph(service, unlisted);
  return {
    nodes: [...slices, left].flatMap(({ nodes }) => nodes),
    edges: [...slices, left].flatMap(({ edges }) => edges),
  };
}

function sliceGraph(service: Service, slice: Slice, unlisted: readonly Unlisted[]): Graph {
  const { namespace } = service;
  const id = endpointSliceNodeId({ namespace, name: slice.name });
  const ports = slice.ports.map(({ port, protocol }) => `${port}/${protocol}`);
  const node = part({
    id,
    label: slice.name,
    kind: l10n.t('EndpointSlice'),
    glyph: 'slice',
    about: [
      [slice.addressType, ports.join(', ')].filter(Boolean).join(' · '),
      slice.endpoints.length === 0 ? l10n.t('no endpoints') : readyText(slice.endpoints),
    ],
    tone: slice.endpoints.some(({ ready }) => ready) ? 'plain' : 'warn',
    parent: namespaceNodeId(namespace),
    ...(slice.simulated && { of: serviceNodeId(service) }),
    rows: [
      { name: l10n.t('Address type'), value: slice.addressType },
      {
        name: l10n.t('Ports'),
        value: slice.ports.map(({ name, port, protocol }) => `${name} ${port}/${protocol}`.trim()).join(', '),
      },
      { name: l10n.t('Endpoints'), value: String(slice.endpoints.length) },
      { name: l10n.t('Simulated'), value: slice.simulated ? l10n.t('name') : '' },
    ],
  });
  const ends = endpointNodes(service, slice, id, unlisted);
  const selects: GraphEdge = {
    id: ['selects', serviceNodeId(service), id, ''].join(' '),
    type: 'selects',
    source: serviceNodeId(service),
    target: id,
    ports,
  };
  return { nodes: [node, ...ends], edges: [selects, ...ends.map((end) => joins(id, end.id))] };
}

/** What a slice lists, in the order of the Service's endpoints. */
function endpointNodes(service: Service, slice: Slice, id: string, unlisted: readonly Unlisted[]): readonly PartNode[] {
  const listed = new Set(slice.endpoints.map(({ address }) => address));
  const endpoints = service.endpoints.filter(({ addresses }) => addresses.some((address) => listed.has(address)));
  const byPod = new Map(endpoints.flatMap((endpoint) => (endpoint.pod ? [[endpoint.pod, endpoint] as const] : [])));
  const pods = bunchesOf([...byPod.keys()], mostPods, serviceNodeId(service)).map((bunch) => {
    const states = bunch.pods.flatMap((pod) => byPod.get(pod) ?? []);
    const why = unlisted.filter(({ pod }) => bunch.pods.includes(pod));
    return podPart(bunch, {
      about: aboutPod(bunch.pods, states),
      tone: states.every(({ ready }) => ready) && why.length === 0 ? 'plain' : 'warn',
      parent: namespaceNodeId(service.namespace),
      rows: [
        { name: l10n.t('Endpoint'), value: readyText(states) },
        ...why.slice(0, 1).map((each) => ({ name: l10n.t('Why'), value: plain(unlistedText(each, service)) })),
      ],
    });
  });
  const podless = new Set(endpoints.flatMap(({ pod, addresses }) => (pod ? addresses : [])));
  const addresses = slice.endpoints.filter(({ address }) => !podless.has(address));
  return [...pods, ...addresses.map((each) => addressPart(service, id, each))];
}

function aboutPod(
  [pod, ...others]: readonly [Endpoint['pod'] & object, ...(Endpoint['pod'] & object)[]],
  states: readonly Endpoint[],
): readonly string[] {
  if (others.length > 0) return [readyText(states)];
  const [first = ''] = states[0]?.addresses ?? [];
  return [
    marked(first, pod.simulated),
    [marked(pod.node?.name ?? '', pod.simulated && pod.spec.nodeName === undefined), readyText(states)]
      .filter(Boolean)
      .join(' · '),
  ];
}

/** An address that somebody wrote: what has it is not among the manifests. */
function addressPart(service: Service, slice: string, endpoint: SliceEndpoint): PartNode {
  return part({
    id: `${slice} ${endpoint.address}`,
    label: endpoint.address,
    kind: l10n.t('Address'),
    glyph: 'address',
    about: [[l10n.t('written by hand'), readyText([endpoint])].join(' · ')],
    tone: endpoint.ready ? 'plain' : 'warn',
    parent: namespaceNodeId(service.namespace),
    of: slice,
    rows: [
      { name: l10n.t('Node'), value: endpoint.nodeName ?? '' },
      { name: l10n.t('Hostname'), value: endpoint.hostname ?? '' },
      { name: l10n.t('Endpoint'), value: readyText([endpoint]) },
    ],
  });
}

const absent: ReadonlySet<Unlisted['why']> = new Set(['ended', 'no-address', 'other-family']);

/** The pods that are selected and in no slice. */
function unlistedGraph(service: Service, unlisted: readonly Unlisted[]): Graph {
  const missing = new Map(unlisted.filter(({ why }) => absent.has(why)).map((each) => [each.pod, each]));
  const id = serviceNodeId(service);
  const nodes: readonly GraphNode[] = bunchesOf([...missing.keys()], mostPods, `${id} unlisted`).map((bunch) => {
    const [first] = bunch.pods;
    const each = missing.get(first);
    const why = each ? plain(unlistedText(each, service)) : '';
    return podPart(bunch, {
      about: [addressText(first), l10n.t('no endpoint: {0}', why)].filter(Boolean),
      tone: 'warn',
      parent: namespaceNodeId(service.namespace),
      rows: [{ name: l10n.t('No endpoint'), value: why }],
    });
  });
  return {
    nodes,
    edges: nodes.map((node) => joins(id, node.id, { blocked: 'ingress', why: l10n.t('selected, and no endpoint') })),
  };
}
