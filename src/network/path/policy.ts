import type { Pod } from '../../cluster/cluster.ts';
import { enforcesPolicy } from '../../cluster/settings.ts';
import type { Party } from '../policy/party.ts';
import type { Direction } from '../policy/policy.ts';
import { judge } from '../policy/verdict.ts';
import { type Course, record } from './course.ts';
import { partyWith } from './owner.ts';
import type { Passage, PolicyHook } from './pod-network.ts';
import type { Site } from './site.ts';

/** Where policy is asked by an agent beside a plugin that enforces none of its own. */
const byAgent: PolicyHook = {
  seesSource: 'before-masquerade',
  chain: (_direction, _device, passage) => ['filter', passage],
};

/** Where the cluster asks policy; absent where it does not. */
export function policyHookOf({ cluster, network }: Course): PolicyHook | undefined {
  if (!enforcesPolicy(cluster.settings)) return undefined;
  if (cluster.settings.proxyMode === 'ebpf' && network.policy && network.plugin !== 'cilium') return byProgram;
  return network.policy ?? byAgent;
}

/** A plugin that replaces kube-proxy by programs asks policy in them too (projectcalico/calico `felix/bpf-gpl/policy.h`). */
const byProgram: PolicyHook = { seesSource: 'as-delivered', chain: (_, device) => ['eBPF', 'tc', device] };

/**
 * Asks the policies of a pod about the packet as it is now, after the proxy has rewritten it, and says whether the walk
 * goes on. Where no policy is enforced, only what would be denied is noted.
 */
export function askPolicy(
  course: Course,
  at: Site,
  direction: Direction,
  subject: Pod,
  passage: Passage = 'FORWARD',
): boolean {
  const hook = policyHookOf(course);
  const side = judge(course.cluster, { ...partiesOf(course), ...portsOf(course) }).sides[
    direction === 'egress' ? 0 : 1
  ];
  const chain = hook && chainOf(course, hook, direction, subject, passage);
  if (side.because === 'not-governed' || (!chain && side.allowed)) return true;
  const by = side.admittedBy ?? side.deniedBy;
  const policy = by?.policy ?? side.policies[0];
  const place = policy && { manifest: policy.manifest, path: by?.rule.path ?? [] };
  return record(
    course,
    at,
    { kind: 'filter', chain: chain ?? [], side, enforced: hook !== undefined },
    { ...(place && { place }) },
  );
}

/** A pod in its node's network has no interface of its own, and no chain: what might govern it, no plugin tells. */
function chainOf(
  { network }: Course,
  hook: PolicyHook,
  direction: Direction,
  subject: Pod,
  passage: Passage,
): readonly string[] | undefined {
  return subject.spec.hostNetwork ? [] : hook.chain(direction, network.hostDevice(subject), passage);
}

function portsOf({ packet, dialled }: Course) {
  const { protocol, destination } = packet;
  return { protocol, port: destination.port, ...(dialled !== undefined && { dialled }) };
}

/** Who policy takes for the two ends, by the addresses that the packet has now. */
function partiesOf({ cluster, packet, sender, receiver, family }: Course): { from: Party; to: Party } {
  const isSenders = sender?.addresses.includes(packet.source.address);
  const from: Party = sender && isSenders ? { kind: 'pod', pod: sender } : partyWith(cluster, packet.source.address);
  return {
    from: inFamily(from, family),
    to: inFamily(receiver ?? partyWith(cluster, packet.destination.address), family),
  };
}

function inFamily(party: Party, family: Course['family']): Party {
  return party.kind === 'outside' ? party : { ...party, family };
}
