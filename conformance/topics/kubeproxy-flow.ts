import { type Address, parseAddress } from '../../src/cluster/address.ts';
import type { Protocol } from '../../src/cluster/cluster.ts';
import { type Flow, flowThrough } from '../../src/network/proxy/flow.ts';
import { addressAndPort } from '../../src/network/services/address-and-port.ts';
import type { Answer } from './answer.ts';
import { proxyIn, type World } from './kubeproxy-world.ts';

interface Given extends Pick<World, 'service' | 'endpoints'> {
  readonly env: { readonly podCIDR: string; readonly nodeIPs: readonly string[]; readonly thisNode: string };
  readonly checks: readonly {
    readonly src: string;
    readonly dst: string;
    readonly dport: number;
    readonly proto: Protocol;
  }[];
}

/** Where each packet is led, and whether it leaves with the node's address. */
export function proxyFlow({ env: { podCIDR, nodeIPs, thisNode: node }, service, endpoints, checks }: Given): Answer {
  const proxy = proxyIn({ podCIDR, nodeIPs, node, service, endpoints });
  const results = checks.map(({ src, dst, dport: port, proto: protocol }) =>
    resultOf(flowThrough('iptables', proxy, { source: address(src), destination: address(dst), port, protocol })),
  );
  return { results };
}

function resultOf(flow: Flow): object {
  if (flow.kind === 'untouched') return { to: '' };
  if (flow.kind !== 'forward') return { to: flow.kind.toUpperCase() };
  return {
    to: flow.targets.map(({ target }) => addressAndPort(target)).join(', '),
    masq: flow.targets.some(({ masquerade }) => masquerade !== undefined),
  };
}

function address(text: string): Address {
  const parsed = parseAddress(text);
  if (!parsed) throw new Error(`${text} is no address`);
  return parsed;
}
