import * as l10n from '@vscode/l10n';
import { parseAddress } from '../cluster/address.ts';
import type { Cluster, Service } from '../cluster/cluster.ts';
import type { Place } from '../manifests/manifest.ts';
import { namesIn } from '../network/names.ts';
import type { Draft } from './finding.ts';

/** Services of type ExternalName that no name server has an address for. */
export function findInExternalNames(cluster: Cluster): readonly Draft[] {
  const aliases = [...cluster.services.values()].filter(({ type, manifest }) => type === 'ExternalName' && manifest);
  if (aliases.length === 0) return [];
  return [...aliases.flatMap((service) => ofAddress(service) ?? []), ...loopsIn(cluster)];
}

function placeOf({ manifest }: Service): Place {
  return { manifest: manifest as NonNullable<Service['manifest']>, path: ['spec', 'externalName'] };
}

/**
 * Source: kubernetes/api `core/v1/types.go` ServiceSpec.ExternalName; coredns/coredns `plugin/kubernetes/kubernetes.go`
 * findServices.
 */
function ofAddress(service: Service): Draft | undefined {
  const { externalName = '' } = service;
  if (!parseAddress(externalName)) return undefined;
  return {
    rule: 'external-name-unresolved',
    message: l10n.t(
      '`externalName` is a name, and {0} would be looked up as one: no name server answers. For an address write a headless Service without a selector, and an EndpointSlice that has the address',
      externalName,
    ),
    place: placeOf(service),
  };
}

/** Names that stand for one another in a circle: each circle is one finding. */
function loopsIn(cluster: Cluster): readonly Draft[] {
  const written = new Map([...cluster.services.values()].map((service) => [service.manifest, service]));
  const next = new Map<Service, Service>();
  for (const { asker, target, place } of namesIn(cluster)) {
    if (asker !== 'dns' || target.kind !== 'service') continue;
    const own = written.get(place.manifest as Service['manifest']);
    if (own) next.set(own, target.service);
  }
  const told = new Set<Service>();
  return [...next.keys()].flatMap((start) => {
    const circle = told.has(start) ? [] : circleFrom(start, next);
    for (const each of circle) told.add(each);
    return circle.length > 0 ? [ofLoop(circle)] : [];
  });
}

function circleFrom(start: Service, next: ReadonlyMap<Service, Service>): readonly Service[] {
  const way: Service[] = [];
  for (let at: Service | undefined = start; at && !way.includes(at); at = next.get(at)) way.push(at);
  const last = way.at(-1);
  return last && next.get(last) === start ? way : [];
}

function ofLoop(circle: readonly Service[]): Draft {
  const [first, ...others] = circle as readonly [Service, ...Service[]];
  const names = [...circle, first].map(({ id }) => `\`${id}\``).join(' → ');
  return {
    rule: 'external-name-unresolved',
    message: l10n.t('These names stand for one another, and none has an address: {0}', names),
    place: placeOf(first),
    related: others.map((each) => ({ message: l10n.t('Service `{0}`', each.name), place: placeOf(each) })),
  };
}
