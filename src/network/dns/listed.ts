import type { Endpoint, Service } from '../../cluster/cluster.ts';
import { protocolOf } from '../../cluster/ports.ts';
import type { EndpointSliceObject, EndpointsObject } from '../../manifests/kinds.ts';
import type { Manifest } from '../../manifests/manifest.ts';
import { present } from '../../manifests/schema.ts';

/** A ready address behind a Service, as the DNS server reads it from an EndpointSlice. */
export interface Listed {
  readonly address: string;
  /** The label that stands for the endpoint in names. */
  readonly label: string;
  /** At least one: without any there is one that no SRV record is made of. */
  readonly ports: readonly ListedPort[];
  readonly endpoint: Endpoint;
}

export interface ListedPort {
  readonly name: string;
  readonly protocol: string;
  /** Absent where the slice has no port. */
  readonly port?: number;
}

const known = new WeakMap<Service, readonly Listed[]>();

/**
 * The ready addresses of a Service. Those that somebody wrote keep the ports of their slice, whatever the Service's own.
 * Source: coredns/coredns `plugin/kubernetes/object/endpoint.go` EndpointSliceToEndpoints.
 */
export function listedOf(service: Service): readonly Listed[] {
  let listed = known.get(service);
  if (!listed) {
    const written = new Set(service.endpoints.flatMap(({ manifest }) => manifest ?? []));
    listed = [
      ...service.endpoints.flatMap((endpoint) => (endpoint.manifest ? [] : ofController(service, endpoint))),
      ...[...written].flatMap((manifest) => writtenIn(manifest, service)),
    ];
    known.set(service, listed);
  }
  return listed;
}

function ofController({ ports }: Service, endpoint: Endpoint): readonly Listed[] {
  if (!endpoint.ready) return [];
  const own = ports.flatMap(({ index, name, protocol }) => {
    const port = endpoint.ports.get(index);
    return port === undefined ? [] : [{ name, protocol, port }];
  });
  return endpoint.addresses.map((address) => listedAt(address, endpoint.hostname, own, endpoint));
}

function writtenIn(manifest: Manifest, service: Service): readonly Listed[] {
  const endpoints = service.endpoints.filter((each) => each.manifest === manifest);
  const at = (address: string) => endpoints.find(({ addresses }) => addresses[0] === address);
  return manifest.object.kind === 'EndpointSlice'
    ? inSlice(manifest.object as EndpointSliceObject, at)
    : inSubsets(manifest.object as EndpointsObject, at);
}

type EndpointAt = (address: string) => Endpoint | undefined;

function inSlice({ endpoints, ports }: EndpointSliceObject, at: EndpointAt): readonly Listed[] {
  const own = portsIn(ports);
  return present(endpoints).flatMap(([, { addresses, conditions, hostname }]) => {
    const all = present(addresses).map(([, address]) => address);
    const endpoint = at(all[0] ?? '');
    const isReady = endpoint && (conditions?.ready ?? true);
    return isReady ? all.map((address) => listedAt(address, hostname, own, endpoint)) : [];
  });
}

function inSubsets({ subsets }: EndpointsObject, at: EndpointAt): readonly Listed[] {
  return present(subsets).flatMap(([, { addresses, ports }]) => {
    const own = portsIn(ports);
    return present(addresses).flatMap(([, { ip = '', hostname }]) => {
      const endpoint = at(ip);
      return endpoint ? [listedAt(ip, hostname, own, endpoint)] : [];
    });
  });
}

function portsIn(ports: EndpointSliceObject['ports']): readonly ListedPort[] {
  return present(ports).map(([, { name = '', protocol, port }]) => ({
    name,
    protocol: protocolOf(protocol),
    ...(port !== undefined && { port }),
  }));
}

const noPort: ListedPort = { name: '', protocol: '' };

function listedAt(
  address: string,
  hostname: string | undefined,
  ports: readonly ListedPort[],
  endpoint: Endpoint,
): Listed {
  return { address, label: hostname || dashed(address), ports: ports.length > 0 ? ports : [noPort], endpoint };
}

/** What stands for an endpoint without a hostname (`kubernetes.go` endpointHostname). */
export function dashed(address: string): string {
  return address.replaceAll(address.includes('.') ? '.' : ':', '-');
}
