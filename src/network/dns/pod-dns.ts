import type { PodSpec } from '../../manifests/kinds.ts';
import { present } from '../../manifests/schema.ts';
import { type Directory, type Resolved, resolveName } from './resolve.ts';

/**
 * Whom the containers of a pod ask for names, and what they ask.
 * Source: kubernetes/kubernetes `pkg/kubelet/network/dns/dns.go` getPodDNSType, appendDNSConfig.
 */
export interface PodDns {
  /** `node`: the resolver of the node, which knows no name of the cluster. `own`: one that the pod names. */
  readonly asks: 'cluster' | 'node' | 'own';
  /** What is put behind a name beside the cluster's own suffixes. */
  readonly searches: readonly string[];
  /** The names in the pod's own `/etc/hosts`. */
  readonly aliases: ReadonlySet<string>;
}

const known = new WeakMap<PodSpec, PodDns>();

/** How a pod of this spec looks names up. */
export function podDns(spec: PodSpec): PodDns {
  let dns = known.get(spec);
  if (!dns) {
    const searches = present(spec.dnsConfig?.searches).map(([, search]) => search.replace(/\.$/, ''));
    const aliases = present(spec.hostAliases).flatMap(([, { hostnames }]) =>
      present(hostnames).map(([, name]) => name),
    );
    dns = { asks: asks(spec), searches, aliases: new Set(aliases) };
    known.set(spec, dns);
  }
  return dns;
}

/** In its node's network a pod asks as its node does, unless it says `ClusterFirstWithHostNet`. */
function asks({ dnsPolicy = 'ClusterFirst', hostNetwork }: PodSpec): PodDns['asks'] {
  if (dnsPolicy === 'None') return 'own';
  return dnsPolicy === 'Default' || (hostNetwork && dnsPolicy === 'ClusterFirst') ? 'node' : 'cluster';
}

/** What a name means to a pod of `namespace`, if whom it asks knows the names of the cluster. */
export function resolveFor(directory: Directory, dns: PodDns, host: string, namespace: string): Resolved | undefined {
  const found = resolveName(directory, dns.asks === 'own' ? absolute(host) : host, namespace);
  if (found || host.endsWith('.')) return found;
  for (const search of dns.searches) {
    const further = resolveName(directory, `${host}.${search}.`, namespace);
    if (further) return further;
  }
  return undefined;
}

function absolute(host: string): string {
  return host.endsWith('.') ? host : `${host}.`;
}
