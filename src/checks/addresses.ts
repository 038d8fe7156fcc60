import * as l10n from '@vscode/l10n';
import { contains, parseAddress, parseCidr } from '../cluster/address.ts';
import { isAssumed } from '../cluster/assumed.ts';
import type { Cluster, Pod } from '../cluster/cluster.ts';
import { isPodRangeSet } from '../cluster/pod-ranges.ts';
import { givenPodIPs } from '../cluster/pods.ts';
import { isServiceRangeSet } from '../cluster/service-ranges.ts';
import { type GivenAddress, givenClusterIPs } from '../cluster/services.ts';
import { groupBy } from '../manifests/group.ts';
import type { PodObject } from '../manifests/kinds.ts';
import type { Place } from '../manifests/manifest.ts';
import { present } from '../manifests/schema.ts';
import type { Draft } from './finding.ts';

/** Who has an address according to the manifests. */
interface Claim {
  readonly address: string;
  readonly kind: 'Service' | 'Pod' | 'Node';
  /** `Service shop/api`. */
  readonly owner: string;
  readonly place: Place;
  /** Whether it is a Service on the port of DNS. */
  readonly answersNames?: boolean;
}

/** Addresses that are given to two, and such as lie outside of a range that the settings name. */
export function findInAddresses(cluster: Cluster): readonly Draft[] {
  const ofServices = claimsOfServices(cluster);
  const claims = [...ofServices, ...claimsOfPods(cluster), ...claimsOfNodes(cluster)];
  const outside = claims.flatMap((claim) => outOfRange(cluster, claim) ?? []);
  return [...conflicts(claims), ...reserved(cluster, ofServices), ...outside, ...withoutFamily(cluster)];
}

/**
 * Services that ask for a family of which the settings name no range.
 * Source: kubernetes/kubernetes `pkg/registry/core/service/storage/alloc.go` initIPFamilyFields.
 */
function withoutFamily({ services, settings }: Cluster): readonly Draft[] {
  const families = settings.serviceCIDR.flatMap((text) => parseCidr(text)?.family ?? []);
  if (families.length > 1) return [];
  return [...services.values()].flatMap(({ manifest, headless, selector, type }) => {
    const { ipFamilyPolicy, ipFamilies } = manifest?.object.spec ?? {};
    // Who writes the endpoints of a headless Service by hand may write both.
    if (!manifest || type === 'ExternalName' || (headless && !selector)) return [];
    const refused = (path: Place['path'], asked: string): Draft => ({
      rule: 'service-invalid',
      message: l10n.t('`{0}` asks for a family of which `serviceCIDR` has no range', asked),
      place: { manifest, path },
    });
    const unknown = present(ipFamilies).flatMap(([index, family]) =>
      families.some((each) => family === `IPv${each}`) ? [] : [refused(['spec', 'ipFamilies', index], family)],
    );
    if (unknown.length > 0 || ipFamilyPolicy !== 'RequireDualStack') return unknown;
    return [refused(['spec', 'ipFamilyPolicy'], ipFamilyPolicy)];
  });
}

function claimsOfServices({ services }: Cluster): readonly Claim[] {
  return [...services.values()].flatMap((service) => {
    const { manifest, id, type } = service;
    if (!manifest || type === 'ExternalName') return [];
    const owner = l10n.t('Service {0}', id);
    const answersNames = service.ports.some(({ port }) => port === 53);
    return givenClusterIPs(manifest.object).map((given) => ({
      ...claim('Service', owner, given, manifest),
      answersNames,
    }));
  });
}

/** A pod in its node's network has the node's address, and one that has ended may say an address that is another's now. */
function claimsOfPods({ workloads }: Cluster): readonly Claim[] {
  const pods = [...workloads.values()].flatMap((workload) => workload.pods.filter(hasGivenAddress));
  return pods.flatMap(({ namespace, name, manifest }) => {
    if (!manifest) return [];
    const owner = l10n.t('Pod {0}', `${namespace}/${name}`);
    return givenPodIPs(manifest.object as PodObject).map((given) => claim('Pod', owner, given, manifest));
  });
}

function hasGivenAddress({ simulated, spec, phase }: Pod): boolean {
  return !simulated && !spec.hostNetwork && phase !== 'Succeeded' && phase !== 'Failed';
}

function claimsOfNodes({ nodes }: Cluster): readonly Claim[] {
  return nodes.flatMap(({ name, manifest }) => {
    if (!manifest) return [];
    const owner = l10n.t('Node {0}', name);
    return present(manifest.object.status?.addresses).flatMap(([index, { type, address }]) => {
      const path = ['status', 'addresses', index, 'address'];
      return type === 'InternalIP' && address ? [claim('Node', owner, { address, path }, manifest)] : [];
    });
  });
}

function claim(
  kind: Claim['kind'],
  owner: string,
  { address, path }: GivenAddress,
  manifest: Place['manifest'],
): Claim {
  return { kind, owner, address, place: { manifest, path } };
}

function conflicts(claims: readonly Claim[]): readonly Draft[] {
  return [...groupBy(claims, ({ address }) => address).values()].flatMap(([first, ...others]) =>
    others.flatMap((other) => (first && other.owner !== first.owner ? [conflict(first, other)] : [])),
  );
}

/** Of two Services the API server refuses the later one. */
function conflict(first: Claim, other: Claim): Draft {
  const isRefused = first.kind === 'Service' && other.kind === 'Service';
  return {
    rule: 'address-conflict',
    ...(!isRefused && { severity: 'warning' }),
    message: l10n.t('`{0}` is given to {1} and to {2}', other.address, first.owner, other.owner),
    place: other.place,
    related: [{ message: l10n.t('Given to {0} too', first.owner), place: first.place }],
  };
}

/**
 * Addresses of Services that every cluster has and no manifest brings. The API server takes the first of the range for
 * itself (kubernetes/kubernetes `pkg/controlplane/services.go` ServiceIPRange); that of DNS is a convention, so that a
 * Service that answers for names may be the cluster's DNS by another name.
 */
function reserved({ services, serviceRanges }: Cluster, claims: readonly Claim[]): readonly Draft[] {
  const assumed = [...services.values()].filter(isAssumed);
  return assumed.flatMap(({ id, name, clusterIPs }) => {
    const isOfDns = name === 'kube-dns';
    const taking = claims.filter(
      ({ address, answersNames }) => clusterIPs.includes(address) && !(isOfDns && answersNames),
    );
    return taking.map(({ address, place }) => ({
      rule: 'address-conflict',
      ...((isOfDns || serviceRanges.inferred) && { severity: 'warning' }),
      message: isOfDns
        ? l10n.t('`{0}`, the tenth of the range, is by convention that of {1}', address, id)
        : l10n.t('`{0}`, the first of the range, is that of {1} in every cluster', address, id),
      place,
    }));
  });
}

function outOfRange(cluster: Cluster, { kind, address, place }: Claim): Draft | undefined {
  const ranges = kind === 'Node' ? [] : rangesSet(cluster, kind);
  const parsed = parseAddress(address);
  const same = ranges.flatMap((text) => parseCidr(text) ?? []).filter(({ family }) => family === parsed?.family);
  if (!parsed || same.length === 0 || same.some((range) => contains(range, parsed))) return undefined;
  const setting = kind === 'Service' ? 'serviceCIDR' : 'podCIDR';
  return {
    rule: 'address-out-of-range',
    message: l10n.t('`{0}` lies outside of `{1}`, which is {2}', address, setting, ranges.join(', ')),
    place,
  };
}

/** The ranges that somebody set; those that nobody set are a guess, and wrong before an address is. */
function rangesSet({ settings, nodes }: Cluster, kind: 'Service' | 'Pod'): readonly string[] {
  if (kind === 'Service') return isServiceRangeSet(settings) ? settings.serviceCIDR : [];
  if (!isPodRangeSet(settings)) return [];
  return [...settings.podCIDR, ...nodes.flatMap(({ manifest, podCIDRs }) => (manifest ? podCIDRs : []))];
}
