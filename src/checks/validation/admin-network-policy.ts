import * as l10n from '@vscode/l10n';
import type { AdminNetworkPolicyObject, AdminPort } from '../../manifests/kinds.ts';
import type { Path } from '../../manifests/manifest.ts';
import { present } from '../../manifests/schema.ts';
import {
  type ClusterKind,
  type ClusterRule,
  destinations,
  problemsInClusterSpec,
  problemsOfPriority,
} from './cluster-policy.ts';
import { missing, problemsOfChoice, problemsOfMissing, problemsOfUnknown, problemsOfWord } from './fields.ts';
import { problemsOfEnds, problemsOfOrder, problemsOfPort, protocols } from './ports.ts';
import { asWarnings, type Problem, replacement } from './problem.ts';

/**
 * What the schema of an AdminNetworkPolicy refuses, and what nobody can make sense of.
 * Source: kubernetes-sigs/network-policy-api `apis/v1alpha1/adminnetworkpolicy_types.go`, `apis/v1alpha1/shared_types.go`.
 */
export function problemsInAdminNetworkPolicy({ spec }: AdminNetworkPolicyObject): readonly Problem[] {
  if (!spec) return [missing([], 'spec')];
  return [...problemsOfPriority(spec.priority), ...problemsInClusterSpec(spec, admin)];
}

/**
 * The same of a BaselineAdminNetworkPolicy, of which a cluster has one.
 * Source: kubernetes-sigs/network-policy-api `apis/v1alpha1/baselineadminnetworkpolicy_types.go`.
 */
export function problemsInBaselineAdminNetworkPolicy(object: AdminNetworkPolicyObject): readonly Problem[] {
  const { spec } = object;
  if (!spec) return [missing([], 'spec'), ...problemsOfName(object)];
  const unknown = problemsOfUnknown(spec, ['priority'], ['subject', 'ingress', 'egress'], ['spec']);
  return [...problemsOfName(object), ...unknown, ...problemsInClusterSpec(spec, baseline)];
}

const onlyName = 'default';

function problemsOfName({ metadata }: AdminNetworkPolicyObject): readonly Problem[] {
  const { name } = metadata ?? {};
  if (!name || name === onlyName) return [];
  const path = ['metadata', 'name'];
  const message = l10n.t('A cluster has one BaselineAdminNetworkPolicy, and its name is `{0}`', onlyName);
  return [{ path, message, repair: replacement(path, name, onlyName) }];
}

const admin: ClusterKind = {
  actions: ['Allow', 'Deny', 'Pass'],
  most: 100,
  ofPods: ['namespaceSelector', 'podSelector'],
  destinations,
  ports: 'ports',
  namedPort: 'namedPort',
  problemsInPorts,
};

const baseline: ClusterKind = {
  ...admin,
  actions: ['Allow', 'Deny'],
  destinations: destinations.filter((name) => name !== 'domainNames'),
};

function problemsInPorts({ ports }: ClusterRule, path: Path): readonly Problem[] {
  return present(ports).flatMap(([index, port]) => problemsInPort(port, [...path, index]));
}

function problemsInPort(port: AdminPort, path: Path): readonly Problem[] {
  const { portNumber, portRange } = port;
  return [
    ...problemsOfChoice(port, ['portNumber', 'portRange', 'namedPort'], path),
    ...(portNumber ? problemsOfSingle(portNumber, [...path, 'portNumber']) : []),
    ...(portRange ? problemsOfRange(portRange, [...path, 'portRange']) : []),
  ];
}

function problemsOfSingle(single: NonNullable<AdminPort['portNumber']>, path: Path): readonly Problem[] {
  return [
    ...problemsOfMissing(single, ['port'], path),
    ...problemsOfPort(single.port, 'port', path),
    ...problemsOfProtocol(single.protocol, path),
  ];
}

/** The schema asks for no order; a range that ends before it begins has no port in it. */
function problemsOfRange(range: NonNullable<AdminPort['portRange']>, path: Path): readonly Problem[] {
  const wrong = problemsOfEnds(range, path);
  return [
    ...(wrong.length > 0 ? wrong : asWarnings(problemsOfOrder(range, path))),
    ...problemsOfProtocol(range.protocol, path),
  ];
}

/** The schema takes any word. */
function problemsOfProtocol(protocol: string | undefined, path: Path): readonly Problem[] {
  if (protocol === undefined) return [];
  return asWarnings(problemsOfWord(protocol, 'protocol', protocols, [...path, 'protocol']));
}
