import type { Dispatch } from '../dispatch.ts';
import { type Origin, originOf } from '../origin.ts';
import { serviceChain } from './names.ts';
import { chains, comment, onPort, type Rule, reject, single } from './rule.ts';

/**
 * The rules that catch what is for a port by any of its addresses: in the nat table where endpoints are left, in the
 * filter table where none is.
 * Source: kubernetes/kubernetes `pkg/proxy/iptables/proxier.go` syncProxyRules, "Capture the clusterIP" and on.
 */
export function captures(dispatch: Dispatch): readonly Rule[] {
  return [
    ...clusterIP(dispatch),
    ...externalIPs(dispatch),
    ...loadBalancerIPs(dispatch),
    ...nodePort(dispatch),
    ...healthCheck(dispatch),
  ];
}

function clusterIP({ port, internal }: Dispatch): readonly Rule[] {
  const { clusterIP: address, name } = port;
  const terms = (text: string) => [`-d ${single(address)}`, ...onPort(port, port.port.port, comment(text))];
  const rule = { chain: chains.services, origin: originOf(port) };
  if (internal === 'reject' || internal === 'drop') {
    const matches = terms(emptyText(name, internal));
    return [{ ...rule, table: 'filter', matches, ...verdict(port.family, internal) }];
  }
  const jump = serviceChain(internal === 'local' ? 'SVL' : 'SVC', port);
  return [{ ...rule, table: 'nat', matches: terms(`${name} cluster IP`), jump }];
}

function externalIPs(dispatch: Dispatch): readonly Rule[] {
  const { port } = dispatch;
  const origin = originOf(port, 'spec', 'externalIPs');
  return port.externalIPs.flatMap((address) => [
    ...toAddress(dispatch, address, 'external IP', serviceChain('EXT', port), origin),
    ...withoutEndpoint(dispatch, [`-d ${single(address)}`], port.port.port, origin),
  ]);
}

function loadBalancerIPs(dispatch: Dispatch): readonly Rule[] {
  const { port, endpoints, isGuarded } = dispatch;
  const origin = originOf(port, 'status', 'loadBalancer', 'ingress');
  const guard = isGuarded && endpoints.anywhere;
  const jump = serviceChain(guard ? 'FW' : 'EXT', port);
  return port.loadBalancerIPs.flatMap((address) => [
    ...toAddress(dispatch, address, 'loadbalancer IP', jump, origin),
    ...(guard ? [shutOut(dispatch, address)] : []),
    ...withoutEndpoint(dispatch, [`-d ${single(address)}`], port.port.port, origin),
  ]);
}

/** What the source ranges did not let through has not been rewritten, and so still has the load balancer's address. */
function shutOut({ port }: Dispatch, address: string): Rule {
  const text = `${port.name} traffic not accepted by ${serviceChain('FW', port)}`;
  return {
    table: 'filter',
    chain: chains.proxyFirewall,
    matches: [`-d ${single(address)}`, ...onPort(port, port.port.port, comment(text))],
    jump: 'DROP',
    origin: originOf(port, 'spec', 'loadBalancerSourceRanges'),
  };
}

/** Source ranges do not bear on node ports. */
function nodePort(dispatch: Dispatch): readonly Rule[] {
  const { port, endpoints } = dispatch;
  const number = port.port.nodePort;
  if (number === undefined) return [];
  const origin = originOf(port, 'spec', 'ports', port.port.index, 'nodePort');
  const rule = { table: 'nat', chain: chains.nodePorts, jump: serviceChain('EXT', port), origin } as const;
  const terms = onPort(port, number, comment(port.name));
  const counted = ['-d 127.0.0.0/8', ...terms, '-m nfacct --nfacct-name  localhost_nps_accepted_pkts'];
  return [
    ...(endpoints.anywhere && port.family === 4 ? [{ ...rule, matches: counted }] : []),
    ...(endpoints.anywhere ? [{ ...rule, matches: terms }] : []),
    ...withoutEndpoint(dispatch, [], number, origin, '-m addrtype --dst-type LOCAL'),
  ];
}

/** The load balancer may always ask; whether there are endpoints is what it is told. */
function healthCheck({ port }: Dispatch): readonly Rule[] {
  const { healthCheckNodePort: number, name } = port;
  if (number === undefined) return [];
  const text = comment(`${name} health check node port`);
  return [
    {
      table: 'filter',
      chain: chains.nodePorts,
      matches: ['-p tcp', text, `-m tcp --dport ${number}`],
      jump: 'ACCEPT',
      origin: originOf(port, 'spec', 'healthCheckNodePort'),
    },
  ];
}

function toAddress(
  { port, endpoints }: Dispatch,
  address: string,
  kind: string,
  jump: string,
  origin: Origin,
): readonly Rule[] {
  if (!endpoints.anywhere) return [];
  const matches = [`-d ${single(address)}`, ...onPort(port, port.port.port, comment(`${port.name} ${kind}`))];
  return [{ table: 'nat', chain: chains.services, matches, jump, origin }];
}

/** What no rule of the nat table has taken: calls from inside may have been, even where those from outside are dropped. */
function withoutEndpoint(
  { port, external }: Dispatch,
  destination: readonly string[],
  number: number,
  origin: Origin,
  ...others: readonly string[]
): readonly Rule[] {
  if (external !== 'reject' && external !== 'drop') return [];
  const text = comment(emptyText(port.name, external));
  const matches = [...destination, ...onPort(port, number, text, ...others)];
  return [{ table: 'filter', chain: chains.externalServices, matches, ...verdict(port.family, external), origin }];
}

function emptyText(name: string, way: 'reject' | 'drop'): string {
  return way === 'reject' ? `${name} has no endpoints` : `${name} has no local endpoints`;
}

function verdict(family: 4 | 6, way: 'reject' | 'drop'): Pick<Rule, 'jump' | 'options'> {
  return way === 'reject' ? reject(family) : { jump: 'DROP' };
}
