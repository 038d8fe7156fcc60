import * as l10n from '@vscode/l10n';
import type { Cluster, Pod, Service, ServicePort } from '../../cluster/cluster.ts';
import { gatesOf, hasEnded } from '../../cluster/phase.ts';
import { matches, requirementsOfMap } from '../../cluster/selector.ts';

/** A pod that a Service selects and that gets none of its traffic, or none on some port. */
export interface Unlisted {
  readonly pod: Pod;
  /**
   * `ended`: it has run. `no-address`: it waits. `other-family`: it has no address of a family of the Service. `no-port`:
   * no container has the named port of the protocol; `ports` says which. `not-ready`: it is listed, and not used.
   */
  readonly why: 'ended' | 'no-address' | 'other-family' | 'no-port' | 'not-ready';
  readonly ports: readonly ServicePort[];
}

/**
 * The pods that a Service selects and that fail to be its endpoints, or to be such as are used, and why.
 * Source: kubernetes/endpointslice `util/controller_utils.go` ShouldPodBeInEndpoints, `utils.go` getEndpointPorts.
 */
export function unlistedPods(cluster: Cluster, service: Service): readonly Unlisted[] {
  if (!service.selector || service.type === 'ExternalName') return [];
  const terms = requirementsOfMap(service.selector);
  const workloads = [...cluster.workloads.values()].filter(({ namespace }) => namespace === service.namespace);
  const selected = workloads.flatMap(({ pods }) => pods.filter(({ labels }) => matches(labels, terms)));
  const endpoints = new Map(service.endpoints.map((endpoint) => [endpoint.pod, endpoint]));
  return selected.flatMap((pod): readonly Unlisted[] => {
    const endpoint = endpoints.get(pod);
    if (!endpoint) return [{ pod, why: whyNone(pod), ports: [] }];
    const missing = service.ports.filter(({ index }) => !endpoint.ports.has(index));
    if (missing.length > 0) return [{ pod, why: 'no-port', ports: missing }];
    return endpoint.ready || endpoint.terminating ? [] : [{ pod, why: 'not-ready', ports: [] }];
  });
}

function whyNone({ phase, addresses }: Pod): Unlisted['why'] {
  if (hasEnded({ phase })) return 'ended';
  return addresses.length === 0 ? 'no-address' : 'other-family';
}

/** Why a pod is no endpoint, in words. */
export function unlistedText({ why, ports, pod }: Unlisted, { families }: Service): string {
  switch (why) {
    case 'ended':
      return l10n.t('it has ended ({0})', pod.phase);
    case 'no-address':
      return waitingText(gatesOf(pod.spec));
    case 'other-family':
      return l10n.t('it has no {0} address', families.map((family) => `IPv${family}`).join(', '));
    case 'no-port':
      return l10n.t('no container of it has {0}', portsText(ports));
    case 'not-ready':
      return l10n.t('it is not ready: listed, and not used');
  }
}

function waitingText(gates: readonly string[]): string {
  if (gates.length === 0) return l10n.t('it has no address yet');
  const names = gates.map((gate) => `\`${gate}\``).join(', ');
  return l10n.t('it has no address yet: it waits for its scheduling gates to be taken away ({0})', names);
}

/** A name is another port with each protocol (kubernetes/endpointslice `utils.go` FindPort). Several may ask for one. */
function portsText(ports: readonly ServicePort[]): string {
  const texts = ports.map(({ protocol, targetPort }) => l10n.t('a {0} port named `{1}`', protocol, String(targetPort)));
  return [...new Set(texts)].join(', ');
}
