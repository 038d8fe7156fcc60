import type { Cluster } from '../cluster/cluster.ts';
import { findInAddresses } from './addresses.ts';
import { findBlockedPaths } from './blocked.ts';
import { findInContainerPorts } from './container-ports.ts';
import { findBlockedQueries } from './dns-blocked.ts';
import { findInDnsConfigs } from './dns-config.ts';
import { findInExternalNames } from './external-names.ts';
import { type Draft, type Finding, rules, type Severities } from './finding.ts';
import { findGoverningServices } from './governing-services.ts';
import { findInHostPorts } from './host-ports.ts';
import { findInIngresses } from './ingresses.ts';
import { findIntent } from './intent.ts';
import { findInLocalPolicies } from './local-policy.ts';
import { findMissingNodes } from './missing-nodes.ts';
import { findInNames } from './names.ts';
import { findInNodePorts } from './node-ports.ts';
import { findInObjects } from './objects.ts';
import { findInPodCapacity } from './pod-capacity.ts';
import { findInPolicies } from './policies.ts';
import { findPriorityTies } from './priority-ties.ts';
import { findRedundancy } from './redundancy.ts';
import { findRefused } from './refused.ts';
import { findInServices } from './services.ts';
import { toldOnce } from './told.ts';
import { findUnmatched } from './unmatched.ts';

/** A check looks at a whole cluster and says what is wrong with it. */
type Check = (cluster: Cluster) => readonly Draft[];

const checks: readonly Check[] = [
  findInObjects,
  findInServices,
  findInAddresses,
  findInNodePorts,
  findInContainerPorts,
  findInHostPorts,
  findInLocalPolicies,
  findMissingNodes,
  findInPodCapacity,
  findInNames,
  findInExternalNames,
  findGoverningServices,
  findInDnsConfigs,
  findInIngresses,
  findBlockedPaths,
  findBlockedQueries,
  findInPolicies,
  findPriorityTies,
  findRefused,
  findUnmatched,
  findIntent,
  findRedundancy,
];

/**
 * Everything that is wrong with a cluster, with the severities of the settings. What a comment in the document of the
 * place silences is left out.
 */
export function findingsOf(cluster: Cluster, severities: Severities): readonly Finding[] {
  return toldOnce(checks.flatMap((check) => check(cluster).flatMap((draft) => finish(draft, severities))));
}

function finish(draft: Draft, severities: Severities): Finding | [] {
  const severity = severities[draft.rule] ?? draft.severity ?? rules[draft.rule];
  if (severity === 'off' || draft.place.manifest.ignored.has(draft.rule)) return [];
  return { related: [], fixes: [], ...draft, severity };
}
