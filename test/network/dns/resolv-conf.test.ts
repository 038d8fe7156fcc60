import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultSettings, type Settings } from '../../../src/cluster/settings.ts';
import type { PodSpec } from '../../../src/manifests/kinds.ts';
import { type ResolvConf, resolvConfOf } from '../../../src/network/dns/resolv-conf.ts';
import { clusterOf } from '../../support/cluster.ts';

const node = { nameservers: ['192.0.2.53'], search: ['corp.example.', '.'], options: ['timeout:1'] };

function confOf(
  spec: PodSpec,
  settings: Partial<Settings> = {},
  dns: Partial<Settings['dns']> = {},
  yaml = '',
): ResolvConf {
  const cluster = clusterOf(yaml, { dns: { ...defaultSettings.dns, node, ...dns }, ...settings });
  return resolvConfOf(cluster, { namespace: 'shop', spec });
}

const own = ['shop.svc.cluster.local', 'svc.cluster.local', 'cluster.local'];

describe('the resolv.conf of a pod', () => {
  it('is the cluster’s by default, with the node’s search list behind and its options gone', () => {
    assert.deepEqual(confOf({}), {
      asks: 'cluster',
      nameservers: ['10.96.0.10'],
      search: [...own, 'corp.example'],
      options: ['ndots:5'],
      ndots: 5,
    });
  });

  it('is the node’s in its network, and where the policy says so', () => {
    const expected = {
      asks: 'node',
      nameservers: ['192.0.2.53'],
      search: ['corp.example'],
      options: ['timeout:1'],
      ndots: 1,
    };
    assert.deepEqual(confOf({ hostNetwork: true }), expected);
    assert.deepEqual(confOf({ hostNetwork: true, dnsPolicy: 'ClusterFirst' }), expected);
    assert.deepEqual(confOf({ dnsPolicy: 'Default' }), expected);
  });

  it('is the cluster’s in the node’s network with ClusterFirstWithHostNet, and with a policy that there is not', () => {
    for (const dnsPolicy of ['ClusterFirstWithHostNet', 'Nonsense']) {
      assert.deepEqual(confOf({ hostNetwork: true, dnsPolicy }).nameservers, ['10.96.0.10']);
    }
  });

  it('is the pod’s own with None, and may be the cluster’s by its address', () => {
    const dnsConfig = {
      nameservers: ['192.0.2.1'],
      searches: ['x.example.'],
      options: [{ name: 'ndots', value: '2' }, { name: 'edns0' }],
    };
    assert.deepEqual(confOf({ dnsPolicy: 'None', dnsConfig }), {
      asks: 'own',
      nameservers: ['192.0.2.1'],
      search: ['x.example.'],
      options: ['ndots:2', 'edns0'],
      ndots: 2,
    });
    assert.equal(confOf({ dnsPolicy: 'None', dnsConfig: { nameservers: ['10.96.0.10'] } }).asks, 'cluster');
    assert.equal(
      confOf({ dnsPolicy: 'Default' }, {}, { node: { ...node, nameservers: ['10.96.0.10'] } }).asks,
      'cluster',
    );
    assert.deepEqual(confOf({ dnsPolicy: 'None' }).nameservers, []);
  });

  it('has what the pod adds behind, each once, and its options instead of those of the same name', () => {
    const { nameservers, search, options, ndots } = confOf({
      dnsConfig: {
        nameservers: ['10.96.0.10', '192.0.2.1'],
        searches: ['svc.cluster.local', 'x.example'],
        options: [{ name: 'ndots', value: '1' }, { name: 'use-vc' }, { value: 'nameless' }],
      },
    });
    assert.deepEqual(nameservers, ['10.96.0.10', '192.0.2.1']);
    assert.deepEqual(search, [...own, 'corp.example', 'x.example']);
    assert.deepEqual([options, ndots], [['ndots:1', 'use-vc'], 1]);
  });

  it('has the domain of the settings, and its suffixes once', () => {
    const { search } = confOf({}, { clusterDomain: 'corp.example' });
    assert.deepEqual(search, ['shop.svc.corp.example', 'svc.corp.example', 'corp.example']);
  });

  it('has three nameservers at most', () => {
    const { nameservers, cut } = confOf({ dnsConfig: { nameservers: ['192.0.2.1', '192.0.2.2', '192.0.2.3'] } });
    assert.deepEqual(nameservers, ['10.96.0.10', '192.0.2.1', '192.0.2.2']);
    assert.deepEqual(cut, { nameservers: ['192.0.2.3'], search: [] });
  });

  it('has 32 domains to search at most', () => {
    const searches = Array.from({ length: 40 }, (_, index) => `d${index}.example`);
    const { search, cut } = confOf({ dnsConfig: { searches } });
    assert.equal(search.length, 32);
    assert.deepEqual(
      cut?.search,
      searches.slice(28).map((domain) => ({ domain, why: 'count' })),
    );
  });

  it('leaves out a domain that is too long, and the last ones that make the list too long', () => {
    const long = 'a'.repeat(254);
    const domains = Array.from({ length: 10 }, (_, index) => String(index).repeat(230));
    const { search, cut } = confOf({ dnsConfig: { searches: [long, ...domains] } });
    assert.ok(search.join(' ').length <= 2048);
    assert.deepEqual(search.slice(4), domains.slice(0, 8));
    assert.deepEqual(
      cut?.search.map(({ domain, why }) => [domain, why]),
      [
        [long, 'name'],
        [domains[9], 'length'],
        [domains[8], 'length'],
      ],
    );
  });

  it('counts dots as glibc does', () => {
    const ndotsOf = (value?: string) =>
      confOf({ dnsConfig: { options: [{ name: 'ndots', ...(value && { value }) }] } }).ndots;
    assert.deepEqual(['0', '1', '15', '99', 'x', '3x'].map(ndotsOf), [0, 1, 15, 15, 0, 3]);
    assert.equal(ndotsOf(), 1);
  });

  it('names the agent of NodeLocal DNSCache where IPVS holds the Service’s address', () => {
    assert.deepEqual(confOf({}, {}, { nodeLocal: true }).nameservers, ['10.96.0.10']);
    assert.deepEqual(confOf({}, { proxyMode: 'ipvs' }, { nodeLocal: true }).nameservers, ['169.254.20.10']);
  });

  it('is the node’s where the cluster has no DNS Service with an address', () => {
    const headless =
      '{apiVersion: v1, kind: Service, metadata: {name: kube-dns, namespace: kube-system}, spec: {clusterIP: None}}';
    assert.equal(confOf({}, {}, {}, headless).asks, 'node');
  });
});
