import type { Libc } from './expansion.ts';
import type { Answer, Status } from './record.ts';

/** A name that was asked for, and the answer to each of its queries. */
export interface Turn {
  readonly name: string;
  readonly answers: readonly Answer[];
}

export interface Searched {
  readonly status: Status;
  /** Those that were taken, in their order. */
  readonly turns: readonly Turn[];
  /** The one that was answered. */
  readonly last?: Turn;
}

/**
 * Asks for one name after the other until one is answered. What is forwarded counts as not found, as most names with a
 * suffix of a search list are; if nothing else answers, the name itself is taken to be found where it was asked for.
 * Source: glibc `resolv/res_query.c` __res_context_search; musl `src/network/lookup_name.c` name_from_dns_search.
 */
export function search(
  names: readonly string[],
  itself: string,
  libc: Libc,
  ask: (name: string) => readonly Answer[],
): Searched {
  const turns: Turn[] = [];
  const left = [...names];
  for (let name = left.shift(); name !== undefined; name = left.shift()) {
    const turn = { name, answers: ask(name) };
    turns.push(turn);
    const status = statusOf(turn);
    if (status === 'NOERROR') return { status, turns, last: turn };
    if (libc === 'musl' && !isPassedOver(status)) return { status, turns };
    // glibc gives the rest of the list up, and tries the name itself if it has not.
    if (stopsSearch(status) && name !== itself) left.splice(0, left.length, ...left.filter((each) => each === itself));
  }
  return unanswered(turns, itself);
}

/** Of several queries for one name glibc heeds the first that failed. */
function statusOf({ answers }: Turn): Status {
  const statuses = answers.map(({ status }) => status);
  if (statuses.includes('NOERROR')) return 'NOERROR';
  return statuses.find((status) => status !== 'NODATA') ?? 'NODATA';
}

function isPassedOver(status: Status): boolean {
  return status === 'NXDOMAIN' || status === 'FORWARDED';
}

/** Name errors, missing data and a server's failure let glibc go on. */
function stopsSearch(status: Status): boolean {
  return status === 'TIMEOUT' || status === 'REFUSED';
}

function unanswered(turns: readonly Turn[], itself: string): Searched {
  const index = turns.findIndex(({ name }) => name === itself);
  const own = turns[index];
  if (own && statusOf(own) === 'FORWARDED' && isPublic(itself)) {
    return { status: 'FORWARDED', turns: turns.slice(0, index + 1) };
  }
  const isForwarded = turns.some((turn) => statusOf(turn) === 'FORWARDED' && isPublic(turn.name));
  const told = index === 0 && own ? statusOf(own) : worstOf(turns.map(statusOf));
  if (isForwarded && told !== 'TIMEOUT') return { status: 'FORWARDED', turns };
  // Nothing is known of what is left but that the internet cannot know it either.
  return { status: told === 'FORWARDED' ? 'NXDOMAIN' : told, turns };
}

/** What glibc tells of a search: of the name itself, where it began with that, else of missing data before a name error. */
function worstOf(statuses: readonly Status[]): Status {
  const order: readonly Status[] = ['TIMEOUT', 'NODATA', 'SERVFAIL', 'REFUSED'];
  return order.find((status) => statuses.includes(status)) ?? 'NXDOMAIN';
}

/** No name of one label has an address in public, and nothing has one below `svc`, which is no domain of the internet. */
export function isPublic(name: string): boolean {
  const labels = name.replace(/\.$/, '').split('.');
  return labels.length > 1 && labels.at(-1) !== 'svc';
}
