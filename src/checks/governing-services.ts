import * as l10n from '@vscode/l10n';
import type { Cluster, Service, Workload } from '../cluster/cluster.ts';
import { identityOf } from '../cluster/identity.ts';
import { runningPorts } from '../cluster/ports.ts';
import { matches, requirementsOfMap } from '../cluster/selector.ts';
import type { Data } from '../edits/change.ts';
import { documentBehind } from '../edits/document.ts';
import { replaceString } from '../edits/value.ts';
import type { ControllerObject, PodSpec } from '../manifests/kinds.ts';
import type { Manifest, Path } from '../manifests/manifest.ts';
import type { Fix } from '../manifests/problem.ts';
import { nearestWord } from '../network/distance.ts';
import { isElsewhere } from '../network/dns/directory.ts';
import { namesIn } from '../network/names.ts';
import { workloadName } from '../network/words.ts';
import type { Draft, Related } from './finding.ts';
import { podMissed } from './pod-names.ts';

/** What a workload says of the Service under whose name its pods have theirs, and where. */
interface Governed {
  readonly workload: Workload;
  readonly manifest: Manifest;
  readonly path: Path;
  readonly name: string;
}

/**
 * Workloads whose pods would have names under a Service that is not there, is not headless, or does not select them.
 * Source: kubernetes/api `apps/v1/types.go` StatefulSetSpec.ServiceName, `core/v1/types.go` PodSpec.Subdomain;
 * kubernetes/dns `docs/specification.md` 2.4.
 */
export function findGoverningServices(cluster: Cluster): readonly Draft[] {
  const named = withNamedPods(cluster);
  const drafts = [...cluster.workloads.values()].flatMap((workload) => {
    const governed = governedBy(workload);
    const draft = governed && draftFor(cluster, named, governed);
    return draft ? [{ workload, draft }] : [];
  });
  if (drafts.length === 0) return [];
  const missed = missedNames(cluster);
  return drafts.map(({ workload, draft }) => ({
    ...draft,
    related: [...(draft.related ?? []), ...(missed.get(workload) ?? []).slice(0, mostRelated)],
  }));
}

/** How many names are told of that fail for the same reason. */
const mostRelated = 3;

/** The names of pods of each workload that nobody answers to. */
function missedNames(cluster: Cluster): ReadonlyMap<Workload, readonly Related[]> {
  const missed = new Map<Workload, Related[]>();
  for (const name of namesIn(cluster)) {
    const pod = podMissed(cluster, name);
    if (!pod) continue;
    const related = { message: l10n.t('`{0}` is looked up', name.host), place: name.place };
    const known = missed.get(pod.workload);
    if (known) known.push(related);
    else missed.set(pod.workload, [related]);
  }
  return missed;
}

/** A name that is not known before something is filled in is nobody's mistake. */
function governedBy(workload: Workload): Governed | undefined {
  const { manifest, template, prototype, kind } = workload;
  if (!manifest) return undefined;
  const { subdomain, hostname } = identityOf(prototype);
  const { subdomain: own } = prototype.spec;
  const isSet = kind === 'StatefulSet';
  const name = isSet ? (manifest.object as ControllerObject).spec?.serviceName : hostname && own && subdomain;
  const path = isSet ? ['spec', 'serviceName'] : [...template, 'spec', 'subdomain'];
  return name && !name.includes('$') ? { workload, manifest, path, name } : undefined;
}

function draftFor(cluster: Cluster, named: ReadonlySet<Service>, governed: Governed): Draft | undefined {
  const { namespace } = governed.workload;
  const service = cluster.services.get(`${namespace}/${governed.name}`);
  if (service) return unfit(cluster, governed, service, named.has(service));
  return isElsewhere(cluster, namespace, governed.name) ? undefined : missing(cluster, governed);
}

function missing(cluster: Cluster, governed: Governed): Draft {
  const { workload, manifest, path, name } = governed;
  const { namespace } = workload;
  const own = [...cluster.services.values()].filter((each) => each.manifest && each.namespace === namespace);
  const nearest = nearestOf(own, governed);
  const message = l10n.t(
    'No Service `{0}` in namespace `{1}`, so that the pods of {2} have no names',
    name,
    namespace,
    workloadName(workload),
  );
  return {
    rule: 'governing-service-missing',
    // Where the manifests bring no Service at all, those live elsewhere.
    ...(own.length === 0 && { severity: 'information' }),
    message: nearest ? `${message}. ${l10n.t('Did you mean `{0}`?', nearest.name)}` : message,
    place: { manifest, path },
    related: nearest ? relatedTo(nearest) : [],
    fixes: [...(nearest ? [renamed(governed, nearest)] : []), writing(governed)],
  };
}

/** One that is nearly called so; else the only headless one that selects the pods. */
function nearestOf(services: readonly Service[], { workload, name }: Governed): Service | undefined {
  const fitting = services.filter((each) => each.headless && selects(each, workload));
  const word = nearestWord(
    name,
    services.map((each) => each.name),
  );
  const near = services.find((each) => each.name === word);
  return near && selects(near, workload) ? near : fitting.length === 1 ? fitting[0] : undefined;
}

function selects({ selector }: Service, { prototype }: Workload): boolean {
  return selector !== undefined && matches(prototype.labels, requirementsOfMap(selector));
}

function renamed({ manifest, path, name }: Governed, service: Service): Fix {
  return {
    title: l10n.t('Change to `{0}`', service.name),
    splices: [replaceString(manifest, path, name, service.name)],
  };
}

/** The document is written when somebody asks for it. */
function writing({ workload, manifest, name }: Governed): Fix {
  return {
    title: l10n.t('Write a headless Service `{0}`', name),
    get splices() {
      const splice = documentBehind(manifest, headless(workload, manifest, name));
      return splice ? [splice] : [];
    },
  };
}

function headless(workload: Workload, { object }: Manifest, name: string): Data {
  const { namespace } = object.metadata ?? {};
  const ports = portsOf(workload.prototype.spec);
  const selected = (object as ControllerObject).spec?.selector?.matchLabels ?? {};
  const labels = Object.keys(selected).length > 0 ? selected : workload.prototype.labels;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, ...(namespace && { namespace }) },
    spec: { clusterIP: 'None', selector: { ...labels }, ...(ports.length > 0 && { ports }) },
  };
}

/** Of several ports each needs a name. */
function portsOf(spec: PodSpec): readonly Data[] {
  const declared = runningPorts(spec).filter(({ containerPort }) => containerPort !== undefined);
  return declared.map(({ name, containerPort = 0, protocol }) => ({
    ...((name || declared.length > 1) && { name: name || `port-${containerPort}` }),
    ...(protocol && protocol !== 'TCP' && { protocol }),
    port: containerPort,
  }));
}

function relatedTo({ manifest, name }: Service): NonNullable<Draft['related']> {
  return manifest ? [{ message: l10n.t('Service `{0}`', name), place: { manifest, path: ['metadata', 'name'] } }] : [];
}

/** The Services of whose pods somebody looks up a name: for others nothing hangs on whether their pods have any. */
function withNamedPods(cluster: Cluster): ReadonlySet<Service> {
  return new Set(
    namesIn(cluster).flatMap(({ target }) => (target.kind === 'service' && target.hostname ? [target.service] : [])),
  );
}

/** A Service without any endpoint is told at its selector; one without a selector has those that somebody writes. */
function unfit(cluster: Cluster, governed: Governed, service: Service, hasNamedPods: boolean): Draft | undefined {
  const { workload, manifest, path, name } = governed;
  if (!service.manifest || workload.prototype.spec.hostNetwork) return undefined;
  const common = { rule: 'governing-service-missing', place: { manifest, path }, related: relatedTo(service) } as const;
  if (service.selector && !selects(service, workload)) {
    if (service.endpoints.length === 0) return undefined;
    const own = [...cluster.services.values()].filter((each) => each.manifest && each.namespace === workload.namespace);
    const fitting = own.filter((each) => each.headless && selects(each, workload));
    const [only] = fitting;
    return {
      ...common,
      message: l10n.t(
        'Service `{0}` does not select the pods of {1}, so that these have no names',
        name,
        workloadName(workload),
      ),
      fixes: only && fitting.length === 1 ? [renamed(governed, only)] : [],
    };
  }
  if (service.headless || !hasNamedPods) return undefined;
  return {
    ...common,
    severity: 'information',
    message: l10n.t(
      'Service `{0}` is not headless: the specification of DNS in Kubernetes gives names to the pods of headless Services alone',
      name,
    ),
  };
}
