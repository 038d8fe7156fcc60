import type { Cluster, Service } from '../../cluster/cluster.ts';
import type { PodSpec } from '../../manifests/kinds.ts';

/** Who gets variables: the pods of a namespace with a spec. */
export interface Receiver {
  readonly namespace: string;
  readonly spec: Pick<PodSpec, 'enableServiceLinks'>;
}

/** The Service whose variables every pod gets, unless its own namespace has another of this name. */
const apiServer = { namespace: 'default', name: 'kubernetes' } as const;

/**
 * The Services of which a pod's containers get variables, as far as those are there before the pod: the ones of its namespace
 * that have an address, unless it wants none, and the API server's in any case.
 * Source: kubernetes/kubernetes `pkg/kubelet/kubelet_pods.go` getServiceEnvVarMap.
 */
export function linkedServices(cluster: Cluster, { namespace, spec }: Receiver): readonly Service[] {
  const own = [...cluster.services.values()].filter((service) => {
    const isOwn = service.namespace === namespace && spec.enableServiceLinks !== false;
    return isOwn && service.clusterIPs.length > 0;
  });
  const main = cluster.services.get(`${apiServer.namespace}/${apiServer.name}`);
  const isThere = main === undefined || own.some(({ name }) => name === apiServer.name);
  return isThere ? own : [main, ...own];
}

/** What a Service tells containers by variables. */
export type ServiceVariables = Readonly<Record<string, string>>;

/**
 * The variables by which containers learn of a Service: its own, and those of Docker's links.
 * Source: kubernetes/kubernetes `pkg/kubelet/envvars/envvars.go` FromServices, makeLinkVariables.
 */
export function variablesOf({ name, clusterIPs, ports }: Service): ServiceVariables {
  const [address] = clusterIPs;
  const [first] = ports;
  if (address === undefined || first === undefined) return {};
  const prefix = variableName(name);
  const host = address.includes(':') ? `[${address}]` : address;
  const variables: Record<string, string> = {
    [`${prefix}_SERVICE_HOST`]: address,
    [`${prefix}_SERVICE_PORT`]: String(first.port),
  };
  for (const port of ports)
    if (port.name) variables[`${prefix}_SERVICE_PORT_${variableName(port.name)}`] = String(port.port);
  for (const { port, protocol } of ports) {
    const link = `${prefix}_PORT_${port}_${protocol}`;
    const url = `${protocol.toLowerCase()}://${host}:${port}`;
    variables[`${prefix}_PORT`] ??= url;
    variables[link] = url;
    variables[`${link}_PROTO`] = protocol.toLowerCase();
    variables[`${link}_PORT`] = String(port);
    variables[`${link}_ADDR`] = address;
  }
  return variables;
}

function variableName(text: string): string {
  return text.replaceAll('-', '_').toUpperCase();
}
