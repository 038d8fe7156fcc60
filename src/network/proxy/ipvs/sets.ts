import { formatCidr } from '../../../cluster/address.ts';
import { admitsNode, isGuarded, type ProxiedPort } from '../../services/proxied-port.ts';
import { isOnNode } from '../../services/traffic-policy.ts';
import { type Frontend, frontendsOf } from '../frontends.ts';
import type { NodeProxy } from '../node-proxy.ts';
import { type Origin, originOf } from '../origin.ts';
import type { Ipvs } from './servers.ts';

/** The sets that the iptables rules of IPVS mode ask; those of IPv6 have a `6-` in their names. */
export const setKinds = {
  'LOOP-BACK': ['hash:ip,port,ip', 'Kubernetes endpoints dst ip:port, source ip for solving hairpin purpose'],
  'CLUSTER-IP': ['hash:ip,port', 'Kubernetes service cluster ip + port for masquerade purpose'],
  'EXTERNAL-IP': ['hash:ip,port', 'Kubernetes service external ip + port for masquerade and filter purpose'],
  'EXTERNAL-IP-LOCAL': ['hash:ip,port', 'Kubernetes service external ip + port with externalTrafficPolicy=local'],
  'LOAD-BALANCER': ['hash:ip,port', 'Kubernetes service lb portal'],
  'LOAD-BALANCER-LOCAL': [
    'hash:ip,port',
    'Kubernetes service load balancer ip + port with externalTrafficPolicy=local',
  ],
  'LOAD-BALANCER-FW': ['hash:ip,port', 'Kubernetes service load balancer ip + port for load balancer with sourceRange'],
  'LOAD-BALANCER-SOURCE-IP': [
    'hash:ip,port,ip',
    'Kubernetes service load balancer ip + port + source IP for packet filter purpose',
  ],
  'LOAD-BALANCER-SOURCE-CIDR': [
    'hash:ip,port,net',
    'Kubernetes service load balancer ip + port + source cidr for packet filter purpose',
  ],
  'NODE-PORT-TCP': ['bitmap:port', 'Kubernetes nodeport TCP port for masquerade purpose'],
  'NODE-PORT-LOCAL-TCP': ['bitmap:port', 'Kubernetes nodeport TCP port with externalTrafficPolicy=local'],
  'NODE-PORT-UDP': ['bitmap:port', 'Kubernetes nodeport UDP port for masquerade purpose'],
  'NODE-PORT-LOCAL-UDP': ['bitmap:port', 'Kubernetes nodeport UDP port with externalTrafficPolicy=local'],
  'NODE-PORT-SCTP-HASH': [
    'hash:ip,port',
    "Kubernetes nodeport SCTP port for masquerade purpose with type 'hash ip:port'",
  ],
  'NODE-PORT-LOCAL-SCTP-HASH': [
    'hash:ip,port',
    "Kubernetes nodeport SCTP port with externalTrafficPolicy=local with type 'hash ip:port'",
  ],
  'HEALTH-CHECK-NODE-PORT': ['bitmap:port', 'Kubernetes health check node port'],
  'IPVS-IPS': ['hash:ip', 'Addresses on the ipvs interface'],
} as const satisfies Readonly<Record<string, readonly [type: string, comment: string]>>;

export type SetKind = keyof typeof setKinds;

/** One set with what is in it. */
export interface IpSet {
  readonly kind: SetKind;
  readonly entries: readonly Entry[];
}

interface Entry {
  readonly text: string;
  readonly origin: Origin;
}

/** What a set is called; the kernel takes 31 characters. Source: kubernetes/kubernetes `pkg/proxy/ipvs/ipset.go` NewIPSet. */
export function setName(kind: SetKind, family: 4 | 6): string {
  return `KUBE-${family === 4 ? '' : '6-'}${kind}`.slice(0, 31);
}

type Added = readonly (readonly [kind: SetKind, text: string, origin: Origin])[];

/** Source: kubernetes/kubernetes `pkg/proxy/ipvs/proxier.go` syncProxyRules. */
export function setsOf(proxy: NodeProxy, { bound }: Ipvs): readonly IpSet[] {
  const ofFamily = bound.filter(({ address }) => address.includes(':') === (proxy.family === 6));
  const added: Added = [
    ...proxy.ports.flatMap(
      ({ port, endpoints }): Added => [
        ...endpoints.listed
          .filter((target) => isOnNode(target, proxy.node))
          .map(({ address, port: number }) => {
            const text = `${address},${protocolOf(port)}:${number},${address}`;
            return ['LOOP-BACK', text, originOf(port)] as const;
          }),
        ...frontends(proxy, port),
        ...guards(proxy, port),
        ...(port.healthCheckNodePort === undefined
          ? []
          : ([
              ['HEALTH-CHECK-NODE-PORT', `${port.healthCheckNodePort}`, originOf(port, 'spec', 'healthCheckNodePort')],
            ] as const)),
      ],
    ),
    ...ofFamily.map(({ address, origin }) => ['IPVS-IPS', address, origin] as const),
  ];
  return (Object.keys(setKinds) as SetKind[]).map((kind) => {
    const entries = added.flatMap(([each, text, origin]) => (each === kind ? { text, origin } : []));
    return { kind, entries: [...new Map(entries.map((entry) => [entry.text, entry])).values()] };
  });
}

function protocolOf({ port }: ProxiedPort): string {
  return port.protocol.toLowerCase();
}

function frontends({ node }: NodeProxy, port: ProxiedPort): Added {
  return frontendsOf(node, port).flatMap(({ frontend, address, port: number, origin }) => {
    // Rules ask for the node's addresses by themselves, but not where a set holds no port alone.
    const isPortAlone = frontend === 'nodePort' && port.port.protocol !== 'SCTP';
    const text = isPortAlone ? `${number}` : `${address},${protocolOf(port)}:${number}`;
    return kindsOf(frontend, port).map((kind) => [kind, text, origin] as const);
  });
}

function kindsOf(frontend: Frontend, { port: { protocol }, externalLocal }: ProxiedPort): readonly SetKind[] {
  const form = protocol === 'SCTP' ? 'SCTP-HASH' : protocol;
  switch (frontend) {
    case 'clusterIP':
      return ['CLUSTER-IP'];
    case 'externalIP':
      return [externalLocal ? 'EXTERNAL-IP-LOCAL' : 'EXTERNAL-IP'];
    case 'loadBalancer':
      return externalLocal ? ['LOAD-BALANCER', 'LOAD-BALANCER-LOCAL'] : ['LOAD-BALANCER'];
    case 'nodePort':
      return externalLocal ? [`NODE-PORT-${form}`, `NODE-PORT-LOCAL-${form}`] : [`NODE-PORT-${form}`];
  }
}

/** Who may call the load balancer's addresses; the address itself, where the node is among those who may. */
function guards({ nodeIP }: NodeProxy, port: ProxiedPort): Added {
  const { sourceRanges, loadBalancerIPs } = port;
  if (sourceRanges.length === 0) return [];
  const origin = originOf(port, 'spec', 'loadBalancerSourceRanges');
  const isNodeAdmitted = admitsNode(port, nodeIP);
  return loadBalancerIPs.flatMap((address): Added => {
    const text = `${address},${protocolOf(port)}:${port.port.port}`;
    return [
      ['LOAD-BALANCER-FW', text, origin],
      ...sourceRanges.map((range) => ['LOAD-BALANCER-SOURCE-CIDR', `${text},${formatCidr(range)}`, origin] as const),
      ...(isNodeAdmitted ? ([['LOAD-BALANCER-SOURCE-IP', `${text},${address}`, origin]] as const) : []),
    ];
  });
}

/** Whose load balancer's addresses the node itself may not call, though IPVS would lead it. */
export function closedToNode({ nodeIP, ports }: NodeProxy): readonly ProxiedPort[] {
  return ports.map(({ port }) => port).filter((port) => isGuarded(port) && !admitsNode(port, nodeIP));
}
