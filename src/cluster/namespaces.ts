import type { NamespaceObject } from '../manifests/kinds.ts';
import { type Manifest, nameOf } from '../manifests/manifest.ts';
import type { Namespace } from './cluster.ts';
import { mergeLabels } from './selector.ts';

/** The namespaces that every cluster starts with. Source: kubernetes/kubernetes `pkg/controlplane/controller/systemnamespaces`. */
export const systemNamespaces: readonly string[] = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];

/**
 * The namespaces that are declared, those that objects name, and those of every cluster, by name.
 * Each carries its name as a label, whatever the manifest says.
 * Source: kubernetes/kubernetes `pkg/apis/core/v1/defaults.go` SetDefaults_Namespace.
 */
export function makeNamespaces(
  declared: readonly Manifest<NamespaceObject>[],
  named: Iterable<string>,
): ReadonlyMap<string, Namespace> {
  const namespaces = new Map<string, Namespace>();
  for (const manifest of declared) {
    const name = nameOf(manifest.object);
    namespaces.set(name, { name, labels: labelsOf(name, manifest.object.metadata?.labels), manifest });
  }
  for (const name of [...systemNamespaces, ...named]) {
    if (!namespaces.has(name)) namespaces.set(name, { name, labels: labelsOf(name) });
  }
  return namespaces;
}

function labelsOf(name: string, declared?: Namespace['labels']): Namespace['labels'] {
  return mergeLabels(declared, { 'kubernetes.io/metadata.name': name });
}
