import { type AddressRange, blockOf, type Cidr, formatCidr, parseAddress, widthOf } from '../../../cluster/address.ts';
import { addressAndPort } from '../../services/address-and-port.ts';
import { admitsNode } from '../../services/proxied-port.ts';
import type { Target } from '../../services/targets.ts';
import type { Dispatch } from '../dispatch.ts';
import type { NodeProxy } from '../node-proxy.ts';
import { originOf } from '../origin.ts';
import { endpointName, serviceChain } from './names.ts';
import { type Chain, type Container, type Rule, setMark } from './table.ts';

/**
 * The chains of one port, in the order in which kube-proxy makes them. Without session affinity no endpoint has a chain:
 * one rule picks and rewrites.
 * Source: kubernetes/kubernetes `pkg/proxy/nftables/proxier.go` syncProxyRules.
 */
export function serviceChains(proxy: NodeProxy, dispatch: Dispatch): readonly Chain[] {
  const { port, endpoints, isExternal, isGuarded } = dispatch;
  const { cluster, local, reachable } = endpoints;
  return [
    ...(port.affinity === undefined ? [] : reachable.map((target) => endpointChain(dispatch, target))),
    ...(cluster.length > 0 ? [choice(dispatch, serviceChain('service', port), cluster)] : []),
    ...(local.length > 0 ? [choice(dispatch, serviceChain('local', port), local)] : []),
    ...(isExternal ? [external(proxy, dispatch)] : []),
    ...(isGuarded ? [guard(proxy, dispatch)] : []),
  ];
}

/** With session affinity, the clients that each endpoint keeps. */
export function affinitySets({ port, endpoints }: Dispatch): readonly Container[] {
  const { affinity, family } = port;
  if (affinity === undefined) return [];
  const origin = originOf(port, 'spec', 'sessionAffinity');
  const properties = [
    `type ipv${family}_addr`,
    'size 65535',
    'flags dynamic,timeout',
    `timeout ${durationText(affinity)}`,
  ];
  return endpoints.reachable.map((target) => {
    const name = endpointName('affinity', port, target);
    return { kind: 'set', name, properties, elements: [], origin };
  });
}

const units = [
  ['d', 86_400],
  ['h', 3600],
  ['m', 60],
  ['s', 1],
] as const;

/** Seconds as nft writes them: `1h30m`. */
export function durationText(seconds: number): string {
  let left = seconds;
  return units
    .map(([unit, size]) => {
      const count = Math.floor(left / size);
      left -= count * size;
      return count > 0 ? `${count}${unit}` : '';
    })
    .join('');
}

function ipOf({ port }: Dispatch): 'ip' | 'ip6' {
  return port.family === 4 ? 'ip' : 'ip6';
}

function endpointChain(dispatch: Dispatch, target: Target): Chain {
  const { port } = dispatch;
  const set = endpointName('affinity', port, target);
  return {
    name: endpointName('endpoint', port, target),
    rules: [
      { text: `update @${set} { ${ipOf(dispatch)} saddr }`, origin: originOf(port, 'spec', 'sessionAffinity') },
      {
        text: `meta l4proto ${port.port.protocol.toLowerCase()} dnat to ${addressAndPort(target)}`,
        origin: originOf(port),
      },
    ],
  };
}

function choice(dispatch: Dispatch, name: string, targets: readonly Target[]): Chain {
  const { port } = dispatch;
  const origin = originOf(port);
  const ip = ipOf(dispatch);
  const random = `numgen random mod ${targets.length}`;
  const listed = (text: (target: Target) => string) =>
    targets.map((each, index) => `${index} : ${text(each)}`).join(', ');
  if (port.affinity === undefined) {
    const protocol = port.port.protocol.toLowerCase();
    const elements = listed((target) => `${target.address} . ${target.port}`);
    return { name, rules: [{ text: `meta l4proto ${protocol} dnat ${ip} to ${random} map { ${elements} }`, origin }] };
  }
  const kept = targets.map(
    (target): Rule => ({
      text: `${ip} saddr @${endpointName('affinity', port, target)} goto ${endpointName('endpoint', port, target)}`,
      origin: originOf(port, 'spec', 'sessionAffinity'),
    }),
  );
  const elements = listed((target) => `goto ${endpointName('endpoint', port, target)}`);
  return { name, rules: [...kept, { text: `${random} vmap { ${elements} }`, origin }] };
}

function external({ podCIDR }: NodeProxy, dispatch: Dispatch): Chain {
  const { port, external: way } = dispatch;
  const ip = ipOf(dispatch);
  const origin = port.externalLocal ? originOf(port, 'spec', 'externalTrafficPolicy') : originOf(port);
  const anywhere = `goto ${serviceChain('service', port)}`;
  const fromNode = 'fib saddr type local';
  const shortCircuits: readonly Rule[] = [
    ...(podCIDR
      ? [{ text: `${ip} saddr ${formatCidr(podCIDR)} ${anywhere}`, comment: 'short-circuit pod traffic' }]
      : []),
    { text: `${fromNode} ${setMark}`, comment: 'masquerade local traffic' },
    { text: `${fromNode} ${anywhere}`, comment: 'short-circuit local traffic' },
  ];
  const first = port.externalLocal ? shortCircuits : [{ text: setMark, comment: 'masquerade' }];
  const last =
    way === 'reject' || way === 'drop'
      ? []
      : [{ text: way === 'local' ? `goto ${serviceChain('local', port)}` : anywhere }];
  return { name: serviceChain('external', port), rules: [...first, ...last].map((rule) => ({ ...rule, origin })) };
}

/** The load balancer's own address counts as the node's, which has it as a local one. */
function guard({ nodeIP }: NodeProxy, dispatch: Dispatch): Chain {
  const { port } = dispatch;
  const { sourceRanges, loadBalancerIPs, family } = port;
  const own = admitsNode(port, nodeIP)
    ? loadBalancerIPs.flatMap((text) => {
        const address = parseAddress(text);
        return address ? blockOf(address, widthOf(family)) : [];
      })
    : [];
  const sources = rangesText([...sourceRanges, ...own]);
  return {
    name: serviceChain('firewall', port),
    rules: [
      {
        text: `${ipOf(dispatch)} saddr != ${sources} drop`,
        origin: originOf(port, 'spec', 'loadBalancerSourceRanges'),
      },
    ],
  };
}

/** Ranges as nft lists them: in order, without those that lie in others, and with braces only around several. */
function rangesText(ranges: readonly Cidr[]): string {
  const sorted = [...ranges].sort(byStart);
  const widest = sorted.filter((range, index) => !sorted.slice(0, index).some((other) => range.last <= other.last));
  const texts = widest.map((range) =>
    range.first === range.last ? formatCidr(range).split('/')[0] : formatCidr(range),
  );
  return texts.length === 1 ? `${texts[0]}` : `{ ${texts.join(', ')} }`;
}

/** Of two that begin together, the wider one first. */
function byStart(a: AddressRange, b: AddressRange): number {
  if (a.first !== b.first) return a.first < b.first ? -1 : 1;
  return a.last > b.last ? -1 : a.last < b.last ? 1 : 0;
}
