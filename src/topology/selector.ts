import type {
  ControllerObject,
  KubernetesObject,
  Labels,
  NetworkPolicyObject,
  ServiceObject,
} from '../manifests/kinds.ts';
import type { Manifest } from '../manifests/manifest.ts';

/** The labels that an object selects pods by, in `selector`; nothing where its kind has none, or nobody wrote it. */
export function selectorIn(manifest: Manifest | undefined): { readonly selector?: Labels } {
  const selector = manifest && labelsAsked(manifest.object);
  if (!selector) return {};
  return { selector: Object.fromEntries(Object.entries(selector).filter(([, value]) => typeof value === 'string')) };
}

function labelsAsked(object: KubernetesObject): Labels | undefined {
  switch (object.kind) {
    case 'Service':
    case 'ReplicationController':
      return (object as ServiceObject).spec?.selector ?? {};
    case 'NetworkPolicy':
      return (object as NetworkPolicyObject).spec?.podSelector?.matchLabels ?? {};
    case 'Deployment':
    case 'ReplicaSet':
    case 'StatefulSet':
    case 'DaemonSet':
      return (object as ControllerObject).spec?.selector?.matchLabels ?? {};
    default:
      return undefined;
  }
}
