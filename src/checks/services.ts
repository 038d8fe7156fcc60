import * as l10n from '@vscode/l10n';
import type { Cluster, Pod, Service, ServicePort } from '../cluster/cluster.ts';
import { findPort, protocolOf, runningPorts } from '../cluster/ports.ts';
import { matches, requirementsOfMap } from '../cluster/selector.ts';
import { asksForMadeUp } from '../cluster/workloads.ts';
import { replaceString } from '../edits/value.ts';
import type { Manifest, Place } from '../manifests/manifest.ts';
import type { Fix } from '../manifests/problem.ts';
import { nearestWord } from '../network/distance.ts';
import { type NearMatch, nearMatches } from '../network/services/near.ts';
import { nearMatchText, workloadName } from '../network/words.ts';
import type { Draft } from './finding.ts';

/** Services that no pod stands behind, and target ports that no pod has. */
export function findInServices(cluster: Cluster): readonly Draft[] {
  return [...cluster.services.values()].flatMap((service) => findIn(cluster, service));
}

/** What was found in Services that pods stand behind: it follows from the Service alone, those pods included. */
const found = new WeakMap<Service, readonly Draft[]>();

function findIn(cluster: Cluster, service: Service): readonly Draft[] {
  const { manifest, selector } = service;
  if (!manifest || !selector) return [];
  const pods = service.endpoints.flatMap(({ pod }) => pod ?? []);
  if (pods.length === 0) {
    const scaled = podsOfNone(cluster, service);
    return scaled.length > 0 ? targetPorts(service, manifest, scaled) : [withoutEndpoints(cluster, service, manifest)];
  }
  const drafts = found.get(service) ?? targetPorts(service, manifest, pods);
  found.set(service, drafts);
  return drafts;
}

/** The pods that the selector means among those of workloads that run none: what their templates would make. */
function podsOfNone(cluster: Cluster, { namespace, selector = {} }: Service): readonly Pod[] {
  const terms = requirementsOfMap(selector);
  return [...cluster.workloads.values()]
    .filter((workload) => workload.namespace === namespace && matches(workload.prototype.labels, terms))
    .map(({ prototype }) => prototype);
}

function targetPorts(service: Service, manifest: Manifest, pods: readonly Pod[]): readonly Draft[] {
  return service.ports.flatMap((port) => targetPort(service, manifest, port, pods) ?? []);
}

function withoutEndpoints(cluster: Cluster, service: Service, manifest: Manifest): Draft {
  const nearest = nearMatches(cluster, service)[0];
  const selector = Object.entries(service.selector ?? {}).map(([key, value]) => `${key}=${value}`);
  const message = l10n.t('No pod in `{0}` has {1}: the Service has no endpoints', service.namespace, quoted(selector));
  // Where the manifests bring no pods at all, those live elsewhere.
  const hasPods = [...cluster.workloads.values()].some(({ namespace }) => namespace === service.namespace);
  const mayMatch = nearest !== undefined && asksForMadeUpAlone(nearest);
  return {
    rule: 'service-without-endpoints',
    ...((!hasPods || mayMatch) && { severity: 'information' }),
    message: nearest
      ? `${message}. ${l10n.t('Nearest: {0}: {1}', workloadName(nearest.workload), nearMatchText(nearest))}`
      : message,
    place: { manifest, path: ['spec', 'selector'] },
    related: nearest ? relatedTo(nearest) : [],
    fixes: nearest && !mayMatch ? fixesFor(nearest, service, manifest) : [],
  };
}

/** All that is missing is a value that a controller makes up: it may be the one that is asked for. */
function asksForMadeUpAlone({ workload: { prototype }, failing }: NearMatch): boolean {
  return failing.length > 0 && failing.every((term) => asksForMadeUp(prototype, term));
}

function relatedTo({ workload, failing }: NearMatch): Draft['related'] {
  if (!workload.manifest) return [];
  const key = failing[0]?.key;
  const path = [...workload.template, 'metadata', 'labels', ...(key === undefined ? [] : [key])];
  const place: Place = { manifest: workload.manifest, path };
  return [{ message: l10n.t('The labels of {0}', workloadName(workload)), place }];
}

function fixesFor({ workload, failing }: NearMatch, { selector = {} }: Service, manifest: Manifest): readonly Fix[] {
  const { labels } = workload.prototype;
  const splices = failing.flatMap(({ key }) => {
    const [old, actual] = [selector[key], labels[key]];
    return old === undefined || actual === undefined
      ? []
      : replaceString(manifest, ['spec', 'selector', key], old, actual);
  });
  if (splices.length === 0 || splices.length < failing.length) return [];
  return [{ title: l10n.t('Select the pods of {0}', workloadName(workload)), splices }];
}

function targetPort(service: Service, manifest: Manifest, port: ServicePort, pods: readonly Pod[]): Draft | undefined {
  const { targetPort: target, protocol, index } = port;
  const path = ['spec', 'ports', index, 'targetPort'];
  if (typeof target === 'number') {
    const isUndeclared = pods.every((pod) => declaresOthers(pod, target, protocol));
    return isUndeclared ? undeclaredPort(manifest, index, target, pods) : undefined;
  }
  const without = pods.filter(({ spec }) => findPort(spec, target, protocol) === undefined);
  if (without.length === 0) return undefined;
  return without.length === pods.length
    ? missingPort(manifest, path, target, protocol, pods)
    : missingForSome(manifest, path, port, without, service);
}

function missingPort(
  manifest: Manifest,
  path: Place['path'],
  target: string,
  protocol: ServicePort['protocol'],
  pods: readonly Pod[],
): Draft {
  const names = namesOfPorts(pods, protocol);
  const nearest = nearestWord(target, names) ?? (names.length === 1 ? names[0] : undefined);
  const owners = [...new Set(pods.map(({ workload }) => workloadName(workload)))].join(', ');
  const message = l10n.t('No container of {0} has a {1} port named `{2}`', owners, protocol, target);
  return {
    rule: 'target-port-missing',
    message: nearest ? `${message}. ${l10n.t('Nearest: `{0}`', nearest)}` : message,
    place: { manifest, path },
    related: containerPlaces(pods),
    fixes: nearest
      ? [{ title: l10n.t('Change to `{0}`', nearest), splices: [replaceString(manifest, path, target, nearest)] }]
      : [],
  };
}

/** Such a pod stays an endpoint, but of the Service's other ports alone. */
function missingForSome(
  manifest: Manifest,
  path: Place['path'],
  { targetPort: target, protocol }: ServicePort,
  without: readonly Pod[],
  { name }: Service,
): Draft {
  const owners = [...new Set(without.map(({ workload }) => workloadName(workload)))].join(', ');
  return {
    rule: 'target-port-missing',
    severity: 'information',
    message: l10n.t(
      '{0} has no {1} port named `{2}` and gets no traffic of {3} on it',
      owners,
      protocol,
      String(target),
      name,
    ),
    place: { manifest, path },
    related: containerPlaces(without),
  };
}

function containerPlaces(pods: readonly Pod[]): NonNullable<Draft['related']> {
  const workloads = [...new Set(pods.map(({ workload }) => workload))].slice(0, 3);
  return workloads.flatMap((workload) =>
    workload.manifest
      ? [
          {
            message: l10n.t('The containers of {0}', workloadName(workload)),
            place: { manifest: workload.manifest, path: [...workload.template, 'spec', 'containers', 0, 'ports'] },
          },
        ]
      : [],
  );
}

function undeclaredPort(manifest: Manifest, index: number, target: number, pods: readonly Pod[]): Draft {
  const owner = pods[0] ? workloadName(pods[0].workload) : '';
  return {
    rule: 'target-port-undeclared',
    message: l10n.t(
      '{0} declares other ports, but not {1}; it works if something listens there',
      owner,
      String(target),
    ),
    place: { manifest, path: ['spec', 'ports', index, 'targetPort'] },
    related: containerPlaces(pods),
  };
}

/** A pod that declares no port at all says nothing by not declaring this one. */
function declaresOthers({ spec }: Pod, port: number, protocol: string): boolean {
  const same = runningPorts(spec).filter((each) => protocolOf(each.protocol) === protocol);
  return same.length > 0 && same.every(({ containerPort }) => containerPort !== port);
}

function namesOfPorts(pods: readonly Pod[], protocol: string): readonly string[] {
  const ports = pods.flatMap(({ spec }) => runningPorts(spec));
  const named = ports.filter((each) => protocolOf(each.protocol) === protocol).flatMap(({ name }) => name ?? []);
  return [...new Set(named)];
}

function quoted(texts: readonly string[]): string {
  return texts.map((text) => `\`${text}\``).join(', ');
}
