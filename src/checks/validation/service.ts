import * as l10n from '@vscode/l10n';
import type { ServiceObject } from '../../manifests/kinds.ts';
import type { Path } from '../../manifests/manifest.ts';
import { present } from '../../manifests/schema.ts';
import { sourceRangesAnnotation } from '../../network/services/source-ranges.ts';
import { problemsOfCidr } from './address-block.ts';
import { fieldsOf, missing, problemsOfNumber, problemsOfWord } from './fields.ts';
import { type Problem, replacement } from './problem.ts';
import { problemsInServiceAddresses } from './service-addresses.ts';
import { problemsInServicePorts } from './service-ports.ts';
import { isPlaceholder, wrongSubdomain } from './syntax.ts';

/** The spec of a Service, or what is written of one. */
export type ServiceSpec = NonNullable<ServiceObject['spec']>;

/**
 * What the API server refuses in a Service, once it has filled in what is left out.
 * Source: kubernetes/kubernetes `pkg/apis/core/validation/validation.go` ValidateService, `pkg/apis/core/v1/defaults.go`
 * SetDefaults_Service.
 */
export function problemsInService({ metadata, spec }: ServiceObject): readonly Problem[] {
  if (!spec) return [missing([], 'spec')];
  return [...problemsInSpec(spec), ...problemsOfAnnotation(spec, metadata?.annotations?.[sourceRangesAnnotation])];
}

function problemsInSpec(spec: ServiceSpec): readonly Problem[] {
  return [
    ...problemsOfWords(spec),
    ...problemsOfExternalName(spec),
    ...problemsInServicePorts(spec),
    ...problemsInServiceAddresses(spec),
    ...problemsOfAffinity(spec),
    ...problemsOfLoadBalancing(spec),
  ];
}

/** Fields that hold one of a few words. */
const words = {
  type: ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'],
  sessionAffinity: ['None', 'ClientIP'],
  ipFamilyPolicy: ['SingleStack', 'PreferDualStack', 'RequireDualStack'],
  externalTrafficPolicy: ['Cluster', 'Local'],
  internalTrafficPolicy: ['Cluster', 'Local'],
  trafficDistribution: ['PreferClose', 'PreferSameZone', 'PreferSameNode'],
} as const satisfies Partial<Record<keyof ServiceSpec, readonly string[]>>;

function problemsOfWords(spec: ServiceSpec): readonly Problem[] {
  return (Object.keys(words) as (keyof typeof words)[]).flatMap((field) => {
    const word = spec[field];
    return word ? problemsOfWord(word, field, words[field], at(field)) : [];
  });
}

function at(field: keyof ServiceSpec): Path {
  return ['spec', field];
}

/** An ExternalName is a name for a name and nothing else. */
function problemsOfExternalName({ type, externalName = '', ...spec }: ServiceSpec): readonly Problem[] {
  if (type !== 'ExternalName') return [];
  const name = externalName.replace(/\.$/, '');
  const wrong = name === '' ? undefined : wrongSubdomain(name);
  const host = wrong === undefined ? undefined : hostIn(name);
  const given = spec.clusterIP === '' ? { ...spec, clusterIP: undefined } : spec;
  return [
    ...(name === '' ? [missing(['spec'], 'externalName')] : []),
    ...(wrong === undefined ? [] : [unnamed(externalName, wrong, host)]),
    ...misplaced(
      given,
      ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy'],
      l10n.t('an ExternalName has none'),
    ),
  ];
}

function unnamed(externalName: string, message: string, host: string | undefined): Problem {
  const path = at('externalName');
  return { path, message, ...(host !== undefined && { repair: replacement(path, externalName, host) }) };
}

/** The name in a URL, before a port, or in capitals: certain where what stands around it says what it is. */
function hostIn(text: string): string | undefined {
  const [, host = ''] = /^(?:[a-z][a-z0-9+.-]*:\/\/)?([^/:@?#]+)(?::\d+)?(?:\/.*)?$/i.exec(text) ?? [];
  const name = host.toLowerCase().replace(/\.$/, '');
  return name !== '' && wrongSubdomain(name) === undefined ? name : undefined;
}

/** Fields that are given where the Service is not one that can have them. */
function misplaced(spec: ServiceSpec, fields: readonly (keyof ServiceSpec)[], why: string): readonly Problem[] {
  return fieldsOf(spec, fields).map((field) => ({
    path: ['spec', field],
    part: 'key',
    message: l10n.t('`{0}` cannot be set here: {1}', field, why),
  }));
}

/** The longest that a node may remember a client: a day. */
const longestAffinity = 86_400;

/** Without the affinity its settings are dropped before anything is checked (SetDefaults_Service). */
function problemsOfAffinity({ sessionAffinity = 'None', sessionAffinityConfig }: ServiceSpec): readonly Problem[] {
  if (!sessionAffinityConfig) return [];
  const path = at('sessionAffinityConfig');
  if (sessionAffinity !== 'ClientIP') {
    const message = l10n.t('`sessionAffinityConfig` is dropped: `sessionAffinity` is not ClientIP');
    return [{ path, part: 'key', severity: 'warning', message }];
  }
  const timeout = sessionAffinityConfig.clientIP?.timeoutSeconds;
  if (timeout === undefined) return [];
  return problemsOfNumber(timeout, 'timeoutSeconds', [1, longestAffinity], [...path, 'clientIP', 'timeoutSeconds']);
}

/** Whether clients outside of the cluster may reach it (`pkg/api/service/util.go` ExternallyAccessible). */
function isOpenOutside({ type, externalIPs }: ServiceSpec): boolean {
  const onNodes = type === 'LoadBalancer' || type === 'NodePort';
  return onNodes || ((type ?? 'ClusterIP') === 'ClusterIP' && present(externalIPs).length > 0);
}

/** What belongs to the ways in from outside, which depend on the type. */
function problemsOfLoadBalancing(spec: ServiceSpec): readonly Problem[] {
  const isBalanced = spec.type === 'LoadBalancer';
  const ranges = present(spec.loadBalancerSourceRanges);
  const balanced: readonly (keyof ServiceSpec)[] = ['allocateLoadBalancerNodePorts'];
  const ofBalancer = ranges.length > 0 ? [sourceRanges, ...balanced] : balanced;
  return [
    ...(isBalanced ? [] : misplaced(spec, ofBalancer, l10n.t('only a Service of `type: LoadBalancer` has it'))),
    ...ranges.flatMap(([index, text]) => problemsOfRange(text, [...at(sourceRanges), index])),
    ...problemsOfExternalPolicy(spec),
    ...problemsOfHealthCheck(spec),
  ];
}

const sourceRanges: keyof ServiceSpec = 'loadBalancerSourceRanges';

/** Spaces around a range are put up with, as they were in the annotation that the field comes from. */
function problemsOfRange(text: string, path: Path): readonly Problem[] {
  return isPlaceholder(text) ? [] : problemsOfCidr(text.trim(), path);
}

/** The annotation means something where the field is empty; a repair of one range would not be one of the whole text. */
function problemsOfAnnotation(
  { type, loadBalancerSourceRanges }: ServiceSpec,
  written: string | undefined,
): readonly Problem[] {
  if (written === undefined || present(loadBalancerSourceRanges).length > 0) return [];
  const path: Path = ['metadata', 'annotations', sourceRangesAnnotation];
  const why = l10n.t('only a Service of `type: LoadBalancer` has it');
  const message = l10n.t('`{0}` cannot be set here: {1}', sourceRangesAnnotation, why);
  const misplaced: readonly Problem[] = type === 'LoadBalancer' ? [] : [{ path, part: 'key', message }];
  const texts = written.trim() === '' ? [] : written.split(',');
  const wrong = texts.flatMap((text) => problemsOfRange(text, path)).map(({ repair: _, ...problem }) => problem);
  return [...misplaced, ...wrong];
}

function problemsOfExternalPolicy(spec: ServiceSpec): readonly Problem[] {
  if (!spec.externalTrafficPolicy || isOpenOutside(spec)) return [];
  return misplaced(
    spec,
    ['externalTrafficPolicy'],
    l10n.t('nothing leads to this Service from outside of the cluster'),
  );
}

/** Source: `pkg/api/service/util.go` NeedsHealthCheck. */
function problemsOfHealthCheck(spec: ServiceSpec): readonly Problem[] {
  const { type, externalTrafficPolicy, healthCheckNodePort: port } = spec;
  const field = 'healthCheckNodePort';
  if (!port) return [];
  if (type === 'LoadBalancer' && externalTrafficPolicy === 'Local') {
    return problemsOfNumber(port, field, [1, 65_535], at(field));
  }
  return misplaced(spec, [field], l10n.t('only a LoadBalancer with `externalTrafficPolicy: Local` has it'));
}
