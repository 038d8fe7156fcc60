import * as l10n from '@vscode/l10n';
import type { Data } from '../edits/change.ts';
import type { Policy } from '../network/policy/policy.ts';
import { ruleFor } from './admit.ts';
import { identityOf, selectorOf } from './identity.ts';
import { freePolicyName, withDocument } from './new-object.ts';
import { portText } from './ports.ts';
import type { Denial, Step } from './step.ts';
import type { Trial } from './trial.ts';
import { partyName } from './words.ts';

/** A policy of its own for the pod that is isolated, behind the first of those that isolate it. */
export function newPolicy(denial: Denial): readonly Step[] {
  const { side, subject, other, connection } = denial;
  const [policy] = side.policies;
  const rule = side.because === 'no-rule' && policy ? ruleFor(denial, policy) : undefined;
  if (!policy || rule === undefined) return [];
  const ends = [`\`${partyName(other)}\``, `\`${subject.workload.name}\``] as const;
  const title =
    denial.direction === 'ingress'
      ? l10n.t('Write a policy that admits {0} to {1} on {2}', ...ends, portText(connection))
      : l10n.t('Write a policy that lets {1} out to {0} on {2}', ...ends, portText(connection));
  const apply = (trial: Trial) => withDocument(trial, policy.manifest, objectFor(trial, denial, policy, rule));
  return [{ title, isSlip: false, apply }];
}

function objectFor(trial: Trial, { cluster, subject, direction }: Denial, policy: Policy, rule: Data): Data {
  const { namespace } = policy.manifest.object.metadata ?? {};
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: {
      name: freePolicyName(trial, policy.namespace, `allow-${subject.workload.name}`),
      ...(namespace && { namespace }),
    },
    spec: {
      podSelector: selectorOf(identityOf(cluster, subject)),
      policyTypes: [direction === 'ingress' ? 'Ingress' : 'Egress'],
      [direction]: [rule],
    },
  };
}
