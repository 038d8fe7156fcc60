import { blockOf, parseAddress } from '../../src/cluster/address.ts';
import type { Cluster, Protocol } from '../../src/cluster/cluster.ts';
import type { Party } from '../../src/network/policy/party.ts';
import { judge, type Verdict } from '../../src/network/policy/verdict.ts';
import { pod } from './cluster.ts';

/** A Pod of its own, as one YAML document. */
export function podText(namespace: string, name: string, labels = '{}', spec = '{}', status = '{}'): string {
  return `{ apiVersion: v1, kind: Pod, metadata: { namespace: ${namespace}, name: ${name}, labels: ${labels} }, spec: ${spec}, status: ${status} }`;
}

/** A NetworkPolicy, as one YAML document. */
export function policyText(namespace: string, spec: string, name = 'policy'): string {
  return `{ apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: { namespace: ${namespace}, name: ${name} }, spec: ${spec} }`;
}

/** Documents of one file. */
export function documents(...texts: readonly string[]): string {
  return texts.join('\n---\n');
}

/** `namespace/name` is a Pod; `node NAME` a node; all else an address outside. */
export function party(cluster: Cluster, text: string): Party {
  if (text.startsWith('node ')) {
    const node = cluster.nodes.find(({ name }) => name === text.slice(5));
    if (!node) throw new Error(`there is no ${text}`);
    return { kind: 'node', node };
  }
  const address = parseAddress(text);
  if (address) return { kind: 'outside', range: blockOf(address, address.family === 4 ? 32 : 128) };
  const [namespace, name] = text.split('/');
  return { kind: 'pod', pod: pod(cluster, `${namespace}/Pod/${name}`) };
}

/** What becomes of a connection between two of those. */
export function verdictOn(cluster: Cluster, from: string, to: string, port = 80, protocol: Protocol = 'TCP'): Verdict {
  return judge(cluster, { from: party(cluster, from), to: party(cluster, to), port, protocol });
}
