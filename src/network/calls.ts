import { parseAddress } from '../cluster/address.ts';
import type { Cluster, Endpoint, Grounds, Pod, Protocol, Service, ServicePort, Workload } from '../cluster/cluster.ts';
import type { CallTarget } from './name-target.ts';
import { type NamedPlace, namesIn } from './names.ts';
import { type Connection, type Party, shareFamily } from './policy/party.ts';
import { standIns } from './policy/stand-ins.ts';
import { isSurelyAllowed, judge, type Verdict } from './policy/verdict.ts';
import { headlessTargets, portNumbered, type Target, targetsOf } from './services/targets.ts';

/** A connection that a manifest clearly means to open: a name in its text that a Service is meant by. */
export interface Call extends NamedPlace {
  /** Who calls: the workload whose text, or whose ConfigMap, it is. */
  readonly workload: Workload;
  readonly target: CallTarget;
}

/** What becomes of a call. */
export interface CallOutcome {
  readonly call: Call;
  /** The Service's ports that are dialled; empty where it has no such port. More than one where the text names none. */
  readonly ports: readonly { readonly number: number; readonly protocol: Protocol }[];
  /** One for each endpoint and port that it may end at; empty where there is none. */
  readonly verdicts: readonly { readonly target: Target; readonly verdict: Verdict }[];
}

const calls = new WeakMap<Cluster, readonly Call[]>();

/** Every call that the manifests of the cluster mean, by workload. */
export function callsOf(cluster: Cluster): readonly Call[] {
  let known = calls.get(cluster);
  if (!known) {
    known = findCalls(cluster);
    calls.set(cluster, known);
  }
  return known;
}

function findCalls(cluster: Cluster): readonly Call[] {
  return namesIn(cluster).filter(isCall);
}

function isCall(name: NamedPlace): name is Call {
  return name.asker === 'containers' && name.workload !== undefined && name.target.kind !== 'outside';
}

const outcomes = new WeakMap<Cluster, Map<Call, CallOutcome>>();

/** What becomes of a call of this cluster: where it ends, and whether policy lets it through. */
export function outcomeOf(cluster: Cluster, call: Call): CallOutcome {
  let known = outcomes.get(cluster);
  if (!known) {
    known = new Map();
    outcomes.set(cluster, known);
  }
  const outcome = known.get(call) ?? judgeCall(cluster, call);
  known.set(call, outcome);
  return outcome;
}

function judgeCall(cluster: Cluster, call: Call): CallOutcome {
  const ports = portsOf(call);
  const verdicts = ports.flatMap((dialled) =>
    targetsAt(call, dialled).flatMap((target) =>
      callersOf(cluster, call, target).map((caller) => ({
        target,
        verdict: judge(cluster, connectionTo(caller, target, dialled)),
      })),
    ),
  );
  return { call, ports: ports.map(({ number, protocol }) => ({ number, protocol })), verdicts };
}

/** The calls of which it is known that they may get through, and the policies of which namespaces it rests on. */
const undenied = new WeakMap<Grounds['common'], WeakMap<Call, Grounds['policies']>>();

/**
 * The verdict on a call that policy surely denies, whichever endpoint it is given and whichever pod makes it. Nearly every
 * call may get through, and for as long as that stays so it is not asked again; a denial has its proof made anew.
 */
export function denialOf(cluster: Cluster, call: Call): Verdict | undefined {
  const { common, policies } = cluster.grounds;
  const known = undenied.get(common) ?? new WeakMap<Call, Grounds['policies']>();
  undenied.set(common, known);
  const rests = known.get(call);
  if (rests && [...rests].every(([namespace, grounds]) => (policies.get(namespace) ?? none) === grounds)) {
    return undefined;
  }
  const denial = findDenial(cluster, call);
  if (!denial) known.set(call, new Map(namespacesOf(call).map((each) => [each, policies.get(each) ?? none])));
  return denial;
}

/** A namespace without policies. */
const none = {};

/** The namespaces of both ends: policies of others say nothing of a call. */
function namespacesOf(call: Call): readonly string[] {
  const targets = portsOf(call).flatMap((dialled) => targetsAt(call, dialled));
  return [call.workload.namespace, ...targets.flatMap(({ pod }) => pod?.namespace ?? [])];
}

/** The connections that a call most likely means: to the port that it names, else to the first one that its Service lists. */
export function connectionsOf(cluster: Cluster, call: Call): readonly Connection[] {
  const [dialled] = portsOf(call);
  const targets = dialled ? targetsAt(call, dialled) : [];
  return targets.flatMap((target) =>
    callersOf(cluster, call, target).flatMap((caller) => (dialled ? connectionTo(caller, target, dialled) : [])),
  );
}

/** The pods that may make a call to a target: policy is not asked where no packet can be sent. */
function callersOf(cluster: Cluster, { workload }: Call, target: Target): readonly Pod[] {
  const to = partyAt(target);
  return standIns(cluster, workload).filter((pod) => shareFamily({ kind: 'pod', pod }, to));
}

/** Stops at the first endpoint that may be reached. */
function findDenial(cluster: Cluster, call: Call): Verdict | undefined {
  let denial: Verdict | undefined;
  for (const dialled of portsOf(call)) {
    for (const target of targetsAt(call, dialled)) {
      for (const caller of callersOf(cluster, call, target)) {
        const connection = connectionTo(caller, target, dialled);
        if (isSurelyAllowed(cluster, connection)) return undefined;
        const verdict = judge(cluster, connection);
        if (verdict.outcome !== 'denied') return undefined;
        denial ??= verdict;
      }
    }
  }
  return denial;
}

/** Whether the Service that a name means has the port that is dialled. */
export function hasPort(name: NamedPlace): boolean {
  return portsOf(name).length > 0;
}

/** The endpoints that a call may end at; the name of one endpoint means that alone. */
function targetsAt({ target }: Call, { number, port }: Dialled): readonly Target[] {
  if (target.kind === 'unknown') return [];
  const { service, called = service, hostname } = target;
  const targets = endsAt(called, number, port);
  return hostname ? targets.filter(({ endpoint }) => endpoint.hostname === hostname) : targets;
}

function portsOf({ target, port, srv }: NamedPlace): readonly Dialled[] {
  if (target.kind !== 'service') return [];
  return portsDialled(target.called ?? target.service, port).filter((each) => srv === undefined || srv === srvOf(each));
}

/** The SRV record of a port begins with its name (kubernetes/dns `docs/specification.md` 2.3.2). */
function srvOf({ port, protocol }: Dialled): string {
  return `_${port?.name}._${protocol.toLowerCase()}`;
}

interface Dialled {
  readonly number: number;
  readonly protocol: Protocol;
  /** Absent where a headless name is dialled on a port that its Service does not list. */
  readonly port?: ServicePort;
}

function portsDialled(service: Service, port: number | undefined): readonly Dialled[] {
  if (port === undefined)
    return service.ports.map((each) => ({ number: each.port, protocol: each.protocol, port: each }));
  const found = portNumbered(service, port);
  if (found) return [{ number: port, protocol: found.protocol, port: found }];
  return service.headless ? [{ number: port, protocol: 'TCP' }] : [];
}

/** A ClusterIP is rewritten to an endpoint and its port; a headless name is the endpoint's, and keeps the port. */
function endsAt(service: Service, number: number, port: ServicePort | undefined): readonly Target[] {
  if (service.headless) return headlessTargets(service, number);
  return port ? targetsOf(service, port) : [];
}

function connectionTo(caller: Pod, target: Target, { protocol, number }: Dialled): Connection {
  const from: Party = { kind: 'pod', pod: caller };
  return { from, to: partyAt(target), protocol, port: target.port, dialled: number };
}

/** Who listens where no pod does and nobody has written an endpoint (`withApiServer`). */
const apiServerName = 'kube-apiserver';

/** A Service of one family is never reached in the other, whatever its pods have. */
function podAt(pod: Pod, { addresses: [address = '', ...others] }: Endpoint): Party {
  const family = !pod.simulated && pod.addresses.length > 1 && others.length === 0 && parseAddress(address)?.family;
  return { kind: 'pod', pod, ...(family && { family }) };
}

/** The party that answers at a target; an address that no pod of the manifests has lies outside. */
export function partyAt({ pod, address, endpoint }: Target): Party {
  if (pod) return podAt(pod, endpoint);
  const { family, value } = parseAddress(address) ?? { family: 4, value: 0n };
  const isChosen = endpoint.manifest === undefined;
  return { kind: 'outside', range: { family, first: value, last: value }, ...(isChosen && { owner: apiServerName }) };
}
