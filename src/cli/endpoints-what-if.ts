import type { Cluster, Pod, Workload } from '../cluster/cluster.ts';
import { type PodChange, type PodChanges, withPodsChanged } from '../cluster/what-if.ts';
import { type Consequence, consequencesOf } from '../network/services/consequences.ts';
import { workloadName } from '../network/words.ts';
import { resolveSource } from '../questions/resolve-end.ts';
import type { Call, Option } from './command.ts';
import { named } from './ends.ts';
import { UsageError } from './usage.ts';

/** The options that ask what would be if something happened to pods. */
export const whatIfOptions = {
  without: { value: 'POD', help: 'what changes when POD is deleted, or all pods of a workload' },
  'not-ready': { value: 'POD', help: 'what changes when POD fails its readiness probe' },
  'node-down': { value: 'NODE', help: 'what changes when NODE reports no more' },
} as const satisfies Readonly<Record<string, Option>>;

/** What was asked to happen, and what becomes of Services then. */
export interface WhatIf {
  readonly changes: PodChanges;
  /** The node that reports no more. */
  readonly down?: string;
  readonly consequences: readonly Consequence[];
  /** The cluster as it is then. */
  readonly after: Cluster;
}

/** The answer to the options of a call that ask what would be; undefined where none does. */
export function whatIf({ options }: Call, cluster: Cluster): WhatIf | undefined {
  const { without, 'not-ready': notReady, 'node-down': down } = options;
  const changes = new Map<Pod, PodChange>([
    ...(down === undefined ? [] : podsOn(cluster, down).map((pod) => [pod, 'not-ready'] as const)),
    ...(notReady === undefined ? [] : podsNamed(cluster, notReady).map((pod) => [pod, 'not-ready'] as const)),
    ...(without === undefined ? [] : podsNamed(cluster, without).map((pod) => [pod, 'gone'] as const)),
  ]);
  if (without === undefined && notReady === undefined && down === undefined) return undefined;
  const after = withPodsChanged(cluster, changes);
  return { changes, ...(down !== undefined && { down }), consequences: consequencesOf(cluster, after), after };
}

function podsNamed(cluster: Cluster, text: string): readonly Pod[] {
  const { end } = named(resolveSource(cluster, text));
  if (end.kind === 'pod') return [end.pod];
  if (end.kind === 'workload') return end.workload.pods;
  throw new UsageError(`“${text}” is neither a pod nor a workload`);
}

function podsOn(cluster: Cluster, text: string): readonly Pod[] {
  const { end } = named(resolveSource(cluster, text));
  if (end.kind !== 'node') throw new UsageError(`“${text}” is no node`);
  return [...cluster.workloads.values()].flatMap(({ pods }) => pods.filter(({ node }) => node?.name === end.node.name));
}

/** A consequence as JSON. */
export function consequenceData({ service, lost, left, names, fewer }: Consequence) {
  return {
    service: service.id,
    lost: lost.map(({ endpoint: { addresses, pod }, isListed }) => ({
      addresses,
      ...(pod && { pod: `${pod.namespace}/${pod.name}` }),
      listedAsNotReady: isListed,
    })),
    left,
    namesGone: names,
    namesWithFewerAddresses: fewer,
  };
}

/** What happens, for people: a line for each Service, and what is done about it. */
export function whatIfText(happens: WhatIf): string {
  const { changes, consequences } = happens;
  const lines = consequences.map((each) => `  ${consequenceText(each)}`);
  const nothing = changes.size === 0 ? '  No pod is meant.' : '  No Service leads to these pods: nothing changes.';
  return `${[...headings(happens), ...(lines.length > 0 ? lines : [nothing]), ...remedies(happens)].join('\n')}\n`;
}

/** What is taken to happen, a line for each kind of it. */
export function headings({ changes, down }: WhatIf): readonly string[] {
  const [gone, notReady] = [podsThat(changes, 'gone'), podsThat(changes, 'not-ready')];
  const fails = notReady.length === 1 ? 'is' : 'are';
  const when = down === undefined ? '' : ` because ${down} reports no more`;
  return [
    ...(gone.length > 0 ? [`Without ${listed(gone)}:`] : []),
    ...(notReady.length > 0 ? [`While ${listed(notReady)} ${fails} not ready${when}:`] : []),
  ];
}

function podsThat(changes: PodChanges, change: PodChange): readonly string[] {
  return [...changes].flatMap(([{ namespace, name }, each]) => (each === change ? [`${namespace}/${name}`] : []));
}

const mostNamed = 3;

function listed(names: readonly string[]): string {
  const rest = names.length - mostNamed;
  return `${names.slice(0, mostNamed).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

function consequenceText({ service, lost, left, names, fewer }: Consequence): string {
  const addresses = lost.map(({ endpoint }) => endpoint.addresses.join(' ')).join(', ');
  const gone = lost.every(({ isListed }) => !isListed) ? 'no endpoint any more' : 'listed as not ready, and not used';
  const rest = left === 0 ? noneLeft(service.headless) : `${left} of ${left + lost.length} endpoints left`;
  const dns = [
    ...names.map((name) => `${name} answers no more`),
    ...fewer.map((name) => `${name} answers with fewer addresses`),
  ];
  return [`${service.id}: ${addresses} ${gone}, ${rest}`, ...dns].join('; ');
}

function noneLeft(headless: boolean): string {
  return headless ? 'none left' : 'none left: connections are refused';
}

/** Who sees to it that there are as many pods again. */
function remedies({ changes, down }: WhatIf): readonly string[] {
  const gone = [...changes].filter(([, change]) => change === 'gone').map(([pod]) => pod.workload);
  const made = [...new Set(gone)].map((workload) => {
    if (workload.kind === 'Pod') return `  Nobody makes ${workloadName(workload)} again.`;
    return `  ${workloadName(workload)} makes another pod, ${nextText(workload)}: an endpoint once it is ready.`;
  });
  return down === undefined ? made : [...made, evicted];
}

/** What the next pod is called, and where it is: one in its node's network has no address but the node's. */
function nextText({ kind, prototype }: Workload): string {
  const keepsName = kind === 'StatefulSet';
  if (!prototype.spec.hostNetwork)
    return keepsName ? 'of the same name and another address' : 'of another name and address';
  const name = keepsName ? 'of the same name' : 'of another name';
  const address = kind === 'DaemonSet' ? 'the address of the same node' : 'the address of the node that it gets';
  return `${name} and with ${address}`;
}

/** Source: kubernetes/kubernetes `plugin/pkg/admission/defaulttolerationseconds/admission.go`. */
const evicted =
  '  Pods of it are deleted after 300 s unless they tolerate more, and their controllers make others on other nodes.';
