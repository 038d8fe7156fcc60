import * as l10n from '@vscode/l10n';
import type { Cluster, Service, Workload } from '../cluster/cluster.ts';
import type { Manifest, Place } from '../manifests/manifest.ts';
import { behind } from '../network/alias.ts';
import { fullName } from './end.ts';
import { reachersOf } from './reachers.ts';
import { nodeIdOfSubject, type Subject, subjectOf } from './subject.ts';

/** A line above an object that says one thing about it. */
export interface Lens {
  readonly place: Place;
  /** The node that a click shows. */
  readonly nodeId: string;
  /** Worked out when the lens is seen. */
  title(): string;
}

/** The lenses over the objects of some manifests; `wanted` says over which kinds. */
export function lensesOf(
  cluster: Cluster,
  manifests: readonly Manifest[],
  wanted: { readonly services: boolean; readonly workloads: boolean },
): readonly Lens[] {
  return manifests.flatMap((manifest) => {
    const subject = subjectOf(cluster, manifest);
    const title = subject && titleOf(cluster, subject, wanted);
    return subject && title ? [{ place: { manifest, path: [] }, nodeId: nodeIdOfSubject(subject), title }] : [];
  });
}

function titleOf(cluster: Cluster, subject: Subject, wanted: { services: boolean; workloads: boolean }) {
  if (subject.kind === 'service' && wanted.services) return () => serviceText(cluster, subject.service);
  if (subject.kind === 'workload' && wanted.workloads) return () => reachersText(cluster, subject.workload);
  return undefined;
}

function serviceText(cluster: Cluster, service: Service): string {
  const { externalName } = service;
  if (!externalName) return endpointsText(service);
  const end = behind(cluster, service);
  switch (end.kind) {
    case 'service':
      return l10n.t('another name for {0}: {1}', fullName(end), endpointsText(end.service));
    case 'outside':
      return l10n.t('outside the cluster: {0}', externalName);
    case 'nothing':
      return l10n.t('no address: {0}', externalName);
  }
}

function endpointsText({ endpoints }: Service): string {
  if (endpoints.length === 0) return l10n.t('no endpoints');
  return endpoints.length === 1 ? l10n.t('1 endpoint') : l10n.t('{0} endpoints', String(endpoints.length));
}

function reachersText(cluster: Cluster, workload: Workload): string {
  const { open, blocked } = reachersOf(cluster, workload);
  if (blocked.length === 0) return l10n.t('every workload may reach this');
  return open.length === 1
    ? l10n.t('1 workload may reach this')
    : l10n.t('{0} workloads may reach this', String(open.length));
}
