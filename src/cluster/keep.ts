import type { Manifest } from '../manifests/manifest.ts';
import type { Cluster, Endpoint, Grounds, Node, Pod, Service } from './cluster.ts';
import { type EndpointSources, hasWrittenEndpoints } from './endpoints.ts';
import { mayBeSelected } from './label-index.ts';
import { hasSameFields, isSame, isSameList } from './same.ts';
import type { ServicePlan } from './services.ts';

// A cluster takes over from the one before an edit whatever comes out as it was there, so that what was found out about
// it, and is remembered under it, outlives the edit. What is not compared here would be an answer that is stale.

/** The namespaces of the cluster before if all came out the same; else those of `now`. */
export function keepNamespaces(before: Cluster | undefined, now: Cluster['namespaces']): Cluster['namespaces'] {
  return before && isSame(before.namespaces, now) ? before.namespaces : now;
}

/** The nodes of the cluster before, as far as those of `now` came out the same. */
export function keepNodes(before: Cluster | undefined, now: readonly Node[]): readonly Node[] {
  const known = new Map(before?.nodes.map((node) => [node.name, node]));
  return now.map((node) => {
    const old = known.get(node.name);
    return old && isSame(old, node) ? old : node;
  });
}

/**
 * Which Services of the cluster before are those of the plans still: nothing of the Service itself changed, no pod that
 * it may select came, went or was replaced, and no person wrote of its endpoints.
 */
export function unchangedServices(
  before: Cluster,
  workloads: Cluster['workloads'],
  sources: EndpointSources,
): (plan: ServicePlan) => Service | undefined {
  const isAffected = mayBeSelected(changedPods(before.workloads, workloads));
  return (plan) => {
    const old = before.services.get(plan.id);
    const isKept =
      old &&
      isSamePlan(old, plan) &&
      !(plan.selector && isAffected(plan.namespace, plan.selector)) &&
      !hasWrittenEndpoints(plan.id, sources) &&
      !old.endpoints.some(({ manifest }) => manifest);
    return isKept ? old : undefined;
  };
}

function isSamePlan(a: ServicePlan, b: ServicePlan): boolean {
  return a === b || hasSameFields<Partial<Service>>(a, { ...b, endpoints: [] }, ['endpoints']);
}

/** The pods of the workloads that are not the same in both, of either. */
function changedPods(before: Cluster['workloads'], now: Cluster['workloads']): readonly Pod[] {
  const gone = [...before.values()].filter((workload) => now.get(workload.id) !== workload);
  const come = [...now.values()].filter((workload) => before.get(workload.id) !== workload);
  return [...gone, ...come].flatMap(({ pods }) => pods);
}

/** The Service of the cluster before, endpoints included, if `now` came out the same. */
export function keepService(before: Cluster | undefined, now: Service): Service {
  const old = before?.services.get(now.id);
  return old && isSamePlan(old, now) && isSameList(old.endpoints, now.endpoints, isSameEndpoint) ? old : now;
}

function isSameEndpoint(a: Endpoint, b: Endpoint): boolean {
  return a.pod === b.pod && hasSameFields(a, b, ['pod']);
}

/** The two ends of a connection bring these, or they say nothing of whether it may be opened; policies are told apart. */
const notCommon: readonly (keyof Cluster)[] = [
  'policies',
  'workloads',
  'services',
  'endpointSlices',
  'configMaps',
  'secrets',
  'ingresses',
  'routes',
  'webhooks',
  'apiServices',
  'duplicates',
];

/** Grounds that no other cluster has. */
export function newGrounds(): Grounds {
  return { all: {}, common: {}, policies: new Map() };
}

/** The grounds of the cluster before as far as they are those of `now`, wherever their texts stand; else new ones. */
export function keepGrounds(before: Cluster | undefined, now: Omit<Cluster, 'grounds'>): Grounds {
  const old = before?.grounds ?? newGrounds();
  const keptPolicies = [...now.policies].map(([namespace, policies]) => {
    const isSame = isSameList(before?.policies.get(namespace) ?? [], policies, isSameObject);
    return [namespace, (isSame && old.policies.get(namespace)) || {}] as const;
  });
  const policies = new Map(keptPolicies);
  const isCommon = before && hasSameFields(before, { ...now, grounds: old }, notCommon, isSameObject);
  const isAll = isCommon && isSameGrounds(policies, old.policies);
  return { all: isAll ? old.all : {}, common: isCommon ? old.common : {}, policies };
}

function isSameGrounds(a: Grounds['policies'], b: Grounds['policies']): boolean {
  return a.size === b.size && [...a].every(([namespace, each]) => b.get(namespace) === each);
}

function isSameObject(a: Manifest, b: Manifest): boolean {
  return a.object === b.object;
}
