import type { Manifest } from '../manifests/manifest.ts';
import type { Cluster, Endpoint, Node, Pod, Service, Workload } from './cluster.ts';
import { hasSameFields, isSame, isSameList } from './same.ts';

// A cluster takes over from the one before it whatever came out the same, so that what was found out about a workload or
// a Service, and is remembered under it, outlives an edit elsewhere. Not what went into it is compared but what came
// out, for an input that is forgotten would be an answer that is stale.

/** `now`, with the nodes that came out as they were in the cluster before. */
export function keepNodes(before: Cluster | undefined, now: readonly Node[]): readonly Node[] {
  const known = new Map(before?.nodes.map((node) => [node.name, node]));
  return now.map((node) => {
    const old = known.get(node.name);
    return old && isSame(old, node) ? old : node;
  });
}

/** The workload of the cluster before, pods included, if `now` says the same. Its nodes are kept first. */
export function keepWorkload(before: Cluster | undefined, now: Workload): Workload {
  const old = before?.workloads.get(now.id);
  return old && isSameWorkload(old, now) ? old : now;
}

function isSameWorkload(a: Workload, b: Workload): boolean {
  return (
    hasSameFields(a, b, ['pods', 'prototype']) &&
    isSameList(a.pods, b.pods, isSamePod) &&
    isSamePod(a.prototype, b.prototype)
  );
}

function isSamePod(a: Pod, b: Pod): boolean {
  return hasSameFields(a, b, ['workload']);
}

/** The Service of the cluster before, endpoints included, if `now` says the same. Its pods are kept first. */
export function keepService(before: Cluster | undefined, now: Service): Service {
  const old = before?.services.get(now.id);
  return old && isSameService(old, now) ? old : now;
}

function isSameService(a: Service, b: Service): boolean {
  return hasSameFields(a, b, ['endpoints']) && isSameList(a.endpoints, b.endpoints, isSameEndpoint);
}

function isSameEndpoint(a: Endpoint, b: Endpoint): boolean {
  return a.pod === b.pod && hasSameFields(a, b, ['pod']);
}

/** The two ends of a connection bring these, or they say nothing of whether it may be opened. */
const notGrounds: readonly (keyof Cluster)[] = [
  'workloads',
  'services',
  'configMaps',
  'ingresses',
  'routes',
  'duplicates',
];

/** The grounds of the cluster before if they are those of `now`, wherever their texts stand; else new ones. */
export function keepGrounds(before: Cluster | undefined, now: Omit<Cluster, 'grounds'>): Cluster['grounds'] {
  if (!before) return {};
  const { grounds } = before;
  return hasSameFields(before, { ...now, grounds }, notGrounds, isSameObject) ? grounds : {};
}

function isSameObject(a: Manifest, b: Manifest): boolean {
  return a.object === b.object;
}
