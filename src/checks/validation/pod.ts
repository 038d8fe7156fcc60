import * as l10n from '@vscode/l10n';
import { parseAddress } from '../../cluster/address.ts';
import type { ControllerObject, CronJobObject, KubernetesObject, PodSpec } from '../../manifests/kinds.ts';
import type { Path } from '../../manifests/manifest.ts';
import { present } from '../../manifests/schema.ts';
import { limits } from '../../network/dns/resolv-conf.ts';
import { missing, problemsOfCount, problemsOfWord } from './fields.ts';
import type { Problem } from './problem.ts';
import { isPlaceholder, wrongDnsLabel, wrongSearchDomain, wrongSubdomain } from './syntax.ts';

/** The fields of all kinds that make pods. */
interface WithPods extends KubernetesObject {
  readonly spec?: PodSpec & {
    readonly template?: NonNullable<ControllerObject['spec']>['template'];
    readonly jobTemplate?: NonNullable<CronJobObject['spec']>['jobTemplate'];
  };
}

/** Kinds whose pods come from `spec.template`. */
const controllers = new Set(['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'ReplicationController', 'Job']);

/**
 * What the API server refuses of how a pod looks names up and of what it is called.
 * Source: kubernetes/kubernetes `pkg/apis/core/validation/validation.go` ValidatePodSpec.
 */
export function problemsInPods(object: KubernetesObject): readonly Problem[] {
  const { kind = '', spec } = object as WithPods;
  if (kind === 'Pod') return problemsInSpec(spec, ['spec']);
  if (kind === 'CronJob') {
    return problemsInSpec(spec?.jobTemplate?.spec?.template?.spec, ['spec', 'jobTemplate', 'spec', 'template', 'spec']);
  }
  return controllers.has(kind) ? problemsInSpec(spec?.template?.spec, ['spec', 'template', 'spec']) : [];
}

function problemsInSpec(spec: PodSpec | undefined, path: Path): readonly Problem[] {
  if (!spec) return [];
  return [
    ...problemsOfDnsPolicy(spec, path),
    ...problemsInDnsConfig(spec, path),
    ...problemsOfLabel(spec.hostname, [...path, 'hostname']),
    ...problemsOfLabel(spec.subdomain, [...path, 'subdomain']),
    ...problemsInHostAliases(spec, [...path, 'hostAliases']),
  ];
}

const dnsPolicies = ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'];

/** Source: the same file, validateDNSPolicy. */
function problemsOfDnsPolicy({ dnsPolicy }: PodSpec, path: Path): readonly Problem[] {
  if (!dnsPolicy || isPlaceholder(dnsPolicy)) return [];
  return problemsOfWord(dnsPolicy, 'dnsPolicy', dnsPolicies, [...path, 'dnsPolicy'], {
    clusterfirstwithhostnetwork: 'clusterfirstwithhostnet',
  });
}

/** Source: the same file, validatePodDNSConfig. */
function problemsInDnsConfig({ dnsPolicy, dnsConfig }: PodSpec, path: Path): readonly Problem[] {
  const at = [...path, 'dnsConfig'];
  if (dnsPolicy === 'None' && present(dnsConfig?.nameservers).length === 0) {
    const message = l10n.t('With `dnsPolicy: None` the pod needs a nameserver of its own in `dnsConfig.nameservers`');
    return [{ path: dnsConfig ? at : [...path, 'dnsPolicy'], ...(dnsConfig && { part: 'key' }), message }];
  }
  if (!dnsConfig) return [];
  const { nameservers, searches, options } = dnsConfig;
  return [
    ...problemsOfCount(nameservers, 'nameservers', [0, limits.nameservers], [...at, 'nameservers']),
    ...present(nameservers).flatMap(([index, text]) => problemsOfAddress(text, [...at, 'nameservers', index])),
    ...problemsInSearches(searches, [...at, 'searches']),
    ...present(options).flatMap(([index, { name }]) => (name ? [] : [missing([...at, 'options', index], 'name')])),
  ];
}

type Searches = NonNullable<PodSpec['dnsConfig']>['searches'];

function problemsInSearches(searches: Searches, path: Path): readonly Problem[] {
  const all = present(searches).map(([, search]) => search);
  const { length } = all.join(' ');
  const tooLong: Problem = {
    path,
    part: 'key',
    message: l10n.t(
      '`{0}` has {1} characters, and {2} are the most',
      'searches',
      String(length),
      String(limits.characters),
    ),
  };
  return [
    ...problemsOfCount(searches, 'searches', [0, limits.search], path),
    ...(length > limits.characters ? [tooLong] : []),
    ...present(searches).flatMap(([index, search]) => problemsOf(wrongSearchDomain(search), [...path, index])),
  ];
}

function problemsOf(message: string | undefined, path: Path): readonly Problem[] {
  return message === undefined ? [] : [{ path, message }];
}

function problemsOfLabel(label: string | undefined, path: Path): readonly Problem[] {
  return label ? problemsOf(wrongDnsLabel(label), path) : [];
}

function problemsOfAddress(text: string, path: Path): readonly Problem[] {
  if (parseAddress(text) || isPlaceholder(text)) return [];
  return [{ path, message: l10n.t('`{0}` is no address', text) }];
}

/** Source: the same file, ValidateHostAliases. */
function problemsInHostAliases({ hostAliases }: PodSpec, path: Path): readonly Problem[] {
  return present(hostAliases).flatMap(([index, { ip, hostnames }]) => [
    ...(ip === undefined ? [missing([...path, index], 'ip')] : problemsOfAddress(ip, [...path, index, 'ip'])),
    ...present(hostnames).flatMap(([at, name]) => problemsOf(wrongSubdomain(name), [...path, index, 'hostnames', at])),
  ]);
}
