import type { NodeObject } from '../manifests/kinds.ts';
import { type Manifest, nameOf } from '../manifests/manifest.ts';
import { present } from '../manifests/schema.ts';
import { formatCidr, parseCidr } from './address.ts';
import type { Node } from './cluster.ts';
import { type NodeBlocks, nodeBlocks } from './node-blocks.ts';
import { mergeLabels } from './selector.ts';
import type { Settings } from './settings.ts';

/** More nodes than this are not simulated, whatever the settings say. */
const mostNodes = 1000;

/**
 * The nodes that the manifests bring, or else as many as the settings ask for; and those that pods name, each with its
 * address where one says it. Where no Node is brought, a node that a pod names takes the place of a simulated one.
 */
export function makeNodes(
  declared: readonly Manifest<NodeObject>[],
  named: ReadonlyMap<string, string | undefined>,
  settings: Settings,
  podRanges: readonly string[],
): readonly Node[] {
  const blocks = nodeBlocks(
    podRanges,
    declared.flatMap(givenRanges).flatMap((text) => parseCidr(text) ?? []),
  );
  const brought = declared.map((manifest, index) => fromManifest(manifest, index, blocks));
  const count = Math.min(Math.max(1, Math.trunc(settings.nodes)), mostNodes);
  const simulated = brought.length > 0 ? [] : Array.from({ length: count }, (_, index) => nodeName(index));
  const known = new Set([...brought.map(({ name }) => name), ...simulated]);
  const further = [...named.keys()].filter((name) => !known.has(name)).sort();
  const first = brought.length + simulated.length;
  return [
    ...brought,
    ...simulated.flatMap((name, index) =>
      index < count - further.length || named.has(name) ? simulatedNode(name, index, blocks, named.get(name)) : [],
    ),
    ...further.map((name, index) => simulatedNode(name, first + index, blocks, named.get(name))),
  ];
}

function nodeName(index: number): string {
  return `node-${index + 1}`;
}

/** The pod ranges that the text of a Node gives it. */
export function givenRanges({ object: { spec } }: Manifest<NodeObject>): readonly string[] {
  return [...new Set([spec?.podCIDR, ...(spec?.podCIDRs ?? [])])].filter((range) => range !== undefined);
}

/** The addresses that the text of a Node gives it. */
export function internalAddresses({ object: { status } }: Manifest<NodeObject>): readonly string[] {
  return present(status?.addresses).flatMap(([, { type, address }]) =>
    type === 'InternalIP' && address ? [address] : [],
  );
}

function fromManifest(manifest: Manifest<NodeObject>, index: number, blocks: NodeBlocks): Node {
  const { metadata } = manifest.object;
  const name = nameOf(manifest.object);
  const given = givenRanges(manifest);
  const internal = internalAddresses(manifest);
  return {
    name,
    labels: mergeLabels({ 'kubernetes.io/hostname': name }, metadata?.labels),
    addresses: internal.length > 0 ? internal : nodeAddresses(index),
    simulated: internal.length === 0,
    podCIDRs: given.length > 0 ? given : blocks.take().map(formatCidr),
    manifest,
  };
}

function simulatedNode(name: string, index: number, blocks: NodeBlocks, address: string | undefined): Node {
  return {
    name,
    labels: mergeLabels({ 'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux' }),
    addresses: address ? [address] : nodeAddresses(index),
    simulated: !address,
    podCIDRs: blocks.take().map(formatCidr),
  };
}

/** A node network of the simulation's own, apart from the customary pod and Service ranges. */
function nodeAddresses(index: number): readonly string[] {
  const host = index + 11;
  return [`192.168.${host >> 8}.${host & 255}`, `fd00:192:168::${host.toString(16)}`];
}
