import type { Workload } from '../../cluster/cluster.ts';
import type { Data } from '../../edits/change.ts';
import type { Policy } from '../../network/policy/policy.ts';
import { policiesSelecting } from '../../network/policy/selecting.ts';
import { standIns } from '../../network/policy/stand-ins.ts';
import { identityOf, selectorOf } from '../identity.ts';
import { type Trial, withChanges } from '../trial.ts';
import { unlisting, withTerm } from './leave-out.ts';
import { dataAt } from './narrow.ts';
import { withPolicy } from './place.ts';
import { tellApart } from './tell-apart.ts';

/**
 * The trial after one of the workloads that a policy selects has a policy of its own, which says the same: what is changed
 * in that does not touch the others. Undefined where it cannot be told from them, or where it is not known what that says.
 */
export function carvedOut(trial: Trial, policy: Policy, workload: Workload): Trial | undefined {
  const { cluster } = trial;
  const others = [...cluster.workloads.values()].filter(
    (each) =>
      each.id !== workload.id &&
      standIns(cluster, each).some((pod) => policiesSelecting(cluster, pod).includes(policy)),
  );
  if (others.length === 0) return undefined;
  const { terms, same } = tellApart(workload, others);
  const [term, ...more] = terms;
  if (same.length > 0 || !term || more.length > 0) return undefined;
  const podSelector = selectorOf(identityOf(cluster, workload.prototype));
  const old = dataAt(policy.manifest.object, ['spec']);
  if (old === undefined) return undefined;
  const spec = { ...(old as object), podSelector } as Data;
  const selector = { path: ['spec', 'podSelector'], requirements: policy.subject.pods ?? [] };
  const change = unlisting(selector, workload, others) ?? withTerm(selector, term);
  const without = withChanges(trial, policy.manifest, [change]);
  return (
    without &&
    withPolicy(without, { namespace: policy.namespace, name: `${policy.name}-${workload.name}`, spec, workload })
  );
}
