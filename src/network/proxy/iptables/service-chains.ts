import { formatCidr } from '../../../cluster/address.ts';
import { addressAndPort } from '../../services/address-and-port.ts';
import { admitsNode } from '../../services/proxied-port.ts';
import type { Target } from '../../services/targets.ts';
import type { Dispatch } from '../dispatch.ts';
import type { NodeProxy } from '../node-proxy.ts';
import { originOf } from '../origin.ts';
import { probabilities, shownProbability } from '../probability.ts';
import { endpointChain, serviceChain } from './names.ts';
import { chains, comment, onPort, type Rule, single } from './rule.ts';

/**
 * The chains of one port: what is rewritten on the way, and how an endpoint is chosen.
 * Source: kubernetes/kubernetes `pkg/proxy/iptables/proxier.go` syncProxyRules, "Set up internal traffic handling" and on.
 */
export function serviceChains(proxy: NodeProxy, dispatch: Dispatch, isLarge: boolean): readonly Rule[] {
  const { endpoints, isExternal, isGuarded } = dispatch;
  const { cluster, local, reachable, anywhere } = endpoints;
  return [
    ...internal(proxy, dispatch),
    ...(isExternal ? external(proxy, dispatch) : []),
    ...(isGuarded && anywhere ? guard(proxy, dispatch) : []),
    ...choice(dispatch, serviceChain('SVC', dispatch.port), cluster, isLarge),
    ...choice(dispatch, serviceChain('SVL', dispatch.port), local, isLarge),
    ...reachable.flatMap((target) => toEndpoint(dispatch, target, isLarge)),
  ];
}

/** A call of the ClusterIP from outside may cross nodes: its reply has to come back by this one. */
function internal({ podCIDR }: NodeProxy, { port, internal: way }: Dispatch): readonly Rule[] {
  if (!podCIDR || way === 'reject' || way === 'drop') return [];
  const text = comment(`${port.name} cluster IP`);
  return [
    {
      table: 'nat',
      chain: serviceChain(way === 'local' ? 'SVL' : 'SVC', port),
      matches: [`! -s ${formatCidr(podCIDR)}`, `-d ${single(port.clusterIP)}`, ...onPort(port, port.port.port, text)],
      jump: chains.markMasquerade,
      origin: originOf(port),
    },
  ];
}

function external(proxy: NodeProxy, { port, external: way }: Dispatch): readonly Rule[] {
  const origin = port.externalLocal ? originOf(port, 'spec', 'externalTrafficPolicy') : originOf(port);
  const rule = { table: 'nat', chain: serviceChain('EXT', port), origin } as const;
  const marking = comment(`masquerade traffic for ${port.name} external destinations`);
  const first = port.externalLocal
    ? shortCircuits(proxy, port).map((each) => ({ ...rule, ...each }))
    : [{ ...rule, matches: [marking], jump: chains.markMasquerade }];
  if (way === 'reject' || way === 'drop') return first;
  return [...first, { ...rule, matches: [], jump: serviceChain(way === 'local' ? 'SVL' : 'SVC', port) }];
}

/** Calls from inside go to endpoints anywhere, as if they had left the cluster and come back by another node. */
function shortCircuits({ podCIDR }: NodeProxy, port: Dispatch['port']): readonly Pick<Rule, 'matches' | 'jump'>[] {
  const text = (what: string) => comment(`${what} traffic for ${port.name} external destinations`);
  const fromNode = '-m addrtype --src-type LOCAL';
  const jump = serviceChain('SVC', port);
  return [
    ...(podCIDR ? [{ matches: [`-s ${formatCidr(podCIDR)}`, text('pod')], jump }] : []),
    { matches: [text('masquerade LOCAL'), fromNode], jump: chains.markMasquerade },
    { matches: [text('route LOCAL'), fromNode], jump },
  ];
}

/** The load balancer's own address counts as the node's, which has it as a local one. */
function guard({ nodeIP }: NodeProxy, { port }: Dispatch): readonly Rule[] {
  const { sourceRanges, loadBalancerIPs, name } = port;
  const sources = [...sourceRanges.map(formatCidr), ...(admitsNode(port, nodeIP) ? loadBalancerIPs.map(single) : [])];
  const rule = {
    table: 'nat',
    chain: serviceChain('FW', port),
    origin: originOf(port, 'spec', 'loadBalancerSourceRanges'),
  } as const;
  return [
    ...sources.map((source) => ({
      ...rule,
      matches: [`-s ${source}`, comment(`${name} loadbalancer IP`)],
      jump: serviceChain('EXT', port),
    })),
    { ...rule, matches: [comment(`other traffic to ${name} will be dropped by ${chains.proxyFirewall}`)] },
  ];
}

/** Whoever called before keeps the endpoint, for as long as the affinity says; others take one by chance. */
function choice({ port }: Dispatch, chain: string, targets: readonly Target[], isLarge: boolean): readonly Rule[] {
  const rule = { table: 'nat', chain } as const;
  const said = (target: Target) => (isLarge ? [] : [comment(`${port.name} -> ${addressAndPort(target)}`)]);
  const chances = probabilities(targets.length);
  const kept = targets.map((target): Rule => {
    const jump = endpointChain(port, target);
    const recent = `-m recent --rcheck --seconds ${port.affinity} --reap ${listOf(jump, target)}`;
    return { ...rule, matches: [...said(target), recent], jump, origin: originOf(port, 'spec', 'sessionAffinity') };
  });
  const chosen = targets.map((target, index): Rule => {
    const chance = chances[index];
    const random = chance ? [`-m statistic --mode random --probability ${shownProbability(chance)}`] : [];
    const matches = [...said(target), ...random];
    return { ...rule, matches, jump: endpointChain(port, target), origin: originOf(port) };
  });
  return port.affinity === undefined ? chosen : [...kept, ...chosen];
}

function toEndpoint({ port }: Dispatch, target: Target, isLarge: boolean): readonly Rule[] {
  const chain = endpointChain(port, target);
  const rule = { table: 'nat', chain, origin: originOf(port) } as const;
  const said = isLarge ? [] : [comment(port.name)];
  const recent = port.affinity === undefined ? [] : [`-m recent --set ${listOf(chain, target)}`];
  return [
    { ...rule, matches: [`-s ${single(target.address)}`, ...said], jump: chains.markMasquerade },
    {
      ...rule,
      matches: onPort(port, undefined, ...said, ...recent),
      jump: 'DNAT',
      options: `--to-destination ${addressAndPort(target)}`,
    },
  ];
}

/** The kernel's list of the clients that an endpoint keeps. */
function listOf(chain: string, { address }: Target): string {
  const mask = address.includes(':') ? 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' : '255.255.255.255';
  return `--name ${chain} --mask ${mask} --rsource`;
}
