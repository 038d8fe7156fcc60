import type { Cluster, Workload } from '../cluster/cluster.ts';
import type { Manifest, Path, Place } from '../manifests/manifest.ts';
import { dataMentions } from './dns/data-texts.ts';
import { holdIn, type Lookups, recording } from './dns/lookups.ts';
import { type MentionedInObject, mentionedInObjects } from './dns/object-texts.ts';
import { referringMentions } from './dns/referring.ts';
import { type TextMention, textsOf } from './dns/texts.ts';
import { type Asker, type NameTarget, targetOf, targetOfObject } from './name-target.ts';

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
  /** The host as it is asked for: `redis-cart`, `api.prod`. An address where a variable holds that of a Service. */
  readonly host: string;
  /**
   * Set where the text does not say host and port at `place` in so many letters: `$(VAR)` puts them there, or they are
   * encoded. Else the place begins with the host, and a splice can correct it.
   */
  readonly indirect?: true;
  /** Set where the Service itself is named by its name, and no name is looked up: by webhooks, and by backends of an Ingress. */
  readonly isReference?: true;
  /** As written, or the scheme's own. */
  readonly port?: number;
  /** Where the port stands, if not behind the host: `clientConfig.service.port` of a webhook. */
  readonly portPlace?: Place;
  /** The service and protocol labels of an SRV lookup (`_mongodb._tcp`), which also says the port. */
  readonly srv?: string;
  readonly target: NameTarget;
}

const known = new WeakMap<Cluster, readonly NamedPlace[]>();

/** Every name that the manifests of the cluster clearly say, each once for each workload that reads its text. */
export function namesIn(cluster: Cluster): readonly NamedPlace[] {
  let names = known.get(cluster);
  if (!names) {
    names = [...namesOfWorkloads(cluster), ...mentionedInObjects(cluster).flatMap((each) => nameIn(cluster, each))];
    known.set(cluster, names);
  }
  return names;
}

function namesOfWorkloads(cluster: Cluster): readonly NamedPlace[] {
  const found: NamedPlace[] = [];
  for (const workload of cluster.workloads.values()) {
    for (const { name } of meaningsIn(cluster, workload)) if (name) found.push(name);
  }
  return found;
}

/** A mention, and the object that it stands in. */
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
  const { mentions, referring, uses } = textsOf(prototype.spec, [...template, 'spec']);
  const mentioned: Mentioned[] = mentions.map((mention) => ({ manifest, mention }));
  for (const mention of referringMentions(cluster, workload, referring)) mentioned.push({ manifest, mention });
  for (const use of uses) {
    const data = (use.kind === 'Secret' ? cluster.secrets : cluster.configMaps).get(`${namespace}/${use.name}`);
    if (data) for (const mention of dataMentions(data.object, use)) mentioned.push({ manifest: data, mention });
  }
  return mentioned;
}

function meaningOf(cluster: Cluster, workload: Workload, { manifest, mention }: Mentioned): Meaning {
  const directory = recording(cluster);
  const target = targetOf(cluster, directory, workload, mention);
  if (!target) return { manifest, mention };
  const asker = mention.byKubelet ? 'kubelet' : 'containers';
  const { namespace } = workload;
  const name = { asker, workload, namespace, ...written(manifest, mention), target } as const;
  const { lookups } = directory;
  return { manifest, mention, name, ...(target.kind === 'service' && { lookups }) };
}

function nameIn(cluster: Cluster, { manifest, asker, mention }: MentionedInObject): readonly NamedPlace[] {
  const target = targetOfObject(cluster, cluster, asker, mention);
  if (!target) return [];
  const { namespace, portPath, isReference } = mention;
  const portPlace = portPath && { portPlace: { manifest, path: portPath } };
  return [
    { asker, namespace, ...written(manifest, mention), ...portPlace, ...(isReference && { isReference }), target },
  ];
}

type Written = Pick<NamedPlace, 'place' | 'around' | 'host' | 'indirect' | 'port' | 'srv'>;

function written(manifest: Manifest, { path, from, to, around, host, port, srv, indirect }: TextMention): Written {
  const place: Place = { manifest, path: path as Path, within: [from, to] };
  return { place, around, host, ...(indirect && { indirect }), ...(port && { port }), ...(srv && { srv }) };
}
