import * as l10n from '@vscode/l10n';
import type { Cluster, Endpoint, Pod, Service, ServicePort, Workload } from '../cluster/cluster.ts';
import { runningContainers } from '../cluster/ports.ts';
import { present } from '../manifests/schema.ts';
import { behind } from '../network/alias.ts';
import { type Call, callsOf, outcomeOf } from '../network/calls.ts';
import { type NearMatch, nearMatches } from '../network/services/near.ts';
import { sourceRangesOf } from '../network/services/source-ranges.ts';
import { unlistedPods, unlistedText } from '../network/services/unlisted.ts';
import { nearMatchText } from '../network/words.ts';
import {
  type Block,
  capitalized,
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
  ticked,
} from './doc.ts';
import { endPhrase, some, workloadLink, workloadLinks } from './end-words.ts';
import { actionsFor, heading } from './heading.ts';
import { labelsPhrase } from './peer-words.ts';
import { servicePortsOf, serviceReachers } from './service-reach.ts';
import { simulatedPhrase } from './simulated.ts';

/** What a Service is and does: its name and addresses, its ports and what stands behind them, who reaches it. */
export function serviceDoc(cluster: Cluster, service: Service): Doc {
  return [
    heading(service.name, service.headless ? l10n.t('headless Service') : l10n.t('Service'), service.namespace),
    line(addressPhrase(cluster, service)),
    ...(service.ports.length > 0 && service.type !== 'ExternalName' ? [portsTable(service)] : []),
    ...endpointBlocks(service),
    ...unlistedBlocks(cluster, service),
    ...nearBlocks(cluster, service),
    ...(service.endpoints.length > 0 ? [line(reachPhrase(cluster, service))] : []),
    actionsFor({ kind: 'service', service }),
  ];
}

/** `api.prod.svc.cluster.local → 10.96.143.7 simulated`. */
export function addressPhrase(cluster: Cluster, service: Service): Phrase {
  const { settings, serviceRanges } = cluster;
  const { namespace, name, clusterIPs, simulated, headless, externalName } = service;
  const dns = code(`${name}.${namespace}.svc.${settings.clusterDomain}`);
  if (externalName) return phrase(dns, ' → ', code(externalName), behindPhrase(cluster, service));
  if (headless) return say(l10n.t('{0} → the address of each ready pod'), dns);
  if (clusterIPs.length === 0) return phrase(dns);
  const addresses = join(clusterIPs.map((address) => [code(address)]));
  if (!simulated) return phrase(dns, ' → ', addresses);
  return phrase(dns, ' → ', addresses, ' ', simulatedPhrase(serviceRanges));
}

/** What a name that stands for another leads to. */
export function behindPhrase(cluster: Cluster, service: Service): Phrase {
  const end = behind(cluster, service);
  switch (end.kind) {
    case 'service':
      return say(l10n.t(', another name for {0}'), endPhrase(end));
    case 'outside':
      return phrase(l10n.t(', outside the cluster'));
    case 'nothing':
      return phrase(l10n.t(', which has no address'));
  }
}

function portsTable(service: Service): Block {
  return {
    type: 'table',
    head: [[...phrase(l10n.t('port'))], [...phrase(l10n.t('target'))], [...phrase(l10n.t('endpoints'))]],
    rows: service.ports.map((port) => [
      portCell(service, port),
      unbroken(targetCell(service, port)),
      endpointsCell(service, port),
    ]),
  };
}

function portCell({ manifest }: Service, { index, name, port, protocol, nodePort }: ServicePort): Phrase {
  const number = `${port}/${protocol}`;
  const given = manifest?.object.spec?.ports?.[index]?.nodePort !== undefined;
  const mark = given ? [] : phrase(' ', emphasis(l10n.t('simulated')));
  const node = nodePort ? phrase(`, ${l10n.t('node port {0}', String(nodePort))}`, mark) : [];
  return name === '' ? phrase(number, node) : phrase(code(name), `\u00a0${number}`, node);
}

/** A narrow hover breaks the lines of the last column alone. */
function unbroken(content: Phrase): Phrase {
  return content.map((inline) =>
    inline.type === 'text' ? { ...inline, text: inline.text.replaceAll(' ', '\u00a0') } : inline,
  );
}

/** `8080 (web in api)`: the number or the name, and the container that declares it. */
function targetCell({ endpoints }: Service, { targetPort, protocol, index }: ServicePort): Phrase {
  const pod = endpoints.find((endpoint) => endpoint.pod && endpoint.ports.has(index))?.pod;
  const number = pod && endpoints.find((endpoint) => endpoint.pod === pod)?.ports.get(index);
  const declared = number === undefined ? undefined : declaredAt(pod, number, protocol);
  const target = typeof targetPort === 'string' ? phrase(code(targetPort)) : phrase(String(targetPort));
  const resolved = typeof targetPort === 'string' && number !== undefined ? phrase(target, ` = ${number}`) : target;
  if (!declared) return resolved;
  const { name, container } = declared;
  if (!name || name === targetPort) return say(l10n.t('{0} (in {1})'), resolved, code(container));
  return say(l10n.t('{0} ({1} in {2})'), resolved, code(name), code(container));
}

function declaredAt(pod: Pod | undefined, number: number, protocol: string) {
  for (const { name: container = '', ports } of pod ? runningContainers(pod.spec) : []) {
    for (const [, port] of present(ports)) {
      if (port.containerPort === number && (port.protocol ?? 'TCP') === protocol) return { name: port.name, container };
    }
  }
  return undefined;
}

function endpointsCell(service: Service, port: ServicePort): Phrase {
  const having = service.endpoints.filter(({ ports }) => ports.has(port.index));
  if (having.length === 0) return whyNone(service, port);
  const addresses = having.flatMap((endpoint) => endpoint.addresses[0] ?? []).map((each) => [code(each)]);
  const owners = ownersPhrase(having);
  if (owners.length > 0 && areListed(service)) return owners;
  return owners.length > 0 ? phrase(some(addresses, 3), ' — ', owners) : some(addresses, 3);
}

/** `deploy/api × 2`. */
function ownersPhrase(endpoints: readonly Endpoint[]): Phrase {
  const counts = new Map<Workload, number>();
  for (const { pod } of endpoints) if (pod) counts.set(pod.workload, (counts.get(pod.workload) ?? 0) + 1);
  return some(
    [...counts].map(([workload, count]) => phrase(workloadLink(workload), count > 1 ? `\u00a0×\u00a0${count}` : '')),
    3,
  );
}

function whyNone(service: Service, { targetPort, protocol }: ServicePort): Phrase {
  if (service.endpoints.length === 0) {
    return service.selector
      ? say(l10n.t('none: no pod has {0}'), labelsPhrase(service.selector))
      : phrase(l10n.t('none: no selector, and nobody wrote an EndpointSlice'));
  }
  const workloads = new Set(service.endpoints.flatMap(({ pod }) => pod?.workload ?? []));
  const owners = some(
    [...workloads].map((each) => workloadLink(each)),
    3,
  );
  return say(l10n.t('none: no container of {0} has a {1} port named {2}'), owners, protocol, code(String(targetPort)));
}

/** How many endpoints are told one by one. */
const mostEndpoints = 4;

/** Each endpoint with its pod and node; where there are many, the table says enough. */
function endpointBlocks(service: Service): readonly Block[] {
  return areListed(service) ? [list(service.endpoints.map(endpointPhrase))] : [];
}

function areListed({ endpoints }: Service): boolean {
  return endpoints.length > 0 && endpoints.length <= mostEndpoints;
}

function endpointPhrase({ addresses, pod, manifest, ...conditions }: Endpoint): Phrase {
  const address = code(addresses[0] ?? '');
  const state = conditionText(conditions, pod?.simulated ?? false);
  if (pod) {
    const node = pod.node ? code(pod.node.name) : l10n.t('no node');
    return say(l10n.t('{0} pod {1} on {2}, {3}'), address, podLink(pod), node, state);
  }
  const place = manifest && { manifest, path: ['metadata', 'name'] };
  return say(l10n.t('{0} as {1}, {2}'), address, link(l10n.t('written by hand'), place), state);
}

function podLink({ name, manifest }: Pod): Phrase {
  return link(code(name), manifest && { manifest, path: ['metadata', 'name'] });
}

function conditionText({ ready, serving }: Pick<Endpoint, 'ready' | 'serving'>, simulated: boolean): string {
  if (ready) return simulated ? l10n.t('taken for ready') : l10n.t('ready');
  return serving ? l10n.t('terminating') : l10n.t('not ready');
}

/** The pods that the selector matches and that fail to be used. That no container has a port, the table says. */
function unlistedBlocks(cluster: Cluster, service: Service): readonly Block[] {
  const unlisted = unlistedPods(cluster, service).filter(({ why }) => why !== 'no-port' && why !== 'not-ready');
  const told = unlisted.slice(0, mostNamed).map((each) => {
    const why = ticked(unlistedText(each, service));
    return line(say(l10n.t('{0} is no endpoint: {1}.'), podLink(each.pod), why));
  });
  const rest = unlisted.length - told.length;
  return rest > 0 ? [...told, line(l10n.t('{0} further pods are none either.', String(rest)))] : told;
}

/** The pods that the selector nearly matches, and what each lacks. */
function nearBlocks(cluster: Cluster, service: Service): readonly Block[] {
  const most = service.endpoints.length === 0 ? 3 : 1;
  const near = nearMatches(cluster, service).slice(0, most);
  return near.map((match) => line(nearPhrase(match, service)));
}

function nearPhrase(match: NearMatch, { namespace }: Service): Phrase {
  const { workload, failing, otherNamespace } = match;
  const { manifest, template } = workload;
  const name = workloadLink(workload, namespace);
  const key = failing[0]?.key;
  const labels = [...template, 'metadata', 'labels', ...(key === undefined ? [] : [key])];
  const path = otherNamespace ? ['metadata', 'namespace'] : labels;
  const why = link(ticked(nearMatchText(match)), manifest && { manifest, path, part: 'entry' });
  return say(l10n.t('{0} is no endpoint: {1}.'), name, why);
}

/** How many workloads are named before they are counted. */
const mostNamed = 3;

/** `Called by frontend · open to 3 of 11 workloads · not reachable from outside`. */
function reachPhrase(cluster: Cluster, service: Service): Phrase {
  const { open, blocked, outside } = serviceReachers(cluster, service);
  const calls = callsOf(cluster).filter(({ target }) => target.kind === 'service' && target.service === service);
  const callers = new Set(calls.map(({ workload }) => workload));
  const others = open.map(({ workload }) => workload).filter((workload) => !callers.has(workload));
  const isTold = open.length > 0 && others.length === 0 && blocked.length > mostNamed;
  const parts = [
    callersPhrase(cluster, service, calls),
    isTold
      ? phrase(l10n.t('open to nobody else'))
      : openPhrase(
          open.map(({ workload }) => workload),
          blocked,
          service.namespace,
        ),
  ];
  return capitalized(
    join(
      [...parts, outsidePhrase(service, outside)].filter((part) => part.length > 0),
      ' · ',
    ),
  );
}

function callersPhrase(cluster: Cluster, service: Service, calls: readonly Call[]): Phrase {
  const blocked = new Set<Workload>();
  for (const call of calls) {
    const { verdicts } = outcomeOf(cluster, call);
    if (verdicts.length > 0 && verdicts.every(({ verdict }) => !verdict.allowed)) blocked.add(call.workload);
  }
  const callers = [...new Set(calls.map(({ workload }) => workload))];
  if (callers.length === 0) return [];
  const names = callers.map((each) =>
    blocked.has(each)
      ? say(l10n.t('{0} (blocked)'), workloadLink(each, service.namespace))
      : workloadLink(each, service.namespace),
  );
  return say(l10n.t('Called by {0}'), some(names));
}

function openPhrase(open: readonly Workload[], blocked: readonly Workload[], home: string): Phrase {
  const total = open.length + blocked.length;
  if (total === 0) return [];
  if (blocked.length === 0) return phrase(l10n.t('open to every workload'));
  if (open.length === 0) return phrase(l10n.t('blocked for every workload'));
  if (blocked.length <= mostNamed) return say(l10n.t('blocked for {0}'), join(workloadLinks(blocked, home)));
  if (open.length <= mostNamed) {
    const names = join(workloadLinks(open, home));
    return say(l10n.t('open to {0} · blocked for {1} workloads'), names, String(blocked.length));
  }
  return phrase(l10n.t('open to {0} of {1} workloads', String(open.length), String(total)));
}

function outsidePhrase(service: Service, outside: 'all' | 'some' | 'none'): Phrase {
  const entries = servicePortsOf(service);
  if (entries === '') return phrase(l10n.t('not reachable from outside'));
  if (outside === 'none') return phrase(l10n.t('exposed on {0}, but policy lets nobody in from outside', entries));
  const ranges = sourceRangesOf(service)?.texts.join(', ');
  if (ranges !== undefined) return phrase(l10n.t('reachable from outside on {0}, from {1} alone', entries, ranges));
  if (outside === 'some') return phrase(l10n.t('reachable from outside on {0}, for some addresses', entries));
  return phrase(l10n.t('reachable from outside on {0}', entries));
}
