import type { ServiceObject } from '../manifests/kinds.ts';
import type { Manifest } from '../manifests/manifest.ts';
import { type Address, blockOf, contains, formatCidr, parseAddress, parseCidr } from './address.ts';
import type { ServiceRanges } from './cluster.ts';
import { isSame } from './same.ts';
import { givenClusterIPs } from './services.ts';
import { defaultSettings, type Settings } from './settings.ts';

/** Whether somebody said from which ranges the ClusterIPs come. */
export function isServiceRangeSet({ serviceCIDR }: Settings): boolean {
  return !isSame(serviceCIDR, defaultSettings.serviceCIDR);
}

/**
 * The ranges that ClusterIPs come from: those of the settings; where these say nothing, the customary ones, unless the
 * ClusterIPs that the manifests give speak for others.
 */
export function serviceRanges(manifests: readonly Manifest<ServiceObject>[], settings: Settings): ServiceRanges {
  const { serviceCIDR } = settings;
  if (isServiceRangeSet(settings)) return { ranges: serviceCIDR, inferred: false };
  const given = manifests.flatMap(({ object }) =>
    givenClusterIPs(object).flatMap(({ address }) => parseAddress(address) ?? []),
  );
  const ranges = serviceCIDR.map((text) => inferred(text, given) ?? text);
  return { ranges, inferred: !isSame(ranges, serviceCIDR) };
}

/** How large a range is taken to be of which a few addresses are known; managed clusters have the like. */
const usualPrefix = { 4: 16, 6: 112 } as const;

/** The block in which more of the given addresses lie than in the customary range; undefined where there is none. */
function inferred(customary: string, given: readonly Address[]): string | undefined {
  const range = parseCidr(customary);
  if (!range) return undefined;
  const own = given.filter(({ family }) => family === range.family);
  const [elsewhere, here] = [own.filter((each) => !contains(range, each)), own.filter((each) => contains(range, each))];
  const counts = new Map<string, number>();
  for (const address of elsewhere) {
    const block = formatCidr(blockOf(address, usualPrefix[address.family]));
    counts.set(block, (counts.get(block) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([a, some], [b, more]) => more - some || (a < b ? -1 : 1));
  return most && most[1] > here.length ? most[0] : undefined;
}
