import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { contains, parseAddress, parseCidr } from '../../src/cluster/address.ts';
import type { Service } from '../../src/cluster/cluster.ts';
import type { Settings } from '../../src/cluster/settings.ts';
import { clusterOf, service } from '../support/cluster.ts';

function serviceWith(spec: string, settings: Partial<Settings> = {}): Service {
  const text = `{ apiVersion: v1, kind: Service, metadata: { name: web, namespace: shop }, spec: ${spec} }`;
  return service(clusterOf(text, settings), 'shop/web');
}

function familiesOf({ clusterIPs }: Service): readonly (number | undefined)[] {
  return clusterIPs.map((text) => parseAddress(text)?.family);
}

describe('the type of a Service', () => {
  it('is ClusterIP where none, or an unknown one, is given', () => {
    assert.equal(serviceWith('{ ports: [{ port: 80 }] }').type, 'ClusterIP');
    assert.equal(serviceWith('{ type: Magic, ports: [{ port: 80 }] }').type, 'ClusterIP');
  });

  it('ExternalName has a name and nothing else', () => {
    const found = serviceWith(
      '{ type: ExternalName, externalName: example.org, selector: { app: web }, clusterIP: "" }',
    );
    assert.equal(found.externalName, 'example.org');
    assert.deepEqual([found.clusterIPs, found.endpoints, found.selector], [[], [], undefined]);
  });

  it('is headless where ClusterIP is None', () => {
    const found = serviceWith('{ clusterIP: None, selector: { app: web } }');
    assert.deepEqual([found.headless, found.clusterIPs, found.simulated], [true, [], false]);
  });
});

describe('a ClusterIP', () => {
  it('that is given is kept', () => {
    const found = serviceWith('{ clusterIP: 10.96.7.7, ports: [{ port: 80 }] }');
    assert.deepEqual([found.clusterIPs, found.simulated], [['10.96.7.7'], false]);
  });

  it('of each family may be given', () => {
    const found = serviceWith('{ clusterIP: 10.96.7.7, clusterIPs: [10.96.7.7, "fd00:10:96::7"] }');
    assert.deepEqual(found.clusterIPs, ['10.96.7.7', 'fd00:10:96::7']);
  });

  it('is drawn from the upper part of the range, the same one each time', () => {
    const range = parseCidr('10.96.0.0/12');
    const found = serviceWith('{ ports: [{ port: 80 }] }');
    const address = parseAddress(found.clusterIPs[0] ?? '');
    assert.ok(range && address && contains(range, address));
    assert.ok(address.value > range.first + 256n, 'the lower 256 are for people to choose');
    assert.equal(found.simulated, true);
    assert.deepEqual(serviceWith('{ ports: [{ port: 81 }] }').clusterIPs, found.clusterIPs);
  });

  it('that is no address counts as none', () => {
    const found = serviceWith('{ clusterIP: 10.96.7, ports: [{ port: 80 }] }');
    assert.equal(found.clusterIPs.length, 1);
    assert.equal(found.simulated, true);
  });

  it('comes from the lower part once the upper is full, and is absent once all are taken', () => {
    const many = Array.from(
      { length: 20 },
      (_, index) => `{ apiVersion: v1, kind: Service, metadata: { name: s${index} }, spec: {} }`,
    ).join('\n---\n');
    const cluster = clusterOf(many, { serviceCIDR: ['10.0.0.0/28'] });
    const drawn = [...cluster.services.values()].flatMap(({ manifest, clusterIPs }) => (manifest ? clusterIPs : []));
    // 14 addresses; one is the API server's, one is for DNS.
    assert.equal(drawn.length, 12);
    assert.equal(new Set(drawn).size, 12);
    assert.equal(drawn.includes('10.0.0.1') || drawn.includes('10.0.0.10'), false);
  });

  it('is never one that another Service was given', () => {
    const free = serviceWith('{}', { serviceCIDR: ['10.0.0.0/24'] }).clusterIPs[0];
    const cluster = clusterOf(
      `
{ apiVersion: v1, kind: Service, metadata: { name: web, namespace: shop }, spec: {} }
---
{ apiVersion: v1, kind: Service, metadata: { name: zzz }, spec: { clusterIP: ${free} } }`,
      { serviceCIDR: ['10.0.0.0/24'] },
    );
    assert.notEqual(service(cluster, 'shop/web').clusterIPs[0], free);
    assert.deepEqual(service(cluster, 'default/zzz').clusterIPs, [free]);
  });
});

describe('the families of a Service', () => {
  it('are the primary one of the cluster alone', () => {
    assert.deepEqual(familiesOf(serviceWith('{}')), [4]);
    assert.deepEqual(familiesOf(serviceWith('{}', { serviceCIDR: ['fd00::/112', '10.0.0.0/16'] })), [6]);
  });

  it('are those that it names, in its order', () => {
    assert.deepEqual(familiesOf(serviceWith('{ ipFamilies: [IPv6] }')), [6]);
    assert.deepEqual(familiesOf(serviceWith('{ ipFamilyPolicy: RequireDualStack, ipFamilies: [IPv6, IPv4] }')), [6, 4]);
  });

  it('are both where the policy asks for them, as far as the cluster has them', () => {
    assert.deepEqual(familiesOf(serviceWith('{ ipFamilyPolicy: PreferDualStack }')), [4, 6]);
    assert.deepEqual(familiesOf(serviceWith('{ ipFamilyPolicy: PreferDualStack, ipFamilies: [IPv6] }')), [6, 4]);
    assert.deepEqual(
      familiesOf(serviceWith('{ ipFamilyPolicy: PreferDualStack }', { serviceCIDR: ['10.0.0.0/16'] })),
      [4],
    );
  });

  it('get a second address beside a given one where the policy asks for both', () => {
    const found = serviceWith('{ ipFamilyPolicy: PreferDualStack, clusterIP: 10.96.7.7 }');
    assert.equal(found.clusterIPs[0], '10.96.7.7');
    assert.deepEqual(familiesOf(found), [4, 6]);
  });

  it('decide which addresses of a pod are endpoints', () => {
    const at = (spec: string) =>
      service(
        clusterOf(`
{ apiVersion: v1, kind: Pod, metadata: { name: a, labels: { app: web } } }
---
{ apiVersion: v1, kind: Service, metadata: { name: web }, spec: { selector: { app: web }, ${spec} } }`),
        'default/web',
      ).endpoints.flatMap(({ addresses }) => addresses.map((text) => parseAddress(text)?.family));
    assert.deepEqual(at(''), [4]);
    assert.deepEqual(at('ipFamilies: [IPv6]'), [6]);
    assert.deepEqual(at('ipFamilyPolicy: PreferDualStack'), [4, 6]);
    assert.deepEqual(at('clusterIP: None'), [4]);
  });

  it('of a headless Service without a selector are both, the named or the primary one first, unless it wants one', () => {
    const families = (more: string, settings?: Partial<Settings>) =>
      serviceWith(`{ clusterIP: None${more} }`, settings).families;
    assert.deepEqual(families(''), [4, 6]);
    assert.deepEqual(families(', ipFamilies: [IPv6]'), [6, 4]);
    assert.deepEqual(families(', ipFamilies: [IPv4]', { serviceCIDR: ['10.0.0.0/16'] }), [4, 6]);
    assert.deepEqual(families(', ipFamilyPolicy: PreferDualStack', { serviceCIDR: ['fd00::/112'] }), [6, 4]);
    assert.deepEqual(families(', ipFamilyPolicy: SingleStack'), [4]);
    assert.deepEqual(families(', selector: { app: a }'), [4]);
  });

  it('of a headless Service without a selector let endpoints of both be', () => {
    const slice = `
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: web, namespace: shop, labels: { kubernetes.io/service-name: web } }
addressType: IPv6
endpoints: [{ addresses: ["fd00::9"] }]
---`;
    for (const selector of ['', ', selector: {}']) {
      const text = `{ apiVersion: v1, kind: Service, metadata: { name: web, namespace: shop }, spec: { clusterIP: None${selector} } }`;
      const { endpoints } = service(clusterOf(`${slice}\n${text}`), 'shop/web');
      assert.deepEqual(
        endpoints.map(({ addresses }) => addresses),
        [['fd00::9']],
      );
    }
  });
});

describe('the ports of a Service', () => {
  it('are TCP and go to themselves where nothing else is said', () => {
    assert.deepEqual(serviceWith('{ ports: [{ port: 80 }] }').ports, [
      { index: 0, name: '', protocol: 'TCP', port: 80, targetPort: 80 },
    ]);
  });

  it('go to their own number where the target is zero or empty', () => {
    const ports = serviceWith(
      '{ ports: [{ name: a, port: 80, targetPort: 0 }, { name: b, port: 81, targetPort: "" }] }',
    ).ports;
    assert.deepEqual(
      ports.map(({ targetPort }) => targetPort),
      [80, 81],
    );
  });

  it('keep their place in the text where one of them is unreadable', () => {
    const { ports } = serviceWith('{ ports: [{ name: a }, { name: b, port: 81, protocol: UDP }] }');
    assert.deepEqual(
      ports.map(({ index, name, protocol }) => [index, name, protocol]),
      [[1, 'b', 'UDP']],
    );
  });
});

describe('a node port', () => {
  const nodePorts = (spec: string) => serviceWith(spec).ports.map(({ nodePort }) => nodePort);

  it('is drawn for NodePort and LoadBalancer alone', () => {
    const [drawn] = nodePorts('{ type: NodePort, ports: [{ port: 80 }] }');
    assert.ok(drawn && drawn >= 30_086 && drawn <= 32_767, 'above those that people choose');
    assert.deepEqual(nodePorts('{ type: LoadBalancer, ports: [{ port: 80 }] }'), [drawn]);
    assert.deepEqual(nodePorts('{ ports: [{ port: 80 }] }'), [undefined]);
  });

  it('is drawn from the range of the settings, above its static band and only then in it', () => {
    const drawn = (first: number, last: number, count = 1) => {
      const ports = Array.from({ length: count }, (_, index) => `{ name: p${index}, port: ${index + 1} }`).join(', ');
      const { ports: all } = serviceWith(`{ type: NodePort, ports: [${ports}] }`, { nodePortRange: { first, last } });
      return all.map(({ nodePort }) => nodePort);
    };
    const [dynamic] = drawn(20_000, 20_099);
    assert.ok(dynamic && dynamic >= 20_016 && dynamic <= 20_099);
    const [small] = drawn(443, 443);
    assert.equal(small, 443);
    const all = drawn(9000, 9019, 21);
    assert.ok(all.slice(0, 4).every((port) => port && port >= 9016));
    assert.deepEqual(new Set(all.slice(0, 20)), new Set(Array.from({ length: 20 }, (_, index) => 9000 + index)));
    assert.equal(all[20], undefined);
  });

  it('is kept where it is given, and dropped where the type has none', () => {
    assert.deepEqual(nodePorts('{ type: NodePort, ports: [{ port: 80, nodePort: 30007 }] }'), [30_007]);
    assert.deepEqual(nodePorts('{ ports: [{ port: 80, nodePort: 30007 }] }'), [undefined]);
  });

  it('is not drawn for a load balancer that needs none, but kept where it is given', () => {
    const spec = (port: string) => `{ type: LoadBalancer, allocateLoadBalancerNodePorts: false, ports: [${port}] }`;
    assert.deepEqual(nodePorts(spec('{ port: 80 }')), [undefined]);
    assert.deepEqual(nodePorts(spec('{ port: 80, nodePort: 30007 }')), [30_007]);
  });

  it('is drawn for the health check of a load balancer that keeps traffic on the node', () => {
    const balanced = (more: string) =>
      serviceWith(
        `{ type: LoadBalancer, externalTrafficPolicy: Local, ${more}ports: [{ port: 80, nodePort: 30007 }] }`,
      );
    const { healthCheckNodePort: drawn } = balanced('');
    assert.ok(drawn && drawn >= 30_086 && drawn <= 32_767);
    assert.equal(balanced('healthCheckNodePort: 30008, ').healthCheckNodePort, 30_008);
    assert.equal(serviceWith('{ type: NodePort, externalTrafficPolicy: Local }').healthCheckNodePort, undefined);
  });

  it('is the same for two protocols of one port, and for nothing else: each number is given once', () => {
    assert.deepEqual(
      nodePorts(
        '{ type: NodePort, ports: [{ name: a, port: 53 }, { name: b, port: 53, protocol: UDP, nodePort: 30053 }] }',
      ),
      [30_053, 30_053],
    );
    const many = Array.from(
      { length: 400 },
      (_, index) =>
        `{ apiVersion: v1, kind: Service, metadata: { name: s${index} }, spec: { type: NodePort, ports: [{ port: 1, protocol: ${index % 2 ? 'TCP' : 'UDP'} }] } }`,
    );
    const all = [...clusterOf(many.join('\n---\n')).services.values()].flatMap(({ ports }) => ports);
    const drawn = all.flatMap(({ nodePort }) => nodePort ?? []);
    assert.deepEqual([drawn.length, new Set(drawn).size], [400, 400]);
  });

  it('is the first that is given to a port of the number, where several are', () => {
    const ports = (first: string, second: string, third: string) =>
      nodePorts(
        `{ type: NodePort, ports: [{ name: a, port: 53${first} }, { name: b, port: 53, protocol: UDP${second} }, { name: c, port: 53, protocol: SCTP${third} }] }`,
      );
    const at = (port: number) => `, nodePort: ${port}`;
    assert.deepEqual(ports('', at(30_001), at(30_002)), [30_001, 30_001, 30_002]);
    assert.deepEqual(ports(at(30_001), at(30_002), ''), [30_001, 30_002, 30_001]);
    assert.deepEqual(ports(at(30_001), '', at(30_002)), [30_001, 30_001, 30_002]);
  });

  it('may be the same for two protocols, not for two ports of one', () => {
    const [tcp, udp] = nodePorts(
      '{ type: NodePort, ports: [{ name: a, port: 53 }, { name: b, port: 53, protocol: UDP }] }',
    );
    assert.equal(tcp, udp);
    const cluster = clusterOf(
      Array.from(
        { length: 2768 },
        (_, index) =>
          `{ apiVersion: v1, kind: Service, metadata: { name: s${index} }, spec: { type: NodePort, ports: [{ port: 1 }] } }`,
      ).join('\n---\n'),
    );
    const drawn = [...cluster.services.values()].flatMap(({ ports }) =>
      ports.flatMap(({ nodePort }) => nodePort ?? []),
    );
    assert.equal(drawn.length, 2768, 'the lower part serves once the upper is full');
    assert.equal(new Set(drawn).size, 2768);
  });
});
