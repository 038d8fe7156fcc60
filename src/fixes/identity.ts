import { formatAddress, widthOf } from '../cluster/address.ts';
import type { Cluster, Pod, Workload } from '../cluster/cluster.ts';
import { labelsOfOne } from '../cluster/pods.ts';
import { mayAskForMadeUp } from '../cluster/workloads.ts';
import type { Data } from '../edits/change.ts';
import type { ControllerObject, Labels } from '../manifests/kinds.ts';
import type { Party } from '../network/policy/party.ts';
import { nameLabel } from '../network/policy/peers.ts';

/** The labels by which people tell workloads apart, the most common convention first. */
export const nameLabels: readonly string[] = ['app.kubernetes.io/name', 'app', 'k8s-app', 'name'];

/**
 * The labels to know a workload's pods by: one that names it, where no other workload of the namespace has it; else
 * those that its controller knows them by, else all that do not change from pod to pod or from roll-out to roll-out.
 */
export function identityOf(cluster: Cluster, { workload }: Pod): Labels {
  const labels = stableLabels(workload);
  const name = nameLabels.find((key) => labels[key] !== undefined && isUnique(cluster, workload, key));
  if (name !== undefined) return { [name]: labels[name] ?? '' };
  const selected = (workload.manifest?.object as ControllerObject | undefined)?.spec?.selector?.matchLabels ?? {};
  const isOwn = Object.entries(selected).every(([key, value]) => labels[key] === value);
  return isOwn && Object.keys(selected).length > 0 ? selected : labels;
}

/** The labels of a workload's pods that do not change from pod to pod or from roll-out to roll-out. */
export function stableLabels({ prototype }: Workload): Labels {
  const entries = Object.entries(prototype.labels).filter(
    ([key, value]) => !labelsOfOne.has(key) && !mayAskForMadeUp([{ key, operator: 'In', values: [value], path: [] }]),
  );
  return Object.fromEntries(entries);
}

function isUnique(cluster: Cluster, workload: Workload, key: string): boolean {
  const value = workload.prototype.labels[key];
  return [...cluster.workloads.values()].every(
    (each) => each === workload || each.namespace !== workload.namespace || each.prototype.labels[key] !== value,
  );
}

/** A selector of exactly some labels. */
export function selectorOf(labels: Labels): Data {
  return Object.keys(labels).length > 0 ? { matchLabels: { ...labels } } : {};
}

/**
 * The peer of a NetworkPolicy in a namespace that means a party and, where its labels tell, nobody else. Undefined where
 * no peer can mean it for sure: most plugins see neither the labels of a pod in its node's network nor nodes.
 */
export function peerFor(cluster: Cluster, namespace: string, party: Party): Data | undefined {
  if (party.kind === 'node') return undefined;
  if (party.kind === 'outside') return blockFor(party);
  const { pod } = party;
  if (pod.spec.hostNetwork) return undefined;
  const podSelector = selectorOf(identityOf(cluster, pod));
  if (pod.namespace === namespace) return { podSelector };
  return { namespaceSelector: selectorOf({ [nameLabel]: pod.namespace }), podSelector };
}

function blockFor({ range, owner }: Extract<Party, { kind: 'outside' }>): Data | undefined {
  if (owner !== undefined || range.first !== range.last) return undefined;
  const address = formatAddress({ family: range.family, value: range.first });
  return { ipBlock: { cidr: `${address}/${widthOf(range.family)}` } };
}
