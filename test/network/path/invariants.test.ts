import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Cluster } from '../../../src/cluster/cluster.ts';
import { encapsulations, type Plugin, type ProxyMode, plugins, proxyModes } from '../../../src/cluster/settings.ts';
import { podNetworks } from '../../../src/network/path/cni/pod-networks.ts';
import type { Hop } from '../../../src/network/path/hop.ts';
import { addressesOfNode } from '../../../src/network/path/layout.ts';
import { isSameSite, type Site } from '../../../src/network/path/site.ts';
import type { Walk } from '../../../src/network/path/walk.ts';
import { networkOf } from './manifests.ts';
import { siteName, walked } from './walking.ts';

/** From each kind of sender to each kind of receiver, as the cases of the walk have them. */
const calls: readonly (readonly [from: string, to: string, choice?: number])[] = [
  ['pod/web', 'localhost:8080'],
  ['pod/web', 'pod/web'],
  ['pod/web', 'pod/near'],
  ['pod/web', 'pod/far'],
  ['pod/web', 'svc/back', 1],
  ['pod/web', 'svc/back', 2],
  ['pod/web', 'svc/self'],
  ['pod/web', 'svc/heads:8080'],
  ['pod/web', 'svc/nothing'],
  ['pod/web', '10.96.0.50:81'],
  ['pod/web', '10.96.77.77:81'],
  ['pod/web', '10.244.1.99:81'],
  ['pod/web', '10.244.9.99:81'],
  ['pod/web', 'internet'],
  ['pod/web', 'n1:10250'],
  ['pod/web', 'n2:9100'],
  ['pod/web', 'n2:9090'],
  ['pod/web', 'n1:30080', 2],
  ['pod/web', 'n2:30081'],
  ['pod/web', '198.51.100.9:80'],
  ['pod/door', 'n2:9090'],
  ['deploy/agent', 'pod/web'],
  ['deploy/agent', 'svc/back', 1],
  ['n1', 'pod/near'],
  ['n1', 'pod/far'],
  ['n1', 'svc/back', 2],
  ['n1', 'n2:9100'],
  ['n1', 'localhost:30080'],
  ['internet', 'n1:30080', 1],
  ['internet', 'n1:30080', 2],
  ['internet', 'n1:30081'],
  ['internet', 'n2:30081'],
  ['internet', 'n2:9090'],
  ['internet', 'svc/front', 1],
  ['internet', 'svc/front', 2],
  ['internet', 'svc/local'],
  ['internet', 'svc/back'],
  ['internet', 'pod/web'],
  ['198.51.100.77', '198.51.100.9:80'],
];

function eachWalk(check: (walk: Walk, cluster: Cluster, cni: Plugin, proxyMode: ProxyMode) => void) {
  for (const cni of plugins) {
    for (const proxyMode of proxyModes) {
      for (const { encapsulation } of podNetworks[cni].transports) {
        const cluster = networkOf({ cni, proxyMode, encapsulation });
        for (const [from, to, choice] of calls) {
          try {
            check(walked(cluster, from, to, choice), cluster, cni, proxyMode);
          } catch (error) {
            throw new Error(`${cni} ${encapsulation} ${proxyMode}: ${from} → ${to} ${choice ?? ''}`, { cause: error });
          }
        }
      }
    }
  }
}

test('every transport of a plugin has a way to be asked for', () => {
  for (const { transports } of Object.values(podNetworks)) {
    for (const { encapsulation } of transports) assert.ok(encapsulations.includes(encapsulation));
    assert.equal(new Set(transports.map(({ encapsulation }) => encapsulation)).size, transports.length);
  }
});

test('each hop begins with the packet that the one before left', () => {
  eachWalk(({ hops, back }) => {
    for (const sequence of [hops, back]) {
      sequence.slice(1).forEach((hop, index) => {
        assert.deepEqual(hop.before, sequence[index]?.after);
      });
    }
  });
});

test('adjacent hops connect: by one interface inside of a site, by the two ends of a link from site to site', () => {
  eachWalk(({ hops }, _, cni) => {
    hops.slice(1).forEach((hop, index) => {
      const before = hops[index];
      assert.ok(before);
      if (isSameSite(before.at, hop.at))
        assert.ok(
          hop.in === undefined || before.out === undefined || hop.in === before.out || isOn(hops, index, hop),
          `${hop.in}`,
        );
      else
        assert.ok(
          isLinked(cni, before.at, lastOut(hops, index), hop.at, hop.in),
          `${siteName(before.at)} ${lastOut(hops, index)} ${siteName(hop.at)} ${hop.in}`,
        );
    });
  });
});

/** The interface by which a site was left: the last that was named there. */
function lastOut(hops: readonly Hop[], index: number): string | undefined {
  const at = hops[index]?.at;
  const own: (string | undefined)[] = [];
  for (let each = index; each >= 0; each--) {
    const hop = hops[each];
    if (!hop || !at || !isSameSite(hop.at, at)) break;
    own.push(hop.out);
  }
  return own.find((out) => out !== undefined);
}

function isOn(hops: readonly Hop[], index: number, hop: Hop): boolean {
  return lastOut(hops, index) === hop.in;
}

function isLinked(cni: Plugin, a: Site, out: string | undefined, b: Site, by: string | undefined): boolean {
  if (a.kind === 'pod' && b.kind === 'node')
    return out === 'eth0' && by === podNetworks[cni].hostDevice(a.pod) && a.pod.node === b.node;
  if (a.kind === 'node' && b.kind === 'pod')
    return by === 'eth0' && out === podNetworks[cni].hostDevice(b.pod) && b.pod.node === a.node;
  return a.kind !== 'pod' && b.kind !== 'pod' && out === 'eth0' && by === 'eth0';
}

test('every interface exists for the plugin', () => {
  eachWalk(({ hops }, cluster, cni) => {
    const { bridge, transports, hostDevice } = podNetworks[cni];
    const pods = [...cluster.workloads.values()].flatMap((workload) => workload.pods);
    const ofNodes = new Set([
      'eth0',
      ...(bridge ? [bridge] : []),
      ...transports.flatMap(({ device }) => (device ? [device[4]] : [])),
      ...pods.map(hostDevice),
    ]);
    for (const { at, in: by, out } of hops) {
      for (const device of [by, out]) {
        if (device === undefined) continue;
        assert.ok(at.kind === 'pod' ? ['eth0', 'lo'].includes(device) : ofNodes.has(device), device);
      }
    }
  });
});

test('each rewriting is undone on the way back, in reverse, so that the answer fits the question', () => {
  eachWalk(({ hops, back, end }) => {
    if (end !== 'arrives') {
      assert.deepEqual(back, []);
      return;
    }
    const done = hops.flatMap(({ at, step }) => (step.kind === 'nat' ? [`${siteName(at)} ${step.what}`] : []));
    const undone = back.flatMap(({ at, step }) => (step.kind === 'undo' ? [`${siteName(at)} ${step.what}`] : []));
    assert.deepEqual(undone.toReversed(), done);
    const sent = hops.find(({ step }) => step.kind !== 'resolve' && step.kind !== 'balance')?.before;
    const answered = back[back.length - 1]?.after;
    assert.deepEqual([answered?.destination.port, answered?.source.port], [sent?.source.port, sent?.destination.port]);
    assert.equal(answered?.outer, undefined);
  });
});

test('policy is asked about the endpoint and not about the Service', () => {
  eachWalk(({ hops }) => {
    hops.forEach(({ step, after }, index) => {
      if (step.kind !== 'filter') return;
      const later = hops.slice(index).filter((hop) => hop.step.kind === 'nat' && hop.step.what === 'destination');
      const isOnlyOnNextNode = later.every(({ at }) => !hops.slice(0, index).some((hop) => isSameSite(hop.at, at)));
      assert.ok(isOnlyOnNextNode);
      assert.ok(!after.destination.address.startsWith('10.96.') || !step.side.allowed || later.length === 0);
    });
  });
});

test('who is denied goes no further, and each walk ends where something says so', () => {
  eachWalk(({ hops, end }) => {
    const last = hops[hops.length - 1];
    assert.ok(last);
    const ends = { arrives: 'arrive', denied: 'filter', refused: 'refuse', lost: 'lost', unresolved: 'resolve' };
    assert.equal(last.step.kind, ends[end]);
    for (const { step } of hops.slice(0, -1)) assert.ok(!['arrive', 'refuse', 'lost'].includes(step.kind));
  });
});

/** The address that the receiver sees is of: the sender, or one of the node. */
function sourceOnArrival(walk: Walk, cluster: Cluster, cni: Plugin): string {
  assert.equal(walk.end, 'arrives');
  const { address } = walk.hops[walk.hops.length - 1]?.after.source ?? { address: '' };
  const node = cluster.nodes.find((each) => addressesOfNode(podNetworks[cni], each).includes(address));
  return node?.name ?? address;
}

test('source on arrival, policy × source × target', () => {
  for (const cni of plugins) {
    for (const proxyMode of ['iptables', 'nftables', 'ipvs'] as const) {
      const cluster = networkOf({ cni, proxyMode });
      const seen = (from: string, to: string, choice = 1) =>
        sourceOnArrival(walked(cluster, from, to, choice), cluster, cni);
      const title = `${cni} ${proxyMode}`;
      // A ClusterIP: a pod keeps its address, a node does not, nor does a pod that calls itself.
      assert.equal(seen('pod/web', 'svc/back', 1), '10.244.1.10', title);
      assert.equal(seen('pod/web', 'svc/back', 2), '10.244.1.10', title);
      assert.equal(seen('n1', 'svc/back', 2), 'n1', title);
      if (cni !== 'cilium') assert.equal(seen('pod/web', 'svc/self'), 'n1', title);
      // A node port with policy Cluster hides everyone, with policy Local nobody from outside.
      assert.equal(seen('internet', 'n1:30080', 1), 'n1', title);
      assert.equal(seen('internet', 'n1:30080', 2), 'n1', title);
      assert.equal(seen('pod/web', 'n1:30080', 2), 'n1', title);
      assert.equal(seen('internet', 'n2:30081'), '203.0.113.7', title);
      assert.equal(seen('internet', 'svc/front', 2), 'n1', title);
      assert.equal(walked(cluster, 'internet', 'n1:30081').end, 'refused', title);
      // Pods see each other's own addresses, the world sees the node's, and a node its own pods'.
      assert.equal(seen('pod/web', 'pod/far'), '10.244.1.10', title);
      assert.equal(seen('pod/web', 'internet'), 'n1', title);
      assert.equal(seen('pod/web', 'n1:10250'), '10.244.1.10', title);
    }
  }
});

test('programs in the place of kube-proxy keep the client where the endpoint is near', () => {
  for (const cni of ['calico', 'cilium'] as const) {
    const cluster = networkOf({ cni, proxyMode: 'ebpf' });
    assert.equal(sourceOnArrival(walked(cluster, 'internet', 'n1:30080', 1), cluster, cni), '203.0.113.7');
    assert.equal(sourceOnArrival(walked(cluster, 'internet', 'n1:30080', 2), cluster, cni), 'n1');
    assert.equal(sourceOnArrival(walked(cluster, 'pod/web', 'n1:30080', 2), cluster, cni), '10.244.1.10');
  }
});
