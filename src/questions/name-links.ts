import type { Cluster, Service } from '../cluster/cluster.ts';
import type { Place } from '../manifests/manifest.ts';
import { spanOf } from '../manifests/manifest.ts';
import { namesIn } from '../network/names.ts';
import { fullName } from './end.ts';

/** A name in a manifest that leads to what is written elsewhere. */
export interface NameLink {
  readonly place: Place;
  readonly to: Place;
  /** Where it leads, in words: `shop/svc/cart`. */
  readonly title: string;
}

/** The names in a file that resolve to Services which are written somewhere, each once. */
export function nameLinks(cluster: Cluster, uri: string): readonly NameLink[] {
  const links = new Map<string, NameLink>();
  for (const { place, target } of namesIn(cluster)) {
    if (place.manifest.uri !== uri || target.kind !== 'service' || !target.service.manifest) continue;
    const { start, end } = spanOf(place);
    links.set(`${start} ${end}`, linkTo(place, target.service, target.service.manifest));
  }
  return [...links.values()];
}

function linkTo(place: Place, service: Service, manifest: Place['manifest']): NameLink {
  return { place, to: { manifest, path: ['metadata', 'name'] }, title: fullName({ kind: 'service', service }) };
}
