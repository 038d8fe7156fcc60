import type { Cluster, Workload } from '../cluster/cluster.ts';
import type { Policy, Rule } from '../network/policy/policy.ts';
import { portNamesOf } from '../network/policy/rule-terms.ts';
import { isolating, policiesOf } from '../network/policy/selecting.ts';
import { standIns, termsOf } from '../network/policy/stand-ins.ts';

/** What the form of `connlist` cannot say, so that a line of the list may be wrong. */
export type ConnlistError =
  /** Pods that are listed as one, of which a selector may take some and leave others. */
  | { readonly kind: 'labels-differ'; readonly workload: Workload; readonly key: string }
  /** A named port towards addresses: they have no names for ports. */
  | { readonly kind: 'named-port'; readonly policy: Policy; readonly rule: Rule };

/** All that is wrong with an input in the eyes of np-guard's analyzer, which lists nothing then. */
export function connlistErrors(cluster: Cluster): readonly ConnlistError[] {
  return [...labelsThatDiffer(cluster), ...portsNamedOutside(cluster)];
}

function labelsThatDiffer(cluster: Cluster): readonly ConnlistError[] {
  const asked = new Set(
    policiesOf(cluster)
      .flatMap(termsOf)
      .map(({ key }) => key),
  );
  return [...cluster.workloads.values()].flatMap((workload) => {
    const [first, ...others] = exportedPods(workload);
    const differ = [...asked].filter((key) => others.some(({ labels }) => labels[key] !== first?.labels[key]));
    return differ.map((key) => ({ kind: 'labels-differ', workload, key }) as const);
  });
}

/** What the simulation tells of one pod of a workload and not of another, nobody wrote. */
function exportedPods({ pods }: Workload): Workload['pods'] {
  return pods.filter(({ specPath }) => specPath.length === 0);
}

function portsNamedOutside(cluster: Cluster): readonly ConnlistError[] {
  const pods = [...cluster.workloads.values()].flatMap((workload) => standIns(cluster, workload));
  const policies = new Set(pods.flatMap((pod) => isolating(cluster, pod, 'egress')));
  return [...policies].flatMap((policy) => {
    const rules = (policy.rules.egress ?? []).filter((rule) => takesAddresses(rule) && portNamesOf(rule).length > 0);
    return rules.map((rule) => ({ kind: 'named-port', policy, rule }) as const);
  });
}

function takesAddresses({ peers }: Rule): boolean {
  return peers === 'any' || peers.some(({ kind }) => kind === 'block');
}
