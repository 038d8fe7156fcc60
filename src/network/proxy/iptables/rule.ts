import type { Family } from '../../../cluster/address.ts';
import type { ProxiedPort } from '../../services/proxied-port.ts';
import type { Origin } from '../origin.ts';

/** The tables that kube-proxy writes to. */
export type TableName = 'mangle' | 'filter' | 'nat';

/** One rule of a chain. */
export interface Rule {
  readonly table: TableName;
  readonly chain: string;
  /** What has to match, each term as `iptables-save` writes it and in its order. */
  readonly matches: readonly string[];
  /** The chain or the verdict that it leads to; absent where the rule is a mere comment. */
  readonly jump?: string;
  /** What the verdict asks for besides. */
  readonly options?: string;
  /** Absent where the rule is there without any Service. */
  readonly origin?: Origin;
}

/** A rule's comment; `iptables-save` quotes all but the plainest words (netfilter `libxtables/xtables.c` xtables_save_string). */
export function comment(text: string): string {
  return `-m comment --comment ${/^[\w-]+$/.test(text) ? text : `"${text.replace(/["'\\]/g, '\\$&')}"`}`;
}

/** An address as a range that holds it alone. */
export function single(address: string): string {
  return `${address}/${address.includes(':') ? 128 : 32}`;
}

/** The terms for a port of a Service: `-p` comes first, the port in a module behind the `others`. */
export function onPort(
  { port }: ProxiedPort,
  number: number | undefined,
  ...others: readonly string[]
): readonly string[] {
  const protocol = port.protocol.toLowerCase();
  return [`-p ${protocol}`, ...others, number === undefined ? `-m ${protocol}` : `-m ${protocol} --dport ${number}`];
}

/** The verdict that refuses at once, with its options. */
export function reject(family: Family): Pick<Rule, 'jump' | 'options'> {
  return { jump: 'REJECT', options: `--reject-with ${family === 4 ? 'icmp' : 'icmp6'}-port-unreachable` };
}

/** The chains that are there without any Service. */
export const chains = {
  services: 'KUBE-SERVICES',
  externalServices: 'KUBE-EXTERNAL-SERVICES',
  nodePorts: 'KUBE-NODEPORTS',
  markMasquerade: 'KUBE-MARK-MASQ',
  postrouting: 'KUBE-POSTROUTING',
  forward: 'KUBE-FORWARD',
  firewall: 'KUBE-FIREWALL',
  proxyFirewall: 'KUBE-PROXY-FIREWALL',
  canary: 'KUBE-PROXY-CANARY',
} as const;
