import type { NodeObject } from '../manifests/kinds.ts';
import type { Manifest } from '../manifests/manifest.ts';
import { type Address, blockOf, formatCidr, parseAddress } from './address.ts';
import type { Ranges } from './cluster.ts';
import { inferredRanges } from './inferred-ranges.ts';
import { givenRanges, internalAddresses } from './nodes.ts';
import { addressesGiven, nodesNamed } from './pods.ts';
import { isSame } from './same.ts';
import { defaultSettings, type Settings } from './settings.ts';
import type { WorkloadPlan } from './workloads.ts';

/** Whether somebody said from which ranges pods draw their addresses. */
export function isPodRangeSet({ podCIDR }: Settings): boolean {
  return !isSame(podCIDR, defaultSettings.podCIDR);
}

/** What 256 nodes need. */
const usualPrefix = { 4: 16, 6: 56 } as const;

/**
 * The ranges that pods draw their addresses from: those of the settings; where these say nothing, the customary ones,
 * unless the ranges of Node objects and the addresses of exported pods speak for others.
 */
export function podRanges(
  nodes: readonly Manifest<NodeObject>[],
  plans: readonly WorkloadPlan[],
  settings: Settings,
): Ranges {
  const { podCIDR } = settings;
  if (isPodRangeSet(settings)) return { ranges: podCIDR, inferred: false };
  const ofNodes = nodes.flatMap(givenRanges).map((text) => text.replace(/\/.*/, ''));
  const given = [...ofNodes, ...plans.flatMap(addressesGiven)].flatMap((text) => parseAddress(text) ?? []);
  const shared = new Set(addressesOnNodes(nodes, plans).map(blockText));
  return inferredRanges(
    podCIDR,
    given.filter((address) => !shared.has(blockText(address))),
    usualPrefix,
  );
}

/** Pods that have addresses of their nodes' network, as on AWS, have no range of their own. */
function addressesOnNodes(nodes: readonly Manifest<NodeObject>[], plans: readonly WorkloadPlan[]): readonly Address[] {
  const hosts = [...nodesNamed(plans).values()].flatMap((text) => text ?? []);
  return [...nodes.flatMap(internalAddresses), ...hosts].flatMap((text) => parseAddress(text) ?? []);
}

function blockText(address: Address): string {
  return formatCidr(blockOf(address, usualPrefix[address.family]));
}
