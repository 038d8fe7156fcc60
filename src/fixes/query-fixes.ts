import * as l10n from '@vscode/l10n';
import type { Data } from '../edits/change.ts';
import type { Denied } from '../network/denied.ts';
import type { Connection } from '../network/policy/party.ts';
import type { Direction, Policy } from '../network/policy/policy.ts';
import { ruleOf } from './admit.ts';
import { peerFor } from './identity.ts';
import { type PolicyFix, policyFixes, stepFix } from './policy-fixes.ts';
import { portText } from './ports.ts';
import type { Step } from './step.ts';
import { type World, withChanges } from './trial.ts';

/**
 * The ways to let queries to the cluster's DNS through that a policy stops: one rule for DNS in that policy, whatever
 * number of pods it selects; else whatever lets any connection through.
 */
export function queryFixes(
  world: World,
  { policy, queries }: Extract<Denied, { kind: 'queries' }>,
): readonly PolicyFix[] {
  const steps = policy.kind === 'NetworkPolicy' ? (['egress', 'ingress'] as const) : [];
  const fixes = steps.flatMap((direction) => {
    const step = dnsRule(world, policy, queries, direction);
    return (step && stepFix(world, step, queries)) ?? [];
  });
  return fixes.length > 0 ? fixes : policyFixes(world, queries);
}

/** A rule for the DNS pods; or in the policy of these one for the pods of every namespace, for all of them look up names. */
function dnsRule(
  { cluster }: World,
  policy: Policy,
  queries: readonly Connection[],
  direction: Direction,
): Step | undefined {
  const [first] = queries;
  if (!first || !policy.rules[direction]) return undefined;
  const peer: Data | undefined =
    direction === 'egress' ? peerFor(cluster, policy.namespace, first.to) : { namespaceSelector: {} };
  if (peer === undefined) return undefined;
  const ports = byPort(queries);
  const rule = ruleOf(
    direction,
    peer,
    ports.map((each) => ({ protocol: each.protocol, port: each.port })),
  );
  const on = ports.map(portText).join(', ');
  return {
    title:
      direction === 'egress'
        ? l10n.t('Let DNS queries out in {0}, on {1}', policy.name, on)
        : l10n.t('Let DNS queries in from all namespaces in {0}, on {1}', policy.name, on),
    isSlip: false,
    apply: (trial) => withChanges(trial, policy.manifest, [{ kind: 'append', path: ['spec', direction], value: rule }]),
  };
}

/** One query for each port and protocol. */
function byPort(queries: readonly Connection[]): readonly Connection[] {
  return [...new Map(queries.map((query) => [portText(query), query])).values()];
}
