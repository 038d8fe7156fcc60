import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Cluster } from '../../../src/cluster/cluster.ts';
import { defaultSettings } from '../../../src/cluster/settings.ts';
import { costOf, type LookupOptions, lookUp } from '../../../src/network/dns/lookup.ts';
import { clusterOf, pod } from '../../support/cluster.ts';

const services = `
{apiVersion: v1, kind: Service, metadata: {name: api, namespace: shop}, spec: {clusterIP: 10.96.0.50, ports: [{name: http, port: 80}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: db, namespace: data}, spec: {clusterIP: None, selector: {app: nobody}}}
---
{apiVersion: v1, kind: Service, metadata: {name: out, namespace: shop}, spec: {type: ExternalName, externalName: www.example.com}}
---
{apiVersion: v1, kind: Service, metadata: {name: lost, namespace: shop}, spec: {type: ExternalName, externalName: ghost.shop.svc.cluster.local}}
---
{apiVersion: v1, kind: Service, metadata: {name: short, namespace: shop}, spec: {type: ExternalName, externalName: api.shop.svc}}
---
{apiVersion: v1, kind: Service, metadata: {name: old, namespace: shop}, spec: {type: ExternalName, externalName: legacy}}
---
{apiVersion: v1, kind: Service, metadata: {name: lost}, spec: {clusterIP: 10.96.0.51, ports: [{port: 80}]}}
`;

const webWith = (spec: string, more = '') => `${services}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
spec: ${spec}
status: {phase: Running, podIP: 10.244.0.7}
${more}`;

const plain = clusterOf(webWith('{}'));

/** The status and what is sent: `name type status`. */
function sent(cluster: Cluster, name: string, options?: LookupOptions): readonly string[] {
  const { status, tried } = lookUp(cluster, pod(cluster, 'shop/Pod/web'), name, options);
  return [status, ...tried.map((each) => `${each.name} ${each.type} ${each.status}`)];
}

function answer(cluster: Cluster, name: string, options?: LookupOptions): string {
  const { status, records } = lookUp(cluster, pod(cluster, 'shop/Pod/web'), name, options);
  return [status, ...records.map(({ data }) => data)].join(' ');
}

const pair = (name: string, a: string, aaaa = a) => [`${name} A ${a}`, `${name} AAAA ${aaaa}`];

describe('a name of the cluster', () => {
  it('is asked for in both families, with one suffix after the other', () => {
    assert.deepEqual(sent(plain, 'api'), ['NOERROR', ...pair('api.shop.svc.cluster.local.', 'NOERROR', 'NODATA')]);
    assert.deepEqual(sent(plain, 'api.shop'), [
      'NOERROR',
      ...pair('api.shop.shop.svc.cluster.local.', 'NXDOMAIN'),
      ...pair('api.shop.svc.cluster.local.', 'NOERROR', 'NODATA'),
    ]);
    const found = lookUp(plain, pod(plain, 'shop/Pod/web'), 'api.shop');
    assert.deepEqual(
      [found.name, found.tries, costOf(found), found.service?.id],
      ['api.shop.svc.cluster.local.', 2, 4, 'shop/api'],
    );
  });

  it('in full is looked up with the search list first', () => {
    assert.equal(sent(plain, 'api.shop.svc.cluster.local').length, 1 + 8);
    assert.equal(sent(plain, 'api.shop.svc.cluster.local.').length, 1 + 2);
    assert.equal(answer(plain, 'api.shop.svc.cluster.local'), 'NOERROR 10.96.0.50');
  });

  it('that does not exist is an error in the end, and not the internet’s to say', () => {
    assert.deepEqual(sent(plain, 'cart', { type: 'A' }), [
      'NXDOMAIN',
      'cart.shop.svc.cluster.local. A NXDOMAIN',
      'cart.svc.cluster.local. A NXDOMAIN',
      'cart.cluster.local. A NXDOMAIN',
      'cart. A FORWARDED',
    ]);
    assert.equal(answer(plain, 'cart.shop.svc'), 'NXDOMAIN');
    assert.equal(answer(plain, 'cart.shop'), 'FORWARDED');
  });

  it('of a Service without a ready endpoint is an error, and the Service is known', () => {
    const { status, service } = lookUp(plain, pod(plain, 'shop/Pod/web'), 'db.data.svc.cluster.local.');
    assert.deepEqual([status, service?.id], ['NXDOMAIN', 'data/db']);
  });

  it('may be asked for by type', () => {
    assert.equal(answer(plain, '_http._tcp.api', { type: 'SRV' }), 'NOERROR 0 100 80 api.shop.svc.cluster.local.');
    assert.deepEqual(sent(plain, '10.96.0.50', { type: 'PTR' }), ['NOERROR', '50.0.96.10.in-addr.arpa. PTR NOERROR']);
    assert.equal(answer(plain, '10.96.0.50', { type: 'PTR' }), 'NOERROR api.shop.svc.cluster.local.');
    assert.equal(answer(plain, 'dns-version.cluster.local.', { type: 'TXT' }), 'NOERROR 1.1.0');
  });
});

describe('a pod that wants no IPv6 addresses', () => {
  const none = clusterOf(
    webWith('{dnsConfig: {options: [{name: no-aaaa}]}, hostAliases: [{ip: "fd00::5", hostnames: [six]}]}'),
  );

  it('asks for none by glibc, and by musl all the same', () => {
    assert.deepEqual(sent(none, 'api'), ['NOERROR', 'api.shop.svc.cluster.local. A NOERROR']);
    assert.equal(sent(none, 'www.example.com').length, 1 + 4);
    assert.deepEqual(sent(none, 'api', { libc: 'musl' }), sent(plain, 'api', { libc: 'musl' }));
  });

  it('sends a query of that type, and reads /etc/hosts', () => {
    assert.deepEqual(sent(none, 'api', { type: 'AAAA' }).slice(1, 2), ['api.shop.svc.cluster.local. AAAA NODATA']);
    assert.equal(answer(none, 'six'), 'NOERROR fd00::5');
  });
});

describe('an alias for a name beyond the cluster', () => {
  it('without an address resolves to none, though its query is answered, and ends the search', () => {
    for (const libc of ['glibc', 'musl'] as const) {
      assert.deepEqual(sent(plain, 'short', { libc }), ['NODATA', ...pair('short.shop.svc.cluster.local.', 'NOERROR')]);
      assert.equal(answer(plain, 'short', { libc }), 'NODATA api.shop.svc.');
      assert.equal(answer(plain, 'old', { libc }), 'NODATA legacy.');
    }
  });

  it('that may be public is asked for outside', () => {
    assert.deepEqual(sent(plain, 'out'), ['FORWARDED', ...pair('out.shop.svc.cluster.local.', 'NOERROR')]);
    assert.equal(answer(plain, 'out'), 'FORWARDED www.example.com.');
  });

  it('is an answer to who sends a query of one type', () => {
    assert.equal(answer(plain, 'old', { type: 'A' }), 'NOERROR legacy.');
    assert.equal(answer(plain, 'old', { type: 'CNAME' }), 'NOERROR legacy.');
  });
});

describe('a name of the internet', () => {
  it('costs a query for each suffix and family', () => {
    assert.deepEqual(sent(plain, 'www.example.com'), [
      'FORWARDED',
      ...pair('www.example.com.shop.svc.cluster.local.', 'NXDOMAIN'),
      ...pair('www.example.com.svc.cluster.local.', 'NXDOMAIN'),
      ...pair('www.example.com.cluster.local.', 'NXDOMAIN'),
      ...pair('www.example.com.', 'FORWARDED'),
    ]);
  });

  it('costs no more than itself with few dots to count or with its last dot', () => {
    const few = clusterOf(webWith('{dnsConfig: {options: [{name: ndots, value: "1"}]}}'));
    for (const libc of ['glibc', 'musl'] as const) {
      assert.deepEqual(sent(few, 'www.example.com', { libc }), ['FORWARDED', ...pair('www.example.com.', 'FORWARDED')]);
      assert.deepEqual(sent(plain, 'www.example.com.', { libc }), [
        'FORWARDED',
        ...pair('www.example.com.', 'FORWARDED'),
      ]);
    }
  });

  it('that is none is searched for by glibc, and not by musl', () => {
    const few = clusterOf(webWith('{dnsConfig: {options: [{name: ndots, value: "1"}]}}'));
    assert.deepEqual(sent(few, 'lost.default', { type: 'A' }), [
      'NOERROR',
      'lost.default. A FORWARDED',
      'lost.default.shop.svc.cluster.local. A NXDOMAIN',
      'lost.default.svc.cluster.local. A NOERROR',
    ]);
    assert.deepEqual(sent(few, 'lost.default', { type: 'A', libc: 'musl' }), [
      'FORWARDED',
      'lost.default. A FORWARDED',
    ]);
  });

  it('may stand behind one of the cluster', () => {
    assert.equal(answer(plain, 'out', { type: 'A' }), 'NOERROR www.example.com.');
  });

  it('is looked for in the node’s domains too', () => {
    const node = { ...defaultSettings.dns.node, search: ['corp.example'] };
    const cluster = clusterOf(webWith('{}'), { dns: { ...defaultSettings.dns, node } });
    assert.deepEqual(sent(cluster, 'wiki', { type: 'A' }).slice(-2), [
      'wiki.corp.example. A FORWARDED',
      'wiki. A FORWARDED',
    ]);
    assert.equal(answer(cluster, 'wiki'), 'FORWARDED');
  });
});

describe('a name without data', () => {
  it('lets glibc search on, which tells of it in the end', () => {
    const [status, ...queries] = sent(plain, 'lost', { type: 'A' });
    assert.deepEqual([status, queries.length], ['NODATA', 4]);
    assert.equal(answer(plain, 'api', { type: 'AAAA' }), 'NODATA');
  });

  it('is forgotten by glibc where it began with the name itself, and that is an error', () => {
    const few = clusterOf(webWith('{dnsConfig: {options: [{name: ndots, value: "0"}]}}'));
    assert.deepEqual(
      [sent(few, 'lost', { type: 'A' })[0], sent(few, 'lost', { type: 'A' }).length],
      ['NXDOMAIN', 1 + 4],
    );
  });

  it('ends the search of musl', () => {
    assert.deepEqual(sent(plain, 'lost', { libc: 'musl' }), [
      'NODATA',
      ...pair('lost.shop.svc.cluster.local.', 'NODATA'),
    ]);
  });
});

describe('a pod that asks another resolver', () => {
  it('finds no name of the cluster at that of its node', () => {
    const cluster = clusterOf(webWith('{dnsPolicy: Default}'));
    assert.deepEqual(sent(cluster, 'api.shop.svc.cluster.local.', { type: 'A' }), [
      'NXDOMAIN',
      'api.shop.svc.cluster.local. A NXDOMAIN',
    ]);
    assert.equal(answer(cluster, 'www.example.com'), 'FORWARDED');
    assert.equal(answer(cluster, 'api'), 'NXDOMAIN');
  });

  it('finds what nobody can tell at its own', () => {
    const cluster = clusterOf(webWith('{dnsPolicy: None, dnsConfig: {nameservers: [192.0.2.1]}}'));
    assert.equal(answer(cluster, 'api.shop.svc.cluster.local'), 'FORWARDED');
  });
});

describe('a name in /etc/hosts', () => {
  const cluster = clusterOf(webWith('{subdomain: api, hostAliases: [{ip: 192.0.2.9, hostnames: [legacy, API]}]}'));

  it('is answered before any query', () => {
    for (const [name, ...data] of [
      ['localhost', '127.0.0.1', '::1'],
      ['legacy', '192.0.2.9'],
      ['web', '10.244.0.7'],
      ['web.api.shop.svc.cluster.local', '10.244.0.7'],
    ] as const) {
      const found = lookUp(cluster, pod(cluster, 'shop/Pod/web'), name);
      assert.deepEqual(
        [found.status, found.tries, found.alias, ...found.records.map((record) => record.data)],
        ['NOERROR', 0, name, ...data],
      );
    }
  });

  it('has no case for glibc, and has one for musl', () => {
    assert.equal(answer(cluster, 'api'), 'NOERROR 192.0.2.9');
    assert.equal(answer(cluster, 'api', { libc: 'musl' }), 'NOERROR 10.96.0.50');
  });

  it('is looked up in DNS for other types, and with its last dot', () => {
    assert.equal(answer(cluster, 'legacy', { type: 'SRV' }), 'NXDOMAIN');
    assert.equal(answer(cluster, 'localhost.'), 'NXDOMAIN');
  });
});

it('an address is its own answer', () => {
  assert.deepEqual(sent(plain, '10.96.0.50'), ['NOERROR']);
  assert.equal(answer(plain, 'FD00::1'), 'NOERROR fd00::1');
});

describe('a cluster whose DNS has no ready pod', () => {
  const dns = (replicas: number) =>
    clusterOf(
      webWith(
        '{}',
        `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: coredns, namespace: kube-system}
spec:
  replicas: ${replicas}
  template: {metadata: {labels: {k8s-app: kube-dns}}, spec: {containers: [{name: coredns}]}}
`,
      ),
    );

  it('answers nothing', () => {
    const cluster = dns(0);
    assert.deepEqual(sent(cluster, 'api'), [
      'TIMEOUT',
      ...pair('api.shop.svc.cluster.local.', 'TIMEOUT'),
      ...pair('api.', 'TIMEOUT'),
    ]);
    assert.equal(lookUp(cluster, pod(cluster, 'shop/Pod/web'), 'api').unserved, true);
    assert.equal(answer(cluster, 'localhost', { type: 'A' }), 'NOERROR 127.0.0.1');
  });

  it('is another than one whose DNS pods are there, or are not in the manifests', () => {
    assert.equal(answer(dns(1), 'api', { type: 'A' }), 'NOERROR 10.96.0.50');
    const kubeDns =
      '---\n{apiVersion: v1, kind: Service, metadata: {name: kube-dns, namespace: kube-system}, spec: {clusterIP: 10.96.0.10, selector: {k8s-app: other-dns}, ports: [{port: 53, protocol: UDP}]}}';
    assert.equal(answer(clusterOf(webWith('{}', kubeDns)), 'api', { type: 'A' }), 'NOERROR 10.96.0.50');
  });
});

describe('queries that policy does not let through', () => {
  const isolated = (spec = '{}') =>
    clusterOf(
      webWith(
        spec,
        `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: isolated, namespace: shop}
spec: {podSelector: {}, policyTypes: [Egress], egress: [{ports: [{port: 53, protocol: TCP}]}]}
`,
      ),
    );

  it('are not answered: glibc tries the name itself once more, and musl gives up', () => {
    const cluster = isolated();
    assert.deepEqual(sent(cluster, 'api'), [
      'TIMEOUT',
      ...pair('api.shop.svc.cluster.local.', 'TIMEOUT'),
      ...pair('api.', 'TIMEOUT'),
    ]);
    assert.deepEqual(sent(cluster, 'api', { libc: 'musl' }), [
      'TIMEOUT',
      ...pair('api.shop.svc.cluster.local.', 'TIMEOUT'),
    ]);
    const { denied } = lookUp(cluster, pod(cluster, 'shop/Pod/web'), 'api');
    assert.equal(denied?.blockedBy?.direction, 'egress');
  });

  it('are not sent for a name in /etc/hosts', () => {
    assert.equal(answer(isolated(), 'localhost', { type: 'A' }), 'NOERROR 127.0.0.1');
  });

  it('go through in connections, which the options may ask for', () => {
    assert.equal(
      answer(isolated('{dnsConfig: {options: [{name: use-vc}]}}'), 'api', { type: 'A' }),
      'NOERROR 10.96.0.50',
    );
  });

  it('are answered where nothing enforces it', () => {
    const cluster = isolated();
    const flannel = clusterOf(webWith('{}'), { cni: 'flannel' });
    assert.equal(answer(flannel, 'api', { type: 'A' }), 'NOERROR 10.96.0.50');
    assert.equal(answer(cluster, 'api', { type: 'A' }), 'TIMEOUT');
  });
});
