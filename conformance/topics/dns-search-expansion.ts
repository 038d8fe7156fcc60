import { defaultSettings } from '../../src/cluster/settings.ts';
import { namesToTry } from '../../src/network/dns/expansion.ts';
import { type ResolvConf, resolvConfOf } from '../../src/network/dns/resolv-conf.ts';
import { clusterOf } from '../cluster.ts';
import type { Answer } from './answer.ts';

interface Given {
  readonly name: string;
  readonly podNamespace: string;
  readonly clusterDomain?: string;
  readonly ndots?: number;
  readonly hostSearch?: readonly string[];
}

/** The names that each C library asks for, in their order. */
export function searchExpansion({ name, ...pod }: Given): Answer {
  const conf = confOf(pod);
  return { glibc: namesToTry(name, conf, 'glibc'), musl: namesToTry(name, conf, 'musl') };
}

function confOf({
  podNamespace: namespace,
  clusterDomain,
  ndots,
  hostSearch: search = [],
}: Omit<Given, 'name'>): ResolvConf {
  const { dns } = defaultSettings;
  const settings = { ...(clusterDomain && { clusterDomain }), dns: { ...dns, node: { ...dns.node, search } } };
  const options = ndots === undefined ? [] : [{ name: 'ndots', value: String(ndots) }];
  return resolvConfOf(clusterOf([], settings), { namespace, spec: { dnsConfig: { options } } });
}
