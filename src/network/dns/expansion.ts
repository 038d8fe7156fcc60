import type { ResolvConf } from './resolv-conf.ts';

/** The C libraries whose resolvers search differently. */
export const libcs = ['glibc', 'musl'] as const;
export type Libc = (typeof libcs)[number];

/**
 * The names that a resolver asks for until one is answered, in their order, each absolute. A name with its last dot is
 * asked for as it is. With as many dots as `ndots` says glibc begins with the name itself and musl asks for nothing else.
 * Source: glibc `resolv/res_query.c` __res_context_search; musl `src/network/lookup_name.c` name_from_dns_search.
 */
export function namesToTry(
  name: string,
  { search, ndots }: Pick<ResolvConf, 'search' | 'ndots'>,
  libc: Libc,
): readonly string[] {
  if (name.endsWith('.')) return [name];
  const dots = name.split('.').length - 1;
  return libc === 'musl' ? byMusl(name, search, dots >= ndots) : byGlibc(name, search, dots >= ndots);
}

/** A root in the search list is the name itself, which is then not asked for again at the end. */
function byGlibc(name: string, search: readonly string[], isLong: boolean): readonly string[] {
  const itself = `${name}.`;
  const expanded = search.map((domain) => withDomain(name, domain.replace(/^\./, '')));
  if (isLong) return [itself, ...expanded];
  return expanded.includes(itself) ? expanded : [...expanded, itself];
}

function byMusl(name: string, search: readonly string[], isLong: boolean): readonly string[] {
  const expanded = isLong ? [] : readByMusl(search).map((domain) => withDomain(name, domain));
  return [...expanded.filter((each) => each.length <= longestName), `${name}.`];
}

function withDomain(name: string, domain: string): string {
  const isClosed = domain === '' || domain.endsWith('.');
  return isClosed ? `${name}.${domain}` : `${name}.${domain}.`;
}

/** The longest name that musl puts together, its last dot included. */
const longestName = 255;

/** A line of `resolv.conf` that is longer than this, its end included, musl passes over as a whole (`resolvconf.c`). */
const longestLine = 255;

function readByMusl(search: readonly string[]): readonly string[] {
  return `search ${search.join(' ')}\n`.length > longestLine ? [] : search;
}
