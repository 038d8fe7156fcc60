import type { Pod } from '../../cluster/cluster.ts';
import { identityOf } from '../../cluster/identity.ts';
import { present } from '../../manifests/schema.ts';

/** A line of a container's `/etc/hosts`. */
export interface HostsLine {
  readonly address: string;
  readonly names: readonly string[];
}

/** What the kubelet writes into every file, for both families. */
const everywhere: readonly HostsLine[] = [
  { address: '127.0.0.1', names: ['localhost'] },
  { address: '::1', names: ['localhost', 'ip6-localhost', 'ip6-loopback'] },
  { address: 'fe00::', names: ['ip6-localnet', 'ip6-mcastprefix'] },
  { address: 'fe00::1', names: ['ip6-allnodes'] },
  { address: 'fe00::2', names: ['ip6-allrouters'] },
];

/**
 * A pod's `/etc/hosts`: the names of its own machine, its own name, and its `hostAliases`. In the node's network the
 * first part is the node's file, of which the loopback names alone are sure.
 * Source: kubernetes/kubernetes `pkg/kubelet/kubelet_pods.go` managedHostsFileContent, nodeHostsFileContent.
 */
export function hostsOf(pod: Pod, clusterDomain: string): readonly HostsLine[] {
  const { spec } = pod;
  const aliases = present(spec.hostAliases).map(([, { ip = '', hostnames }]) => ({
    address: ip,
    names: present(hostnames).map(([, name]) => name),
  }));
  if (spec.hostNetwork) return [...everywhere.slice(0, 2), ...aliases];
  const own = ownNames(pod, clusterDomain);
  return [...everywhere, ...pod.addresses.map((address) => ({ address, names: own })), ...aliases];
}

/** The longest label of a DNS name; the kubelet cuts a longer name of a pod. */
const longestLabel = 63;

/** A pod's name within its subdomain, whether or not there is a Service for that, and its short name (`GeneratePodHostNameAndDomain`). */
function ownNames(pod: Pod, clusterDomain: string): readonly string[] {
  const { hostname, subdomain } = identityOf(pod);
  const short = hostname ?? pod.name.slice(0, longestLabel).replace(/[-.]+$/, '');
  return subdomain ? [`${short}.${subdomain}.${pod.namespace}.svc.${clusterDomain}`, short] : [short];
}
