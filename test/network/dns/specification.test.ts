import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Query } from '../../../src/network/dns/record.ts';
import { answerTo } from '../../../src/network/dns/zone.ts';
import { clusterOf } from '../../support/cluster.ts';

/** The objects that the examples of the specification speak of. */
const cluster = clusterOf(`
apiVersion: v1
kind: Service
metadata: {name: kubernetes, namespace: default}
spec:
  clusterIP: 10.3.0.1
  clusterIPs: [10.3.0.1, "2001:db8::1"]
  ipFamilyPolicy: RequireDualStack
  ipFamilies: [IPv4, IPv6]
  ports: [{name: https, port: 443}]
---
apiVersion: v1
kind: Service
metadata: {name: headless, namespace: default}
spec: {clusterIP: None, ports: [{name: https, port: 443}]}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: headless-4, namespace: default, labels: {kubernetes.io/service-name: headless}}
addressType: IPv4
ports: [{name: https, port: 443, protocol: TCP}]
endpoints:
  - {addresses: [10.3.0.100], hostname: my-pet}
  - {addresses: [10.3.0.2], hostname: my-pet-2}
  - {addresses: [10.3.0.3]}
  - {addresses: [10.3.0.4], hostname: my-pet-4, conditions: {ready: false}}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: headless-6, namespace: default, labels: {kubernetes.io/service-name: headless}}
addressType: IPv6
ports: [{name: https, port: 443, protocol: TCP}]
endpoints:
  - {addresses: ["2001:db8::100"], hostname: my-pet}
---
apiVersion: v1
kind: Service
metadata: {name: foo, namespace: default}
spec: {type: ExternalName, externalName: www.example.com}
`);

const own = 'kubernetes.default.svc.cluster.local.';
const headless = 'headless.default.svc.cluster.local.';
const ip6 = (host: string) => `${host}.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa.`;

/** Each example of kubernetes/dns `docs/specification.md`, by its section. */
const examples: readonly (readonly [section: string, question: string, answer: readonly string[]])[] = [
  ['2.2', 'dns-version.cluster.local. TXT', ['1.1.0']],
  ['2.3.1', `${own} A`, ['10.3.0.1']],
  ['2.3.1', `${own} AAAA`, ['2001:db8::1']],
  ['2.3.2', `_https._tcp.${own} SRV`, [`0 50 443 ${own}`]],
  ['2.3.3', '1.0.3.10.in-addr.arpa. PTR', [own]],
  ['2.3.3', `${ip6('1.0.0')} PTR`, [own]],
  ['2.4.1', `${headless} A`, ['10.3.0.100', '10.3.0.2', '10.3.0.3']],
  ['2.4.1', `${headless} AAAA`, ['2001:db8::100']],
  ['2.4.1', `my-pet.${headless} A`, ['10.3.0.100']],
  ['2.4.1', `my-pet.${headless} AAAA`, ['2001:db8::100']],
  [
    '2.4.2',
    `_https._tcp.${headless} SRV`,
    ['my-pet', 'my-pet-2', '10-3-0-3'].map((name) => `0 25 443 ${name}.${headless}`),
  ],
  ['2.4.3', '100.0.3.10.in-addr.arpa. PTR', [`my-pet.${headless}`]],
  ['2.4.3', `${ip6('0.0.1')} PTR`, [`my-pet.${headless}`]],
  ['2.5', 'foo.default.svc.cluster.local. A', ['www.example.com.']],
  ['2.5', 'foo.default.svc.cluster.local. CNAME', ['www.example.com.']],
];

describe('the DNS specification', () => {
  for (const [section, question, expected] of examples) {
    it(`${section}: ${question}`, () => {
      const [name, type] = question.split(' ') as [string, Query['type']];
      const { status, records } = answerTo(cluster, { name, type });
      assert.equal(status, 'NOERROR');
      assert.deepEqual(
        records.map(({ data }) => data),
        expected,
      );
      assert.ok(records.every((record) => record.name === name && record.ttl > 0));
    });
  }

  it('2.1: names are compared without regard to case', () => {
    const { records } = answerTo(cluster, { name: 'KUBERNETES.Default.svc.Cluster.LOCAL', type: 'A' });
    assert.deepEqual(
      records.map(({ name, data }) => [name, data]),
      [['KUBERNETES.Default.svc.Cluster.LOCAL.', '10.3.0.1']],
    );
  });

  it('2.4.1: a headless name is an error where no endpoint is ready, and is the Service’s all the same', () => {
    const none = clusterOf(
      '{apiVersion: v1, kind: Service, metadata: {name: db}, spec: {clusterIP: None, selector: {a: b}}}',
    );
    const { status, records, service } = answerTo(none, { name: 'db.default.svc.cluster.local', type: 'A' });
    assert.deepEqual([status, records, service?.id], ['NXDOMAIN', [], 'default/db']);
  });
});
