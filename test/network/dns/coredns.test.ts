import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Cluster } from '../../../src/cluster/cluster.ts';
import { defaultSettings, type PodNames } from '../../../src/cluster/settings.ts';
import type { RecordType } from '../../../src/network/dns/record.ts';
import { answerTo } from '../../../src/network/dns/zone.ts';
import { clusterOf } from '../../support/cluster.ts';

/** `status data data…` of what is answered to `name type`. */
function ask(cluster: Cluster, name: string, type: RecordType = 'A'): string {
  const { status, records } = answerTo(cluster, { name, type });
  return [
    status,
    ...records.map((record) => (record.type === type ? record.data : `${record.type}:${record.data}`)),
  ].join(' ');
}

const shop = clusterOf(`
{apiVersion: v1, kind: Namespace, metadata: {name: empty}}
---
apiVersion: v1
kind: Service
metadata: {name: api, namespace: shop}
spec: {clusterIP: 10.96.0.50, selector: {app: api}, ports: [{name: http, port: 80, targetPort: 8080}, {name: dns, port: 53, protocol: UDP}]}
---
apiVersion: v1
kind: Service
metadata: {name: plain, namespace: shop}
spec: {clusterIP: 10.96.0.51, ports: [{port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: db, namespace: shop}
spec: {clusterIP: None, selector: {app: db}}
---
apiVersion: v1
kind: Pod
metadata: {name: api, namespace: shop, labels: {app: api}}
status: {phase: Running, podIP: 10.244.0.7, conditions: [{type: Ready, status: "True"}]}
---
apiVersion: v1
kind: Pod
metadata: {name: db, namespace: shop, labels: {app: db}}
spec: {hostname: first, subdomain: db}
status: {phase: Running, podIP: 10.244.0.8, conditions: [{type: Ready, status: "True"}]}
---
apiVersion: v1
kind: Pod
metadata: {name: db-unready, namespace: shop, labels: {app: db}}
status: {phase: Running, podIP: 10.244.0.9, conditions: [{type: Ready, status: "False"}]}
`);

describe('a name without records of its own', () => {
  it('has no data where names end in it', () => {
    for (const name of ['', 'svc.', 'pod.', 'shop.svc.', 'empty.svc.', 'empty.pod.']) {
      assert.equal(ask(shop, `${name}cluster.local.`), 'NODATA', name);
    }
  });

  it('is an error where nothing can end in it', () => {
    for (const name of [
      'ghost.svc.',
      'ghost.pod.',
      'x.',
      'a.b.c.d.api.shop.svc.',
      'nobody.shop.svc.',
      'x.api.shop.svc.',
    ]) {
      assert.equal(ask(shop, `${name}cluster.local.`), 'NXDOMAIN', name);
    }
  });

  it('is an error to a query for text, though it exists', () => {
    for (const name of ['', 'svc.', 'shop.svc.'])
      assert.equal(ask(shop, `${name}cluster.local.`, 'TXT'), 'NXDOMAIN', name);
    assert.equal(ask(shop, 'api.shop.svc.cluster.local.', 'TXT'), 'NODATA');
  });

  it('is passed on beyond the zones, and where a reverse zone does not know it', () => {
    for (const [name, type] of [
      ['www.example.com.', 'A'],
      ['api.', 'A'],
      ['9.9.9.9.in-addr.arpa.', 'PTR'],
      ['1.in-addr.arpa.', 'PTR'],
      ['x.y.svc.in-addr.arpa.', 'A'],
    ] as const) {
      assert.equal(ask(shop, name, type), 'FORWARDED', name);
    }
    assert.equal(ask(shop, 'in-addr.arpa.', 'PTR'), 'NODATA');
  });
});

describe('a Service', () => {
  it('has the addresses of its families alone', () => {
    assert.equal(ask(shop, 'api.shop.svc.cluster.local.'), 'NOERROR 10.96.0.50');
    assert.equal(ask(shop, 'api.shop.svc.cluster.local.', 'AAAA'), 'NODATA');
    assert.equal(ask(shop, 'api.shop.svc.cluster.local.', 'CNAME'), 'NODATA');
    assert.equal(ask(shop, 'api.shop.svc.cluster.local.', 'PTR'), 'NODATA');
  });

  it('has a record for each port, of which names pick one', () => {
    const name = 'api.shop.svc.cluster.local.';
    assert.equal(ask(shop, `_http._tcp.${name}`, 'SRV'), `NOERROR 0 100 80 ${name}`);
    assert.equal(ask(shop, `_dns._UDP.${name}`, 'SRV'), `NOERROR 0 100 53 ${name}`);
    assert.equal(ask(shop, name, 'SRV'), `NOERROR 0 50 80 ${name} 0 50 53 ${name}`);
    assert.equal(ask(shop, `_http._udp.${name}`, 'SRV'), 'NXDOMAIN');
    assert.equal(ask(shop, `_http._tcp.${name}`), 'NOERROR 10.96.0.50');
    assert.equal(ask(shop, '_http._tcp.plain.shop.svc.cluster.local.', 'SRV'), 'NXDOMAIN');
  });

  it('knows no wildcards', () => {
    for (const name of ['*.shop', 'any.shop', 'api.*', 'api.any']) {
      assert.equal(ask(shop, `${name}.svc.cluster.local.`), 'NXDOMAIN', name);
    }
  });

  it('has names for its endpoints, with a ClusterIP too', () => {
    assert.equal(ask(shop, '10-244-0-7.api.shop.svc.cluster.local.'), 'NOERROR 10.244.0.7');
    assert.equal(ask(shop, '10-244-0-7.api.shop.svc.cluster.local.', 'SRV').split(' ').length, 9);
    assert.equal(ask(shop, '7.0.244.10.in-addr.arpa.', 'PTR'), 'NOERROR 10-244-0-7.api.shop.svc.cluster.local.');
  });

  it('names an endpoint by its hostname, and then by nothing else', () => {
    assert.equal(ask(shop, 'first.db.shop.svc.cluster.local.'), 'NOERROR 10.244.0.8');
    assert.equal(ask(shop, '10-244-0-8.db.shop.svc.cluster.local.'), 'NXDOMAIN');
    assert.equal(ask(shop, 'db.db.shop.svc.cluster.local.'), 'NXDOMAIN');
    assert.equal(answerTo(shop, { name: 'first.db.shop.svc.cluster.local.', type: 'A' }).hostname, 'first');
  });

  it('has no endpoint that is not ready', () => {
    assert.equal(ask(shop, 'db.shop.svc.cluster.local.'), 'NOERROR 10.244.0.8');
    assert.equal(ask(shop, '10-244-0-9.db.shop.svc.cluster.local.'), 'NXDOMAIN');
    assert.equal(ask(shop, '9.0.244.10.in-addr.arpa.', 'PTR'), 'FORWARDED');
  });

  it('without ports has addresses, and nothing to point at', () => {
    assert.equal(ask(shop, 'db.shop.svc.cluster.local.', 'SRV'), 'NODATA');
  });

  it('that publishes what is not ready has all of it', () => {
    const cluster = clusterOf(`
apiVersion: v1
kind: Service
metadata: {name: db}
spec: {clusterIP: None, publishNotReadyAddresses: true, selector: {app: db}}
---
apiVersion: v1
kind: Pod
metadata: {name: db, labels: {app: db}}
status: {phase: Running, podIP: 10.244.0.9, conditions: [{type: Ready, status: "False"}]}
`);
    assert.equal(ask(cluster, 'db.default.svc.cluster.local.'), 'NOERROR 10.244.0.9');
  });

  it('names the pods of a StatefulSet where it governs them', () => {
    const cluster = clusterOf(`
apiVersion: v1
kind: Service
metadata: {name: db}
spec: {clusterIP: None, selector: {app: db}, ports: [{name: sql, port: 5432}]}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec: {replicas: 2, serviceName: db, selector: {matchLabels: {app: db}}, template: {metadata: {labels: {app: db}}}}
`);
    const [first, second] = cluster.workloads.get('default/StatefulSet/db')?.pods ?? [];
    assert.equal(ask(cluster, 'db-1.db.default.svc.cluster.local.'), `NOERROR ${second?.addresses[0]}`);
    assert.equal(
      ask(cluster, '_sql._tcp.db.default.svc.cluster.local.', 'SRV').includes('db-0.db.default.svc.cluster.local.'),
      true,
    );
    assert.equal(ask(cluster, 'db-2.db.default.svc.cluster.local.'), 'NXDOMAIN');
    assert.equal(
      answerTo(cluster, { name: 'db-0.db.default.svc.cluster.local', type: 'A' }).endpoints?.[0]?.pod,
      first,
    );
  });

  it('that lives in another repository is there, and what it answers is not known', () => {
    const cluster = clusterOf('', { elsewhere: ['shop/*'] });
    const { status, elsewhere } = answerTo(cluster, { name: 'cart.shop.svc.cluster.local.', type: 'A' });
    assert.deepEqual([status, elsewhere], ['NOERROR', true]);
    assert.equal(ask(cluster, 'github.com.shop.svc.cluster.local.'), 'NXDOMAIN');
  });

  it('keeps the ports and the readiness that somebody wrote into its slices', () => {
    const cluster = clusterOf(`
apiVersion: v1
kind: Service
metadata: {name: db}
spec: {clusterIP: None, ports: [{name: sql, port: 5432}]}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: db-1, labels: {kubernetes.io/service-name: db}}
addressType: IPv4
ports: [{name: other, port: 6000, protocol: UDP}]
endpoints: [{addresses: [10.1.0.1], conditions: {ready: false}}, {addresses: [10.1.0.1, 10.1.0.2]}]
---
apiVersion: v1
kind: Service
metadata: {name: old}
spec: {clusterIP: None}
---
apiVersion: v1
kind: Endpoints
metadata: {name: old}
subsets: [{addresses: [{ip: 10.1.0.3, hostname: one}], notReadyAddresses: [{ip: 10.1.0.4}], ports: [{name: sql, port: 5432}]}]
`);
    assert.equal(ask(cluster, 'db.default.svc.cluster.local.'), 'NOERROR 10.1.0.1 10.1.0.2');
    assert.equal(ask(cluster, '_sql._tcp.db.default.svc.cluster.local.', 'SRV'), 'NXDOMAIN');
    assert.equal(ask(cluster, '_other._udp.10-1-0-2.db.default.svc.cluster.local.', 'SRV'), 'NXDOMAIN');
    assert.equal(
      ask(cluster, '10-1-0-2.db.default.svc.cluster.local.', 'SRV'),
      'NOERROR 0 100 6000 10-1-0-2.db.default.svc.cluster.local.',
    );
    assert.equal(
      ask(cluster, '_sql._tcp.old.default.svc.cluster.local.', 'SRV'),
      'NOERROR 0 100 5432 one.old.default.svc.cluster.local.',
    );
    assert.equal(ask(cluster, 'old.default.svc.cluster.local.'), 'NOERROR 10.1.0.3');
  });
});

describe('an ExternalName', () => {
  const alias = (name: string, target: string) =>
    `{apiVersion: v1, kind: Service, metadata: {name: ${name}}, spec: {type: ExternalName, externalName: ${target}}}\n---\n`;
  const within = (name: string) => `${name}.default.svc.cluster.local`;
  const cluster = clusterOf(
    alias('out', 'www.example.com') +
      alias('in', within('web')) +
      alias('twice', within('in')) +
      alias('nowhere', within('ghost')) +
      alias('ring-a', within('ring-b')) +
      alias('ring-b', within('ring-a')) +
      alias('address', '10.1.2.3') +
      '{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {clusterIP: 10.96.0.70, ports: [{port: 80}]}}',
  );

  it('stands for a name beyond the cluster, whose addresses others know', () => {
    for (const type of ['A', 'AAAA'] as const)
      assert.equal(ask(cluster, within('out'), type), 'NOERROR CNAME:www.example.com.');
    assert.equal(ask(cluster, within('out'), 'CNAME'), 'NOERROR www.example.com.');
  });

  it('is followed within the cluster, over several names', () => {
    assert.equal(ask(cluster, within('in')), `NOERROR CNAME:${within('web')}. 10.96.0.70`);
    assert.equal(ask(cluster, within('twice')), `NOERROR CNAME:${within('in')}. CNAME:${within('web')}. 10.96.0.70`);
    assert.equal(ask(cluster, within('in'), 'AAAA'), 'NODATA');
  });

  it('has no data where its target has none, or leads back to it', () => {
    assert.equal(ask(cluster, within('nowhere')), 'NODATA');
    assert.equal(ask(cluster, within('ring-a')), 'NODATA');
  });

  it('has no server records and no ports, and an address is no name', () => {
    assert.equal(ask(cluster, within('out'), 'SRV'), 'NODATA');
    assert.equal(ask(cluster, `_http._tcp.${within('out')}`, 'SRV'), 'NXDOMAIN');
    assert.equal(ask(cluster, within('address')), 'NXDOMAIN');
  });
});

describe('the name of a pod’s address', () => {
  const yaml = `
apiVersion: v1
kind: Pod
metadata: {name: one, namespace: shop}
status: {phase: Running, podIP: 10.244.0.7}
---
apiVersion: v1
kind: Pod
metadata: {name: gone, namespace: shop}
status: {phase: Succeeded, podIP: 10.244.0.8}
`;
  const answers = (pods: PodNames) => {
    const cluster = clusterOf(yaml, { dns: { ...defaultSettings.dns, pods } });
    const names = [
      '10-244-0-7.shop',
      '10-244-0-8.shop',
      '1-2-3-4.shop',
      '1-2-3-4.ghost',
      'fd00--1.shop',
      '1-2-3.shop',
      '10-244-0-7.default',
    ];
    return names.map((name) => ask(cluster, `${name}.pod.cluster.local.`).replace('NOERROR ', ''));
  };

  it('is taken at its word where nobody verifies it, in namespaces that there are', () => {
    assert.deepEqual(answers('insecure'), [
      '10.244.0.7',
      '10.244.0.8',
      '1.2.3.4',
      'NXDOMAIN',
      'NODATA',
      'NXDOMAIN',
      '10.244.0.7',
    ]);
  });

  it('is that of a pod of the namespace which runs, where it is verified', () => {
    const [first, ...others] = answers('verified');
    assert.equal(first, '10.244.0.7');
    assert.deepEqual(new Set(others), new Set(['NXDOMAIN']));
  });

  it('is none where that is switched off', () => {
    assert.deepEqual(new Set(answers('disabled')), new Set(['NXDOMAIN']));
  });
});

describe('the zone', () => {
  it('has the domain of the settings', () => {
    const cluster = clusterOf('', { clusterDomain: 'k8s.example' });
    assert.equal(ask(cluster, 'kubernetes.default.svc.k8s.example.'), 'NOERROR 10.96.0.1');
    assert.equal(ask(cluster, 'kubernetes.default.svc.cluster.local.'), 'FORWARDED');
    assert.equal(ask(cluster, '1.0.96.10.in-addr.arpa.', 'PTR'), 'NOERROR kubernetes.default.svc.k8s.example.');
  });

  it('has its own nameserver, the cluster’s DNS', () => {
    assert.equal(ask(shop, 'ns.dns.cluster.local.'), 'NOERROR 10.96.0.10');
    assert.equal(ask(shop, 'ns.dns.cluster.local.', 'AAAA'), 'NODATA');
    assert.equal(ask(shop, 'ns.dns.cluster.local.', 'PTR'), 'NXDOMAIN');
  });

  it('says its version to whoever asks for text', () => {
    assert.equal(ask(shop, 'dns-version.cluster.local.', 'TXT'), 'NOERROR 1.1.0');
    assert.equal(ask(shop, 'dns-version.cluster.local.'), 'NXDOMAIN');
  });
});
