import * as l10n from '@vscode/l10n';
import type { ClusterNetworkPolicyObject, ClusterProtocol } from '../../manifests/kinds.ts';
import type { Path } from '../../manifests/manifest.ts';
import { present } from '../../manifests/schema.ts';
import {
  type ClusterKind,
  type ClusterRule,
  destinations,
  problemsInClusterSpec,
  problemsOfPriority,
} from './cluster-policy.ts';
import { missing, problemsOfChoice, problemsOfWord } from './fields.ts';
import { problemsOfEnds, problemsOfOrder, problemsOfPort } from './ports.ts';
import type { Problem } from './problem.ts';

/**
 * What the schema of a ClusterNetworkPolicy refuses, and what nobody can make sense of.
 * Source: kubernetes-sigs/network-policy-api `apis/v1alpha2/clusternetworkpolicy_types.go`.
 */
export function problemsInClusterNetworkPolicy({ spec }: ClusterNetworkPolicyObject): readonly Problem[] {
  if (!spec) return [missing([], 'spec')];
  return [
    ...problemsOfTier(spec.tier),
    ...problemsOfPriority(spec.priority),
    ...problemsInClusterSpec(spec, clusterNetworkPolicy),
  ];
}

function problemsOfTier(tier: string | undefined): readonly Problem[] {
  if (tier === undefined) return [missing(['spec'], 'tier')];
  return problemsOfWord(tier, 'tier', ['Admin', 'Baseline'], ['spec', 'tier']);
}

const clusterNetworkPolicy: ClusterKind = {
  actions: ['Accept', 'Deny', 'Pass'],
  most: 25,
  ofPods: ['podSelector'],
  destinations,
  ports: 'protocols',
  namedPort: 'destinationNamedPort',
  problemsInPorts: ({ protocols }: ClusterRule, path: Path) =>
    present(protocols).flatMap(([index, protocol]) => problemsInProtocol(protocol, [...path, index])),
};

const withPorts = ['tcp', 'udp', 'sctp'] as const;

function problemsInProtocol(protocol: ClusterProtocol, path: Path): readonly Problem[] {
  return [
    ...problemsOfChoice(protocol, [...withPorts, 'destinationNamedPort'], path),
    ...withPorts.flatMap((name) => {
      const given = protocol[name];
      return given ? problemsInDestination(given, [...path, name]) : [];
    }),
  ];
}

type Destination = NonNullable<ClusterProtocol['tcp']>;
type Range = NonNullable<NonNullable<Destination['destinationPort']>['range']>;

/** All ports of a protocol cannot be asked for. */
function problemsInDestination(given: Destination, path: Path): readonly Problem[] {
  const { destinationPort } = given;
  if (!destinationPort) return [missing(path, 'destinationPort')];
  const at = [...path, 'destinationPort'];
  const { number, range } = destinationPort;
  return [
    ...problemsOfChoice(destinationPort, ['number', 'range'], at),
    ...problemsOfPort(number, 'number', at),
    ...(range ? problemsOfRange(range, [...at, 'range']) : []),
  ];
}

function problemsOfRange(range: Range, path: Path): readonly Problem[] {
  const wrong = problemsOfEnds(range, path);
  if (wrong.length > 0) return wrong;
  if (range.start !== range.end) return problemsOfOrder(range, path);
  return [{ path: [...path, 'end'], message: l10n.t('A range has two ports at least; one is given by `number`') }];
}
