import * as l10n from '@vscode/l10n';
import type { Cluster, Workload } from '../cluster/cluster.ts';
import type { PodSpec } from '../manifests/kinds.ts';
import { workloadName } from '../network/words.ts';
import { type DeclaredPort, declaredPorts, isSameHostPort } from './declared-ports.ts';
import type { Draft } from './finding.ts';

/** Containers of one pod that mean to listen on one port: they share its network, so that one of them cannot. */
export function findInContainerPorts({ workloads }: Cluster): readonly Draft[] {
  return [...workloads.values()].flatMap(draftsOf);
}

interface Clash {
  readonly first: DeclaredPort;
  readonly second: DeclaredPort;
  readonly isOfNode: boolean;
}

const known = new WeakMap<PodSpec, readonly Clash[]>();

/** Found once for as long as the text of the spec stays the same. */
function clashesOf(spec: PodSpec): readonly Clash[] {
  let clashes = known.get(spec);
  if (!clashes) {
    clashes = findClashes(declaredPorts(spec));
    known.set(spec, clashes);
  }
  return clashes;
}

/**
 * One container may name a port of its own twice; a port of the node cannot be had twice.
 * Source: kubernetes/kubernetes `pkg/apis/core/validation/validation.go` checkHostPortConflicts,
 * `pkg/api/pod/warnings.go` warningsForPodSpecAndMeta.
 */
function findClashes(ports: readonly DeclaredPort[]): readonly Clash[] {
  return ports.flatMap((second, index): readonly Clash[] => {
    const before = ports.slice(0, index);
    const onNode = before.find((port) => isSameHostPort(port, second));
    if (onNode) return [{ first: onNode, second, isOfNode: true }];
    const first = before.find((port) => isSamePort(port, second) && port.container !== second.container);
    return first ? [{ first, second, isOfNode: false }] : [];
  });
}

function isSamePort(a: DeclaredPort, b: DeclaredPort): boolean {
  return a.number === b.number && a.protocol === b.protocol;
}

function draftsOf(workload: Workload): readonly Draft[] {
  const { manifest, specPath, spec } = workload.prototype;
  if (!manifest) return [];
  const at = ({ path }: DeclaredPort) => ({ manifest, path: [...specPath, 'spec', ...path] });
  return clashesOf(spec).map(({ first, second, isOfNode }) => ({
    rule: 'container-port-conflict',
    ...(isOfNode && { severity: 'error' }),
    message: isOfNode ? askedTwice(workload, second) : declaredTwice(workload, first, second),
    place: at(second),
    related: [{ message: l10n.t('Here too'), place: at(first) }],
  }));
}

function askedTwice(workload: Workload, { hostPort, protocol }: DeclaredPort): string {
  return l10n.t('A pod of {0} asks for port {1} of its node twice', workloadName(workload), `${hostPort}/${protocol}`);
}

function declaredTwice(workload: Workload, first: DeclaredPort, second: DeclaredPort): string {
  return l10n.t(
    'Containers `{0}` and `{1}` of {2} both declare {3}: they share one network, and one alone can listen there',
    first.container,
    second.container,
    workloadName(workload),
    `${second.number}/${second.protocol}`,
  );
}
