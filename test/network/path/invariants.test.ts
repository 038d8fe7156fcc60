import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Cluster, Pod } from '../../../src/cluster/cluster.ts';
import { encapsulations, plugins } from '../../../src/cluster/settings.ts';
import { podNetworks } from '../../../src/network/path/cni/pod-networks.ts';
import type { End } from '../../../src/network/path/hop.ts';
import { type Walk, walk as walkOf } from '../../../src/network/path/walk.ts';
import { judge } from '../../../src/network/policy/verdict.ts';
import { shop } from '../../cli/podwire.ts';
import { clusterOf, writtenWorkloads } from '../../support/cluster.ts';
import { clusterOfData, randomObjects } from '../policy/random-cluster.ts';
import { holds } from './hold.ts';
import { closed, networkOf } from './manifests.ts';
import { eachNetwork } from './networks.ts';
import { sourceOnArrival } from './seen.ts';
import { walked } from './walking.ts';

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
  ['pod/door', 'svc/back'],
  ['deploy/agent', 'pod/web'],
  ['deploy/agent', 'svc/back', 1],
  ['n1', 'pod/near'],
  ['n1', 'pod/far'],
  ['n1', 'svc/back', 2],
  ['n1', 'n2:9100'],
  ['n1', 'localhost:30080'],
  ['n1', 'localhost:10250'],
  ['n2', 'localhost:9090'],
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

function holdsFrom(cluster: Cluster, from: string, to: string, choice?: number): Walk {
  const walk = walked(cluster, from, to, choice);
  const { cni, encapsulation, proxyMode } = cluster.settings;
  try {
    holds(walk, cluster);
  } catch (error) {
    throw new Error(`${cni} ${encapsulation} ${proxyMode}: ${from} → ${to} ${choice ?? ''}`, { cause: error });
  }
  return walk;
}

test('every transport of a plugin has a way to be asked for', () => {
  for (const { transports } of Object.values(podNetworks)) {
    for (const { encapsulation } of transports) assert.ok(encapsulations.includes(encapsulation));
    assert.equal(new Set(transports.map(({ encapsulation }) => encapsulation)).size, transports.length);
  }
});

test('walks between all kinds of ends, in every network, with policies and without', () => {
  const ends = new Map<End, number>();
  for (const settings of eachNetwork()) {
    for (const policies of [[], closed]) {
      const cluster = networkOf(settings, policies);
      for (const [from, to, choice] of calls) {
        const { end } = holdsFrom(cluster, from, to, choice);
        ends.set(end, (ends.get(end) ?? 0) + 1);
      }
    }
  }
  for (const end of ['arrives', 'denied', 'refused', 'lost', 'unresolved'] as const) assert.ok(ends.get(end), end);
});

test('walks through the example, from each workload to each Service', () => {
  const text = globSync('*.yaml', { cwd: shop }).map((file) => readFileSync(path.join(shop, file), 'utf8'));
  for (const settings of eachNetwork()) {
    if (settings.encapsulation !== podNetworks[settings.cni].transports[0].encapsulation) continue;
    const cluster = clusterOf(text.join('---\n'), settings);
    for (const from of writtenWorkloads(cluster)) {
      for (const service of cluster.services.values())
        holdsFrom(cluster, from, `${service.namespace}/svc/${service.name}`);
    }
  }
});

test('walks through random clusters: where policy is enforced, who gets through is whom its verdict lets', () => {
  fc.assert(
    fc.property(randomObjects, fc.constantFrom(...eachNetwork()), (objects, settings) => {
      const cluster = clusterOfData(objects, settings);
      const pods = [...cluster.workloads.values()]
        .flatMap((workload) => workload.pods)
        .filter(({ simulated, spec }) => !simulated && !spec.hostNetwork);
      for (const from of pods) {
        for (const to of pods) {
          const [address = ''] = to.addresses;
          const question = { to: { kind: 'address', address, pod: to }, port: 80, protocol: 'TCP' } as const;
          const walk = walkOf(cluster, { ...question, from: { kind: 'pod', pod: from } });
          holds(walk, cluster);
          const { sides, enforced } = judge(cluster, {
            from: partyOf(from),
            to: partyOf(to),
            port: 80,
            protocol: 'TCP',
          });
          const isOpen = !enforced || from === to || sides.every(({ allowed }) => allowed);
          const last = walk.hops.at(-1)?.step;
          if (last?.kind === 'lost' && last.why === 'no-family') assert.equal(walk.transport?.withoutIPv6, 'lost');
          else if (last) assert.equal(walk.end, isOpen ? 'arrives' : 'denied');
        }
      }
    }),
    { numRuns: 200 },
  );
});

function partyOf(pod: Pod) {
  return { kind: 'pod', pod } as const;
}

test('source on arrival, policy × source × target', () => {
  for (const cni of plugins) {
    for (const proxyMode of ['iptables', 'nftables', 'ipvs'] as const) {
      const cluster = networkOf({ cni, proxyMode });
      const seen = (from: string, to: string, choice = 1) =>
        sourceOnArrival(walked(cluster, from, to, choice), cluster);
      const title = `${cni} ${proxyMode}`;
      // A ClusterIP: a pod keeps its address, a node does not, nor does a pod that calls itself.
      assert.equal(seen('pod/web', 'svc/back', 1), 'web', title);
      assert.equal(seen('pod/web', 'svc/back', 2), 'web', title);
      assert.equal(seen('n1', 'svc/back', 2), 'n1', title);
      if (cni !== 'cilium') assert.equal(seen('pod/web', 'svc/self'), 'n1', title);
      // A node port with policy Cluster hides everyone, with policy Local nobody from outside.
      assert.equal(seen('internet', 'n1:30080', 1), 'n1', title);
      assert.equal(seen('internet', 'n1:30080', 2), 'n1', title);
      assert.equal(seen('pod/web', 'n1:30080', 2), 'n1', title);
      assert.equal(seen('internet', 'n2:30081'), '203.0.113.7', title);
      assert.equal(seen('internet', 'svc/front', 2), 'n1', title);
      // IPVS drops nothing for want of an endpoint on the node, and has the answer go past it.
      assert.equal(walked(cluster, 'internet', 'n1:30081').end, proxyMode === 'ipvs' ? 'lost' : 'refused', title);
      // Pods see each other's own addresses, the world sees the node's, and a node its own pods'.
      assert.equal(seen('pod/web', 'pod/far'), 'web', title);
      assert.equal(seen('pod/web', 'internet'), 'n1', title);
      assert.equal(seen('pod/web', 'n1:10250'), 'web', title);
    }
  }
});

test('a program at the socket takes a port of any node for its own, where it knows all nodes', () => {
  const first = (cni: 'calico' | 'cilium', to: string) => {
    const { hops, end } = walked(networkOf({ cni, proxyMode: 'ebpf' }), 'pod/web', to, 2);
    const [hop] = hops;
    return [end, hop?.step.kind, hop?.at.kind, hop?.after.destination.address];
  };
  for (const to of ['n1:30080', 'n2:30080']) {
    assert.deepEqual(first('cilium', to), ['arrives', 'nat', 'pod', '10.244.2.20'], to);
  }
  assert.deepEqual(first('cilium', 'n2:10250'), ['arrives', 'send', 'pod', '192.0.2.12']);
  assert.deepEqual(first('calico', 'n2:30080'), ['arrives', 'send', 'pod', '192.0.2.12']);
});

test('programs in the place of kube-proxy keep the client where the endpoint is near', () => {
  for (const cni of ['calico', 'cilium'] as const) {
    const cluster = networkOf({ cni, proxyMode: 'ebpf' });
    assert.equal(sourceOnArrival(walked(cluster, 'internet', 'n1:30080', 1), cluster), '203.0.113.7');
    // Calico tunnels it to the other node as it is.
    const far = cni === 'calico' ? '203.0.113.7' : 'n1';
    assert.equal(sourceOnArrival(walked(cluster, 'internet', 'n1:30080', 2), cluster), far);
    assert.equal(sourceOnArrival(walked(cluster, 'pod/web', 'n1:30080', 2), cluster), 'web');
  }
});
