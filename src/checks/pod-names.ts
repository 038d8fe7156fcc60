import * as l10n from '@vscode/l10n';
import type { Cluster, Workload } from '../cluster/cluster.ts';
import { identityOf } from '../cluster/identity.ts';
import type { ControllerObject } from '../manifests/kinds.ts';
import type { NamedPlace } from '../network/names.ts';
import { workloadName } from '../network/words.ts';
import type { Draft } from './finding.ts';
import { replaceHost } from './rename.ts';

/** A name that is said like that of a pod of a StatefulSet: `db-0`, `db-0.db`, `db-0.db.data`. */
interface PodName {
  readonly workload: Workload;
  readonly pod: string;
  readonly ordinal: number;
  /** What stands in the place of the governing Service. */
  readonly service?: string;
}

/**
 * A name of a pod of a StatefulSet that no pod has. Where the governing Service is at fault, that is told at the
 * StatefulSet, once for all names.
 */
export function findInPodName(cluster: Cluster, name: NamedPlace): Draft | undefined {
  const meant = podMissed(cluster, name);
  if (!meant) return undefined;
  const { subdomain: governing } = identityOf(meant.workload.prototype);
  if (governing === undefined) return draftOf(name, meant, withoutService(meant), []);
  const { namespace } = meant.workload;
  const full = `${meant.pod}.${governing}${namespace === name.namespace ? '' : `.${namespace}`}`;
  if (meant.service !== governing) {
    const message = l10n.t(
      'The pods of {0} have names under `{1}`, which its `serviceName` says',
      workloadName(meant.workload),
      governing,
    );
    return draftOf(name, meant, message, replaceHost(name, full));
  }
  const range = ordinalsOf(meant.workload);
  if (meant.ordinal < range[0] || meant.ordinal > range[1]) {
    return draftOf(name, meant, beyond(meant, range), [], isFixed(meant.workload) ? undefined : 'information');
  }
  return undefined;
}

/** The pod that a name means by its form, where nobody answers to it. */
export function podMissed(cluster: Cluster, name: NamedPlace): PodName | undefined {
  const { target } = name;
  const isMissed = target.kind === 'outside' || (target.kind === 'unknown' && !target.asksNode);
  return isMissed && !name.isReference ? podNamed(cluster, name) : undefined;
}

function podNamed(cluster: Cluster, { host, namespace }: NamedPlace): PodName | undefined {
  const [pod = '', service, own = namespace, ...others] = labelsOf(cluster, host);
  const [, name = '', ordinal = ''] = /^(.+)-(\d{1,6})$/.exec(pod) ?? [];
  const workload = cluster.workloads.get(`${own}/StatefulSet/${name}`);
  if (!workload?.manifest || others.length > 0) return undefined;
  return { workload, pod, ordinal: Number(ordinal), ...(service !== undefined && { service }) };
}

/** The labels of a name before `svc` and the cluster's domain. */
function labelsOf({ settings }: Cluster, host: string): readonly string[] {
  const name = host.toLowerCase().replace(/\.$/, '');
  const end = [`.svc.${settings.clusterDomain}`, '.svc'].find((each) => name.endsWith(each)) ?? '';
  return name.slice(0, name.length - end.length).split('.');
}

function draftOf(
  { place }: NamedPlace,
  { workload, pod }: PodName,
  why: string,
  fixes: Draft['fixes'] & object,
  severity?: 'information',
): Draft {
  const { manifest } = workload;
  return {
    rule: 'pod-name-unknown',
    ...(severity && { severity }),
    message: `${l10n.t('No pod answers to this name of `{0}`', pod)}. ${why}`,
    place,
    ...(manifest && {
      related: [{ message: workloadName(workload), place: { manifest, path: ['metadata', 'name'] } }],
    }),
    fixes,
  };
}

function withoutService({ workload }: PodName): string {
  return l10n.t('{0} has no `serviceName`, by which its pods would have names', workloadName(workload));
}

function beyond({ workload }: PodName, [first, last]: readonly [number, number]): string {
  const { name } = workload;
  return first > last
    ? l10n.t('{0} runs none', workloadName(workload))
    : l10n.t('{0} runs `{1}` to `{2}`', workloadName(workload), `${name}-${first}`, `${name}-${last}`);
}

function specOf({ manifest }: Workload): ControllerObject['spec'] {
  return (manifest?.object as ControllerObject | undefined)?.spec;
}

/** The first and the last ordinal of the pods that run. */
function ordinalsOf(workload: Workload): readonly [first: number, last: number] {
  const first = specOf(workload)?.ordinals?.start ?? 0;
  return [first, first + workload.replicas - 1];
}

/** Where the manifest does not say how many, somebody else may scale it. */
function isFixed(workload: Workload): boolean {
  return specOf(workload)?.replicas !== undefined;
}
