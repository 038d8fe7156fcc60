import type { Cluster, Protocol, Service, ServicePort } from '../cluster/cluster.ts';
import { partyAt } from '../network/calls.ts';
import type { Party } from '../network/policy/party.ts';
import { judge } from '../network/policy/verdict.ts';
import { headlessTargets, portNumbered, type Target, targetsOf } from '../network/services/targets.ts';
import { pairs, sourcesOf, targetsOfEnd } from './parties.ts';
import type { Obstacle, ReachQuestion, Ways } from './reach.ts';
import { groupWays, type Way } from './route.ts';

/**
 * The ways to a Service: the proxy rewrites its port to each endpoint's before policy is asked (kubernetes/website,
 * network-policies), so each endpoint is judged on its own port.
 */
export function routesToService(cluster: Cluster, question: ReachQuestion, service: Service): Ways {
  const from = sourcesOf(cluster, question.from);
  if (isOutside(question.from) && !isExposed(service)) {
    return { routes: [], obstacles: [{ kind: 'not-exposed', service }] };
  }
  if (service.type === 'ExternalName') return waysToWorld(cluster, question, from);
  const dialled = portsDialled(service, question);
  if (dialled.length === 0) return { routes: [], obstacles: [noSuchPort(service, question.port)] };
  const judged = dialled.map((each) => waysTo(cluster, from, service, each));
  return {
    routes: groupWays(judged.flatMap(({ ways }) => ways)),
    obstacles: judged.flatMap(({ obstacle }) => obstacle ?? []),
  };
}

function isOutside({ kind }: ReachQuestion['from']): boolean {
  return kind === 'internet' || kind === 'outside';
}

/** Whether the Service has an address that leads in from outside the cluster. */
export function isExposed({ type, manifest }: Service): boolean {
  return type === 'NodePort' || type === 'LoadBalancer' || (manifest?.object.spec?.externalIPs?.length ?? 0) > 0;
}

interface Dialled {
  readonly number: number;
  readonly protocol: Protocol;
  /** Absent where a headless name is dialled on a port that its Service does not list. */
  readonly port?: ServicePort;
}

function portsDialled(service: Service, { port, protocol }: ReachQuestion): readonly Dialled[] {
  if (port === undefined) return service.ports.map(dialledAt);
  if (typeof port === 'string') {
    return service.ports
      .filter(({ name, ...each }) => name === port && (!protocol || each.protocol === protocol))
      .map(dialledAt);
  }
  const found = portNumbered(service, port, protocol);
  if (found) return [dialledAt(found)];
  return service.headless ? [{ number: port, protocol: protocol ?? 'TCP' }] : [];
}

function dialledAt(port: ServicePort): Dialled {
  return { number: port.port, protocol: port.protocol, port };
}

/** A headless name gives out the pods' own addresses: the number that is dialled is the pod's. */
function endpointsFor(service: Service, { number, port }: Dialled): readonly Target[] {
  if (service.headless) return headlessTargets(service, number);
  return port ? targetsOf(service, port) : [];
}

function waysTo(
  cluster: Cluster,
  from: readonly Party[],
  service: Service,
  dialled: Dialled,
): { readonly ways: readonly Way[]; readonly obstacle?: Obstacle } {
  const { port, protocol, number } = dialled;
  const targets = endpointsFor(service, dialled);
  if (targets.length === 0) return { ways: [], obstacle: { kind: 'no-endpoints', service, ...(port && { port }) } };
  const ways = pairs(from, targets, partyAt).map(([source, target]): Way => {
    const to = partyAt(target);
    return {
      from: source,
      to,
      ports: { protocol, range: [target.port, target.port] },
      ...(port && { servicePort: port }),
      verdict: judge(cluster, { from: source, to, protocol, port: target.port, dialled: number }),
    };
  });
  return { ways };
}

/** An ExternalName is another name for something outside: policy sees the address that it resolves to. */
function waysToWorld(cluster: Cluster, { port, protocol = 'TCP' }: ReachQuestion, from: readonly Party[]): Ways {
  const number = typeof port === 'number' ? port : 443;
  const ways = pairs(from, targetsOfEnd(cluster, { kind: 'internet' }), (target) => target).map(
    ([source, to]): Way => ({
      from: source,
      to,
      ports: port === undefined ? 'all' : { protocol, range: [number, number] },
      verdict: judge(cluster, { from: source, to, protocol, port: number }),
    }),
  );
  return { routes: groupWays(ways), obstacles: [] };
}

function noSuchPort(service: Service, asked: number | string | undefined): Obstacle {
  const means = service.ports.find(({ targetPort }) => targetPort === asked);
  return { kind: 'no-such-port', service, asked: String(asked ?? ''), ...(means && { means }) };
}
