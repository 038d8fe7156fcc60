import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { contains, parseAddress, parseCidr } from '../../src/cluster/address.ts';
import { clusterOf, service } from '../support/cluster.ts';

const services = (...ips: readonly string[]) =>
  ips
    .map((ip, index) => {
      const given = ip === '' ? '' : `clusterIP: "${ip}", `;
      return `{ apiVersion: v1, kind: Service, metadata: { name: s${index} }, spec: { ${given}ports: [{ port: 80 }] } }`;
    })
    .join('\n---\n');

const ranges = (...ips: readonly string[]) => clusterOf(services(...ips)).serviceRanges;

describe('the ranges of ClusterIPs', () => {
  it('are the customary ones where nothing speaks for others', () => {
    const usual = { ranges: ['10.96.0.0/12', 'fd00:10:96::/112'], inferred: false };
    assert.deepEqual(ranges(''), usual);
    assert.deepEqual(ranges('10.96.0.7', '172.20.0.7', ''), usual);
  });

  it('are those in which more of the given addresses lie', () => {
    assert.deepEqual(ranges('172.20.1.7'), { ranges: ['172.20.0.0/16', 'fd00:10:96::/112'], inferred: true });
    assert.equal(ranges('10.96.0.7', '10.43.1.1', '10.43.200.1', '10.42.0.1').ranges[0], '10.43.0.0/16');
    assert.equal(ranges('fd12:3456::1:7').ranges[1], 'fd12:3456::1:0/112');
  });

  it('are those of the settings, whatever is given', () => {
    const settings = { serviceCIDR: ['10.43.0.0/16'] };
    assert.deepEqual(clusterOf(services('172.20.1.7'), settings).serviceRanges, {
      ranges: ['10.43.0.0/16'],
      inferred: false,
    });
  });

  it('are what is drawn from, the API server’s and the DNS address included', () => {
    const cluster = clusterOf(services('172.20.1.7', ''));
    const block = parseCidr('172.20.0.0/16');
    const drawn = parseAddress(service(cluster, 'default/s1').clusterIPs[0] ?? '');
    assert.ok(block && drawn && contains(block, drawn));
    assert.deepEqual(service(cluster, 'default/kubernetes').clusterIPs, ['172.20.0.1']);
    assert.deepEqual(service(cluster, 'kube-system/kube-dns').clusterIPs, ['172.20.0.10']);
  });
});
