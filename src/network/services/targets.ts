import { canonicalText, type Family, parseAddress } from '../../cluster/address.ts';
import type { Endpoint, Pod, Protocol, Service, ServicePort } from '../../cluster/cluster.ts';

/** An endpoint that a connection to a Service may end at, with the port that it is rewritten to. */
export interface Target {
  readonly endpoint: Endpoint;
  readonly address: string;
  /** Absent where no pod of the manifests has the address. */
  readonly pod?: Pod;
  readonly port: number;
}

/**
 * The endpoints among which kube-proxy chooses for a port, on whatever node it runs.
 * `traffic-policy.ts` says which of them one node's proxy uses.
 */
export function targetsOf(service: Service, port: ServicePort): readonly Target[] {
  let byPort = known.get(service);
  if (!byPort) {
    byPort = new Map();
    known.set(service, byPort);
  }
  const targets = byPort.get(port.index) ?? usable(listedTargets(service, port));
  byPort.set(port.index, targets);
  return targets;
}

/** A Service is called from many places: its targets are found once. */
const known = new WeakMap<Service, Map<number, readonly Target[]>>();

/** Everything that is listed behind a port, ready or not; in one family, or each by its primary address. */
export function listedTargets(service: Service, port: ServicePort, family?: Family): readonly Target[] {
  return service.endpoints.flatMap((endpoint) => {
    const number = endpoint.ports.get(port.index);
    const address = family
      ? endpoint.addresses.find((each) => parseAddress(each)?.family === family)
      : (endpoint.addresses[0] ?? '');
    return number === undefined || address === undefined ? [] : [targetAt(endpoint, canonicalText(address), number)];
  });
}

/**
 * The targets that take connections: the ready ones, or, where none is, those that still serve while they terminate.
 * Source: kubernetes/kubernetes `pkg/proxy/topology.go` CategorizeEndpoints.
 */
export function usable(targets: readonly Target[]): readonly Target[] {
  const ready = targets.filter(({ endpoint }) => endpoint.ready);
  return ready.length > 0 ? ready : targets.filter(({ endpoint: { serving, terminating } }) => serving && terminating);
}

/** The pods that a headless name resolves to take the dialled port as it is: nothing rewrites it. */
export function headlessTargets(service: Service, port: number): readonly Target[] {
  return service.endpoints
    .filter(({ ready }) => ready)
    .map((endpoint) => targetAt(endpoint, endpoint.addresses[0] ?? '', port));
}

function targetAt(endpoint: Endpoint, address: string, port: number): Target {
  const { pod } = endpoint;
  return { endpoint, address, port, ...(pod && { pod }) };
}

/** The port of a Service that has this number; TCP before the others where no protocol is asked. */
export function portNumbered(service: Service, port: number, protocol?: Protocol): ServicePort | undefined {
  const candidates = service.ports.filter((each) => each.port === port && (!protocol || each.protocol === protocol));
  return candidates.find((each) => each.protocol === 'TCP') ?? candidates[0];
}
