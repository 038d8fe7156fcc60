import { formatAddress, parseCidr } from '../../src/cluster/address.ts';
import { nodeBlocks } from '../../src/cluster/node-blocks.ts';
import { defaultSettings } from '../../src/cluster/settings.ts';
import { clusterOf } from '../cluster.ts';
import type { Answer } from './answer.ts';

/** Which addresses of its range a node gives to pods: what is drawn until there are no more. */
export function hostLocal({ subnet }: { readonly subnet: string }): Answer {
  const range = parseCidr(subnet);
  if (!range) throw new Error(`${subnet} is no range`);
  const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'node' }, spec: { podCIDR: subnet } };
  const pods = podsOn(node, subnet, Number(range.last - range.first) - 2);
  const values = pods.flatMap((text) => parseCidr(`${text}/32`)?.first ?? []).sort((a, b) => (a < b ? -1 : 1));
  const at = (value = 0n) => formatAddress({ family: range.family, value });
  return { gateway: at((values[0] ?? 0n) - 1n), firstPod: at(values[0]), last: at(values.at(-1)) };
}

/** The addresses of as many pods as are asked for on one node. */
function podsOn(node: object, podCIDR: string, count: number): readonly string[] {
  const pods = Array.from({ length: count }, (_, index) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `pod-${index}` },
  }));
  // CoreDNS would be on the node too.
  const dns = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: 'kube-system', name: 'dns', labels: { dns: 'it' } },
  };
  const cluster = clusterOf([node, ...pods, dns], {
    podCIDR: [podCIDR],
    dns: { ...defaultSettings.dns, labels: { dns: 'it' } },
  });
  const all = [...cluster.workloads.values()].flatMap((workload) => workload.pods);
  return all.flatMap(({ addresses }) => addresses);
}

/** How many nodes get a range, and how many pods each has addresses for, the gateway's included. */
export function nodeCIDR({ clusterCIDR }: { readonly clusterCIDR: string }): Answer {
  const blocks = nodeBlocks([clusterCIDR], []);
  const [first] = blocks.take();
  if (!first) throw new Error(`${clusterCIDR} has no blocks`);
  let nodes = 1;
  while (blocks.take().length > 0) nodes += 1;
  return { nodes, podsAddressablePerNode: Number(first.last - first.first) - 1 };
}
