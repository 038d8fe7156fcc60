import type { Cluster } from '../cluster/cluster.ts';
import { replaceString } from '../edits/value.ts';
import type {
  AdminNetworkPolicyObject,
  ClusterNetworkPolicyObject,
  EndpointSliceObject,
  KubernetesObject,
  NetworkPolicyObject,
  ServiceObject,
} from '../manifests/kinds.ts';
import { type Manifest, spanOf } from '../manifests/manifest.ts';
import type { Draft, Rule } from './finding.ts';
import {
  problemsInAdminNetworkPolicy,
  problemsInBaselineAdminNetworkPolicy,
} from './validation/admin-network-policy.ts';
import { problemsInClusterNetworkPolicy } from './validation/cluster-network-policy.ts';
import { problemsInEndpointSlice } from './validation/endpoint-slice.ts';
import { problemsInNames } from './validation/metadata.ts';
import { problemsInNetworkPolicy } from './validation/network-policy.ts';
import { problemsInObjectLabels } from './validation/object-labels.ts';
import { problemsInPods } from './validation/pod.ts';
import type { Change, Problem } from './validation/problem.ts';
import { problemsInService } from './validation/service.ts';

/** What the API server would refuse of the objects, field by field. */
export function findRefused(cluster: Cluster): readonly Draft[] {
  return manifestsOf(cluster).flatMap((manifest) => {
    const problems = problemsIn(manifest.object);
    return problems.length === 0 ? [] : draftsOf(manifest, problems);
  });
}

/** The manifests of everything whose names, labels or rules decide who reaches whom. */
function manifestsOf({
  namespaces,
  nodes,
  workloads,
  services,
  endpointSlices,
  policies,
  clusterPolicies,
}: Cluster): readonly Manifest[] {
  const made = [...namespaces.values(), ...nodes, ...workloads.values(), ...services.values()];
  const given = [...endpointSlices, ...[...policies.values()].flat(), ...clusterPolicies];
  return [...made.flatMap(({ manifest }) => manifest ?? []), ...given];
}

interface Ruled {
  readonly rule: Rule;
  readonly problem: Problem;
}

const known = new WeakMap<KubernetesObject, readonly Ruled[]>();

/** Found once for as long as the text of the object stays the same. */
function problemsIn(object: KubernetesObject): readonly Ruled[] {
  let problems = known.get(object);
  if (!problems) {
    problems = [
      ...ruled('name-invalid', problemsInNames(object)),
      ...ruled('label-invalid', problemsInObjectLabels(object)),
      ...ruled('policy-invalid', problemsInPolicy(object)),
      ...ruled('pod-invalid', problemsInPods(object)),
      ...ruled('service-invalid', problemsInServing(object)),
    ];
    known.set(object, problems);
  }
  return problems;
}

function ruled(rule: Rule, problems: readonly Problem[]): readonly Ruled[] {
  return problems.map((problem) => ({ rule, problem }));
}

/** A Service, and what stands behind it. */
function problemsInServing(object: KubernetesObject): readonly Problem[] {
  switch (object.kind) {
    case 'Service':
      return problemsInService(object as ServiceObject);
    case 'EndpointSlice':
      return problemsInEndpointSlice(object as EndpointSliceObject);
    default:
      return [];
  }
}

/** The reader gave every object the shape of its kind, so its type follows from the kind. */
function problemsInPolicy(object: KubernetesObject): readonly Problem[] {
  switch (object.kind) {
    case 'NetworkPolicy':
      return problemsInNetworkPolicy(object as NetworkPolicyObject);
    case 'AdminNetworkPolicy':
      return problemsInAdminNetworkPolicy(object as AdminNetworkPolicyObject);
    case 'BaselineAdminNetworkPolicy':
      return problemsInBaselineAdminNetworkPolicy(object as AdminNetworkPolicyObject);
    case 'ClusterNetworkPolicy':
      return problemsInClusterNetworkPolicy(object as ClusterNetworkPolicyObject);
    default:
      return [];
  }
}

/** What an anchor names is written once, however often it is asked for. */
function draftsOf(manifest: Manifest, problems: readonly Ruled[]): readonly Draft[] {
  const drafts = problems.map(({ rule, problem }) => draftOf(manifest, rule, problem));
  return [...new Map(drafts.map((draft) => [`${spanOf(draft.place).start} ${draft.message}`, draft])).values()];
}

function draftOf(manifest: Manifest, rule: Rule, { path, part, message, severity, repair }: Problem): Draft {
  return {
    rule,
    message,
    place: { manifest, path, ...(part && { part }) },
    ...(severity && { severity }),
    ...(repair && {
      fixes: [{ title: repair.title, splices: repair.changes.map((change) => spliceOf(manifest, change)) }],
    }),
  };
}

function spliceOf(manifest: Manifest, { path, old, value }: Change) {
  return typeof old === 'string' && typeof value === 'string'
    ? replaceString(manifest, path, old, value)
    : { uri: manifest.uri, span: manifest.locate(path), text: String(value) };
}
