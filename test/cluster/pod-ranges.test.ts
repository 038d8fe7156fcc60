import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { contains, parseAddress, parseCidr } from '../../src/cluster/address.ts';
import { clusterOf, pod } from '../support/cluster.ts';

const node = (name: string, podCIDR: string, address = '192.168.7.1') =>
  `{ apiVersion: v1, kind: Node, metadata: { name: ${name} }, spec: { podCIDR: ${podCIDR} }, status: { addresses: [{ type: InternalIP, address: ${address} }] } }\n---\n`;

const exported = (name: string, ip: string, more = '') =>
  `{ apiVersion: v1, kind: Pod, metadata: { name: ${name} }, spec: { nodeName: n1, ${more} containers: [{ name: c, image: c }] }, status: { phase: Running, hostIP: 192.168.7.1, podIP: "${ip}" } }\n---\n`;

const deployment =
  '{ apiVersion: apps/v1, kind: Deployment, metadata: { name: web }, spec: { template: { spec: { containers: [{ name: c, image: c }] } } } }\n';

const usual = { ranges: ['10.244.0.0/16', 'fd00:10:244::/56'], inferred: false };

describe('the ranges of pods', () => {
  it('are the customary ones where nothing speaks for others', () => {
    assert.deepEqual(clusterOf(deployment).podRanges, usual);
    assert.deepEqual(clusterOf(node('n1', '10.244.3.0/24') + exported('a', '10.42.0.5')).podRanges, usual);
  });

  it('are those that nodes have blocks of, or exported pods have addresses of', () => {
    const inferred = { ranges: ['10.42.0.0/16', 'fd00:10:244::/56'], inferred: true };
    assert.deepEqual(clusterOf(node('n1', '10.42.0.0/24') + node('n2', '10.42.1.0/24')).podRanges, inferred);
    assert.deepEqual(clusterOf(exported('a', '10.42.0.5') + deployment).podRanges, inferred);
    assert.equal(clusterOf(exported('a', 'fd12:3456:0:7::5')).podRanges.ranges[1], 'fd12:3456::/56');
  });

  it('are what is drawn from where a node has no block', () => {
    const cluster = clusterOf(exported('a', '10.42.0.5') + deployment);
    const [block, drawn] = [
      parseCidr('10.42.0.0/16'),
      parseAddress(pod(cluster, 'default/Deployment/web').addresses[0] ?? ''),
    ];
    assert.ok(block && drawn && contains(block, drawn));
  });

  it('are not those of the nodes’ own network, in which some plugins and the host’s pods have addresses', () => {
    assert.deepEqual(clusterOf(exported('a', '192.168.40.5')).podRanges, usual);
    assert.deepEqual(clusterOf(exported('a', '192.168.7.1', 'hostNetwork: true,')).podRanges, usual);
  });

  it('are those of the settings, whatever is given', () => {
    const settings = { podCIDR: ['10.50.0.0/16'] };
    assert.deepEqual(clusterOf(node('n1', '10.42.0.0/24'), settings).podRanges, {
      ranges: ['10.50.0.0/16'],
      inferred: false,
    });
  });
});
