import type { PodObject } from '../manifests/kinds.ts';
import { type Manifest, nameOf } from '../manifests/manifest.ts';
import { present } from '../manifests/schema.ts';
import { canonicalText } from './address.ts';
import type { Node, Pod, Workload } from './cluster.ts';
import { hash, suffix } from './hash.ts';
import { isHeldBack, phaseByGates } from './phase.ts';
import type { Placement } from './placement.ts';
import { nodesFor } from './scheduling.ts';
import { mergeLabels } from './selector.ts';
import type { GivenAddress } from './services.ts';
import { completionIndexLabel, type WorkloadPlan } from './workloads.ts';

/** Of one workload no more pods than this are simulated. */
export const podsSimulated = 100;

/** Above this sum one pod stands for all of its workload: text asks for more pods than any cluster runs. */
const mostPods = 50_000;

/** The nodes that pods name, each with the address that an exported one says it has. */
export function nodesNamed(plans: readonly WorkloadPlan[]): ReadonlyMap<string, string | undefined> {
  const named = new Map<string, string | undefined>();
  for (const { spec, exported } of plans) {
    if (spec.nodeName && !named.has(spec.nodeName)) named.set(spec.nodeName, undefined);
    for (const { object } of exported) {
      const name = object.spec?.nodeName;
      if (name) named.set(name, named.get(name) ?? object.status?.hostIP);
    }
  }
  return named;
}

/** How many pods of each workload are simulated at most, where these are asked for. */
export function mostSimulated(plans: readonly WorkloadPlan[]): number {
  const asked = plans.reduce((sum, { replicas = 1 }) => sum + Math.min(replicas, podsSimulated), 0);
  return asked > mostPods ? 1 : podsSimulated;
}

/** The addresses that a workload's exported pods say they have. */
export function addressesGiven({ exported }: WorkloadPlan): readonly string[] {
  return exported.flatMap(({ object }) => givenAddresses(object));
}

/** Where pods may run, and who gives them their addresses. */
type Site = Pick<Placement, 'nodes' | 'draw'>;

/** The workload of a plan with its pods, of which no more than `most` are simulated. What it is depends on these alone. */
export function run(plan: WorkloadPlan, site: Site, most: number): Workload {
  const { id, namespace, kind, name, manifest, template } = plan;
  const nodes = nodesFor(plan, site.nodes);
  const replicas = replicasOf(plan) ?? nodes.length;
  const pods: Pod[] = [];
  // The pods name their workload, and it them: the one circle of the model, closed here and never changed after.
  const open = { id, namespace, kind, name, manifest, template, replicas, pods };
  const workload = open as typeof open & { prototype: Pod };
  for (const pod of plan.exported) pods.push(exportedPod(pod, plan, workload, site));
  const simulated = pods.length > 0 ? 0 : Math.min(replicas, most);
  // The pods of one workload go round the nodes.
  const first = hash(id);
  const simulate = (index: number) => {
    const ordinal = plan.firstOrdinal + index;
    const node = isHeldBack(plan.spec) ? undefined : nodes[(first + ordinal) % nodes.length];
    return simulatedPod(plan, workload, ordinal, node, site);
  };
  for (let index = 0; index < simulated; index++) pods.push(simulate(index));
  workload.prototype = pods[0] ?? simulate(0);
  return workload;
}

/** What an absent controller was asked for is not known: its exported pods are all there is. */
function replicasOf({ template, exported, replicas }: WorkloadPlan): number | undefined {
  const isOfPodsAlone = template.length === 0 && exported.length > 0;
  return isOfPodsAlone ? exported.length : replicas;
}

const idle = { ready: true, terminating: false, simulated: true } as const;

function simulatedPod(
  plan: WorkloadPlan,
  workload: Workload,
  ordinal: number,
  node: Node | undefined,
  site: Site,
): Pod {
  const { namespace, spec, manifest, template: specPath, phase } = plan;
  const name = podName(plan, ordinal);
  const labels = labelsOf(plan, name, ordinal);
  const addresses = addressesFor(`${namespace}/${name}`, spec.hostNetwork, node, site);
  return { ...idle, phase, namespace, name, labels, spec, workload, manifest, specPath, node, addresses };
}

function addressesFor(key: string, hostNetwork: boolean | undefined, node: Node | undefined, site: Site) {
  if (!node) return [];
  if (hostNetwork) return node.addresses;
  return site.draw(node, key);
}

/**
 * A StatefulSet and an Indexed Job tell each pod by labels of its own.
 * Source: kubernetes/kubernetes `pkg/controller/statefulset/stateful_set_utils.go` initIdentity,
 * `pkg/controller/job/indexed_job_utils.go` addCompletionIndexLabel.
 */
function labelsOf({ kind, labels, indexed }: WorkloadPlan, name: string, ordinal: number): Pod['labels'] {
  if (indexed) return mergeLabels(labels, { [completionIndexLabel]: String(ordinal) });
  if (kind !== 'StatefulSet') return labels;
  return mergeLabels(labels, { [podNameLabel]: name, [podIndexLabel]: String(ordinal) });
}

const podNameLabel = 'statefulset.kubernetes.io/pod-name';
const podIndexLabel = 'apps.kubernetes.io/pod-index';

/** The labels that tell the pods of one workload apart. */
export const labelsOfOne: ReadonlySet<string> = new Set([podNameLabel, podIndexLabel, completionIndexLabel]);

/**
 * Names as the controllers make them, with the simulation's hashes.
 * Source: kubernetes/kubernetes `pkg/controller/statefulset/stateful_set_utils.go` getPodName; apiserver
 * `pkg/storage/names/generate.go` for the five characters; `pkg/controller/job/indexed_job_utils.go`
 * podGenerateNameWithIndex.
 */
function podName({ kind, name, id, labels, indexed }: WorkloadPlan, ordinal: number): string {
  const job = kind === 'CronJob' ? (labels['job-name'] ?? name) : name;
  if (indexed) return `${job}-${ordinal}-${suffix(`${id}/${ordinal}`, 5)}`;
  switch (kind) {
    case 'Pod':
      return name;
    case 'StatefulSet':
      return `${name}-${ordinal}`;
    case 'Deployment':
      return `${name}-${labels['pod-template-hash'] ?? suffix(id, 10)}-${suffix(`${id}/${ordinal}`, 5)}`;
    case 'CronJob':
      return `${job}-${suffix(`${id}/${ordinal}`, 5)}`;
    default:
      return `${name}-${suffix(`${id}/${ordinal}`, 5)}`;
  }
}

/** Phases in which a pod will not run again. */
const phases: ReadonlySet<string> = new Set<Pod['phase']>(['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown']);

function exportedPod(manifest: Manifest<PodObject>, plan: WorkloadPlan, workload: Workload, site: Site): Pod {
  const { metadata, spec = {}, status } = manifest.object;
  const name = nameOf(manifest.object);
  const held = phaseByGates(spec);
  const node = held ? undefined : nodeOf(spec, name, site);
  const given = held ? [] : givenAddresses(manifest.object);
  const hasNone = given.length === 0 && status?.phase === 'Pending';
  const drawn = () => addressesFor(`${plan.namespace}/${name}`, spec.hostNetwork, node, site);
  const ready = present(status?.conditions).find(([, { type }]) => type === 'Ready')?.[1];
  return {
    namespace: plan.namespace,
    name,
    labels: mergeLabels(metadata?.labels),
    spec,
    workload,
    manifest,
    specPath: [],
    node,
    // A pod that was exported while it waited had no address yet.
    addresses: given.length > 0 || hasNone ? given : drawn(),
    simulated: given.length === 0,
    phase: held ?? (phases.has(status?.phase ?? '') ? (status?.phase as Pod['phase']) : 'Running'),
    ready: ready ? ready.status === 'True' : true,
    terminating: metadata?.deletionTimestamp !== undefined,
  };
}

function nodeOf({ nodeName }: Pod['spec'], name: string, { nodes }: Site): Node | undefined {
  return nodes.find((candidate) => candidate.name === nodeName) ?? nodes[hash(name) % nodes.length];
}

/** The addresses in a Pod's status: `podIPs`, or `podIP` alone in older exports. */
export function givenPodIPs({ status }: PodObject): readonly GivenAddress[] {
  const several = present(status?.podIPs).flatMap(([index, { ip }]) =>
    ip ? [{ address: canonicalText(ip), path: ['status', 'podIPs', index, 'ip'] }] : [],
  );
  if (several.length > 0 || !status?.podIP) return several;
  return [{ address: canonicalText(status.podIP), path: ['status', 'podIP'] }];
}

function givenAddresses(pod: PodObject): readonly string[] {
  return givenPodIPs(pod).map(({ address }) => address);
}
