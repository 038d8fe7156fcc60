import type {
  ControllerObject,
  CronJobObject,
  JobObject,
  Labels,
  PodObject,
  PodSpec,
  PodTemplate,
} from '../manifests/kinds.ts';
import { type Manifest, nameOf, namespaceOf, type Path } from '../manifests/manifest.ts';
import type { Pod } from './cluster.ts';
import { suffix } from './hash.ts';
import { indexRunners, type Owner, ownerOf, workloadIdOf } from './owners.ts';
import { phaseByGates, phaseOfJob } from './phase.ts';
import { mergeLabels, type Requirement } from './selector.ts';

/** A workload before its pods are placed: what the template says, and what its controller adds. */
export interface WorkloadPlan {
  readonly id: string;
  readonly namespace: string;
  readonly kind: string;
  readonly name: string;
  readonly manifest?: Manifest;
  readonly template: Path;
  readonly spec: PodSpec;
  /** Labels of every pod: the template's, and those that the controller adds. */
  readonly labels: Labels;
  /** How many pods were asked for; undefined: one on each node. */
  readonly replicas: number | undefined;
  /** The number of the first pod: `spec.ordinals.start` of a StatefulSet. */
  readonly firstOrdinal: number;
  /** Whether each pod has a number of its own by which it is known: a Job of `completionMode: Indexed`. */
  readonly indexed: boolean;
  /** The phase of the pods that are simulated. */
  readonly phase: Pod['phase'];
  /** The pods that were exported with the controller; none are simulated then. */
  readonly exported: readonly Manifest<PodObject>[];
}

const noLabels: Labels = mergeLabels();

/** The workloads that the manifests make, and for each the exported Pods that belong to it. Controllers come first. */
export function planWorkloads(runners: readonly Manifest[]): readonly WorkloadPlan[] {
  const index = indexRunners(runners);
  const plans = new Map<string, WorkloadPlan & { exported: Manifest<PodObject>[] }>();
  for (const manifest of runners) {
    const owner = ownerOf(manifest, index);
    const isPod = manifest.object.kind === 'Pod';
    if (owner?.manifest && !isPod) continue;
    const id = workloadIdOf(namespaceOf(manifest.object), owner ?? { manifest });
    const plan = plans.get(id);
    if (isPod && owner && plan) {
      plan.exported.push(manifest);
      continue;
    }
    const next = { ...planOf(manifest, owner), exported: isPod ? [manifest] : [] };
    if (!plan || runsMore(next, plan)) plans.set(id, next);
  }
  return [...plans.values()];
}

/** Of several ReplicaSets of one absent Deployment that which runs pods is the present one; the others are its history. */
function runsMore({ replicas = 1 }: WorkloadPlan, other: WorkloadPlan): boolean {
  return replicas > (other.replicas ?? 1);
}

function planOf(manifest: Manifest, owner: Owner | undefined): Omit<WorkloadPlan, 'exported'> {
  const namespace = namespaceOf(manifest.object);
  const named = owner && !owner.manifest ? owner : undefined;
  return {
    ...planAlone(manifest),
    ...(named && { kind: named.kind, name: named.name }),
    id: workloadIdOf(namespace, owner ?? { manifest }),
  };
}

type PlanAlone = Omit<WorkloadPlan, 'exported' | 'id'>;

/** What depends on the object alone is worked out once for as long as its text stays the same. */
const known = new WeakMap<object, Omit<PlanAlone, 'manifest'>>();

function planAlone(manifest: Manifest): PlanAlone {
  let plan = known.get(manifest.object);
  if (!plan) {
    plan = derivePlan(manifest);
    known.set(manifest.object, plan);
  }
  return { ...plan, manifest };
}

function derivePlan({ object }: Manifest): Omit<PlanAlone, 'manifest'> {
  const namespace = namespaceOf(object);
  const kind = object.kind ?? '';
  const name = nameOf(object);
  const { template, path, replicas, indexed = false } = templateOf(object);
  const added = labelsFromController(kind, namespace, name);
  return {
    namespace,
    kind,
    name,
    template: path,
    spec: template?.spec ?? {},
    labels: mergeLabels(template?.metadata?.labels ?? noLabels, added),
    replicas,
    firstOrdinal: count((object as ControllerObject).spec?.ordinals?.start ?? 0),
    indexed,
    phase: phaseOfJob(object) ?? phaseByGates(template?.spec) ?? 'Running',
  };
}

interface Template {
  readonly template: PodTemplate | undefined;
  readonly path: Path;
  readonly replicas: number | undefined;
  readonly indexed?: boolean;
}

/** Where each kind keeps its pod template, and how many pods it asks for. */
function templateOf(object: Manifest['object']): Template {
  switch (object.kind) {
    case 'Pod':
      return { template: object as PodObject, path: [], replicas: 1 };
    case 'Job': {
      const spec = (object as JobObject).spec;
      return {
        template: spec?.template,
        path: ['spec', 'template'],
        replicas: podsOfJob(spec),
        indexed: isIndexed(spec),
      };
    }
    case 'CronJob': {
      const spec = (object as CronJobObject).spec;
      const job = spec?.jobTemplate?.spec;
      const path = ['spec', 'jobTemplate', 'spec', 'template'];
      return { template: job?.template, path, replicas: spec?.suspend ? 0 : podsOfJob(job), indexed: isIndexed(job) };
    }
    default: {
      const spec = (object as ControllerObject).spec;
      const replicas = object.kind === 'DaemonSet' ? undefined : count(spec?.replicas);
      return { template: spec?.template, path: ['spec', 'template'], replicas };
    }
  }
}

/**
 * How many pods of a Job run at a time.
 * Source: kubernetes/kubernetes `pkg/controller/job/job_controller.go` manageJob (parallelism, at most completions).
 */
function podsOfJob(spec: JobObject['spec']): number {
  if (spec?.suspend) return 0;
  return Math.min(count(spec?.parallelism), count(spec?.completions ?? spec?.parallelism));
}

function isIndexed(spec: JobObject['spec']): boolean {
  return spec?.completionMode === 'Indexed';
}

function count(asked: number | undefined): number {
  return Math.max(0, Math.trunc(asked ?? 1));
}

const templateHash = 'pod-template-hash';
const revisionHash = 'controller-revision-hash';
const templateGeneration = 'pod-template-generation';
const jobName = ['batch.kubernetes.io/job-name', 'job-name'] as const;
const jobUid = ['batch.kubernetes.io/controller-uid', 'controller-uid'] as const;

/** The label by which a pod of an Indexed Job is known (kubernetes/api `batch/v1/types.go` JobCompletionIndexAnnotation). */
export const completionIndexLabel = 'batch.kubernetes.io/job-completion-index';

/**
 * The labels that a controller adds to all its pods. What is a hash or an identifier among them is the simulation's.
 * Source: kubernetes/api `apps/v1/types.go` DefaultDeploymentUniqueLabelKey, ControllerRevisionHashLabelKey,
 * `extensions/v1beta1/types.go` DaemonSetTemplateGenerationKey; kubernetes/kubernetes `pkg/apis/batch/types.go`
 * JobNameLabel, ControllerUidLabel, and their Legacy forms.
 */
function labelsFromController(kind: string, namespace: string, name: string): Labels {
  const hash = suffix(`${namespace}/${kind}/${name}`, 10);
  switch (kind) {
    case 'Deployment':
      return { [templateHash]: hash };
    case 'StatefulSet':
      return { [revisionHash]: `${name}-${hash}` };
    case 'DaemonSet':
      return { [revisionHash]: hash, [templateGeneration]: '1' };
    case 'Job':
      return labelsOfJob(name, hash);
    case 'CronJob':
      return labelsOfJob(`${name}-${hash.slice(0, 8)}`, hash);
    default:
      return noLabels;
  }
}

function labelsOfJob(name: string, uid: string): Labels {
  return Object.fromEntries([...jobName.map((key) => [key, name]), ...jobUid.map((key) => [key, uid])]);
}

/** Whose value nobody knows before the controller has made it up. */
const madeUp: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['Deployment', new Set([templateHash])],
  ['StatefulSet', new Set([revisionHash])],
  ['DaemonSet', new Set([revisionHash, templateGeneration])],
  ['Job', new Set(jobUid)],
  ['CronJob', new Set([...jobName, ...jobUid])],
]);

const allMadeUp: ReadonlySet<string> = new Set([...madeUp.values()].flatMap((keys) => [...keys]));

/** Whether a term asks for the value of a label that the pod surely has, but with a value that no manifest tells. */
export function asksForMadeUp(pod: Pick<Pod, 'specPath' | 'workload'>, { key, operator }: Requirement): boolean {
  return (operator === 'In' || operator === 'NotIn') && isMadeUp(pod, key);
}

/** Whether the value of a label is the simulation's, in the place of one that a controller would make up. */
export function isMadeUp({ specPath, workload }: Pick<Pod, 'specPath' | 'workload'>, key: string): boolean {
  const keys = specPath.length > 0 ? madeUp.get(workload.manifest?.object.kind ?? '') : undefined;
  return keys?.has(key) ?? false;
}

/** Whether a selector asks for a label of which some controller makes up the value. */
export function mayAskForMadeUp(terms: readonly Requirement[]): boolean {
  return terms.some(({ key }) => allMadeUp.has(key));
}
