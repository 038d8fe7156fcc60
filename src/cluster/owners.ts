import type { ControllerObject } from '../manifests/kinds.ts';
import { type Manifest, nameOf, namespaceOf } from '../manifests/manifest.ts';
import { present } from '../manifests/schema.ts';
import { idOf } from './objects.ts';
import { matches, mergeLabels, requirementsOf } from './selector.ts';

/** Who controls an object: present among the manifests, or only named by it. */
export type Owner =
  | { readonly manifest: Manifest }
  | { readonly manifest?: undefined; readonly kind: string; readonly name: string };

/** A look-up of runners by id. */
export type Runners = ReadonlyMap<string, Manifest>;

/** The runners by their ids. */
export function indexRunners(runners: readonly Manifest[]): Runners {
  return new Map(runners.map((manifest) => [idOf(manifest), manifest]));
}

/**
 * The topmost controller of an exported object, following the owner reference that says `controller: true`
 * (apimachinery `pkg/apis/meta/v1/controller_ref.go` GetControllerOf). Undefined where nobody controls it; a Node
 * that "owns" its static pods does not make them one workload.
 */
export function ownerOf(manifest: Manifest, runners: Runners): Owner | undefined {
  const seen = new Set([manifest]);
  let owner = controllerOf(manifest, runners);
  while (owner?.manifest && !seen.has(owner.manifest)) {
    seen.add(owner.manifest);
    const next = controllerOf(owner.manifest, runners);
    // A circle in the text further up: who closes it stands for all.
    if (!next || (next.manifest && next.manifest !== manifest && seen.has(next.manifest))) break;
    owner = next;
  }
  // Who is his own owner, at whatever distance, has none.
  return owner?.manifest === manifest ? undefined : owner;
}

function controllerOf(manifest: Manifest, runners: Runners): Owner | undefined {
  const references = present(manifest.object.metadata?.ownerReferences);
  const reference = references.find(([, { controller }]) => controller)?.[1];
  if (!reference?.name || reference.kind === 'Node') return undefined;
  const { kind = 'Pod', name } = reference;
  const found = runners.get(`${kind}/${namespaceOf(manifest.object)}/${name}`);
  if (found) return { manifest: found };
  return deploymentBehind(manifest, kind, name, runners) ?? { kind, name };
}

/**
 * The Deployment whose ReplicaSet was not exported: a ReplicaSet is named for its Deployment and the hash that its pods
 * carry as a label (kubernetes/kubernetes `pkg/controller/deployment/sync.go` getNewReplicaSet).
 */
function deploymentBehind(manifest: Manifest, kind: string, name: string, runners: Runners): Owner | undefined {
  const labels = manifest.object.metadata?.labels ?? {};
  const hash = labels['pod-template-hash'];
  if (kind !== 'ReplicaSet' || !hash || !name.endsWith(`-${hash}`)) return undefined;
  const deploymentName = name.slice(0, -hash.length - 1);
  const deployment = runners.get(`Deployment/${namespaceOf(manifest.object)}/${deploymentName}`);
  const selector = (deployment?.object as ControllerObject | undefined)?.spec?.selector;
  if (!deployment || !selector || !matches(mergeLabels(labels), requirementsOf(selector))) return undefined;
  return { manifest: deployment };
}

/** `namespace/Kind/name` of the workload that an owner stands for. */
export function workloadIdOf(namespace: string, owner: Owner): string {
  const [kind, name] = owner.manifest
    ? [owner.manifest.object.kind, nameOf(owner.manifest.object)]
    : [owner.kind, owner.name];
  return `${namespace}/${kind}/${name}`;
}
