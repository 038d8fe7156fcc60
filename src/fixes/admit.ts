import * as l10n from '@vscode/l10n';
import type { Data } from '../edits/change.ts';
import { namespaceOf } from '../manifests/manifest.ts';
import type { Party } from '../network/policy/party.ts';
import type { Direction, Policy } from '../network/policy/policy.ts';
import { peerFor } from './identity.ts';
import { portItem, portText } from './ports.ts';
import type { Denial, Step } from './step.ts';
import { withChanges } from './trial.ts';
import { partyName } from './words.ts';

/** How many policies are offered a new rule. */
const mostPolicies = 3;

/** What can be added to the policies that isolate the pod: a peer to the nearest rule, or a rule of its own. */
export function admissions(denial: Denial): readonly Step[] {
  const { side } = denial;
  if (side.because !== 'no-rule') return [];
  const policies = inOrder(side.policies, side.nearest?.policy).slice(0, mostPolicies);
  return [...addPeer(denial), ...policies.flatMap((policy) => addRule(denial, policy))];
}

/** The policy of the nearest rule first, then those that have rules. */
function inOrder(policies: readonly Policy[], nearest: Policy | undefined): readonly Policy[] {
  const weight = (policy: Policy) => {
    if (policy.manifest === nearest?.manifest) return 0;
    return (policy.rules.ingress?.length ?? 0) + (policy.rules.egress?.length ?? 0) > 0 ? 1 : 2;
  };
  return policies.toSorted((a, b) => weight(a) - weight(b));
}

function addPeer({ cluster, direction, other, side: { nearest } }: Denial): readonly Step[] {
  if (!nearest?.peer || nearest.failures.some(({ kind }) => kind === 'port' || kind === 'named-port')) return [];
  const { policy, rule } = nearest;
  const peer = peerFor(cluster, policy.namespace, other);
  if (peer === undefined) return [];
  const path = [...rule.path, direction === 'ingress' ? 'from' : 'to'];
  return [
    {
      title: l10n.t('Add {0} to rule {1} of {2}', nameOf(other), String(rule.index + 1), policy.name),
      isSlip: false,
      apply: (trial) => withChanges(trial, policy.manifest, [{ kind: 'append', path, value: peer }]),
    },
  ];
}

function addRule(denial: Denial, policy: Policy): readonly Step[] {
  const rule = ruleFor(denial, policy);
  if (rule === undefined) return [];
  const path = ['spec', denial.direction];
  return [
    {
      title: l10n.t('Add a rule for {0} on {1} to {2}', nameOf(denial.other), portText(denial.connection), policy.name),
      isSlip: false,
      apply: (trial) => withChanges(trial, policy.manifest, [{ kind: 'append', path, value: rule }]),
    },
  ];
}

/** A rule for exactly the other end and the port of a connection, as it is written in a policy. */
export function ruleFor({ cluster, direction, connection, other }: Denial, policy: Policy): Data | undefined {
  const peer = peerFor(cluster, namespaceOf(policy.manifest.object), other);
  return peer === undefined ? undefined : ruleOf(direction, peer, [portItem(policy, connection)]);
}

/** A rule of a NetworkPolicy for a peer on some ports. */
export function ruleOf(direction: Direction, peer: Data, ports: readonly Data[]): Data {
  return direction === 'ingress' ? { from: [peer], ports } : { to: [peer], ports };
}

function nameOf(party: Party): string {
  return `\`${partyName(party)}\``;
}
