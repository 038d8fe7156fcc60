import * as l10n from '@vscode/l10n';
import type { Cluster } from '../cluster/cluster.ts';
import { enforcesPolicy } from '../cluster/settings.ts';
import { changing } from '../edits/fix.ts';
import { groupBy } from '../manifests/group.ts';
import type { Fix } from '../manifests/problem.ts';
import {
  type CoveredPolicy,
  type CoveredRule,
  coveredPolicies,
  coveredRules,
  shadowedRules,
} from '../network/policy/cover.ts';
import type { Policy, RuleOf } from '../network/policy/policy.ts';
import { policiesOf } from '../network/policy/selecting.ts';
import { ruleText } from '../network/words.ts';
import type { Draft, Related } from './finding.ts';
import { perPolicies } from './remember.ts';

/** Policies and rules without which everything would be the same, in this cluster and in any other. */
export function findRedundancy(cluster: Cluster): readonly Draft[] {
  if (!enforcesPolicy(cluster.settings)) return [];
  // Those can cover one another that are of one namespace, or of one tier above or below all of them.
  const groups = groupBy(policiesOf(cluster), ({ tier, namespace }) => `${tier} ${namespace}`);
  return [...groups.values()].flatMap(redundancyAmong);
}

const redundancyAmong = perPolicies((policies): readonly Draft[] => {
  if (policies[0]?.tier !== 'NetworkPolicy') return shadowedRules(policies).map(shadowed);
  const covered = coveredPolicies(policies);
  const others = policies.filter((policy) => !covered.some((each) => each.policy === policy));
  return [...covered.map(redundantPolicy), ...others.flatMap((policy) => coveredRules(policy).map(redundantRule))];
});

function redundantPolicy({ policy, by }: CoveredPolicy): Draft {
  const names = by.map(({ name }) => name).join(', ');
  return {
    rule: 'policy-redundant',
    message:
      by.length === 1
        ? l10n.t('{0} isolates the same pods and admits all that {1} admits', names, policy.name)
        : l10n.t('{0} isolate the same pods and admit all that {1} admits', names, policy.name),
    place: { manifest: policy.manifest, path: ['metadata', 'name'] },
    related: by.map(({ manifest, name }) => ({
      message: l10n.t('{0} does without it', name),
      place: { manifest, path: ['metadata', 'name'] },
    })),
  };
}

function redundantRule({ policy, rule, by }: CoveredRule): Draft {
  const names = by.map((each) => ruleText(each.rule)).join(', ');
  return {
    rule: 'policy-redundant',
    message:
      by.length === 1
        ? l10n.t('What {0} admits, {1} admits as well', ruleText(rule), names)
        : l10n.t('What {0} admits, {1} admit as well', ruleText(rule), names),
    ...needless({ policy, rule, by }),
  };
}

function shadowed({ policy, rule, by }: CoveredRule): Draft {
  const names = by.map((each) => nameOf(policy, each)).join(', ');
  return {
    rule: 'policy-rule-shadowed',
    message:
      by.length === 1
        ? l10n.t('{0} never decides: {1} is asked first and matches all of it', ruleText(rule), names)
        : l10n.t('{0} never decides: {1} are asked first and match all of it', ruleText(rule), names),
    ...needless({ policy, rule, by }),
  };
}

/** Where a rule stands that does nothing, which others do without it, and its removal. */
function needless({ policy, rule, by }: CoveredRule): Pick<Draft, 'place' | 'related' | 'fixes'> {
  return {
    place: { manifest: policy.manifest, path: rule.path },
    related: by.map((each) => relatedRule(policy, each)),
    fixes: removalOf({ policy, rule }),
  };
}

function relatedRule(asking: Policy, each: RuleOf): Related {
  return { message: nameOf(asking, each), place: { manifest: each.policy.manifest, path: each.rule.path } };
}

function nameOf(asking: Policy, { policy, rule }: RuleOf): string {
  return policy === asking ? ruleText(rule) : `${policy.name} ${ruleText(rule)}`;
}

function removalOf({ policy, rule }: RuleOf): readonly Fix[] {
  return [changing(l10n.t('Remove {0}', ruleText(rule)), policy.manifest, { kind: 'remove', path: rule.path })];
}
