import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { proxiedPorts } from '../../../src/network/services/proxied-port.ts';
import { endpointsOnNode } from '../../../src/network/services/traffic-policy.ts';
import { clusterOf, service } from '../../support/cluster.ts';

interface Written {
  readonly on?: string;
  readonly conditions?: object;
  readonly zones?: readonly string[];
  readonly nodes?: readonly string[];
}

const leaving = { ready: false, serving: true, terminating: true };
const notReady = { ready: false };

/** The last numbers of the addresses that node n1, in zone a, uses. */
function used(spec: object, endpoints: readonly Written[], zone = 'a') {
  const named = (names: readonly string[]) => names.map((name) => ({ name }));
  const objects = [
    { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1', labels: { 'topology.kubernetes.io/zone': zone } } },
    { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n2', labels: { 'topology.kubernetes.io/zone': 'b' } } },
    { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { ports: [{ port: 80 }], ...spec } },
    {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: 'web', labels: { 'kubernetes.io/service-name': 'web' } },
      addressType: 'IPv4',
      ports: [{ name: '', port: 80 }],
      endpoints: endpoints.map(({ on, conditions, zones = [], nodes = [] }, index) => ({
        addresses: [`192.0.2.${index + 1}`],
        conditions,
        nodeName: on,
        hints: { forZones: named(zones), forNodes: named(nodes) },
      })),
    },
  ];
  const cluster = clusterOf(objects.map((each) => JSON.stringify(each)).join('\n---\n'));
  const [port] = proxiedPorts(service(cluster, 'default/web'));
  const [node] = cluster.nodes;
  assert.ok(port && node);
  const { cluster: anywhere, local, reachable, listed: _, ...rest } = endpointsOnNode(port, node);
  const last = (targets: typeof anywhere) => targets.map(({ address }) => Number(address.split('.')[3]));
  return { cluster: last(anywhere), local: last(local), reachable: last(reachable), ...rest };
}

const nodePort = { type: 'NodePort' };
const internalLocal = { internalTrafficPolicy: 'Local' };
const externalLocal = { ...nodePort, externalTrafficPolicy: 'Local' };

describe('the proxy on a node uses', () => {
  it('all ready endpoints where no policy is local', () => {
    const expected = { cluster: [1, 2], local: [], reachable: [1, 2], anywhere: true };
    assert.deepEqual(used(nodePort, [{ on: 'n1' }, { on: 'n2' }, { conditions: notReady }]), expected);
  });

  it('those of the node alone where the internal policy is local and nothing comes from outside', () => {
    const expected = { cluster: [], local: [1], reachable: [1], anywhere: true };
    assert.deepEqual(used(internalLocal, [{ on: 'n1' }, { on: 'n2' }, {}]), expected);
  });

  it('both kinds where calls from outside stay on the node, for those from inside may go anywhere', () => {
    const expected = { cluster: [1, 2], local: [1], reachable: [1, 2], anywhere: true };
    assert.deepEqual(used(externalLocal, [{ on: 'n1' }, { on: 'n2' }]), expected);
    assert.deepEqual(used({ ...externalLocal, ...internalLocal }, [{ on: 'n1' }, { on: 'n2' }]), expected);
  });

  it('no local ones of a Service that nothing reaches from outside', () => {
    const expected = { cluster: [1], local: [], reachable: [1], anywhere: true };
    assert.deepEqual(used({ externalTrafficPolicy: 'Local' }, [{ on: 'n1' }]), expected);
  });

  it('none, though others have some, or none at all', () => {
    assert.deepEqual(used(internalLocal, [{ on: 'n2' }]), { cluster: [], local: [], reachable: [], anywhere: true });
    assert.deepEqual(used(nodePort, [{ conditions: notReady }]), {
      cluster: [],
      local: [],
      reachable: [],
      anywhere: false,
    });
  });
});

describe('endpoints that terminate', () => {
  it('serve on where no other is ready, on the node and anywhere by themselves', () => {
    const endpoints = [{ on: 'n1', conditions: leaving }, { on: 'n2' }];
    const expected = { cluster: [2], local: [1], reachable: [1, 2], anywhere: true };
    assert.deepEqual(used(externalLocal, endpoints), expected);
    assert.deepEqual(used(nodePort, [{ conditions: leaving }]).cluster, [1]);
  });

  it('make room for a pod that has their address', () => {
    const cluster = clusterOf(`
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: web, labels: { kubernetes.io/service-name: web } }
addressType: IPv4
ports: [{ name: "", port: 80 }]
endpoints:
  - { addresses: [192.0.2.1], conditions: { ready: true } }
  - { addresses: [192.0.2.1], conditions: { ready: false, serving: true, terminating: true } }
---
{ apiVersion: v1, kind: Service, metadata: { name: web }, spec: { ports: [{ port: 80 }] } }`);
    const [port] = proxiedPorts(service(cluster, 'default/web'));
    const [node] = cluster.nodes;
    assert.ok(port && node);
    const { cluster: targets } = endpointsOnNode(port, node);
    assert.deepEqual(
      targets.map(({ endpoint }) => endpoint.ready),
      [true],
    );
  });
});

describe('hints', () => {
  const here = { zones: ['a'], nodes: ['n1'] };
  const there = { zones: ['b'], nodes: ['n2'] };

  it('keep calls on the node, or else in its zone', () => {
    assert.deepEqual(used({}, [here, there]).cluster, [1]);
    assert.equal(used({}, [here, there]).preferred, 'node');
    assert.deepEqual(used({}, [{ zones: ['a'] }, { zones: ['b'] }, { zones: ['b', 'a'] }]).cluster, [1, 3]);
    assert.equal(used({}, [{ zones: ['a'] }, { zones: ['b'] }]).preferred, 'zone');
  });

  it('fall back from the node to the zone', () => {
    const endpoints = [
      { zones: ['a'], nodes: ['n3'] },
      { zones: ['b'], nodes: ['n2'] },
    ];
    assert.deepEqual(used({}, endpoints).cluster, [1]);
    assert.equal(used({}, endpoints).preferred, 'zone');
  });

  it('count for nothing where one ready endpoint has none, or none is for this node', () => {
    assert.deepEqual(used({}, [here, {}]).cluster, [1, 2]);
    assert.deepEqual(used({}, [there, there]).cluster, [1, 2]);
    assert.deepEqual(used({}, [{ zones: ['a'] }], '').cluster, [1]);
  });

  it('are not asked of endpoints that are not ready', () => {
    assert.deepEqual(used({}, [here, there, { conditions: notReady }]).cluster, [1]);
    assert.deepEqual(used({}, [{ ...there, conditions: leaving }]).cluster, [1]);
  });

  it('never bear on what a local policy keeps on the node', () => {
    const expected = { cluster: [2], local: [1], reachable: [1, 2], anywhere: true, preferred: 'zone' };
    assert.deepEqual(
      used(externalLocal, [
        { on: 'n1', zones: ['b'] },
        { on: 'n2', zones: ['a'] },
      ]),
      expected,
    );
  });
});

it('endpoints are in the order of their texts, as kube-proxy sorts them', () => {
  const many = Array.from({ length: 12 }, () => ({}));
  assert.deepEqual(used({}, many).cluster, [10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});
