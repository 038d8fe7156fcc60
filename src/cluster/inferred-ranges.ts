import { type Address, blockOf, contains, type Family, formatCidr, parseCidr } from './address.ts';
import type { Ranges } from './cluster.ts';
import { isSame } from './same.ts';

/** How large a range is taken to be of which a few addresses are known; its prefix for each family. */
type Usual = Readonly<Record<Family, number>>;

/** The customary ranges, or in the place of each the block that the addresses that are given speak for. */
export function inferredRanges(customary: readonly string[], given: readonly Address[], usual: Usual): Ranges {
  const ranges = customary.map((text) => inferred(text, given, usual) ?? text);
  return { ranges, inferred: !isSame(ranges, customary) };
}

/** The block in which more of the given addresses lie than in the customary range; undefined where there is none. */
function inferred(customary: string, given: readonly Address[], usual: Usual): string | undefined {
  const range = parseCidr(customary);
  if (!range) return undefined;
  const own = given.filter(({ family }) => family === range.family);
  const [elsewhere, here] = [own.filter((each) => !contains(range, each)), own.filter((each) => contains(range, each))];
  const counts = new Map<string, number>();
  for (const address of elsewhere) {
    const block = formatCidr(blockOf(address, usual[address.family]));
    counts.set(block, (counts.get(block) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([a, some], [b, more]) => more - some || (a < b ? -1 : 1));
  return most && most[1] > here.length ? most[0] : undefined;
}
