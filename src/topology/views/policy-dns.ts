import * as l10n from '@vscode/l10n';
import type { Cluster, Pod } from '../../cluster/cluster.ts';
import { queriesOf, queryVerdicts } from '../../network/dns/query-verdict.ts';
import type { Policy } from '../../network/policy/policy.ts';
import { surelyMatches } from '../../network/policy/rule-match.ts';
import { standIns } from '../../network/policy/stand-ins.ts';
import { ruleText } from '../../network/words.ts';
import type { PartNode } from '../graph.ts';
import { selectedBy } from '../selected.ts';
import { part } from './view.ts';

/** As many of the workloads that a policy is about are asked for. */
const mostAsked = 20;

/**
 * Whether those whom a policy is about can still ask the cluster's DNS, and whether it is this policy that lets them:
 * what is forgotten first where egress is isolated. Undefined where none of them asks it.
 */
export function dnsPart(cluster: Cluster, policy: Policy, id: string): PartNode | undefined {
  const pods = selectedBy(cluster, policy)
    .slice(0, mostAsked)
    .flatMap((workload) => standIns(cluster, workload).slice(0, 1));
  const asking = pods.flatMap((pod) => {
    const verdict = queryVerdicts(cluster, pod).UDP;
    return verdict ? [{ pod, verdict }] : [];
  });
  const [first] = asking;
  if (!first) return undefined;
  const denied = asking.filter(({ verdict }) => verdict.outcome === 'denied');
  const rule = rulesFor(cluster, policy, first.pod);
  return part({
    id: `${id} egress dns`,
    label: l10n.t('DNS'),
    kind: l10n.t('Name resolution'),
    glyph: 'name',
    about: [stateText(denied.length, asking.length, rule)],
    tone: denied.length > 0 ? 'bad' : 'plain',
    rows:
      denied.length > 0
        ? [{ name: l10n.t('Denied for'), value: denied.map(({ pod }) => pod.workload.name).join(', ') }]
        : [],
  });
}

function stateText(denied: number, all: number, rule: string | undefined): string {
  if (denied > 0 && denied < all) return l10n.t('denied for {0} of {1}', String(denied), String(all));
  if (denied > 0) return l10n.t('queries are denied');
  return rule === undefined ? l10n.t('allowed, not by this policy') : l10n.t('allowed by {0}', rule);
}

/** The rule by which a policy lets queries out. */
function rulesFor(cluster: Cluster, policy: Policy, pod: Pod): string | undefined {
  const queries = queriesOf(cluster, pod, 'UDP');
  const rule = policy.rules.egress?.find((each) =>
    queries.some((connection) =>
      surelyMatches({ cluster, connection, direction: 'egress', subject: pod, other: connection.to }, policy, each),
    ),
  );
  return rule && ruleText(rule);
}
