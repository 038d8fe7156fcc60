import * as l10n from '@vscode/l10n';
import type { Cluster } from '../cluster/cluster.ts';
import { enforcesPolicy } from '../cluster/settings.ts';
import type { Place } from '../manifests/manifest.ts';
import type { Policy } from '../network/policy/policy.ts';
import { policiesOf } from '../network/policy/selecting.ts';
import type { Draft } from './finding.ts';

/** Policies that nobody enforces. The cause is the plugin: one finding, at the first that does not ignore it. */
export function findInPolicies(cluster: Cluster): readonly Draft[] {
  const { settings } = cluster;
  if (enforcesPolicy(settings)) return [];
  const [first, ...others] = policiesOf(cluster).filter(({ manifest }) => !manifest.ignored.has('policy-not-enforced'));
  if (!first) return [];
  const { cni } = settings;
  return [
    {
      rule: 'policy-not-enforced',
      message:
        others.length === 0
          ? l10n.t('{0} enforces no NetworkPolicy: {1} has no effect', cni, first.name)
          : l10n.t(
              '{0} enforces no NetworkPolicy: {1} and {2} more have no effect',
              cni,
              first.name,
              `${others.length}`,
            ),
      place: nameOf(first),
      related: others.map((policy) => ({ message: l10n.t('{0} has no effect', policy.name), place: nameOf(policy) })),
    },
  ];
}

function nameOf({ manifest }: Policy): Place {
  return { manifest, path: ['metadata', 'name'] };
}
