import * as l10n from '@vscode/l10n';
import type { Cluster } from '../cluster/cluster.ts';
import type { Call } from '../network/calls.ts';
import type { Party } from '../network/policy/party.ts';
import type { Verdict } from '../network/policy/verdict.ts';
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
import { fullName } from './end.ts';
import { partiesPhrase, workloadLink } from './end-words.ts';
import { portsText } from './explain.ts';
import { obstaclePhrase } from './obstacle-words.ts';
import { blockedPhrase, proofPhrases, verdictPhrase } from './proof.ts';
import { type ReachAnswer, reach } from './reach.ts';
import type { Route } from './route.ts';

/** What a name in a manifest leads to: how it resolves for the workload that calls it, and whether it may get there. */
export function hostnameDoc(cluster: Cluster, call: Call): Doc {
  const answer = call.target.kind === 'service' ? answerTo(cluster, call, call.target) : undefined;
  const routes = answer?.routes ?? [];
  const [only] = routes;
  const isOne = only !== undefined && routes.length === 1;
  return [
    line(headPhrase(call)),
    line(resolutionPhrase(call, isOne ? only : undefined)),
    ...(isOne ? [line(answerPhrase(cluster, only))] : routes.flatMap((route) => routeBlocks(cluster, route))),
    ...(answer?.obstacles ?? []).map((each) => line(strong(l10n.t('Not reachable.')), ' ', obstaclePhrase(each))),
    ...(answer?.lookup ? [line(lookupPhrase(cluster, call, answer.lookup))] : []),
    ...traceBlocks(call),
  ];
}

/** The walk from the workload that calls to the port that it names; a name of one endpoint is no walk to its Service. */
function traceBlocks({ workload, target, port }: Call): readonly Block[] {
  if (target.kind !== 'service' || target.hostname || workload.pods.length === 0) return [];
  const { service } = target;
  const number = port ?? service.ports[0]?.port;
  if (number === undefined) return [];
  const from = fullName({ kind: 'workload', workload });
  const to = `${fullName({ kind: 'service', service })}:${number}`;
  return [{ type: 'actions', actions: [{ type: 'trace', title: l10n.t('Trace'), from, to }] }];
}

type ServiceTarget = Extract<Call['target'], { kind: 'service' }>;

/** The name of one endpoint leads to it alone. */
function answerTo(cluster: Cluster, { workload, port }: Call, { service, hostname }: ServiceTarget): ReachAnswer {
  const question = { from: { kind: 'workload', workload }, to: { kind: 'service', service } } as const;
  const answer = reach(cluster, { ...question, ...(port !== undefined && { port }) });
  if (!hostname) return answer;
  const pods = new Set(service.endpoints.filter((each) => each.hostname === hostname).map(({ pod }) => pod));
  const isNamed = (party: Party) => party.kind !== 'pod' || pods.has(party.pod);
  const routes = answer.routes.map((route) => ({ ...route, to: route.to.filter(isNamed) }));
  return { ...answer, routes: routes.filter(({ to }) => to.length > 0) };
}

function headPhrase({ host, port, workload }: Call): Phrase {
  const name = code(port === undefined ? host : `${host}:${port}`);
  const { manifest } = workload;
  const from = link(strong(workloadName(workload)), manifest && { manifest, path: ['metadata', 'name'] });
  return say(l10n.t('{0} from {1} in {2}'), name, from, code(workload.namespace));
}

/** `→ redis.shop.svc.cluster.local (name 1 of 4 to try) → 10.96.20.11 → 10.244.2.9:6379`. */
function resolutionPhrase({ target, host }: Call, route: Route | undefined): Phrase {
  if (target.kind === 'unknown') return unknownPhrase(target);
  const { service, name, tries } = target;
  const { manifest } = service;
  const full = link(code(name), manifest && { manifest, path: ['metadata', 'name'] });
  const tried = l10n.t(' (name {0} of {1} to try)', String(tries), host.endsWith('.') ? '1' : '4');
  const address = service.clusterIPs[0];
  const mark = service.simulated ? phrase(' ', emphasis(l10n.t('simulated'))) : [];
  const end = route ? phrase(' → ', endsPhrase(route)) : [];
  if (service.externalName)
    return phrase('→ ', full, tried, ' → ', code(service.externalName), l10n.t(', outside the cluster'));
  return phrase('→ ', full, tried, address ? phrase(' → ', code(address), mark) : [], end);
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

function unknownPhrase({ asked, nearest, asksNode }: Extract<Call['target'], { kind: 'unknown' }>): Phrase {
  const none = say(l10n.t('→ no Service {0} in {1}.'), code(asked.name), code(asked.namespace));
  if (asksNode) {
    const message = l10n.t('→ the DNS of the node, which knows no name of the cluster such as {0}; see dnsPolicy.');
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

function lookupPhrase({ settings }: Cluster, { workload }: Call, lookup: Verdict): Phrase {
  const words = say(
    l10n.t('But the DNS queries of {0} are not let out, so that the name does not resolve.'),
    workloadLink(workload),
  );
  return phrase(words, ' ', blockedPhrase(lookup, settings.cni));
}
