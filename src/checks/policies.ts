import * as l10n from '@vscode/l10n';
import type { Cluster } from '../cluster/cluster.ts';
import { supportOf } from '../cluster/cluster-policy-support.ts';
import { enforcesPolicy, type Settings } from '../cluster/settings.ts';
import type { Place } from '../manifests/manifest.ts';
import type { Policy } from '../network/policy/policy.ts';
import { policiesOf } from '../network/policy/selecting.ts';
import type { Draft } from './finding.ts';

/**
 * Policies that nobody enforces, or may not: those for the whole cluster are no part of Kubernetes itself. The cause is
 * the plugin: one finding, at the first that does not ignore it.
 */
export function findInPolicies(cluster: Cluster): readonly Draft[] {
  const { settings } = cluster;
  const all = policiesOf(cluster).filter(({ manifest }) => !manifest.ignored.has('policy-not-enforced'));
  if (!enforcesPolicy(settings)) return oneFinding(all, (policies) => enforcedByNobody(settings, policies));
  const unknown = all.filter((policy) => !isKnownToBeEnforced(settings, policy));
  return oneFinding(unknown, (policies) => perhapsNotEnforced(settings, policies));
}

/** Whoever says in the settings that policy is enforced knows the cluster better. */
function isKnownToBeEnforced(settings: Settings, { kind }: Policy): boolean {
  return kind === 'NetworkPolicy' || settings.policyEnforced !== 'auto' || supportOf(settings, kind) !== undefined;
}

type AtLeastOne = readonly [Policy, ...Policy[]];

/** What is said of several policies, and of each of those after the first. */
interface Words {
  readonly message: string;
  readonly ofOthers: (name: string) => string;
}

function oneFinding(policies: readonly Policy[], say: (policies: AtLeastOne) => Words): readonly Draft[] {
  const [first, ...others] = policies;
  if (!first) return [];
  const { message, ofOthers } = say([first, ...others]);
  const related = others.map((policy) => ({ message: ofOthers(policy.name), place: placeOf(policy) }));
  return [{ rule: 'policy-not-enforced', message, place: placeOf(first), related }];
}

function enforcedByNobody({ cni }: Settings, [{ name }, ...others]: AtLeastOne): Words {
  const count = String(others.length);
  return {
    message:
      others.length === 0
        ? l10n.t('{0} enforces no policy: {1} has no effect', cni, name)
        : l10n.t('{0} enforces no policy: {1} and {2} more have no effect', cni, name, count),
    ofOthers: (other) => l10n.t('{0} has no effect', other),
  };
}

function perhapsNotEnforced({ cni }: Settings, [{ kind, name }, ...others]: AtLeastOne): Words {
  const kinds = [...new Set([kind, ...others.map((each) => each.kind)])].join(', ');
  const count = String(others.length);
  return {
    message:
      others.length === 0
        ? l10n.t('{0} is not known to enforce {1}: {2} may have no effect', cni, kinds, name)
        : l10n.t('{0} is not known to enforce {1}: {2} and {3} more may have no effect', cni, kinds, name, count),
    ofOthers: (other) => l10n.t('{0} may have no effect', other),
  };
}

function placeOf({ manifest }: Policy): Place {
  return { manifest, path: ['metadata', 'name'] };
}
