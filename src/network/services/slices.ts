import type { Family } from '../../cluster/address.ts';
import type { Cluster, Endpoint, Hints, Protocol, Service } from '../../cluster/cluster.ts';
import { suffix } from '../../cluster/hash.ts';
import { zoneLabel } from '../../cluster/hints.ts';
import { type Manifest, nameOf } from '../../manifests/manifest.ts';

/** An EndpointSlice: endpoints of one family that have the same ports. */
export interface Slice {
  readonly name: string;
  /** Whether the name is the simulation's choice. */
  readonly simulated: boolean;
  readonly addressType: 'IPv4' | 'IPv6';
  readonly ports: readonly SlicePort[];
  readonly endpoints: readonly SliceEndpoint[];
}

/** A port of every endpoint in a slice, under the name that the Service has for it. */
export interface SlicePort {
  readonly name: string;
  readonly protocol: Protocol;
  readonly port: number;
}

/** An endpoint as one slice lists it. */
export interface SliceEndpoint {
  readonly address: string;
  /** `namespace/name`. */
  readonly pod?: string;
  readonly nodeName?: string;
  readonly zone?: string;
  readonly hostname?: string;
  readonly hints?: Hints;
  readonly ready: boolean;
  readonly serving: boolean;
  readonly terminating: boolean;
}

/** How many endpoints the controllers put into a slice. */
const mostEndpoints = 100;

/**
 * The EndpointSlices of a Service: endpoints of one family that resolve the ports alike share one, those that a person
 * wrote are in the person's own. Where pods are asked for, a family without any has an empty one.
 * Source: kubernetes/endpointslice `reconciler.go` reconcileByAddressType, reconcileByPortMapping.
 */
export function slicesOf(cluster: Cluster, service: Service): readonly Slice[] {
  const groups = new Map<string, Group>();
  for (const endpoint of service.endpoints) {
    for (const address of endpoint.addresses) {
      const family = address.includes(':') ? 6 : 4;
      const ports = JSON.stringify([...endpoint.ports]);
      const name = writtenName(endpoint.manifest);
      const key = [family, name ?? '', ports].join(' ');
      const group = groups.get(key) ?? { key, family, ports: endpoint.ports, members: [], ...(name && { name }) };
      groups.set(key, group);
      group.members.push({ endpoint, address });
    }
  }
  return [...groups.values(), ...placeholders(service, groups)].flatMap((group) => chunksOf(cluster, service, group));
}

function placeholders({ selector, families }: Service, groups: ReadonlyMap<string, Group>): readonly Group[] {
  if (!selector) return [];
  const filled = new Set([...groups.values()].flatMap(({ family, name }) => (name === undefined ? family : [])));
  const empty = families.filter((family) => !filled.has(family));
  return empty.map((family) => ({ key: `${family}`, family, ports: new Map(), members: [] }));
}

interface Group {
  readonly key: string;
  readonly family: Family;
  readonly ports: Endpoint['ports'];
  /** Of a slice that a person wrote. */
  readonly name?: string;
  readonly members: { readonly endpoint: Endpoint; readonly address: string }[];
}

/** An Endpoints object is mirrored into slices, whose names a controller makes up. */
function writtenName(manifest: Manifest | undefined): string | undefined {
  return manifest?.object.kind === 'EndpointSlice' ? nameOf(manifest.object) : undefined;
}

function chunksOf(cluster: Cluster, service: Service, { key, family, ports, name, members }: Group): readonly Slice[] {
  const count = name ? 1 : Math.max(1, Math.ceil(members.length / mostEndpoints));
  const zones = new Map(cluster.nodes.map((node) => [node.name, node.labels[zoneLabel]]));
  return Array.from({ length: count }, (_, index): Slice => {
    const chunk = name ? members : members.slice(index * mostEndpoints, (index + 1) * mostEndpoints);
    return {
      name: name ?? `${service.name}-${suffix(`${service.id} ${key} ${index}`, 5)}`,
      simulated: name === undefined,
      addressType: `IPv${family}`,
      ports: service.ports.flatMap((each) => {
        const port = ports.get(each.index);
        return port === undefined ? [] : [{ name: each.name, protocol: each.protocol, port }];
      }),
      endpoints: chunk.map(({ endpoint, address }) => sliceEndpoint(endpoint, address, zones)),
    };
  });
}

function sliceEndpoint(
  { pod, nodeName, hostname, hints, ready, serving, terminating }: Endpoint,
  address: string,
  zones: ReadonlyMap<string, string | undefined>,
): SliceEndpoint {
  const zone = nodeName && zones.get(nodeName);
  return {
    address,
    ...(pod && { pod: `${pod.namespace}/${pod.name}` }),
    ...(nodeName && { nodeName }),
    ...(zone && { zone }),
    ...(hostname && { hostname }),
    ...(hints && { hints }),
    ready,
    serving,
    terminating,
  };
}
