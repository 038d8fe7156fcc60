import type { Cluster, Pod, Protocol } from '../../../src/cluster/cluster.ts';

/**
 * NetworkPolicy a second time, one pod and one port at a time, as the API's documentation words it and with nothing of
 * the engine: what both get wrong, they get wrong for different reasons.
 *
 * Says whether a connection is allowed where the plugin matches blocks with the addresses of pods.
 */
export function isAllowed(cluster: Cluster, from: Pod, to: Pod, protocol: Protocol, port: number): boolean {
  if (from === to) return true;
  return (
    lets(cluster, 'Egress', from, to, to, protocol, port) && lets(cluster, 'Ingress', to, from, to, protocol, port)
  );
}

type Labels = Readonly<Record<string, string>>;

interface Selector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly { key: string; operator: string; values?: readonly string[] }[];
}

interface Peer {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}

interface Port {
  readonly protocol?: string;
  readonly port?: number | string;
  readonly endPort?: number;
}

interface Spec {
  readonly podSelector?: Selector;
  readonly policyTypes?: readonly string[];
  readonly ingress?: readonly { readonly from?: readonly Peer[]; readonly ports?: readonly Port[] }[];
  readonly egress?: readonly { readonly to?: readonly Peer[]; readonly ports?: readonly Port[] }[];
}

/** Whether the policies of `own` let a connection between it and `other` through; `to` is who receives it. */
function lets(
  cluster: Cluster,
  type: 'Egress' | 'Ingress',
  own: Pod,
  other: Pod,
  to: Pod,
  protocol: Protocol,
  port: number,
): boolean {
  let isolated = false;
  for (const { object } of cluster.policies.get(own.namespace) ?? []) {
    const spec = (object.spec ?? {}) as Spec;
    if (!typesOf(spec).includes(type) || !selects(spec.podSelector ?? {}, own.labels)) continue;
    isolated = true;
    const rules =
      type === 'Ingress'
        ? (spec.ingress ?? []).map((rule) => ({ peers: rule.from ?? [], ports: rule.ports ?? [] }))
        : (spec.egress ?? []).map((rule) => ({ peers: rule.to ?? [], ports: rule.ports ?? [] }));
    for (const { peers, ports } of rules) {
      const peerFits = peers.length === 0 || peers.some((peer) => isMeant(cluster, own.namespace, peer, other));
      const portFits = ports.length === 0 || ports.some((each) => opens(each, to, protocol, port));
      if (peerFits && portFits) return true;
    }
  }
  return !isolated;
}

function typesOf({ policyTypes, egress }: Spec): readonly string[] {
  if (policyTypes && policyTypes.length > 0) return policyTypes;
  return egress && egress.length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
}

function selects({ matchLabels = {}, matchExpressions = [] }: Selector, labels: Labels): boolean {
  const has = (key: string) => Object.keys(labels).includes(key);
  for (const key of Object.keys(matchLabels)) {
    if (!has(key) || labels[key] !== matchLabels[key]) return false;
  }
  for (const { key, operator, values = [] } of matchExpressions) {
    const isOneOf = has(key) && values.some((value) => value === labels[key]);
    if (operator === 'In' && !isOneOf) return false;
    if (operator === 'NotIn' && isOneOf) return false;
    if (operator === 'Exists' && !has(key)) return false;
    if (operator === 'DoesNotExist' && has(key)) return false;
  }
  return true;
}

function isMeant(cluster: Cluster, namespace: string, peer: Peer, pod: Pod): boolean {
  if (peer.ipBlock) {
    const { cidr, except = [] } = peer.ipBlock;
    return pod.addresses.some((text) => isIn(cidr, text) && !except.some((each) => isIn(each, text)));
  }
  if (peer.namespaceSelector) {
    const labels = cluster.namespaces.get(pod.namespace)?.labels ?? {};
    return selects(peer.namespaceSelector, labels) && selects(peer.podSelector ?? {}, pod.labels);
  }
  return pod.namespace === namespace && selects(peer.podSelector ?? {}, pod.labels);
}

function opens({ protocol = 'TCP', port, endPort }: Port, to: Pod, asked: Protocol, number: number): boolean {
  if (protocol !== asked) return false;
  if (port === undefined) return true;
  if (typeof port === 'number') return number >= port && number <= (endPort ?? port);
  for (const container of to.spec.containers ?? []) {
    for (const each of container?.ports ?? []) {
      const fits = each?.name === port && (each.protocol ?? 'TCP') === asked;
      if (fits && each.containerPort === number) return true;
    }
  }
  return false;
}

/** Bit by bit, as one writes it on paper. IPv4 alone. */
function isIn(cidr: string, address: string): boolean {
  const [network = '', length = ''] = cidr.split('/');
  const bits = (text: string) =>
    text
      .split('.')
      .map((byte) => Number(byte).toString(2).padStart(8, '0'))
      .join('');
  return !address.includes(':') && bits(network).slice(0, Number(length)) === bits(address).slice(0, Number(length));
}
