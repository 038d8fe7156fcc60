import type { Course } from './course.ts';
import type { Hop, NatStep, Step, UndoStep } from './hop.ts';
import { ownerOf } from './owner.ts';
import { type Packet, replyTo } from './packet.ts';
import type { PodNetwork } from './pod-network.ts';
import type { Site } from './site.ts';

/** What the way back depends on. */
type Walked = Pick<Course, 'hops' | 'sender' | 'receiver'> & { readonly network: Pick<PodNetwork, 'bridge'> };

/**
 * What happens to the answer: the tunnel the other way, and each rewriting undone where it was done, in reverse. Nobody
 * chooses again: the kernels have kept what they did.
 */
export function wayBack(course: Walked): readonly Hop[] {
  const { hops } = course;
  const first = hops[0];
  const last = hops[hops.length - 1];
  if (!first || !last) return [];
  let packet = replyTo(last.after);
  const next = (at: Hop['at'], step: Step, after: Packet = packet): Hop => {
    const before = packet;
    packet = after;
    return { at, step, before, after };
  };
  const reply = next(last.at, { kind: 'reply' });
  const undone = hops.toReversed().flatMap((hop) => {
    const turned = turn(course, hop, packet);
    return turned ? [next(hop.at, turned.step, turned.after)] : [];
  });
  return [reply, ...undone, next(first.at, { kind: 'answered' })];
}

/** The answer to a packet whose rewriting it cannot meet: it comes from an address that its receiver never called. */
export function answerPast({ hops, cluster }: Pick<Course, 'hops' | 'cluster'>): readonly Hop[] {
  const last = hops[hops.length - 1];
  if (!last) return [];
  const packet = replyTo(last.after);
  const owner = ownerOf(cluster, packet.destination.address);
  const at: Site = owner.kind === 'nobody' ? { kind: 'outside' } : owner;
  return [
    { at: last.at, step: { kind: 'reply' }, before: packet, after: packet },
    { at, step: { kind: 'lost', why: 'unasked' }, before: packet, after: packet },
  ];
}

/** What the answer meets where the packet met a hop; nothing where it only passed. */
function turn(course: Walked, hop: Hop, packet: Packet): { step: Step; after: Packet } | undefined {
  const { step } = hop;
  switch (step.kind) {
    case 'nat':
      return { step: undo(course, hop, step), after: { ...packet, ...replyTo(remembered(hop, step)) } };
    case 'decapsulate': {
      const { outer } = hop.before;
      const turned = outer && { outer: { ...outer, source: outer.destination, destination: outer.source } };
      return { step: { ...step, kind: 'encapsulate' }, after: { ...packet, ...turned } };
    }
    case 'encapsulate': {
      const { outer: _, ...inner } = packet;
      return { step: { ...step, kind: 'decapsulate' }, after: inner };
    }
    default:
      return undefined;
  }
}

/** A socket knows the receiver by the address that was called, itself by the one that it was given only after that. */
function remembered({ before, after }: Hop, { chain }: NatStep): Packet {
  return chain[1] === 'cgroup' ? { ...before, source: after.source } : before;
}

function undo(course: Walked, hop: Hop, step: NatStep): UndoStep {
  return { kind: 'undo', what: step.what, by: undoneBy(step), ...(isOverBridge(course, hop) && { overBridge: true }) };
}

function undoneBy({ why, chain: [first, second] }: NatStep): UndoStep['by'] {
  if (why === 'external-ip') return 'provider';
  return first !== 'eBPF' ? 'conntrack' : second === 'cgroup' ? 'socket' : 'ebpf';
}

/**
 * Whether the answer goes from one port of the bridge to the other: it comes back to the node's rules only because
 * bridged frames are passed through them (`net.bridge.bridge-nf-call-iptables`).
 * Source: kubernetes/website, network-plugins, on kube-proxy and the Linux bridge.
 */
function isOverBridge({ network, sender, hops, receiver }: Walked, { at }: Hop): boolean {
  const isMasqueraded = hops.some(({ step }) => step.kind === 'nat' && step.what === 'source');
  const pod = receiver?.kind === 'pod' ? receiver.pod : undefined;
  const isNear = at.kind === 'node' && sender?.node === at.node && pod?.node === at.node && !pod.spec.hostNetwork;
  return network.bridge !== undefined && isNear && !sender?.spec.hostNetwork && !isMasqueraded;
}
