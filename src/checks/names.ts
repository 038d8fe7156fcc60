import * as l10n from '@vscode/l10n';
import type { Cluster, Service } from '../cluster/cluster.ts';
import { changing } from '../edits/fix.ts';
import type { Place } from '../manifests/manifest.ts';
import type { Fix } from '../manifests/problem.ts';
import { meaningOf } from '../network/dns/meaning.ts';
import type { CallTarget } from '../network/name-target.ts';
import { type NamedPlace, namesIn } from '../network/names.ts';
import type { Draft } from './finding.ts';
import { findInPort } from './name-ports.ts';
import { findInPodName } from './pod-names.ts';
import { replaceHost, serviceNamed } from './rename.ts';
import { findShadowed } from './shadowed.ts';

/** What is wrong with one name; undefined where nothing is. */
type NameCheck = (cluster: Cluster, name: NamedPlace) => Draft | undefined;

/** The first that finds something tells the cause. */
const nameChecks: readonly NameCheck[] = [findInPodName, unknownService, findInPort, findShadowed];

/** Names of Services and pods that are not there, and ports that a Service does not have. */
export function findInNames(cluster: Cluster): readonly Draft[] {
  const seen = new Set<string>();
  const drafts: Draft[] = [];
  const names = namesIn(cluster);
  for (const name of names) {
    // Backends of an Ingress are looked at by themselves.
    const draft = name.asker === 'controller' ? undefined : firstDraft(cluster, name);
    if (draft && !isToldDirectly(names, name) && isFirst(seen, draft)) drafts.push(draft);
  }
  return drafts;
}

/** Where the value of a variable is wrong, who refers to it is not. */
function isToldDirectly(names: readonly NamedPlace[], name: NamedPlace): boolean {
  return name.indirect === true && names.some((each) => !each.indirect && idOf(each) === idOf(name));
}

/** The same for all the places in which one workload names one host, and is wrong in the same way. */
function idOf({ workload, host, target, port }: NamedPlace): string {
  return [workload?.id, host, target.kind, target.kind === 'service' ? port : ''].join(' ');
}

function firstDraft(cluster: Cluster, name: NamedPlace): Draft | undefined {
  for (const check of nameChecks) {
    const draft = check(cluster, name);
    if (draft) return draft;
  }
  return undefined;
}

/** A ConfigMap that several workloads read is one text, and one mistake. */
function isFirst(seen: Set<string>, { place, rule }: Draft): boolean {
  const { manifest, path, within } = place;
  const { start } = manifest.locate([]);
  const key = JSON.stringify([rule, manifest.uri, start, path, within]);
  return seen.size < seen.add(key).size;
}

type Unknown = Extract<CallTarget, { kind: 'unknown' }>;

function unknownService(cluster: Cluster, name: NamedPlace): Draft | undefined {
  const { target, place } = name;
  if (target.kind !== 'unknown') return undefined;
  const { nearest, asksNode } = target;
  if (asksNode && nearest) return unresolved(nearest, name);
  const suggestion = nearest && suggestedName(cluster, name, nearest);
  const message = unknownMessage(name, target);
  return {
    rule: 'unknown-service',
    // Who reads an annotation is not known.
    ...((name.asker === 'anybody' || isOthers(cluster, name, target)) && {
      severity: 'information',
    }),
    message: suggestion ? `${message}. ${l10n.t('Did you mean `{0}`?', suggestion)}` : message,
    place,
    ...(nearest?.manifest && { related: [relatedService(nearest)] }),
    ...(suggestion && { fixes: replaceHost(name, suggestion) }),
  };
}

function unknownMessage({ asker, host }: NamedPlace, { asked, nearest }: Unknown): string {
  const isThere = nearest?.namespace === asked.namespace && nearest.name === asked.name;
  if (isThere && asker === 'dns') {
    return l10n.t('The target of an ExternalName is looked up as it is, and `{0}` is no name in full', host);
  }
  if (isThere && host.endsWith('.')) {
    return l10n.t('With a dot at its end `{0}` is looked up as it is, and is no name in full', host);
  }
  if (isThere) {
    return l10n.t(
      'No domain that the pod’s resolver puts behind `{0}` makes a name of Service `{1}` of it',
      host,
      asked.name,
    );
  }
  return l10n.t('No Service `{0}` in namespace `{1}`', asked.name, asked.namespace);
}

/**
 * Where the manifests bring no Service at all, those live elsewhere; so does all of a namespace that has no pods either. A
 * namespace that the manifests use and do not make is shared with others, and who names it may mean theirs.
 */
function isOthers(cluster: Cluster, { host }: NamedPlace, { asked: { name, namespace }, nearest }: Unknown): boolean {
  const isMade = cluster.namespaces.get(namespace)?.manifest !== undefined;
  const isNamed = host.toLowerCase().startsWith(`${name}.${namespace}`);
  if (!nearest && isNamed && !isMade) return true;
  if (hasServices(cluster, namespace)) return false;
  return !nearest || ![...cluster.workloads.values()].some((workload) => workload.namespace === namespace);
}

function hasServices({ services }: Cluster, namespace: string): boolean {
  return [...services.values()].some((service) => service.manifest && service.namespace === namespace);
}

/** The shortest name by which whoever looks it up finds the Service. */
function suggestedName(cluster: Cluster, name: NamedPlace, service: Service): string {
  const { asker, isReference, namespace, workload } = name;
  if (isReference) return service.name;
  const short = serviceNamed(service, namespace);
  const asking = workload ? workload.prototype : { namespace, spec: {} };
  const isEnough = asker !== 'dns' && meaningOf(cluster, asking, short)?.service === service;
  return isEnough ? short : `${service.name}.${service.namespace}.svc.${cluster.settings.clusterDomain}`;
}

/** Whether the node's DNS knows the cluster's names is not the manifests' to say. */
function unresolved(service: Service, name: NamedPlace): Draft {
  return {
    rule: 'unknown-service',
    severity: 'information',
    message: whoAsksNode(name, service),
    place: name.place,
    ...(service.manifest && { related: [relatedService(service)] }),
    fixes: askingCluster(name),
  };
}

function whoAsksNode({ asker }: NamedPlace, { name }: Service): string {
  switch (asker) {
    case 'kubelet':
      return l10n.t('The kubelet asks its node’s DNS, which knows no name of the cluster, for Service `{0}`', name);
    case 'apiServer':
      return l10n.t(
        'The API server asks its node’s DNS, which knows no name of the cluster, for Service `{0}`; name it as `service`',
        name,
      );
    default:
      return l10n.t(
        'The pod asks its node’s DNS, which knows no name of the cluster, for Service `{0}`; see its dnsPolicy',
        name,
      );
  }
}

/** Which policy lets a pod ask the cluster follows from the network that it is in. */
function askingCluster({ asker, workload }: NamedPlace): readonly Fix[] {
  if (asker !== 'containers' || !workload?.manifest) return [];
  const { manifest, template, prototype } = workload;
  const value = prototype.spec.hostNetwork ? 'ClusterFirstWithHostNet' : 'ClusterFirst';
  const path = [...template, 'spec', 'dnsPolicy'];
  return [changing(l10n.t('Set `dnsPolicy: {0}`', value), manifest, { kind: 'set', path, value })];
}

function relatedService(service: Service): NonNullable<Draft['related']>[number] {
  const place: Place = { manifest: service.manifest as NonNullable<Service['manifest']>, path: ['metadata', 'name'] };
  return { message: l10n.t('Service `{0}` in namespace `{1}`', service.name, service.namespace), place };
}
