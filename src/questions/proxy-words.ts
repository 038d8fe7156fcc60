import * as l10n from '@vscode/l10n';
import type { Plugin } from '../cluster/settings.ts';
import type { Dispatch } from '../network/proxy/dispatch.ts';
import { type FrontendAddress, frontendsOf } from '../network/proxy/frontends.ts';
import type { NodeProxy } from '../network/proxy/node-proxy.ts';
import { addressAndPort } from '../network/services/address-and-port.ts';
import { code, type Doc, line, link, list, type Phrase, phrase } from './doc.ts';

/** What a proxy does, or did, that writes no rules which a person could look at: in words, and for each port. */
export function proxyInWords(mode: 'userspace' | 'ebpf', cni: Plugin, proxies: readonly NodeProxy[]): Doc {
  const items = proxies.flatMap(({ node, ports }) =>
    ports.flatMap((dispatch) => frontendsOf(node, dispatch.port).map((each) => ledTo(dispatch, each))),
  );
  return [line(mode === 'userspace' ? userspace() : ebpf(cni)), ...(items.length > 0 ? [list(items)] : [])];
}

/** Source: kubernetes/kubernetes `pkg/proxy/userspace/proxier.go` at 1.25, `CHANGELOG/CHANGELOG-1.26.md`. */
function userspace(): string {
  return l10n.t(
    'kube-proxy has no userspace mode since Kubernetes 1.26. Before, it listened for each port of a Service itself: iptables led calls to it (KUBE-PORTALS-CONTAINER, KUBE-PORTALS-HOST), and it made a second connection to the endpoints in turn, which saw the node as their caller.',
  );
}

/** Source: cilium/cilium `Documentation/network/kubernetes/kubeproxy-free.rst`, projectcalico/calico `felix/bpf-gpl`. */
function ebpf(cni: Plugin): string {
  return l10n.t(
    'No kube-proxy runs, and none of its chains exist: programs of {0} in the kernel do its work. What a process on the node connects to is replaced as it connects, in a pod too; what comes from outside is rewritten where it enters the node.',
    cni,
  );
}

function ledTo({ port, endpoints, internal, external }: Dispatch, called: FrontendAddress): Phrase {
  const { service, path } = called.origin;
  const name = link(port.name, service.manifest && { manifest: service.manifest, path });
  const address = code(`${addressAndPort(called)}/${port.port.protocol}`);
  const way = called.frontend === 'clusterIP' ? internal : external;
  if (way === 'reject') return phrase(name, ' ', address, ': ', l10n.t('refused, for no endpoint is left'));
  if (way === 'drop') return phrase(name, ' ', address, ': ', l10n.t('dropped, for no endpoint is on this node'));
  return phrase(name, ' ', address, ' → ', code(endpoints[way].map(addressAndPort).join(', ')));
}
