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

/** At a root in the search list musl makes a name that it cannot ask for, and gives up. */
function byMusl(name: string, search: readonly string[], isLong: boolean): readonly string[] {
  const domains = isLong ? [] : readByMusl(search);
  const root = domains.indexOf('.');
  const expanded = (root < 0 ? domains : domains.slice(0, root)).map((domain) => withDomain(name, domain));
  const asked = expanded.filter((each) => each.length <= longestName);
  return root < 0 ? [...asked, `${name}.`] : asked;
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
