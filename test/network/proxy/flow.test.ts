import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseAddress } from '../../../src/cluster/address.ts';
import type { ProxyMode } from '../../../src/cluster/settings.ts';
import { flowThrough } from '../../../src/network/proxy/flow.ts';
import { proxiesOn } from '../../../src/network/proxy/node-proxy.ts';
import { addressAndPort } from '../../../src/network/services/address-and-port.ts';
import { clusterOf } from '../../support/cluster.ts';
import { shop } from './shop.ts';

const [pod, self, node, outside, elsewhere] = ['10.244.9.9', '10.244.0.5', '192.168.0.11', '203.0.113.50', '8.8.8.8'];

/** `kind` of what becomes of a packet, or where it may be led; `*` where its source is rewritten. */
function fate(mode: ProxyMode, source: string, to: string, text = shop): string {
  const cluster = clusterOf(text);
  const [first] = cluster.nodes;
  const [proxy] = first ? proxiesOn(cluster, first) : [];
  const [, address = '', port] = /^(.*):(\d+)$/.exec(to) ?? [];
  const [from, destination] = [parseAddress(source), parseAddress(address)];
  assert.ok(proxy && from && destination);
  const protocol = port === '53' ? 'UDP' : 'TCP';
  const flow = flowThrough(mode, proxy, { source: from, destination, port: Number(port), protocol });
  if (flow.kind !== 'forward') return flow.kind;
  return flow.targets.map(({ target, masquerade }) => `${masquerade ? '*' : ''}${addressAndPort(target)}`).join(' ');
}

const [here, there] = ['10.244.0.5:8080', '10.244.1.5:8080'];

describe('a Service that keeps calls from outside on the node', () => {
  it('is called by its ClusterIP like any other', () => {
    assert.equal(fate('iptables', pod, '10.96.0.20:80'), `${here} ${there}`);
    assert.equal(fate('iptables', outside, '10.96.0.20:80'), `*${here} *${there}`);
    assert.equal(fate('iptables', node, '10.96.0.20:80'), `*${here} *${there}`);
  });

  it('is called by its other addresses as from outside, unless from inside', () => {
    for (const to of ['198.51.100.9:80', `${node}:30080`, '203.0.113.7:80']) {
      assert.equal(fate('iptables', outside, to), here, to);
      assert.equal(fate('iptables', node, to), `*${here} *${there}`, to);
    }
    assert.equal(fate('iptables', pod, `${node}:30080`), `${here} ${there}`);
    assert.equal(fate('iptables', pod, '198.51.100.9:80'), `${here} ${there}`);
  });

  it('lets only some sources call its load balancer, and anyone its node port', () => {
    assert.equal(fate('iptables', elsewhere, '203.0.113.7:80'), 'drop');
    assert.equal(fate('iptables', pod, '203.0.113.7:80'), 'drop');
    assert.equal(fate('iptables', elsewhere, `${node}:30080`), here);
  });

  it('answers nobody from outside on a node without endpoints', () => {
    const none = shop.replace('nodeName: n1 }\n  -', 'nodeName: n2 }\n  -');
    assert.equal(fate('iptables', outside, `${node}:30080`, none), 'drop');
    assert.equal(fate('iptables', pod, `${node}:30080`, none), `${here} ${there}`);
    // IPVS has been given the endpoints of others (kubernetes/kubernetes `pkg/proxy/ipvs/proxier.go` syncEndpoint).
    assert.equal(fate('ipvs', outside, `${node}:30080`, none), `${here} ${there}`);
  });
});

it('a pod that is led to itself does not see its own address', () => {
  assert.equal(fate('iptables', self, '10.96.0.20:80'), `*${here} ${there}`);
});

describe('without an endpoint', () => {
  it('calls are refused, by whatever address', () => {
    assert.equal(fate('iptables', pod, '10.96.0.21:80'), 'reject');
    assert.equal(fate('iptables', outside, `${node}:30081`), 'reject');
  });

  it('on the node, calls of a Service that is to stay there are dropped', () => {
    assert.equal(fate('iptables', pod, '10.96.0.22:53'), 'drop');
  });
});

describe('modes differ', () => {
  it('in what becomes of a port that a Service has not', () => {
    const of = (mode: ProxyMode) => fate(mode, pod, '10.96.0.20:81');
    assert.deepEqual([of('iptables'), of('nftables'), of('ipvs')], ['untouched', 'reject', 'reject']);
  });

  it('in what becomes of an address that no Service has', () => {
    const of = (mode: ProxyMode) => fate(mode, pod, '10.96.7.7:80');
    assert.deepEqual([of('iptables'), of('nftables'), of('ipvs')], ['untouched', 'drop', 'untouched']);
    assert.equal(fate('nftables', pod, '192.0.2.1:80'), 'untouched');
  });

  it('in where node ports answer', () => {
    const of = (mode: ProxyMode) => fate(mode, node, '127.0.0.1:30080');
    assert.deepEqual([of('iptables'), of('nftables'), of('ipvs')], [`*${here} *${there}`, 'untouched', 'untouched']);
  });

  it('in where calls from inside go that policy Local keeps on the node', () => {
    assert.equal(fate('nftables', pod, `${node}:30080`), `${here} ${there}`);
    assert.equal(fate('ipvs', pod, `${node}:30080`), here);
    assert.equal(fate('ipvs', pod, '10.96.0.22:53'), 'reject');
  });

  it('in whether source ranges are asked for nothing', () => {
    const empty = shop.replace(/endpoints:\n {2}- .*\n {2}- .*\n/, 'endpoints: []\n');
    assert.equal(fate('iptables', elsewhere, '203.0.113.7:80', empty), 'reject');
    assert.equal(fate('nftables', elsewhere, '203.0.113.7:80', empty), 'drop');
  });

  it('in whose source is rewritten', () => {
    assert.equal(fate('userspace', pod, '10.96.0.20:80'), `*${here} *${there}`);
    assert.equal(fate('ebpf', node, '10.96.0.20:80'), `${here} ${there}`);
    const cluster = shop.replace('externalTrafficPolicy: Local', 'externalTrafficPolicy: Cluster');
    assert.equal(fate('ebpf', outside, `${node}:30080`, cluster), `${here} *${there}`);
  });
});
