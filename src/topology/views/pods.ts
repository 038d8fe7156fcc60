import * as l10n from '@vscode/l10n';
import type { Pod } from '../../cluster/cluster.ts';
import { groupBy } from '../../manifests/group.ts';
import type { PartNode, Row } from '../graph.ts';
import { namespaceNodeId, workloadNodeId } from '../ids.ts';
import { marked, part } from './view.ts';

/** Pods that are drawn as one: a single pod, or several of one workload. */
export interface Bunch {
  readonly id: string;
  readonly pods: readonly [Pod, ...Pod[]];
  /** What they are called together, where they are of several workloads. */
  readonly label?: string;
}

/** The id of a pod; a Pod that nobody controls is a workload, and has the same one. */
export function podNodeId({ namespace, name }: Pick<Pod, 'namespace' | 'name'>): string {
  return `Pod/${namespace}/${name}`;
}

/** Each pod by itself, or, where a workload has more than `most` of them, those together. `at` tells bunches apart. */
export function bunchesOf(pods: readonly Pod[], most: number, at: string): readonly Bunch[] {
  return [...groupBy(pods, ({ workload }) => workload)].flatMap(([workload, own]) => {
    const [first, ...others] = own;
    if (!first) return [];
    if (own.length <= most) return own.map((pod) => ({ id: podNodeId(pod), pods: [pod] as const }));
    return [{ id: `${at} ${workloadNodeId(workload)}`, pods: [first, ...others] as const }];
  });
}

/** A pod, or several of one workload with their number. */
export function podPart(
  { id, pods: [pod, ...others], label }: Bunch,
  given: Partial<PartNode> & { about: readonly string[] },
): PartNode {
  const { workload } = pod;
  const count = others.length + 1;
  const rows: readonly Row[] = [
    { name: l10n.t('Workload'), value: label === undefined ? `${workload.kind} ${workload.name}` : '' },
    { name: l10n.t('Node'), value: count === 1 ? (pod.node?.name ?? '') : '' },
    {
      name: l10n.t('Addresses'),
      value: [pod, ...others]
        .flatMap(({ addresses }) => addresses)
        .slice(0, 12)
        .join(', '),
    },
    { name: l10n.t('Phase'), value: count === 1 ? pod.phase : '' },
    { name: l10n.t('Simulated'), value: pod.simulated ? l10n.t('name, node and address') : '' },
  ];
  return part({
    ...given,
    id,
    label: count === 1 ? pod.name : `${label ?? workload.name} × ${count}`,
    kind: count === 1 ? l10n.t('Pod') : l10n.t('Pods'),
    glyph: count === 1 ? 'pod' : 'pods',
    of: label === undefined ? workloadNodeId(workload) : namespaceNodeId(label),
    rows: [...rows, ...(given.rows ?? [])],
  });
}

/** `10.244.1.7 ⌂`: the first address, which is the pod's own as far as it knows. */
export function addressText({ addresses: [first = ''], simulated }: Pod): string {
  return marked(first, simulated);
}

/** How the pods are that are drawn as one: `ready`, `not ready`, `37 of 40 ready`. */
export function readyText(states: readonly { readonly ready: boolean; readonly terminating: boolean }[]): string {
  const ready = states.filter((each) => each.ready).length;
  if (states.length > 1) return l10n.t('{0} of {1} ready', String(ready), String(states.length));
  if (states[0]?.terminating) return l10n.t('terminating');
  return ready === 1 ? l10n.t('ready') : l10n.t('not ready');
}
