import type { NodeObject } from '../manifests/kinds.ts';
import { type Manifest, nameOf } from '../manifests/manifest.ts';
import { present } from '../manifests/schema.ts';
import { type AddressRange, blockOf, type Cidr, formatAddress, parseCidr, widthOf } from './address.ts';
import type { Node } from './cluster.ts';
import { mergeLabels } from './selector.ts';
import type { Settings } from './settings.ts';

/** More nodes than this are not simulated, whatever the settings say. */
const mostNodes = 1000;

/**
 * How many leading bits the pod range of one node has.
 * Source: kubernetes/kubernetes `cmd/kube-controller-manager/app/options/nodeipamcontroller.go` and
 * `pkg/controller/nodeipam/config` (--node-cidr-mask-size-ipv4, -ipv6).
 */
const nodeMask = { 4: 24, 6: 64 } as const;

/**
 * The nodes that the manifests bring, or else as many as the settings ask for; and those that pods name, each with its
 * address where one says it. Where no Node is brought, a node that a pod names takes the place of a simulated one.
 */
export function makeNodes(
  declared: readonly Manifest<NodeObject>[],
  named: ReadonlyMap<string, string | undefined>,
  settings: Settings,
): readonly Node[] {
  const brought = declared.map((manifest, index) => fromManifest(manifest, index, settings));
  const count = Math.min(Math.max(1, Math.trunc(settings.nodes)), mostNodes);
  const simulated = brought.length > 0 ? [] : Array.from({ length: count }, (_, index) => nodeName(index));
  const known = new Set([...brought.map(({ name }) => name), ...simulated]);
  const further = [...named.keys()].filter((name) => !known.has(name)).sort();
  const first = brought.length + simulated.length;
  return [
    ...brought,
    ...simulated.flatMap((name, index) =>
      index < count - further.length || named.has(name) ? simulatedNode(name, index, settings, named.get(name)) : [],
    ),
    ...further.map((name, index) => simulatedNode(name, first + index, settings, named.get(name))),
  ];
}

function nodeName(index: number): string {
  return `node-${index + 1}`;
}

function fromManifest(manifest: Manifest<NodeObject>, index: number, settings: Settings): Node {
  const { metadata, spec, status } = manifest.object;
  const name = nameOf(manifest.object);
  const given = [...new Set([spec?.podCIDR, ...(spec?.podCIDRs ?? [])])].filter((range) => range !== undefined);
  const internal = present(status?.addresses).flatMap(([, { type, address }]) =>
    type === 'InternalIP' && address ? [address] : [],
  );
  return {
    name,
    labels: mergeLabels({ 'kubernetes.io/hostname': name }, metadata?.labels),
    addresses: internal.length > 0 ? internal : nodeAddresses(index),
    simulated: internal.length === 0,
    podCIDRs: given.length > 0 ? given : podRanges(index, settings).map(formatRange),
    manifest,
  };
}

function simulatedNode(name: string, index: number, settings: Settings, address: string | undefined): Node {
  return {
    name,
    labels: mergeLabels({ 'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux' }),
    addresses: address ? [address] : nodeAddresses(index),
    simulated: !address,
    podCIDRs: podRanges(index, settings).map(formatRange),
  };
}

/** A node network of the simulation's own, apart from the customary pod and Service ranges. */
function nodeAddresses(index: number): readonly string[] {
  const host = index + 11;
  return [`192.168.${host >> 8}.${host & 255}`, `fd00:192:168::${host.toString(16)}`];
}

/**
 * The `index`-th node-sized block of each configured pod range; none where the range has no more of them.
 * Source: kubernetes/kubernetes `pkg/controller/nodeipam/ipam/cidrset/cidr_set.go` AllocateNext.
 */
export function podRanges(index: number, settings: Settings): readonly Cidr[] {
  return settings.podCIDR.flatMap((text) => {
    const range = parseCidr(text);
    const block = range && nthBlock(range, Math.max(nodeMask[range.family], range.prefix), index);
    return block ? [block] : [];
  });
}

function nthBlock(range: AddressRange, prefix: number, index: number): Cidr | undefined {
  const size = 1n << BigInt(widthOf(range.family) - prefix);
  const value = range.first + size * BigInt(index);
  return value <= range.last ? blockOf({ family: range.family, value }, prefix) : undefined;
}

function formatRange({ family, first, prefix }: Cidr): string {
  return `${formatAddress({ family, value: first })}/${prefix}`;
}
