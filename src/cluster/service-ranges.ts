import type { ServiceObject } from '../manifests/kinds.ts';
import type { Manifest } from '../manifests/manifest.ts';
import { parseAddress } from './address.ts';
import type { Ranges } from './cluster.ts';
import { inferredRanges } from './inferred-ranges.ts';
import { isSame } from './same.ts';
import { givenClusterIPs } from './services.ts';
import { defaultSettings, type Settings } from './settings.ts';

/** Whether somebody said from which ranges the ClusterIPs come. */
export function isServiceRangeSet({ serviceCIDR }: Settings): boolean {
  return !isSame(serviceCIDR, defaultSettings.serviceCIDR);
}

/** Managed clusters have the like. */
const usualPrefix = { 4: 16, 6: 112 } as const;

/**
 * The ranges that ClusterIPs come from: those of the settings; where these say nothing, the customary ones, unless the
 * ClusterIPs that the manifests give speak for others.
 */
export function serviceRanges(manifests: readonly Manifest<ServiceObject>[], settings: Settings): Ranges {
  const { serviceCIDR } = settings;
  if (isServiceRangeSet(settings)) return { ranges: serviceCIDR, inferred: false };
  const given = manifests.flatMap(({ object }) =>
    givenClusterIPs(object).flatMap(({ address }) => parseAddress(address) ?? []),
  );
  return inferredRanges(serviceCIDR, given, usualPrefix);
}
