import * as l10n from '@vscode/l10n';
import type { Cluster, Workload } from '../cluster/cluster.ts';
import type { Requirement } from '../cluster/selector.ts';
import { type Action, type Direction, directions, type Policy, type Rule } from '../network/policy/policy.ts';
import { policiesOf, policiesSelecting } from '../network/policy/selecting.ts';
import { workloadName } from '../network/words.ts';
import type { Draft, Related } from './finding.ts';

/**
 * Policies of one tier and priority that are about the same pods: which of them is asked first is not defined.
 * Source: kubernetes-sigs/network-policy-api `apis/v1alpha1/adminnetworkpolicy_types.go` AdminNetworkPolicySpec.Priority,
 * `apis/v1alpha2/clusternetworkpolicy_types.go` ClusterNetworkPolicySpec.Priority.
 */
export function findPriorityTies(cluster: Cluster): readonly Draft[] {
  const groups = groupsOf(cluster).filter((group) => group.length > 1);
  if (groups.length === 0) return [];
  const selected = selectedBy(cluster);
  return groups.flatMap((group) =>
    group.flatMap((policy, index) => tieOf(policy, group.slice(0, index), selected) ?? []),
  );
}

/** The policies of each tier and priority, in the order of the manifests. */
function groupsOf(cluster: Cluster): readonly (readonly Policy[])[] {
  const byManifest = new Map(policiesOf(cluster).map((policy) => [policy.manifest as object, policy]));
  const groups = new Map<string, Policy[]>();
  for (const manifest of cluster.clusterPolicies) {
    const policy = byManifest.get(manifest);
    if (!policy || !Number.isFinite(policy.priority)) continue;
    const key = `${policy.tier} ${policy.priority}`;
    const group = groups.get(key);
    if (group) group.push(policy);
    else groups.set(key, [policy]);
  }
  return [...groups.values()];
}

type Selected = ReadonlyMap<Policy, ReadonlySet<Workload>>;

function selectedBy(cluster: Cluster): Selected {
  const selected = new Map<Policy, Set<Workload>>();
  for (const workload of cluster.workloads.values()) {
    for (const policy of policiesSelecting(cluster, workload.prototype)) {
      const known = selected.get(policy);
      if (known) known.add(workload);
      else selected.set(policy, new Set([workload]));
    }
  }
  return selected;
}

/** How many policies one finding names: where hundreds have one priority, each would name all before it. */
const mostRivals = 10;

/** One cause is one finding: it stands at a policy, and names those before it. */
function tieOf(policy: Policy, before: readonly Policy[], selected: Selected): Draft | undefined {
  const rivals: Rival[] = [];
  for (const other of before) {
    const rival = mayDiffer(policy, other) && rivalOf(policy, other, selected);
    if (rival && rivals.push(rival) === mostRivals) break;
  }
  const [first] = rivals;
  if (!first) return undefined;
  const path = ['spec', 'priority'];
  return {
    rule: 'policy-priority-tie',
    message: messageOf(policy, first),
    place: { manifest: policy.manifest, path },
    related: rivals.map(
      ({ policy: { manifest, name } }): Related => ({
        message: l10n.t('The priority of {0}', name),
        place: { manifest, path },
      }),
    ),
  };
}

/** Another policy about the same pods. */
interface Rival {
  readonly policy: Policy;
  /** One that both are about; absent where both have the same subject and no pod of the manifests is in it. */
  readonly workload?: Workload;
}

function rivalOf(policy: Policy, other: Policy, selected: Selected): Rival | undefined {
  const workload = sharedBy(selected.get(policy), selected.get(other));
  if (workload) return { policy: other, workload };
  return subjectText(policy) === subjectText(other) ? { policy: other } : undefined;
}

function sharedBy(ofOne: ReadonlySet<Workload> = new Set(), ofOther: ReadonlySet<Workload> = new Set()) {
  const [fewer, more] = ofOne.size < ofOther.size ? [ofOne, ofOther] : [ofOther, ofOne];
  for (const workload of fewer) if (more.has(workload)) return workload;
  return undefined;
}

function messageOf({ priority }: Policy, { policy: { name }, workload }: Rival): string {
  return workload
    ? l10n.t(
        '`{0}` has priority {1} too, and both are about {2}: which of them is asked first is not defined',
        name,
        String(priority),
        workloadName(workload),
      )
    : l10n.t(
        '`{0}` has priority {1} too, and the same subject: which of them is asked first is not defined',
        name,
        String(priority),
      );
}

/** Where all rules of a direction do the same, their order makes no difference. */
function mayDiffer(a: Policy, b: Policy): boolean {
  return directions.some((direction) => {
    const [ofA, ofB] = [actionsOf(a)[direction], actionsOf(b)[direction]];
    return ofA.size > 0 && ofB.size > 0 && new Set([...ofA, ...ofB]).size > 1;
  });
}

type Actions = Readonly<Record<Direction, ReadonlySet<Action>>>;

const actions = new WeakMap<Policy, Actions>();

/** What the rules of a policy do, whatever they match. */
function actionsOf(policy: Policy): Actions {
  const inDirection = (rules: readonly Rule[] = []) => new Set(rules.map(({ action }) => action));
  const known = actions.get(policy) ?? {
    egress: inDirection(policy.rules.egress),
    ingress: inDirection(policy.rules.ingress),
  };
  actions.set(policy, known);
  return known;
}

/** The same for subjects that say the same in another order. */
function subjectText({ subject: { namespaces = [], pods = [] } }: Policy): string {
  return JSON.stringify([termTexts(namespaces), termTexts(pods)]);
}

function termTexts(terms: readonly Requirement[]): readonly string[] {
  return terms.map(({ key, operator, values }) => JSON.stringify([key, operator, values.toSorted()])).sort();
}
