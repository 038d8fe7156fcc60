import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { slicesOf } from '../../../src/network/services/slices.ts';
import { clusterOf, service } from '../../support/cluster.ts';

function slices(text: string, id = 'default/web') {
  const cluster = clusterOf(text);
  return slicesOf(cluster, service(cluster, id));
}

const pod = (name: string, port: number, more = '') =>
  `{ apiVersion: v1, kind: Pod, metadata: { name: ${name}, labels: { app: web } }, spec: { nodeName: n1, containers: [{ name: c, ports: [{ name: http, containerPort: ${port} }] }] }, status: { phase: Running, podIPs: [{ ip: 10.244.0.${port % 200} }, { ip: "fd00:10:244::${port % 200}" }] ${more} } }\n---\n`;

const web = (spec = '') =>
  `{ apiVersion: v1, kind: Service, metadata: { name: web }, spec: { selector: { app: web }, ports: [{ name: main, port: 80, targetPort: http }], ${spec} } }\n---\n`;

describe('the slices of a Service', () => {
  it('hold pods that resolve the ports alike, one for each family', () => {
    const found = slices(pod('a', 8080) + pod('b', 8081) + pod('c', 9090) + web('ipFamilyPolicy: PreferDualStack'));
    assert.deepEqual(
      found.map(({ addressType, ports, endpoints }) => [
        addressType,
        ports.map(({ name, port, protocol }) => `${name} ${port}/${protocol}`),
        endpoints.map(({ address }) => address),
      ]),
      [
        ['IPv4', ['main 8080/TCP'], ['10.244.0.80']],
        ['IPv6', ['main 8080/TCP'], ['fd00:10:244::80']],
        ['IPv4', ['main 8081/TCP'], ['10.244.0.81']],
        ['IPv6', ['main 8081/TCP'], ['fd00:10:244::81']],
        ['IPv4', ['main 9090/TCP'], ['10.244.0.90']],
        ['IPv6', ['main 9090/TCP'], ['fd00:10:244::90']],
      ],
    );
    assert.equal(new Set(found.map(({ name }) => name)).size, 6);
    for (const { name, simulated } of found) assert.ok(simulated && /^web-[a-z0-9]{5}$/.test(name), name);
  });

  it('list a pod without a port of the name in one without ports', () => {
    const text = pod('a', 8080).replace('name: http', 'name: other') + web();
    assert.deepEqual(
      slices(text).map(({ ports, endpoints }) => [ports, endpoints.length]),
      [[[], 1]],
    );
  });

  it('are one without endpoints for each family of which no pod is there, unless nobody is asked for', () => {
    const families = (text: string) =>
      slices(text).map(({ addressType, ports, endpoints }) => [addressType, ports.length, endpoints.length]);
    assert.deepEqual(families(web('ipFamilyPolicy: PreferDualStack')), [
      ['IPv4', 0, 0],
      ['IPv6', 0, 0],
    ]);
    const single = pod('a', 8080).replace(', { ip: "fd00:10:244::80" }', '');
    assert.deepEqual(families(single + web('ipFamilyPolicy: PreferDualStack')), [
      ['IPv4', 1, 1],
      ['IPv6', 0, 0],
    ]);
    assert.deepEqual(families(web().replace('selector: { app: web }, ', '')), []);
  });

  it('hold a hundred endpoints each', () => {
    const many =
      '{ apiVersion: apps/v1, kind: Deployment, metadata: { name: a }, spec: { replicas: 70, template: { metadata: { labels: { app: web } } } } }';
    const text = `${many}\n---\n${many.replace('name: a', 'name: b')}\n---\n${web().replace('targetPort: http', 'targetPort: 8080')}`;
    assert.deepEqual(
      slices(text).map(({ endpoints }) => endpoints.length),
      [100, 40],
    );
  });

  it('say of each endpoint where it is and how it is', () => {
    const node =
      '{ apiVersion: v1, kind: Node, metadata: { name: n1, labels: { topology.kubernetes.io/zone: east } } }\n---\n';
    const notReady = ', conditions: [{ type: Ready, status: "False" }]';
    const [slice] = slices(node + pod('a', 8080, notReady) + web('trafficDistribution: PreferSameZone'));
    assert.deepEqual(slice?.endpoints, [
      {
        address: '10.244.0.80',
        pod: 'default/a',
        nodeName: 'n1',
        zone: 'east',
        ready: false,
        serving: false,
        terminating: false,
      },
    ]);
  });

  it('that a person wrote keep their names; an Endpoints object is mirrored into one with a made-up name', () => {
    const text = `
{ apiVersion: v1, kind: Service, metadata: { name: web }, spec: { ports: [{ port: 80 }] } }
---
{ apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: { name: mine, labels: { kubernetes.io/service-name: web } }, addressType: IPv4, endpoints: [{ addresses: [192.0.2.1] }], ports: [{ name: "", port: 8080 }] }
---
{ apiVersion: v1, kind: Endpoints, metadata: { name: web }, subsets: [{ addresses: [{ ip: 192.0.2.2 }], ports: [{ port: 81 }] }] }
`;
    const [mine, mirrored] = slices(text);
    assert.deepEqual([mine?.name, mine?.simulated, mirrored?.simulated], ['mine', false, true]);
    assert.deepEqual(mirrored?.ports, [{ name: '', protocol: 'TCP', port: 81 }]);
  });
});
