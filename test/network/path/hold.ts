import assert from 'node:assert/strict';
import type { Cluster } from '../../../src/cluster/cluster.ts';
import type { Plugin } from '../../../src/cluster/settings.ts';
import { podNetworks } from '../../../src/network/path/cni/pod-networks.ts';
import { endAt, type Hop, isBypassed } from '../../../src/network/path/hop.ts';
import { ownerOf } from '../../../src/network/path/owner.ts';
import { isSameSite, type Site } from '../../../src/network/path/site.ts';
import type { Walk } from '../../../src/network/path/walk.ts';
import { siteName } from './walking.ts';

/** What every walk is, from wherever to wherever, for each plugin and each proxy. */
export function holds(walk: Walk, cluster: Cluster): void {
  holdsAnywhere(walk);
  sitesConnect(walk, cluster.settings.cni);
  interfacesExist(walk, cluster);
  policySeesEndpoints(walk, cluster);
  filtersAreOnTheWay(walk, cluster);
  loopbackStays(walk);
}

/** What of that a walk between plain Docker hosts is, too. */
export function holdsAnywhere(walk: Walk): void {
  packetsAreHandedOn(walk.hops);
  packetsAreHandedOn(walk.back);
  rewritingsAreUndone(walk);
  endsWhereItSays(walk);
}

/** Each hop begins with the packet that the one before left. */
function packetsAreHandedOn(hops: readonly Hop[]): void {
  hops.slice(1).forEach((hop, index) => {
    assert.deepEqual(hop.before, hops[index]?.after);
  });
}

/** A site is left and entered by the two ends of one link; inside of a site an interface is entered as it was left. */
function sitesConnect({ hops }: Walk, cni: Plugin): void {
  hops.slice(1).forEach((hop, index) => {
    const before = hops[index];
    assert.ok(before);
    const out = lastOut(hops, index);
    if (isSameSite(before.at, hop.at)) assert.ok(hop.in === undefined || hop.in === out, `${out} ${hop.in}`);
    else
      assert.ok(
        isLink(cni, before.at, out, hop.at, hop.in),
        `${siteName(before.at)} ${out} ${siteName(hop.at)} ${hop.in}`,
      );
  });
}

/** The interface by which a site was left: the last that was named there. */
function lastOut(hops: readonly Hop[], index: number): string | undefined {
  const at = hops[index]?.at;
  for (let each = index; each >= 0; each--) {
    const hop = hops[each];
    if (!hop || !at || !isSameSite(hop.at, at)) return undefined;
    if (hop.out !== undefined) return hop.out;
  }
  return undefined;
}

function isLink(cni: Plugin, a: Site, out: string | undefined, b: Site, by: string | undefined): boolean {
  const { hostDevice } = podNetworks[cni];
  if (a.kind === 'pod' && b.kind === 'node') return out === 'eth0' && by === hostDevice(a.pod) && a.pod.node === b.node;
  if (a.kind === 'node' && b.kind === 'pod') return by === 'eth0' && out === hostDevice(b.pod) && b.pod.node === a.node;
  return a.kind !== 'pod' && b.kind !== 'pod' && out === 'eth0' && by === 'eth0';
}

/** The interfaces of a node beside its own, and what the ends of its pods' links are called, as upstream names them. */
const devices: Readonly<Record<Plugin, RegExp>> = {
  flannel: /^(cni0|flannel\.1|flannel-v6\.1|flannel-wg|flannel-wg-v6|flannel\.ipip|flannel0|veth[0-9a-f]{8})$/,
  calico: /^(tunl0|vxlan\.calico|vxlan-v6\.calico|cali[0-9a-f]{11})$/,
  cilium: /^(cilium_vxlan|cilium_geneve|lxc[0-9a-f]{12})$/,
  weave: /^(weave|vethwe-bridge|vethwepl[0-9a-f]{7})$/,
  'aws-vpc-cni': /^eni[0-9a-f]{11}$/,
  kindnet: /^veth[0-9a-f]{8}$/,
  bridge: /^(cni0|veth[0-9a-f]{8})$/,
};

/** Every interface is one that the plugin makes. */
function interfacesExist({ hops }: Walk, cluster: Cluster): void {
  const { hostDevice, bridge } = podNetworks[cluster.settings.cni];
  const pods = [...cluster.workloads.values()].flatMap((workload) => workload.pods);
  for (const { at, in: by, out } of hops) {
    for (const device of [by, out]) {
      if (device === undefined) continue;
      if (at.kind === 'pod') assert.ok(device === 'eth0' || device === 'lo', device);
      else if (device !== 'eth0') {
        assert.match(device, devices[cluster.settings.cni]);
        const isPods = /^(veth(?!we-)|cali|lxc|eni)/.test(device) && device !== bridge;
        assert.ok(!isPods || pods.some((pod) => hostDevice(pod) === device), device);
      }
    }
  }
}

/** Each rewriting is undone on the way back, in reverse, so that the answer fits what was sent. */
function rewritingsAreUndone({ hops, back, end }: Walk): void {
  if (end !== 'arrives') {
    const isAnswerLost = hops.some(isBypassed) && endAt(hops[hops.length - 1] as Hop) === 'arrives';
    assert.deepEqual(
      back.map(({ step }) => step.kind),
      isAnswerLost ? ['reply', 'lost'] : [],
    );
    return;
  }
  const done = hops.flatMap(({ at, step }) => (step.kind === 'nat' ? [`${siteName(at)} ${step.what}`] : []));
  const undone = back.flatMap(({ at, step }) => (step.kind === 'undo' ? [`${siteName(at)} ${step.what}`] : []));
  assert.deepEqual(undone.toReversed(), done);
  const wrapped = (all: readonly Hop[], kind: string) => all.filter(({ step }) => step.kind === kind).length;
  assert.equal(wrapped(back, 'encapsulate'), wrapped(hops, 'encapsulate'));
  const sending = hops.find(({ step }) => step.kind !== 'resolve' && step.kind !== 'balance');
  const answered = back[back.length - 1]?.after;
  assert.ok(sending);
  const { protocol, source, destination } = sending.before;
  // Programs at a socket choose the receiver before it has an address.
  const isBySocket = sending.step.kind === 'nat' && sending.step.chain[1] === 'cgroup';
  const own = isBySocket ? sending.after.source : source;
  assert.deepEqual(answered, { protocol, source: destination, destination: own });
}

/** Policy is asked about endpoints: no ClusterIP is left then, and the node rewrites no destination after it. */
function policySeesEndpoints({ hops }: Walk, cluster: Cluster): void {
  const clusterIPs = new Set([...cluster.services.values()].flatMap((service) => service.clusterIPs));
  hops.forEach(({ step, after, at }, index) => {
    if (step.kind !== 'filter' || isBeforeRefusal(hops, index, cluster)) return;
    assert.ok(!clusterIPs.has(after.destination.address), after.destination.address);
    const later = hops.slice(index).filter((hop) => hop.step.kind === 'nat' && hop.step.what === 'destination');
    assert.ok(later.every((hop) => !isSameSite(hop.at, at)));
  });
}

/** Calico lets a packet out, or not, before iptables refuses it for want of endpoints. */
function isBeforeRefusal(hops: readonly Hop[], index: number, cluster: Cluster): boolean {
  const [hop, next] = hops.slice(index);
  if (cluster.settings.cni !== 'calico' || hop?.step.kind !== 'filter' || hop.step.side.direction !== 'egress')
    return false;
  const { kind } = ownerOf(cluster, hop.after.destination.address);
  return next?.step.kind === 'refuse' || (next === undefined && kind !== 'pod' && kind !== 'node');
}

/** A node asks in FORWARD about what it leads on, or would but for a refusal, and in INPUT about what is for itself. */
function filtersAreOnTheWay({ hops }: Walk, cluster: Cluster): void {
  hops.forEach(({ at, step }, index) => {
    if (step.kind !== 'filter' || step.chain[0] !== 'filter') return;
    const isRouted = hops.some((hop) => isSameSite(hop.at, at) && ['route', 'bridge'].includes(hop.step.kind));
    const isLedOn = isRouted || isBeforeRefusal(hops, index, cluster);
    assert.equal(step.chain[1], isLedOn ? 'FORWARD' : 'INPUT', step.chain.join(' '));
  });
}

/** What is sent to a loopback address is for the network namespace that it is in. */
function loopbackStays({ hops }: Walk): void {
  for (const { after, out } of hops) {
    if (after.destination.address.startsWith('127.')) assert.ok(out === undefined || out === 'lo', out);
  }
}

/** Who is denied goes no further, and each walk ends where something says so. */
function endsWhereItSays({ hops, back, end }: Walk): void {
  const last = end === 'lost' && back.length > 0 ? back[back.length - 1] : hops[hops.length - 1];
  if (!last) {
    assert.equal(end, 'lost');
    return;
  }
  const ends = { arrives: 'arrive', denied: 'filter', refused: 'refuse', lost: 'lost', unresolved: 'resolve' };
  assert.equal(last.step.kind, ends[end]);
  for (const { step } of hops.slice(0, -1)) {
    assert.ok(!['arrive', 'refuse', 'lost'].includes(step.kind), step.kind);
    assert.ok(step.kind !== 'filter' || step.side.allowed || !step.enforced);
  }
}
