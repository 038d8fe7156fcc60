import * as l10n from '@vscode/l10n';
import type { Cluster, Workload } from '../cluster/cluster.ts';
import { type Cut, limits, resolvConfOf } from '../network/dns/resolv-conf.ts';
import { workloadName } from '../network/words.ts';
import type { Draft } from './finding.ts';

/** What a pod's own configuration of names adds to the cluster's, and the kubelet leaves out. */
export function findInDnsConfigs(cluster: Cluster): readonly Draft[] {
  return [...cluster.workloads.values()].flatMap((workload) => {
    const { cut } = workload.prototype.spec.dnsConfig ? resolvConfOf(cluster, workload.prototype) : {};
    return cut ? draftsOf(workload, cut) : [];
  });
}

/** More than a resolver takes in the pod's own list is refused; with the cluster's it is cut off. */
function draftsOf(workload: Workload, cut: Cut): readonly Draft[] {
  const { nameservers = [], searches = [] } = workload.prototype.spec.dnsConfig ?? {};
  const domains = cut.search.filter(({ why }) => why !== 'name').map(({ domain }) => domain);
  return [
    ...(nameservers.length <= limits.nameservers ? left(workload, 'nameservers', cut.nameservers) : []),
    ...(searches.length <= limits.search ? left(workload, 'searches', domains) : []),
  ];
}

/** How many are named. */
const mostNamed = 3;

function left(workload: Workload, field: 'nameservers' | 'searches', items: readonly string[]): readonly Draft[] {
  const { manifest, template } = workload;
  if (!manifest || items.length === 0) return [];
  const named = items
    .slice(0, mostNamed)
    .map((each) => `\`${each}\``)
    .join(', ');
  const all = items.length > mostNamed ? l10n.t('{0} and {1} more', named, String(items.length - mostNamed)) : named;
  const message =
    field === 'nameservers'
      ? l10n.t(
          'With the cluster’s own these are more than {0} nameservers: the kubelet leaves {1} out for {2}',
          String(limits.nameservers),
          all,
          workloadName(workload),
        )
      : l10n.t(
          'With the cluster’s own this search list is over the limit of {0} domains and {1} characters: the kubelet leaves {2} out for {3}',
          String(limits.search),
          String(limits.characters),
          all,
          workloadName(workload),
        );
  return [
    {
      rule: 'dns-config-cut',
      message,
      place: { manifest, path: [...template, 'spec', 'dnsConfig', field], part: 'key' },
    },
  ];
}
