import * as l10n from '@vscode/l10n';
import type { Cluster, Pod, Service } from '../cluster/cluster.ts';
import { namesToTry } from '../network/dns/expansion.ts';
import { type LookupOptions, lookUp } from '../network/dns/lookup.ts';
import type { NamedPlace } from '../network/names.ts';
import type { Party } from '../network/policy/party.ts';
import { workloadName } from '../network/words.ts';
import {
  type Block,
  code,
  type Doc,
  emphasis,
  join,
  line,
  link,
  list,
  type Phrase,
  phrase,
  say,
  strong,
} from './doc.ts';
import { type End, fullName } from './end.ts';
import { partiesPhrase, some } from './end-words.ts';
import { portsText } from './explain.ts';
import { type Looked, queryBlocks } from './hostname-queries.ts';
import { obstaclePhrase } from './obstacle-words.ts';
import { proofPhrases, verdictPhrase } from './proof.ts';
import { type ReachAnswer, reach } from './reach.ts';
import type { Route } from './route.ts';
import { behindPhrase } from './service.ts';

/**
 * What a name in a manifest leads to: how it resolves for whoever looks it up, whether a workload that calls it gets
 * there, and the queries that it takes.
 */
export function hostnameDoc(cluster: Cluster, named: NamedPlace): Doc {
  const looked = lookedUp(cluster, named);
  const answer = looked && answerTo(cluster, named);
  const routes = answer?.routes ?? [];
  const [only] = routes;
  const isOne = only !== undefined && routes.length === 1;
  return [
    line(headPhrase(named)),
    line(resolutionPhrase(cluster, named, looked, isOne ? only : undefined)),
    ...(isOne ? [line(answerPhrase(cluster, only))] : routes.flatMap((route) => routeBlocks(cluster, route))),
    ...(answer?.obstacles ?? []).map((each) => line(strong(l10n.t('Not reachable.')), ' ', obstaclePhrase(each))),
    ...(looked ? queryBlocks(cluster, looked) : []),
    ...traceBlocks(named),
  ];
}

/** Containers alone look a name up by a resolver that the manifests tell of; an address is looked up by nobody. */
function lookedUp(cluster: Cluster, { asker, workload, host, srv, target }: NamedPlace): Looked | undefined {
  if (asker !== 'containers' || !workload) return undefined;
  const pod: Pod = workload.pods[0] ?? workload.prototype;
  const name = srv ? `${srv}.${host}` : host;
  const options: LookupOptions = srv ? { type: 'SRV' } : {};
  const isAddress = target.kind === 'service' && target.tries === 0;
  const lookup = lookUp(cluster, pod, name, options);
  return { pod, workload, host: name, options, lookup: isAddress ? { ...lookup, tried: [] } : lookup };
}

/** The walk from the workload that calls to the port that it names; a name of one endpoint is no walk to its Service. */
function traceBlocks({ asker, workload, target, port }: NamedPlace): readonly Block[] {
  if (asker !== 'containers' || target.kind !== 'service' || target.hostname || !workload?.pods.length) return [];
  const { service, called = service } = target;
  const number = port ?? called.ports[0]?.port;
  if (number === undefined) return [];
  const from = fullName({ kind: 'workload', workload });
  const to = `${fullName({ kind: 'service', service })}:${number}`;
  return [{ type: 'actions', actions: [{ type: 'trace', title: l10n.t('Trace'), from, to }] }];
}

/** The name of one endpoint leads to it alone; of what lies outside only a port can be judged. */
function answerTo(cluster: Cluster, { workload, port, target }: NamedPlace): ReachAnswer | undefined {
  if (!workload || target.kind === 'unknown' || (target.kind === 'outside' && port === undefined)) return undefined;
  const to: End = target.kind === 'service' ? { kind: 'service', service: target.service } : { kind: 'internet' };
  const from: End = { kind: 'workload', workload };
  const answer = reach(cluster, { from, to, ...(port !== undefined && { port }) });
  if (target.kind === 'outside' || !target.hostname) return answer;
  const { service, hostname } = target;
  const pods = new Set(service.endpoints.filter((each) => each.hostname === hostname).map(({ pod }) => pod));
  const isNamed = (party: Party) => party.kind !== 'pod' || pods.has(party.pod);
  const routes = answer.routes.map((route) => ({ ...route, to: route.to.filter(isNamed) }));
  return { ...answer, routes: routes.filter(({ to }) => to.length > 0) };
}

function headPhrase({ host, port, workload, namespace, asker }: NamedPlace): Phrase {
  const name = code(port === undefined ? host : hostPort(host, port));
  const manifest = workload?.manifest;
  const from = workload
    ? link(strong(workloadName(workload)), manifest && { manifest, path: ['metadata', 'name'] })
    : [];
  switch (asker) {
    case 'containers':
      return say(l10n.t('{0} from {1} in {2}'), name, from, code(namespace));
    case 'kubelet':
      return say(l10n.t('{0} from the kubelet, for {1} in {2}'), name, from, code(namespace));
    case 'apiServer':
      return say(l10n.t('{0} from the API server'), name);
    case 'controller':
      return say(l10n.t('{0} from the controller, in {1}'), name, code(namespace));
    case 'dns':
      return say(l10n.t('{0} as the cluster’s DNS follows it'), name);
    case 'anybody':
      return say(l10n.t('{0} as a pod of {1} would look it up'), name, code(namespace));
  }
}

/** `→ redis.shop.svc.cluster.local (name 1 of 4 to try) → 10.96.20.11 → 10.244.2.9:6379`. */
function resolutionPhrase(
  cluster: Cluster,
  named: NamedPlace,
  looked: Looked | undefined,
  route: Route | undefined,
): Phrase {
  const { target } = named;
  if (target.kind === 'unknown') return unknownPhrase(named, target);
  if (target.kind === 'outside') return outsidePhrase(named, looked);
  const { service, name, tries } = target;
  const { manifest } = service;
  const full = link(code(name), manifest && { manifest, path: ['metadata', 'name'] });
  const all = looked && namesToTry(looked.host, looked.lookup.conf, 'glibc').length;
  const tried = all && tries > 0 ? l10n.t(' (name {0} of {1} to try)', String(tries), String(all)) : '';
  const end = looked ? routeEnd(service, route) : endpointsPhrase(service);
  return phrase('→ ', full, tried, recordsPhrase(cluster, service, looked), end);
}

function routeEnd({ externalName }: Service, route: Route | undefined): Phrase {
  return route && !externalName ? phrase(' → ', endsPhrase(route)) : [];
}

/** Where nobody is known who calls, no way is judged. */
function endpointsPhrase({ endpoints }: Service): Phrase {
  const addresses = endpoints.filter(({ ready }) => ready).flatMap((each) => each.addresses.slice(0, 1));
  return addresses.length > 0 ? phrase(' → ', some(addresses.map((each) => [code(each)]))) : [];
}

/** What the name is an alias of, and the addresses that answer; those of pods stand at the end of the way anyhow. */
function recordsPhrase(cluster: Cluster, service: Service, looked: Looked | undefined): Phrase {
  const { records = [], status } = looked?.lookup ?? {};
  if (service.externalName) return aliasPhrase(cluster, service, service.externalName, looked);
  const written = records.filter(({ type }) => type === 'A' || type === 'AAAA').map(({ data }) => data);
  const addresses = written.length > 0 && !service.headless ? written : service.clusterIPs.slice(0, 1);
  const mark = service.simulated ? phrase(' ', emphasis(l10n.t('simulated'))) : [];
  const isFailure =
    looked &&
    !looked.lookup.denied &&
    !looked.lookup.unserved &&
    looked.lookup.tried.length > 0 &&
    status !== 'NOERROR';
  if (isFailure) return phrase(' → ', strong(status ?? ''));
  return addresses.length > 0 ? phrase(' → ', some(addresses.map((each) => [code(each)])), mark) : [];
}

/** One alias may lead to the next. */
function aliasPhrase(cluster: Cluster, service: Service, externalName: string, looked: Looked | undefined): Phrase {
  const { records = [], status } = looked?.lookup ?? {};
  // The queries for both families are answered with the same aliases.
  const names = records.filter(({ type }) => type === 'CNAME').map(({ data }) => data.replace(/\.$/, ''));
  const aliases = [...new Set(names)];
  const addresses = records.filter(({ type }) => type === 'A' || type === 'AAAA').map(({ data }) => [code(data)]);
  const chain = join(
    (aliases.length > 0 ? aliases : [externalName]).map((each) => [code(each)]),
    ' → ',
  );
  if (addresses.length > 0) return phrase(' → ', chain, ' → ', some(addresses));
  const isFailure = status !== undefined && !['NOERROR', 'FORWARDED', 'TIMEOUT'].includes(status);
  return phrase(' → ', chain, isFailure ? phrase(' → ', strong(status)) : behindPhrase(cluster, service));
}

/** What the cluster's DNS passes on, or what the pod's own `/etc/hosts` says. */
function outsidePhrase({ workload }: NamedPlace, looked: Looked | undefined): Phrase {
  const { alias, records = [] } = looked?.lookup ?? {};
  if (alias === undefined || !workload) return phrase(l10n.t('→ outside the cluster'));
  const { manifest, template } = workload;
  const place = manifest && ({ manifest, path: [...template, 'spec', 'hostAliases'], part: 'key' } as const);
  const addresses = some(records.map(({ data }) => [code(data)]));
  return phrase('→ ', addresses, say(l10n.t(', as {0} says'), link(code('hostAliases'), place)));
}

/** `10.244.2.9:6379` where a few pods answer, else what they are. */
function endsPhrase(route: Route): Phrase {
  const { to, ports } = route;
  const addresses = to.flatMap((party) => (party.kind === 'pod' ? (party.pod.addresses[0] ?? []) : []));
  if (ports === 'all' || addresses.length < to.length || addresses.length > 3) {
    return say(l10n.t('{0} of {1}'), code(portsText(route)), partiesPhrase(to));
  }
  return join(addresses.map((address) => [code(hostPort(address, ports.range[0]))]));
}

function hostPort(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

type Unknown = Extract<NamedPlace['target'], { kind: 'unknown' }>;

function unknownPhrase({ asker }: NamedPlace, { asked, nearest, asksNode }: Unknown): Phrase {
  const none = say(l10n.t('→ no Service {0} in {1}.'), code(asked.name), code(asked.namespace));
  if (asksNode) {
    const message =
      asker === 'containers'
        ? l10n.t('→ the DNS of the node, which knows no name of the cluster such as {0}; see dnsPolicy.')
        : l10n.t('→ the DNS of the node, which knows no name of the cluster such as {0}.');
    return say(message, code(`${asked.name}.${asked.namespace}`));
  }
  if (!nearest) return none;
  const name = nearest.namespace === asked.namespace ? nearest.name : `${nearest.name}.${nearest.namespace}`;
  const { manifest } = nearest;
  return phrase(
    none,
    ' ',
    say(l10n.t('Did you mean {0}?'), link(code(name), manifest && { manifest, path: ['metadata', 'name'] })),
  );
}

/** `Allowed. Egress: … Ingress: …` in one paragraph where there is one way alone. */
function answerPhrase({ settings }: Cluster, { verdict }: Route): Phrase {
  const proofs = proofPhrases(verdict, settings.cni);
  return phrase(verdictPhrase(verdict, settings.cni), ...proofs.flatMap((proof) => [' ', proof]));
}

function routeBlocks({ settings }: Cluster, route: Route): readonly Block[] {
  const end = say(l10n.t('{0} of {1}'), code(portsText(route)), partiesPhrase(route.to));
  return [
    line('→ ', end, ': ', verdictPhrase(route.verdict, settings.cni)),
    list(proofPhrases(route.verdict, settings.cni)),
  ];
}
