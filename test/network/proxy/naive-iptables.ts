import { contains, formatAddress, parseCidr } from '../../../src/cluster/address.ts';
import type { Packet } from '../../../src/network/proxy/flow.ts';
import type { Rule } from '../../../src/network/proxy/iptables/rule.ts';
import type { Table } from '../../../src/network/proxy/iptables/tables.ts';

/** What became of a packet in one of the ways that chance leaves open. */
export interface Fate {
  /** Where it is led, or the verdict; empty where no rule matched. */
  readonly to: string;
  readonly isMasqueraded: boolean;
}

interface State {
  readonly isMarked: boolean;
  readonly to: string;
}

/** What follows after a chain: each way that it can end. */
type Ends = readonly State[];

/**
 * A second reading of the rules, straight from their texts: every way that a new connection can take through the nat
 * table, and then through the filter table where nothing rewrote it. No client is kept by an endpoint yet.
 */
export function fates(tables: readonly Table[], packet: Packet, local: readonly string[]): readonly Fate[] {
  const rules = new Map(
    tables.flatMap(({ name, chains }) => chains.map((chain) => [`${name} ${chain.name}`, chain.rules] as const)),
  );
  const start: State = { isMarked: false, to: '' };
  const ended = through(rules, 'nat', 'PREROUTING', packet, local, start);
  return ended.flatMap(({ isMarked, to }) => {
    if (to !== '') return { to, isMasqueraded: isMarked };
    const hooks = local.includes(formatAddress(packet.destination)) ? ['INPUT'] : ['FORWARD'];
    const filtered = hooks.flatMap((hook) => through(rules, 'filter', hook, packet, local, start));
    return filtered.map((state) => ({ to: state.to, isMasqueraded: false }));
  });
}

function through(
  rules: ReadonlyMap<string, readonly Rule[]>,
  table: string,
  chain: string,
  packet: Packet,
  local: readonly string[],
  start: State,
): Ends {
  let open: Ends = [start];
  const done: State[] = [];
  for (const rule of rules.get(`${table} ${chain}`) ?? []) {
    if (!rule.matches.every((match) => isMet(match, packet, local))) continue;
    const after = open.flatMap((state) => followed(rules, table, rule, packet, local, state));
    done.push(...after.filter(({ to }) => to !== ''));
    const passed = after.filter(({ to }) => to === '');
    open = isByChance(rule) ? [...open, ...passed] : passed;
    if (open.length === 0) break;
  }
  return [...done, ...open];
}

function followed(
  rules: ReadonlyMap<string, readonly Rule[]>,
  table: string,
  rule: Rule,
  packet: Packet,
  local: readonly string[],
  state: State,
): Ends {
  switch (rule.jump) {
    case undefined:
      return [state];
    case 'KUBE-MARK-MASQ':
      return [{ ...state, isMarked: true }];
    case 'DNAT':
      return [{ ...state, to: rule.options?.replace('--to-destination ', '') ?? '' }];
    case 'DROP':
    case 'REJECT':
    case 'ACCEPT':
      return [{ ...state, to: rule.jump }];
    default: {
      if (!rules.has(`${table} ${rule.jump}`)) throw new Error(`${rule.jump} leads nowhere`);
      return through(rules, table, rule.jump, packet, local, state);
    }
  }
}

function isByChance({ matches }: Rule): boolean {
  return matches.some((match) => match.startsWith('-m statistic'));
}

function isMet(match: string, { source, destination, port, protocol }: Packet, local: readonly string[]): boolean {
  const isLocal = (text: string) => local.includes(text) || text.startsWith('127.');
  const [, not, end, range] = /^(! )?-([sd]) (\S+)$/.exec(match) ?? [];
  if (range !== undefined) {
    const cidr = parseCidr(range);
    if (!cidr) throw new Error(match);
    return contains(cidr, end === 's' ? source : destination) === (not === undefined);
  }
  const [, name] = /^-p (\w+)$/.exec(match) ?? [];
  if (name) return name === protocol.toLowerCase();
  const [, dport] = /--dport (\d+)$/.exec(match) ?? [];
  if (dport) return Number(dport) === port;
  if (match === '-m addrtype --src-type LOCAL') return isLocal(formatAddress(source));
  if (match === '-m addrtype --dst-type LOCAL') return isLocal(formatAddress(destination));
  if (match.includes('--rcheck') || match === '-m conntrack --ctstate INVALID') return false;
  if (match.includes('RELATED,ESTABLISHED')) return match.includes('! --ctstate');
  if (match.startsWith('-m mark')) return match.includes('! --mark');
  return /^-m (comment|statistic|nfacct|recent --set|conntrack --ctstate NEW|tcp|udp|sctp)/.test(match);
}
