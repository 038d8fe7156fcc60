import type {
  ControllerObject,
  CronJobObject,
  JobObject,
  KubernetesObject,
  NetworkPolicyObject,
  ObjectMeta,
  PodObject,
  PodSpec,
  PolicyPeer,
} from '../manifests/kinds.ts';
import { type Manifest, namespaceOf } from '../manifests/manifest.ts';
import { type List, present } from '../manifests/schema.ts';
import { Workspace } from '../manifests/workspace.ts';

/** The pod that stands for whatever serves Ingresses and Routes: nothing is known of it but that it is not the cluster's. */
export const controllerPod = { namespace: 'ingress-controller-ns', name: 'ingress-controller' } as const;

/**
 * Manifests as `connlist` takes them: every pod runs, none in its node's network, and each belongs to the controller that
 * it names itself.
 */
export function connlistManifests(manifests: readonly Manifest[]): readonly Manifest[] {
  const controller = { apiVersion: 'v1', kind: 'Pod', metadata: controllerPod };
  return [...manifests.map(simplified), ...asWritten([...replicaSetsNamed(manifests), controller, cutting(manifests)])];
}

function simplified(manifest: Manifest): Manifest {
  return { ...manifest, object: simplify(manifest.object) };
}

function simplify(object: KubernetesObject): KubernetesObject {
  switch (object.kind) {
    case 'Pod': {
      const { status, metadata, spec, ...rest }: PodObject = object;
      return { ...rest, metadata: alive(metadata), spec: inPodNetwork(spec) } as PodObject;
    }
    case 'CronJob': {
      const { spec }: CronJobObject = object;
      const { suspend, jobTemplate, ...rest } = spec ?? {};
      const job = { ...jobTemplate, spec: running(jobTemplate?.spec) };
      return { ...object, metadata: unowned(object.metadata), spec: { ...rest, jobTemplate: job } } as CronJobObject;
    }
    case 'Deployment':
    case 'ReplicaSet':
    case 'StatefulSet':
    case 'DaemonSet':
    case 'ReplicationController':
    case 'Job': {
      const { spec }: ControllerObject = object;
      return { ...object, metadata: unowned(object.metadata), spec: running(spec) } as ControllerObject;
    }
    default:
      return object;
  }
}

type RunnerSpec = ControllerObject['spec'] & JobObject['spec'];

/** What asks for pods, without what may ask for none. */
function running(spec: RunnerSpec): RunnerSpec {
  const { replicas, suspend, parallelism, completions, template, ...rest } = spec ?? {};
  return { ...rest, template: { ...template, spec: inPodNetwork(template?.spec) } };
}

function inPodNetwork(spec: PodSpec | undefined): PodSpec {
  const { hostNetwork, ...rest } = spec ?? {};
  return rest;
}

function alive(metadata: ObjectMeta | undefined): ObjectMeta {
  const { deletionTimestamp, ...rest } = metadata ?? {};
  return rest;
}

function unowned(metadata: ObjectMeta | undefined): ObjectMeta {
  const { ownerReferences, ...rest } = metadata ?? {};
  return rest;
}

/** The ReplicaSets that pods say they are of: where one is present, its pods are not taken for those of a Deployment. */
function replicaSetsNamed(manifests: readonly Manifest[]): readonly KubernetesObject[] {
  const known = new Set(manifests.map(({ object }) => idOf(object.kind, namespaceOf(object), object.metadata?.name)));
  const missing = new Map<string, KubernetesObject>();
  for (const { object } of manifests) {
    const owner = present(object.metadata?.ownerReferences).find(([, { controller }]) => controller)?.[1];
    if (object.kind !== 'Pod' || owner?.kind !== 'ReplicaSet' || !owner.name) continue;
    const namespace = namespaceOf(object);
    const id = idOf('ReplicaSet', namespace, owner.name);
    const metadata = { namespace, name: owner.name };
    if (!known.has(id)) missing.set(id, { apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata });
  }
  return [...missing.values()];
}

/**
 * A policy about no pod, with the blocks of all NetworkPolicies: the world outside is cut by the rules of a direction, even
 * those of a policy that does not isolate it.
 */
function cutting(manifests: readonly Manifest[]): NetworkPolicyObject {
  const specs = manifests.flatMap(({ object }) => (object.kind === 'NetworkPolicy' ? specOf(object) : []));
  const from = specs.flatMap(({ ingress }) => present(ingress).flatMap(([, rule]) => blocksIn(rule.from)));
  const to = specs.flatMap(({ egress }) => present(egress).flatMap(([, rule]) => blocksIn(rule.to)));
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { namespace: controllerPod.namespace, name: 'cuts' },
    spec: {
      podSelector: { matchLabels: { cut: 'none' } },
      policyTypes: ['Ingress', 'Egress'],
      ...(from.length > 0 && { ingress: [{ from }] }),
      ...(to.length > 0 && { egress: [{ to }] }),
    },
  };
}

function specOf({ spec }: NetworkPolicyObject): NonNullable<NetworkPolicyObject['spec']> {
  return spec ?? {};
}

function blocksIn(peers: List<PolicyPeer> | undefined): readonly PolicyPeer[] {
  return present(peers).flatMap(([, { ipBlock }]) => (ipBlock ? [{ ipBlock }] : []));
}

function idOf(kind = '', namespace = '', name = ''): string {
  return `${kind}/${namespace}/${name}`;
}

/** Objects that nobody has written, read as if somebody had. */
function asWritten(objects: readonly KubernetesObject[]): readonly Manifest[] {
  const workspace = new Workspace({ roots: ['connlist:'] });
  const text = objects.map((object) => JSON.stringify(object)).join('\n---\n');
  workspace.apply([{ uri: 'connlist:objects.yaml', text }]);
  return workspace.snapshot().sets.flatMap((set) => set.manifests);
}
