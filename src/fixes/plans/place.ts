import type { Cluster, Workload } from '../../cluster/cluster.ts';
import type { Data } from '../../edits/change.ts';
import { type Manifest, namespaceOf } from '../../manifests/manifest.ts';
import { freePolicyName, withObject } from '../new-object.ts';
import type { Trial } from '../trial.ts';

/** A policy as it is to be written. */
export interface NewPolicy {
  readonly namespace: string;
  /** What it is called where nobody has that name. */
  readonly name: string;
  readonly spec: Data;
  /** Whom it is for: it stands beside it where its namespace has no policy yet. */
  readonly workload?: Workload;
}

/** The trial with one more NetworkPolicy, behind the last of its namespace; undefined where there is no place for it. */
export function withPolicy(trial: Trial, { namespace, name, spec, workload }: NewPolicy): Trial | undefined {
  const beside = placesFor(trial, namespace, workload);
  const own = freePolicyName(trial, namespace, name);
  const object = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: metadataFor(own, namespace, beside[0]),
    spec,
  };
  return withObject(trial, beside, object, `${own}.yaml`);
}

/** The namespace is written but where it is the default one and the object beside leaves it out as well. */
export function metadataFor(name: string, namespace: string, beside: Manifest | undefined): Data {
  const isWritten = namespace !== 'default' || beside?.object.metadata?.namespace !== undefined;
  return { name, ...(isWritten && { namespace }) };
}

function placesFor(
  { cluster, manifests }: Trial,
  namespace: string,
  workload: Workload | undefined,
): readonly Manifest[] {
  const own = policiesIn(cluster, namespace).toReversed();
  const theNamespace = cluster.namespaces.get(namespace)?.manifest;
  const near = manifests.findLast(({ object }) => object.metadata?.namespace && namespaceOf(object) === namespace);
  return [...own, workload?.manifest, near, theNamespace].filter((each) => each !== undefined);
}

/** Those of them that are written in the set, in the order of their text. */
function policiesIn({ policies }: Cluster, namespace: string): readonly Manifest[] {
  return policies.get(namespace) ?? [];
}
