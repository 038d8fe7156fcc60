import type { Cluster, Workload } from '../cluster/cluster.ts';
import type { ConfigMapObject } from '../manifests/kinds.ts';
import type { Manifest, Place } from '../manifests/manifest.ts';
import { holdIn, type Lookups, recording } from './dns/lookups.ts';
import { type ConfigMapUse, mentionsIn, type TextMention, textsOf } from './dns/texts.ts';
import { type CallTarget, targetOf } from './name-target.ts';

/**
 * Who looks a name up that stands in a manifest.
 *
 * - `containers`: those of a workload. Only these open connections by it that policy is asked of: `Call`.
 * - `kubelet`: the node that runs the workload, for a probe or a hook with a `host`. It asks the node's resolver.
 * - `apiServer`: it goes to the Service of a webhook itself and asks no DNS; for a `url` it asks the node's resolver.
 * - `controller`: that of an Ingress, which goes to a backend's endpoints itself and asks no DNS.
 * - `dns`: CoreDNS, which follows the target of an ExternalName from the root, without any search list.
 * - `anybody`: who reads an annotation is not known; it is looked up as a pod of the namespace would.
 */
export type Asker = 'containers' | 'kubelet' | 'apiServer' | 'controller' | 'dns' | 'anybody';

/** A name of something on the network, where it is written in a manifest. */
export interface NamedPlace {
  readonly asker: Asker;
  /** The workload whose text, or whose ConfigMap or Secret, it is; absent where it is nobody's in particular. */
  readonly workload?: Workload;
  /** The namespace from which short names count. */
  readonly namespace: string;
  /** Where the name stands, port included. */
  readonly place: Place;
  /** Where the whole word stands in the text, such as the URL with its scheme and its path. */
  readonly around: readonly [from: number, to: number];
  /** The host as it is asked for: `redis-cart`, `api.prod`. */
  readonly host: string;
  /**
   * Set where the text does not say `host` at the beginning of `place` in so many letters: `$(VAR)` puts it there, or it is
   * encoded. What is written there cannot be corrected by a splice of the host.
   */
  readonly indirect?: true;
  /** As written, or the scheme's own. */
  readonly port?: number;
  /** Where the port stands, if not behind the host: `clientConfig.service.port` of a webhook. */
  readonly portPlace?: Place;
  /** The service and protocol labels of an SRV lookup (`_mongodb._tcp`), which also says the port. */
  readonly srv?: string;
  readonly target: NameTarget;
}

/** `outside`: a name that the cluster's DNS passes on. It is clearly a name, and nobody's mistake. */
export type NameTarget = CallTarget | { readonly kind: 'outside' };

const known = new WeakMap<Cluster, readonly NamedPlace[]>();

/** Every name that the manifests of the cluster clearly say, each once for each workload that reads its text. */
export function namesIn(cluster: Cluster): readonly NamedPlace[] {
  let names = known.get(cluster);
  if (!names) {
    names = findNames(cluster);
    known.set(cluster, names);
  }
  return names;
}

function findNames(cluster: Cluster): readonly NamedPlace[] {
  const found: NamedPlace[] = [];
  for (const workload of cluster.workloads.values()) {
    for (const { name } of meaningsIn(cluster, workload)) if (name) found.push(name);
  }
  return found;
}

/** A mention, and the text that it stands in. */
interface Mentioned {
  readonly manifest: Manifest;
  readonly mention: TextMention;
}

/** What a mention was found to mean. */
interface Meaning extends Mentioned {
  readonly name?: NamedPlace;
  /** What it rests on, beside the workload; absent where that is more than a few names. */
  readonly lookups?: Lookups;
}

/** What the mentions of each workload meant the last time, in their order. */
const meanings = new WeakMap<Workload, readonly Meaning[]>();

/** An edit elsewhere leaves a name the same object, so that what is known of the call is known still. */
function meaningsIn(cluster: Cluster, workload: Workload): readonly Meaning[] {
  const before = meanings.get(workload) ?? [];
  const now = mentionedIn(cluster, workload).map((mentioned, index) => {
    const known = before[index];
    return known && stillHolds(cluster, known, mentioned) ? known : meaningOf(cluster, workload, mentioned);
  });
  meanings.set(workload, now);
  return now;
}

function stillHolds(cluster: Cluster, known: Meaning, { manifest, mention }: Mentioned): boolean {
  const isSame = known.mention === mention && known.manifest === manifest;
  return isSame && known.lookups !== undefined && holdIn(cluster, known.lookups);
}

function mentionedIn(cluster: Cluster, workload: Workload): readonly Mentioned[] {
  const { manifest, prototype, template, namespace } = workload;
  if (!manifest) return [];
  const { mentions, configMaps } = textsOf(prototype.spec, [...template, 'spec']);
  const mentioned: Mentioned[] = mentions.map((mention) => ({ manifest, mention }));
  for (const use of configMaps) {
    const data = cluster.configMaps.get(`${namespace}/${use.name}`);
    if (data) for (const mention of dataMentions(data, use)) mentioned.push({ manifest: data, mention });
  }
  return mentioned;
}

function meaningOf(cluster: Cluster, workload: Workload, { manifest, mention }: Mentioned): Meaning {
  const directory = recording(cluster);
  const target = targetOf(cluster, directory, workload, mention);
  if (!target) return { manifest, mention };
  const { host, port, path, from, to, around } = mention;
  const { namespace } = workload;
  const place: Place = { manifest, path, within: [from, to] };
  const name = {
    asker: 'containers',
    workload,
    namespace,
    place,
    around,
    host,
    target,
    ...(port && { port }),
  } as const;
  const { lookups } = directory;
  return { manifest, mention, name, ...(target.kind === 'service' && { lookups }) };
}

const noData: NonNullable<ConfigMapObject['data']> = Object.create(null);

const mentionsOfData = new WeakMap<ConfigMapObject, Map<string, readonly TextMention[]>>();

function dataMentions({ object }: Manifest<ConfigMapObject>, { key, variable }: ConfigMapUse): readonly TextMention[] {
  // Without data a look-up must find nothing, not what every JavaScript object has (`constructor`).
  const data = object.data ?? noData;
  const keys = key === undefined ? Object.keys(data) : [key];
  let known = mentionsOfData.get(object);
  if (!known) {
    known = new Map();
    mentionsOfData.set(object, known);
  }
  const memo = known;
  return keys.flatMap((each) => {
    const name = `${each} ${variable ?? ''}`;
    const found = memo.get(name) ?? mentionsIn(data[each] ?? '', name, ['data', each]);
    memo.set(name, found);
    return found;
  });
}
