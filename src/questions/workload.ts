import * as l10n from '@vscode/l10n';
import type { Cluster, Pod, Service, Workload } from '../cluster/cluster.ts';
import { isAll } from '../network/policy/connections.ts';
import { connectionsText } from '../network/words.ts';
import { type Block, code, type Doc, emphasis, join, line, link, type Phrase, phrase, say } from './doc.ts';
import { mostNamed, some, workloadLink, workloadLinks } from './end-words.ts';
import { actionsFor, heading } from './heading.ts';
import { isolationPhrase } from './isolation.ts';
import { type Neighbour, type Neighbourhood, reachedBy, reachersOf } from './reachers.ts';
import { isExposed } from './routes-to-service.ts';
import { simulatedPhrase } from './simulated.ts';

/** What a workload is in the network: its addresses, its Services, its isolation, whom it reaches and who reaches it. */
export function workloadDoc(cluster: Cluster, workload: Workload): Doc {
  const { name, kind, namespace, prototype } = workload;
  return [
    heading(name, kind, namespace, podsCount(workload)),
    ...podsBlocks(cluster, workload),
    line(servicesPhrase(cluster, workload)),
    line(isolationPhrase(cluster, prototype, 'ingress'), ' · ', isolationPhrase(cluster, prototype, 'egress')),
    line(
      neighboursPhrase(reachersOf(cluster, workload), {
        way: 'in',
        home: namespace,
        exposed: isEntered(cluster, workload),
      }),
    ),
    line(neighboursPhrase(reachedBy(cluster, workload), { way: 'out', home: namespace, exposed: true })),
    actionsFor({ kind: 'workload', workload }),
  ];
}

function podsCount({ replicas, pods, kind }: Workload): Phrase {
  if (kind === 'Pod') return phrase(l10n.t('1 pod'));
  if (replicas === 0 && pods.length === 0) return phrase(l10n.t('scaled to no pod'));
  return phrase(replicas === 1 ? l10n.t('1 pod') : l10n.t('{0} pods', String(replicas)));
}

function podsBlocks({ podRanges }: Cluster, { pods, prototype }: Workload): readonly Block[] {
  if (pods.length === 0) return [];
  const simulated = pods.some((pod) => pod.simulated && pod.addresses.length > 0);
  const addresses = some(pods.filter(({ addresses }) => addresses.length > 0).map(podPhrase), 3);
  if (addresses.length === 0) return [];
  const { hostNetwork = false } = prototype.spec;
  const network = hostNetwork ? l10n.t(' · in its node’s network') : '';
  const mark = hostNetwork ? emphasis(l10n.t('simulated')) : simulatedPhrase(podRanges);
  return [line(addresses, simulated ? phrase(' ', mark) : [], network)];
}

function podPhrase({ addresses, node }: Pod): Phrase {
  const address = code(addresses[0] ?? '');
  return node ? say(l10n.t('{0} on {1}'), address, code(node.name)) : phrase(address);
}

function servicesPhrase(cluster: Cluster, workload: Workload): Phrase {
  const services = servicesOf(cluster, workload);
  if (services.length === 0) return phrase(l10n.t('Selected by no Service'));
  return say(l10n.t('Selected by {0}'), some(services.map(serviceName)));
}

/** The Services that have a pod of the workload behind them. */
export function servicesOf(cluster: Cluster, workload: Workload): readonly Service[] {
  return [...cluster.services.values()].filter(({ endpoints }) =>
    endpoints.some(({ pod }) => pod?.workload === workload),
  );
}

function serviceName({ name, manifest, ports }: Service): Phrase {
  const target = link(code(`svc/${name}`), manifest && { manifest, path: ['metadata', 'name'] });
  const numbers = ports.map(({ port, protocol }) => (protocol === 'TCP' ? `${port}` : `${port}/${protocol}`));
  return numbers.length > 0 ? phrase(target, ` (${numbers.join(', ')})`) : target;
}

/** In whose words and about which direction is told. */
interface View {
  readonly way: 'in' | 'out';
  /** The namespace whose names need no prefix. */
  readonly home: string;
  /** Whether the world outside has a way to get there, were policy to let it. */
  readonly exposed: boolean;
}

/** Whether a Service leads in from outside the cluster. */
function isEntered(cluster: Cluster, workload: Workload): boolean {
  return workload.prototype.spec.hostNetwork === true || servicesOf(cluster, workload).some(isExposed);
}

/** Where no more are shut out than this, they are told rather than all the others. */
const mostShutOut = 3;

/** `May be reached by cart, frontend on 8080/TCP; catalog on 9102/TCP · not by 9 others`. */
function neighboursPhrase({ open, blocked, outside }: Neighbourhood, view: View): Phrase {
  const isNearlyAll = open.length > mostNamed && blocked.length <= mostShutOut;
  const all = open.length > 0 && (blocked.length === 0 || isNearlyAll);
  const { who, limits } = all ? everyone(open, view) : { who: named(open, view), limits: [] };
  const parts = [
    openPhrase([outsidePhrase(outside, view), who], view),
    blockedPhrase(blocked, open.length, view),
    limits,
  ];
  return join(
    parts.filter((each) => each.length > 0),
    ' · ',
  );
}

function openPhrase(parts: readonly Phrase[], { way }: View): Phrase {
  const who = parts.filter((each) => each.length > 0);
  if (who.length === 0) return phrase(way === 'in' ? l10n.t('Nobody may reach it') : l10n.t('It may reach nobody'));
  return say(way === 'in' ? l10n.t('May be reached by {0}') : l10n.t('May reach {0}'), join(who));
}

/** Where nearly all may, only those with fewer ports than the others are worth their names. */
function everyone(open: readonly Neighbour[], view: View): { readonly who: Phrase; readonly limits: Phrase } {
  const who = phrase(l10n.t('every workload'));
  const limited = open.filter(({ connections }) => !isAll(connections));
  if (limited.length === 0) return { who, limits: [] };
  const [text, ...others] = new Set(open.map(({ connections }) => connectionsText(connections)));
  if (others.length === 0) return { who: say(l10n.t('{0} on {1}'), who, text ?? ''), limits: [] };
  return { who, limits: say(l10n.t('on some ports only: {0}'), named(limited, view)) };
}

/** Those of the own namespace first, and those with the same ports together: `a, b on 8080/TCP; c on 9102/TCP`. */
function named(all: readonly Neighbour[], { home }: View): Phrase {
  const isOwn = ({ workload }: Neighbour) => (workload.namespace === home ? 0 : 1);
  const sorted = all.toSorted((a, b) => isOwn(a) - isOwn(b));
  const told = sorted.length > mostNamed + 1 ? sorted.slice(0, mostNamed) : sorted;
  const groups = new Map<string, Phrase[]>();
  for (const { workload, connections } of told) {
    const ports = isAll(connections) ? '' : connectionsText(connections);
    groups.set(ports, [...(groups.get(ports) ?? []), workloadLink(workload, home)]);
  }
  const phrases = [...groups].map(([ports, names]) =>
    ports === '' ? join(names) : say(l10n.t('{0} on {1}'), join(names), ports),
  );
  const rest = sorted.length - told.length;
  const words = join(phrases, '; ');
  return rest > 0 ? say(l10n.t('{0} and {1} more'), words, String(rest)) : words;
}

function blockedPhrase(blocked: readonly Workload[], open: number, { way, home }: View): Phrase {
  if (blocked.length === 0 || open === 0) return [];
  const isIn = way === 'in';
  if (blocked.length <= mostShutOut) {
    return say(isIn ? l10n.t('but not by {0}') : l10n.t('but not {0}'), join(workloadLinks(blocked, home)));
  }
  const count = String(blocked.length);
  return phrase(isIn ? l10n.t('not by {0} others', count) : l10n.t('not {0} others', count));
}

function outsidePhrase(outside: Neighbourhood['outside'], { exposed }: View): Phrase {
  if (outside === 'none' || !exposed) return [];
  return phrase(outside === 'some' ? l10n.t('some addresses outside the cluster') : l10n.t('the internet'));
}
