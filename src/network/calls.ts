import { parseAddress } from '../cluster/address.ts';
import type { Cluster, Endpoint, Grounds, Pod, Protocol, Service, ServicePort, Workload } from '../cluster/cluster.ts';
import { runningPorts } from '../cluster/ports.ts';
import type { ConfigMapObject } from '../manifests/kinds.ts';
import type { Manifest, Place } from '../manifests/manifest.ts';
import { nearestWord } from './distance.ts';
import { holdIn, type Lookups, recording } from './dns/lookups.ts';
import { podDns, resolveFor } from './dns/pod-dns.ts';
import { askedFor, type Directory, isElsewhere } from './dns/resolve.ts';
import { type ConfigMapUse, mentionsIn, type TextMention, textsOf } from './dns/texts.ts';
import { type Connection, type Party, shareFamily } from './policy/party.ts';
import { standIns } from './policy/stand-ins.ts';
import { isSurelyAllowed, judge, type Verdict } from './policy/verdict.ts';
import { headlessTargets, portNumbered, type Target, targetsOf } from './services/targets.ts';

/** A connection that a manifest clearly means to open: a name in its text that a Service is meant by. */
export interface Call {
  /** Who calls: the workload whose text, or whose ConfigMap, it is. */
  readonly workload: Workload;
  /** Where the name stands, port included. */
  readonly place: Place;
  /** Where the whole word stands in the text, such as the URL with its scheme and its path. */
  readonly around: readonly [from: number, to: number];
  /** The host as it is written: `redis-cart`, `api.prod`. */
  readonly host: string;
  /** As written, or the scheme's own. */
  readonly port?: number;
  readonly target: CallTarget;
}

export type CallTarget =
  | {
      readonly kind: 'service';
      readonly service: Service;
      /** The name that answered, without the last dot. */
      readonly name: string;
      /** How many names were tried, the answering one included. */
      readonly tries: number;
      /** Set where the name is that of one endpoint (`db-0.db`). */
      readonly hostname?: string;
    }
  /** No Service has the name; `nearest` is one that was probably meant. */
  | {
      readonly kind: 'unknown';
      readonly asked: { readonly namespace: string; readonly name: string };
      readonly nearest?: Service;
      /** There is such a Service, `nearest`, but the pod asks its node for names, and not the cluster. */
      readonly asksNode?: true;
    };

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
  const found: Call[] = [];
  for (const workload of cluster.workloads.values()) {
    for (const { call } of meaningsIn(cluster, workload)) if (call) found.push(call);
  }
  return found;
}

/** A mention, and the text that it stands in. */
interface Mentioned {
  readonly manifest: Manifest;
  readonly mention: TextMention;
}

/** What a mention was found to mean. */
interface Meaning extends Mentioned {
  readonly call?: Call;
  /** What it rests on, beside the workload; absent where that is more than a few names. */
  readonly lookups?: Lookups;
}

/** What the mentions of each workload meant the last time, in their order. */
const meanings = new WeakMap<Workload, readonly Meaning[]>();

/** An edit elsewhere leaves a call the same object, so that what is known of the call is known still. */
function meaningsIn(cluster: Cluster, workload: Workload): readonly Meaning[] {
  const before = meanings.get(workload) ?? [];
  const now = mentionedIn(cluster, workload).map((mentioned, index) => {
    const known = before[index];
    return known && stillHolds(cluster, known, mentioned) ? known : meaningOf(cluster, workload, mentioned);
  });
  meanings.set(workload, now);
  return now;
}

function stillHolds(cluster: Cluster, known: Meaning, { manifest, mention }: Mentioned): boolean {
  const isSame = known.mention === mention && known.manifest === manifest;
  return isSame && known.lookups !== undefined && holdIn(cluster, known.lookups);
}

function mentionedIn(cluster: Cluster, workload: Workload): readonly Mentioned[] {
  const { manifest, prototype, template, namespace } = workload;
  if (!manifest) return [];
  const { mentions, configMaps } = textsOf(prototype.spec, [...template, 'spec']);
  const mentioned: Mentioned[] = mentions.map((mention) => ({ manifest, mention }));
  for (const use of configMaps) {
    const data = cluster.configMaps.get(`${namespace}/${use.name}`);
    if (data) for (const mention of dataMentions(data, use)) mentioned.push({ manifest: data, mention });
  }
  return mentioned;
}

function meaningOf(cluster: Cluster, workload: Workload, { manifest, mention }: Mentioned): Meaning {
  const directory = recording(cluster);
  const target = targetOf(cluster, directory, workload, mention);
  if (!target) return { manifest, mention };
  const { host, port, path, from, to, around } = mention;
  const place: Place = { manifest, path, within: [from, to] };
  const call: Call = { workload, place, around, host, target, ...(port && { port }) };
  const { lookups } = directory;
  return { manifest, mention, call, ...(target.kind === 'service' && { lookups }) };
}

const noData: NonNullable<ConfigMapObject['data']> = Object.create(null);

const mentionsOfData = new WeakMap<ConfigMapObject, Map<string, readonly TextMention[]>>();

function dataMentions({ object }: Manifest<ConfigMapObject>, { key, variable }: ConfigMapUse): readonly TextMention[] {
  // Without data a look-up must find nothing, not what every JavaScript object has (`constructor`).
  const data = object.data ?? noData;
  const keys = key === undefined ? Object.keys(data) : [key];
  let known = mentionsOfData.get(object);
  if (!known) {
    known = new Map();
    mentionsOfData.set(object, known);
  }
  const memo = known;
  return keys.flatMap((each) => {
    const name = `${each} ${variable ?? ''}`;
    const found = memo.get(name) ?? mentionsIn(data[each] ?? '', name, ['data', each]);
    memo.set(name, found);
    return found;
  });
}

/** What a mention means, or undefined where it is not clear enough to be called a call. */
function targetOf(
  cluster: Cluster,
  directory: Directory,
  { namespace, prototype }: Workload,
  mention: TextMention,
): CallTarget | undefined {
  const dns = podDns(prototype.spec);
  if (dns.aliases.has(mention.host)) return undefined;
  const resolved = resolveFor(directory, dns, mention.host, namespace);
  if (resolved && !isMeant(resolved.service, mention)) return undefined;
  if (resolved) return dns.asks === 'node' ? unresolved(resolved.service) : { kind: 'service', ...resolved };
  // Of what others answer nothing is known.
  if (dns.asks !== 'cluster' || dns.searches.length > 0) return undefined;
  const asked = mention.strict ? askedFor(cluster, mention.host, namespace) : undefined;
  if (!asked || isElsewhere(cluster, asked.namespace, asked.name)) return undefined;
  const nearest = nearestService(cluster, asked);
  const isClear = mention.scheme !== undefined || (mention.hinted && (mention.port !== undefined || nearest));
  return isClear ? { kind: 'unknown', asked, ...(nearest && { nearest }) } : undefined;
}

function unresolved(service: Service): CallTarget {
  const { namespace, name } = service;
  return { kind: 'unknown', asked: { namespace, name }, nearest: service, asksNode: true };
}

/** `redis:7` may be an image: without a word that says otherwise the Service, or a pod of a headless one, has the port. */
function isMeant(service: Service, { scheme, hinted, port }: TextMention): boolean {
  if (scheme !== undefined || hinted || !port || portNumbered(service, port)) return true;
  const declares = ({ pod }: Endpoint) => pod && runningPorts(pod.spec).some((each) => each.containerPort === port);
  return service.headless && service.endpoints.some(declares);
}

/** A Service of the same name in another namespace, or of nearly the same name in the one that was asked. */
function nearestService(
  cluster: Cluster,
  { namespace, name }: { namespace: string; name: string },
): Service | undefined {
  const { byName, byNamespace } = serviceNames(cluster);
  const nearest = nearestWord(name, byNamespace.get(namespace) ?? []);
  return nearest ? cluster.services.get(`${namespace}/${nearest}`) : byName.get(name);
}

interface ServiceNames {
  readonly byName: ReadonlyMap<string, Service>;
  readonly byNamespace: ReadonlyMap<string, readonly string[]>;
}

const names = new WeakMap<Cluster, ServiceNames>();

function serviceNames(cluster: Cluster): ServiceNames {
  let known = names.get(cluster);
  if (!known) {
    const written = [...cluster.services.values()].filter(({ manifest }) => manifest);
    const byNamespace = new Map<string, string[]>();
    for (const { namespace, name } of written) {
      const list = byNamespace.get(namespace);
      if (list) list.push(name);
      else byNamespace.set(namespace, [name]);
    }
    known = { byName: new Map(written.map((service) => [service.name, service])), byNamespace };
    names.set(cluster, known);
  }
  return known;
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

/** Whether the Service that a call means has the port that it dials. */
export function hasPort(call: Call): boolean {
  return portsOf(call).length > 0;
}

/** The endpoints that a call may end at; the name of one endpoint means that alone. */
function targetsAt({ target }: Call, { number, port }: Dialled): readonly Target[] {
  if (target.kind === 'unknown') return [];
  const { service, hostname } = target;
  const targets = endsAt(service, number, port);
  return hostname ? targets.filter(({ endpoint }) => endpoint.hostname === hostname) : targets;
}

function portsOf({ target, port }: Call): readonly Dialled[] {
  return target.kind === 'unknown' ? [] : portsDialled(target.service, port);
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
