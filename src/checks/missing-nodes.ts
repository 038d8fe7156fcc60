import * as l10n from '@vscode/l10n';
import type { Cluster, Pod } from '../cluster/cluster.ts';
import { hasEnded } from '../cluster/phase.ts';
import { groupBy } from '../manifests/group.ts';
import type { Place } from '../manifests/manifest.ts';
import type { Draft } from './finding.ts';

interface Naming {
  readonly name: string;
  readonly place: Place;
}

/**
 * Nodes that pods name and that are not among those of the manifests. A cluster without such a node deletes the pods
 * (kubernetes/kubernetes `pkg/controller/podgc/gc_controller.go` gcOrphaned); but the manifests of nodes are seldom
 * whole, so that it is taken to exist.
 */
export function findMissingNodes({ nodes, workloads }: Cluster): readonly Draft[] {
  const brought = new Set(nodes.flatMap(({ name, manifest }) => (manifest ? name : [])));
  if (brought.size === 0) return [];
  const pods = [...workloads.values()].flatMap((workload) => workload.pods.filter((pod) => !hasEnded(pod)));
  const naming = pods.flatMap((pod) => namingOf(pod) ?? []).filter(({ name }) => !brought.has(name));
  return [...groupBy(naming, ({ name }) => name).values()].flatMap(missing);
}

function namingOf({ spec, manifest, specPath }: Pod): Naming | undefined {
  if (!spec.nodeName || !manifest) return undefined;
  return { name: spec.nodeName, place: { manifest, path: [...specPath, 'spec', 'nodeName'] } };
}

/** One node is one cause. The pods of one template name it at one place. */
function missing(naming: readonly Naming[]): readonly Draft[] {
  const [first, ...others] = new Map(naming.map((each) => [each.place.manifest, each])).values();
  if (!first) return [];
  return [
    {
      rule: 'node-missing',
      message: l10n.t(
        'No Node of the manifests is named `{0}`: it is taken to be there; a cluster without it deletes the pod',
        first.name,
      ),
      place: first.place,
      related: others.map(({ place }) => ({ message: l10n.t('Named here too'), place })),
    },
  ];
}
