import type {
  ControllerObject,
  CronJobObject,
  KubernetesObject,
  LabelSelector,
  Labels,
} from '../../manifests/kinds.ts';
import type { Path } from '../../manifests/manifest.ts';
import { problemsInLabels } from './labels.ts';
import type { Problem } from './problem.ts';
import { problemsInSelector } from './selector.ts';

/** The fields with labels of all the kinds that have them. */
interface WithLabels extends KubernetesObject {
  readonly spec?: {
    readonly selector?: LabelSelector | Labels;
    readonly template?: NonNullable<ControllerObject['spec']>['template'];
    readonly jobTemplate?: NonNullable<CronJobObject['spec']>['jobTemplate'];
  };
}

/** Kinds whose selector is a plain map of labels. */
const selectingByMap = new Set(['Service', 'ReplicationController']);

/** Kinds with a selector such as a policy's. */
const selecting = new Set(['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet']);

/**
 * What is wrong with the labels that an object has or gives to its pods, and with those that it selects pods by.
 * Source: apimachinery `pkg/api/validation/objectmeta.go` ValidateObjectMetaAccessor; kubernetes/kubernetes
 * `pkg/apis/{core,apps}/validation/validation.go`.
 */
export function problemsInObjectLabels(object: KubernetesObject): readonly Problem[] {
  const { kind = '', metadata, spec } = object as WithLabels;
  const selector = ['spec', 'selector'];
  return [
    ...problemsInLabels(metadata?.labels, ['metadata', 'labels']),
    ...problemsInTemplate(spec?.template, ['spec', 'template']),
    ...problemsInTemplate(spec?.jobTemplate?.spec?.template, ['spec', 'jobTemplate', 'spec', 'template']),
    ...(selectingByMap.has(kind) ? problemsInLabels(spec?.selector as Labels | undefined, selector) : []),
    ...(selecting.has(kind) ? problemsInSelector(spec?.selector as LabelSelector | undefined, selector) : []),
  ];
}

function problemsInTemplate(template: NonNullable<WithLabels['spec']>['template'], path: Path): readonly Problem[] {
  return problemsInLabels(template?.metadata?.labels, [...path, 'metadata', 'labels']);
}
