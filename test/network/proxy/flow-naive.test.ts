import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { parseAddress } from '../../../src/cluster/address.ts';
import type { Protocol } from '../../../src/cluster/cluster.ts';
import { type Flow, flowThrough, type Packet } from '../../../src/network/proxy/flow.ts';
import { iptablesOf } from '../../../src/network/proxy/iptables/tables.ts';
import { type NodeProxy, proxiesOn } from '../../../src/network/proxy/node-proxy.ts';
import { addressAndPort } from '../../../src/network/services/address-and-port.ts';
import { clusterOfObjects } from '../../support/cluster.ts';
import { type Fate, fates } from './naive-iptables.ts';
import { objectsOf, services } from './random-services.ts';

const sources = {
  4: ['10.244.1.7', '192.168.0.11', '192.168.0.12', '203.0.113.9', '198.51.100.77', '127.0.0.1'],
  6: ['fd00:10:244::7', 'fd00:192:168::11', '2001:db8::9', '2001:db9::1'],
};

/** Packets from everywhere to every address that anything is said of, on known and unknown ports. */
function* packets({ family, ports, node }: NodeProxy): Generator<Packet> {
  const targets = ports.flatMap(({ endpoints }) => endpoints.reachable.map(({ address }) => address));
  const called = ports.flatMap(({ port }) => [port.clusterIP, ...port.externalIPs, ...port.loadBalancerIPs]);
  const nodes = family === 4 ? [...node.addresses, '127.0.0.1', '192.168.0.12'] : node.addresses;
  const destinations = new Set(
    [...called, ...nodes].flatMap((text) => (parseAddress(text)?.family === family ? text : [])),
  );
  const numbers = new Set(ports.flatMap(({ port: { port } }) => [port.port, port.nodePort ?? 1]));
  for (const source of new Set([...sources[family], ...targets])) {
    for (const destination of destinations) {
      for (const port of numbers) {
        for (const protocol of ['TCP', 'UDP'] satisfies Protocol[]) yield packet(source, destination, port, protocol);
      }
    }
  }
}

function packet(source: string, destination: string, port: number, protocol: Protocol): Packet {
  const [from, to] = [parseAddress(source), parseAddress(destination)];
  assert.ok(from && to);
  return { source: from, destination: to, port, protocol };
}

function fatesOf(flow: Flow): readonly Fate[] {
  if (flow.kind === 'untouched') return [{ to: '', isMasqueraded: false }];
  if (flow.kind !== 'forward') return [{ to: flow.kind.toUpperCase(), isMasqueraded: false }];
  return flow.targets.map(({ target, masquerade }) => ({
    to: addressAndPort(target),
    isMasqueraded: masquerade !== undefined,
  }));
}

function sorted(list: readonly Fate[]): readonly string[] {
  return [...new Set(list.map(({ to, isMasqueraded }) => `${to}${isMasqueraded ? ' masqueraded' : ''}`))].sort();
}

it('a packet fares as the iptables rules say, read one by one', () => {
  fc.assert(
    fc.property(services, fc.boolean(), (drawn, knowsPods) => {
      const podCIDR = ['10.244.0.0/16', ...(knowsPods ? ['fd00:10:244::/56'] : [])];
      const cluster = clusterOfObjects(objectsOf(drawn), { podCIDR });
      const [node] = cluster.nodes;
      assert.ok(node);
      for (const proxy of proxiesOn(cluster, node)) {
        const tables = iptablesOf(proxy);
        for (const each of packets(proxy)) {
          const naive = sorted(fates(tables, each, node.addresses));
          assert.deepEqual(sorted(fatesOf(flowThrough('iptables', proxy, each))), naive, JSON.stringify(each, text));
        }
      }
    }),
    { numRuns: 60 },
  );
});

function text(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString(16) : value;
}
