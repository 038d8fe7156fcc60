import * as l10n from '@vscode/l10n';
import type { Cluster, Pod, Service, Workload } from '../cluster/cluster.ts';
import { isAll } from '../network/policy/connections.ts';
import { connectionsText } from '../network/words.ts';
import { type Block, code, type Doc, emphasis, join, line, link, type Phrase, phrase, say } from './doc.ts';
import { some, workloadLink } from './end-words.ts';
import { actionsFor, heading } from './heading.ts';
import { isolationPhrase } from './isolation.ts';
import { type Neighbour, type Neighbourhood, reachedBy, reachersOf } from './reachers.ts';

/** What a workload is in the network: its addresses, its Services, its isolation, whom it reaches and who reaches it. */
export function workloadDoc(cluster: Cluster, workload: Workload): Doc {
  const { name, kind, namespace, prototype } = workload;
  return [
    heading(name, kind, namespace, podsCount(workload)),
    ...podsBlocks(workload),
    line(servicesPhrase(cluster, workload)),
    line(isolationPhrase(cluster, prototype, 'ingress'), ' · ', isolationPhrase(cluster, prototype, 'egress')),
    line(neighboursPhrase(reachersOf(cluster, workload), 'in')),
    line(neighboursPhrase(reachedBy(cluster, workload), 'out')),
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

/** `May be reached by cart, frontend on 8080/TCP · not by 9 others`. */
function neighboursPhrase({ open, blocked, outside }: Neighbourhood, way: Way): Phrase {
  const parts = [openPhrase(open, blocked.length, outside, way), blockedPhrase(blocked, open.length, way)];
  return join(
    parts.filter((part) => part.length > 0),
    ' · ',
  );
}

type Way = 'in' | 'out';

function openPhrase(open: readonly Neighbour[], blocked: number, outside: Neighbourhood['outside'], way: Way): Phrase {
  const others = blocked === 0 && open.length > 0 ? everyone(open) : some(open.map(neighbourPhrase));
  const who = [others, outsidePhrase(outside, way)].filter((each) => each.length > 0);
  if (who.length === 0) return phrase(way === 'in' ? l10n.t('Nobody may reach it') : l10n.t('It may reach nobody'));
  return say(way === 'in' ? l10n.t('May be reached by {0}') : l10n.t('May reach {0}'), join(who));
}

/** Where all may, the exceptions alone are worth their names. */
function everyone(open: readonly Neighbour[]): Phrase {
  const limited = open.filter(({ connections }) => !isAll(connections));
  if (limited.length === 0) return phrase(l10n.t('every workload'));
  if (limited.length === open.length) {
    const texts = new Set(open.map(({ connections }) => connectionsText(connections)));
    if (texts.size === 1) return say(l10n.t('every workload on {0}'), [...texts][0] ?? '');
  }
  return say(l10n.t('every workload, {0}'), some(limited.map(neighbourPhrase), 3));
}

function neighbourPhrase({ workload, connections }: Neighbour): Phrase {
  if (isAll(connections)) return workloadLink(workload);
  return say(l10n.t('{0} on {1}'), workloadLink(workload), connectionsText(connections));
}

function blockedPhrase(blocked: readonly Workload[], open: number, way: Way): Phrase {
  if (blocked.length === 0 || open === 0) return [];
  if (blocked.length <= 3)
    return say(way === 'in' ? l10n.t('not by {0}') : l10n.t('not {0}'), join(blocked.map(workloadLink)));
  const count = String(blocked.length);
  return phrase(way === 'in' ? l10n.t('not by {0} others', count) : l10n.t('not {0} others', count));
}

/** That policy would let the world in says nothing where no Service is entered from there; the way out is open. */
function outsidePhrase(outside: Neighbourhood['outside'], way: Way): Phrase {
  if (outside === 'none') return [];
  if (outside === 'some') return phrase(l10n.t('some addresses outside the cluster'));
  return phrase(way === 'in' ? l10n.t('addresses outside, where a Service leads in') : l10n.t('the internet'));
}
