import type { Cluster, Endpoint, Protocol, Service, ServicePort } from '../cluster/cluster.ts';
import { type Slice, slicesOf } from '../network/services/slices.ts';
import { unlistedPods, unlistedText } from '../network/services/unlisted.ts';

/** A Service and what stands behind it, as `podwire endpoints --format json` prints it. */
export interface ServiceData {
  /** `namespace/name`. */
  readonly service: string;
  readonly type: Service['type'];
  readonly clusterIPs: readonly string[];
  readonly headless: boolean;
  /** Whether the ClusterIPs are the simulation's choice. */
  readonly simulated: boolean;
  readonly externalName?: string;
  readonly selector?: Readonly<Record<string, string>>;
  readonly ipFamilies: readonly string[];
  readonly ports: readonly PortData[];
  readonly healthCheckNodePort?: number;
  readonly slices: readonly Slice[];
  /** The pods that it selects and that get none of its traffic, or none on some port. */
  readonly notEndpoints: readonly { readonly pod: string; readonly why: string; readonly message: string }[];
}

export interface PortData {
  readonly name: string;
  readonly protocol: Protocol;
  readonly port: number;
  readonly targetPort: number | string;
  readonly nodePort?: number;
  /** Whether the node port is the simulation's choice; there where a node port is. */
  readonly nodePortSimulated?: boolean;
  readonly endpoints: readonly EndpointData[];
}

export interface EndpointData {
  readonly addresses: readonly string[];
  readonly port: number;
  /** `namespace/name`, and the workload that the pod is of: `namespace/name[Kind]`. */
  readonly pod?: string;
  readonly workload?: string;
  readonly node?: string;
  /** Whether the addresses are the simulation's choice. */
  readonly simulated: boolean;
  readonly ready: boolean;
  readonly serving: boolean;
  readonly terminating: boolean;
}

/** A Service as data. What its manifest says and no cluster works out is left to the manifest. */
export function endpointsData(cluster: Cluster, service: Service): ServiceData {
  const { id, type, clusterIPs, headless, simulated, externalName, selector, families, ports } = service;
  return {
    service: id,
    type,
    clusterIPs,
    headless,
    simulated,
    ...(externalName && { externalName }),
    ...(selector && { selector }),
    ipFamilies: type === 'ExternalName' ? [] : families.map((family) => `IPv${family}`),
    ports: ports.map((port) => portData(service, port)),
    ...(service.healthCheckNodePort && { healthCheckNodePort: service.healthCheckNodePort }),
    slices: slicesOf(cluster, service),
    notEndpoints: unlistedPods(cluster, service).map((unlisted) => ({
      pod: `${unlisted.pod.namespace}/${unlisted.pod.name}`,
      why: unlisted.why,
      message: unlistedText(unlisted, service).replaceAll('`', ''),
    })),
  };
}

function portData({ endpoints, manifest }: Service, servicePort: ServicePort): PortData {
  const { index, name, protocol, port, targetPort, nodePort } = servicePort;
  const behind = endpoints.flatMap((endpoint) => {
    const number = endpoint.ports.get(index);
    return number === undefined ? [] : [endpointData(endpoint, number)];
  });
  const nodePortSimulated = nodePort !== manifest?.object.spec?.ports?.[index]?.nodePort;
  return { name, protocol, port, targetPort, ...(nodePort && { nodePort, nodePortSimulated }), endpoints: behind };
}

function endpointData({ addresses, pod, nodeName, ready, serving, terminating }: Endpoint, port: number): EndpointData {
  const workload = pod?.workload;
  return {
    addresses,
    port,
    ...(pod && { pod: `${pod.namespace}/${pod.name}` }),
    ...(workload && { workload: `${workload.namespace}/${workload.name}[${workload.kind}]` }),
    ...(nodeName && { node: nodeName }),
    simulated: pod?.simulated ?? false,
    ready,
    serving,
    terminating,
  };
}
