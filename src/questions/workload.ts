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

/** What a workload is in the network: its addresses, its Services, its isolation, whom it reaches and who reaches it. */
export function workloadDoc(cluster: Cluster, workload: Workload): Doc {
  const { name, kind, namespace, prototype } = workload;
  return [
    heading(name, kind, namespace, podsCount(workload)),
    ...podsBlocks(workload),
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

function podsBlocks({ pods, prototype }: Workload): readonly Block[] {
  if (pods.length === 0) return [];
  const simulated = pods.some((pod) => pod.simulated && pod.addresses.length > 0);
  const addresses = some(pods.filter(({ addresses }) => addresses.length > 0).map(podPhrase), 3);
  if (addresses.length === 0) return [];
  const network = prototype.spec.hostNetwork ? l10n.t(' · in its node’s network') : '';
  return [line(addresses, simulated ? [{ type: 'text', text: ' ' }, emphasis(l10n.t('simulated'))] : [], network)];
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

/** `May be reached by cart, frontend on 8080/TCP · not by 9 others`. */
function neighboursPhrase({ open, blocked, outside }: Neighbourhood, view: View): Phrase {
  const isNearlyAll = open.length > mostNamed && blocked.length <= mostShutOut;
  const all = blocked.length === 0 || isNearlyAll;
  const others = all && open.length > 0 ? everyone(open, blocked, view) : some(neighbours(open, view));
  const words = openPhrase([others, outsidePhrase(outside, view)], view);
  const shut = all ? [] : blockedPhrase(blocked, open.length, view);
  return shut.length > 0 ? phrase(words, ' · ', shut) : words;
}

function openPhrase(parts: readonly Phrase[], { way }: View): Phrase {
  const who = parts.filter((each) => each.length > 0);
  if (who.length === 0) return phrase(way === 'in' ? l10n.t('Nobody may reach it') : l10n.t('It may reach nobody'));
  return say(way === 'in' ? l10n.t('May be reached by {0}') : l10n.t('May reach {0}'), join(who));
}

/** Where nearly all may, the exceptions alone are worth their names. */
function everyone(open: readonly Neighbour[], blocked: readonly Workload[], view: View): Phrase {
  const but = join(workloadLinks(blocked, view.home));
  const who = but.length > 0 ? say(l10n.t('every workload but {0}'), but) : phrase(l10n.t('every workload'));
  const limited = open.filter(({ connections }) => !isAll(connections));
  if (limited.length === 0) return who;
  const texts = new Set(open.map(({ connections }) => connectionsText(connections)));
  if (texts.size === 1) return say(l10n.t('{0} on {1}'), who, [...texts][0] ?? '');
  return say(l10n.t('{0}, {1}'), who, some(neighbours(limited, view), 3));
}

/** Those of the own namespace first. */
function neighbours(all: readonly Neighbour[], { home }: View): readonly Phrase[] {
  const isOwn = ({ workload }: Neighbour) => (workload.namespace === home ? 0 : 1);
  const sorted = all.toSorted((a, b) => isOwn(a) - isOwn(b));
  return sorted.map(({ workload, connections }) => {
    const name = workloadLink(workload, home);
    return isAll(connections) ? name : say(l10n.t('{0} on {1}'), name, connectionsText(connections));
  });
}

function blockedPhrase(blocked: readonly Workload[], open: number, { way, home }: View): Phrase {
  if (blocked.length === 0 || open === 0) return [];
  const isIn = way === 'in';
  if (blocked.length <= 3) {
    return say(isIn ? l10n.t('not by {0}') : l10n.t('not {0}'), join(workloadLinks(blocked, home)));
  }
  const count = String(blocked.length);
  return phrase(isIn ? l10n.t('not by {0} others', count) : l10n.t('not {0} others', count));
}

function outsidePhrase(outside: Neighbourhood['outside'], { exposed }: View): Phrase {
  if (outside === 'none' || !exposed) return [];
  return phrase(outside === 'some' ? l10n.t('some addresses outside the cluster') : l10n.t('the internet'));
}
