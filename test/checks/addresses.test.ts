import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Settings } from '../../src/cluster/settings.ts';
import { actualMarks, expectedMarks } from './marks.ts';

/** Holds what is said of addresses and of ports of the nodes against the marks in a text. */
function check(text: string, settings: Partial<Settings> = {}): void {
  const marks = actualMarks(text, {}, settings).filter((mark) => / (address|node-port)-/.test(mark));
  assert.deepEqual(marks, expectedMarks(text));
}

const two = (first: string, second: string) => `
apiVersion: v1
kind: Service
metadata: { name: a }
spec:
${first}
---
apiVersion: v1
kind: Service
metadata: { name: b, namespace: shop }
spec:
${second}
`;

describe('an address', () => {
  it('that two Services are given is refused at the second', () => {
    check(
      two(
        '  clusterIP: 10.96.0.9\n  ports: [{ port: 80 }]',
        `  clusterIP: 10.96.0.9
           # ^^^^^^^^^ error address-conflict: \`10.96.0.9\` is given to Service default/a and to Service shop/b
  ports: [{ port: 80 }]`,
      ),
    );
  });

  it('is the same however it is written', () => {
    check(
      two(
        '  clusterIP: "fd00:10:96::9"\n  ports: [{ port: 80 }]',
        `  clusterIP: "fd00:10:96:0::0009"
           # ^^^^^^^^^^^^^^^^^^^^ error address-conflict: \`fd00:10:96::9\` is given to Service default/a and to Service shop/b
  ports: [{ port: 80 }]`,
      ),
    );
  });

  it('of a Service that every cluster has is taken, of the API server for sure and of DNS by convention', () => {
    const taken = (address: string, port: number, settings: Partial<Settings> = {}) =>
      actualMarks(
        `{ apiVersion: v1, kind: Service, metadata: { name: a }, spec: { clusterIP: ${address}, ports: [{ port: ${port} }] } }`,
        {},
        settings,
      ).map((mark) => mark.replace(/^\S+ /, ''));
    const first = (address: string) =>
      `address-conflict: \`${address}\`, the first of the range, is that of default/kubernetes in every cluster`;
    const tenth = (address: string) =>
      `warning address-conflict: \`${address}\`, the tenth of the range, is by convention that of kube-system/kube-dns`;
    assert.deepEqual(taken('10.96.0.1', 80), [`error ${first('10.96.0.1')}`]);
    assert.deepEqual(taken('10.43.0.1', 80), [`warning ${first('10.43.0.1')}`], 'the range is a guess');
    assert.deepEqual(taken('10.43.0.1', 80, { serviceCIDR: ['10.43.0.0/16'] }), [`error ${first('10.43.0.1')}`]);
    assert.deepEqual(taken('10.96.0.10', 80), [tenth('10.96.0.10')]);
    assert.deepEqual(taken('10.96.0.10', 53), [], 'it may be the DNS of the cluster');
    assert.deepEqual(taken('10.96.0.11', 80), []);
  });

  it('of the API server is its own Service’s where the manifests bring that', () => {
    const text = `{ apiVersion: v1, kind: Service, metadata: { name: kubernetes }, spec: { clusterIP: 10.96.0.1, ports: [{ port: 443 }] } }`;
    assert.deepEqual(actualMarks(text), []);
  });

  it('that two pods have is odd, unless one of them has ended or has its node’s', () => {
    const pod = (name: string, more: string, ip: string) => `
apiVersion: v1
kind: Pod
metadata: { name: ${name} }
spec: { nodeName: n1, ${more} }
status:
${ip}
---`;
    check(
      [
        pod('a', '', '  phase: Running\n  podIP: 10.244.0.9'),
        pod(
          'b',
          '',
          `  phase: Running
  podIP: 10.244.0.9
  podIPs:
    - ip: 10.244.0.9
        # ^^^^^^^^^^ warning address-conflict: \`10.244.0.9\` is given to Pod default/a and to Pod default/b`,
        ),
        pod('c', '', '  phase: Succeeded\n  podIP: 10.244.0.9'),
        pod('d', 'hostNetwork: true', '  phase: Running\n  podIP: 10.0.0.1'),
        `
apiVersion: v1
kind: Node
metadata: { name: n1 }
status: { addresses: [{ type: InternalIP, address: 10.0.0.1 }] }
---
apiVersion: v1
kind: Node
metadata: { name: n2 }
status: { addresses: [{ type: InternalIP, address: 10.0.0.1 }, { type: ExternalIP, address: 10.0.0.1 }] }
                                                 # ^^^^^^^^ warning address-conflict: \`10.0.0.1\` is given to Node n1 and to Node n2
`,
      ].join(''),
    );
  });

  it('outside of a range is told only where somebody set the range', () => {
    const service = (mark: string) => `
apiVersion: v1
kind: Service
metadata: { name: a }
spec:
  clusterIP: 172.20.0.9${mark}
  ports: [{ port: 80 }]
`;
    check(service(''));
    check(service(''), { podCIDR: ['10.0.0.0/8'] });
    check(
      service(
        '\n           # ^^^^^^^^^^ warning address-out-of-range: `172.20.0.9` lies outside of `serviceCIDR`, which is 10.43.0.0/16',
      ),
      { serviceCIDR: ['10.43.0.0/16'] },
    );
    check(service(''), { serviceCIDR: ['172.20.0.0/16'] });
  });

  it('of a pod counts too where the range of pods is set; a node may have another', () => {
    const text = `
{ apiVersion: v1, kind: Node, metadata: { name: n }, spec: { podCIDR: 10.9.0.0/24 } }
---
{ apiVersion: v1, kind: Pod, metadata: { name: a }, status: { phase: Running, podIP: 10.9.0.7 } }
---
apiVersion: v1
kind: Pod
metadata: { name: b }
status:
  phase: Running
  podIP: 10.8.0.7
       # ^^^^^^^^ warning address-out-of-range: \`10.8.0.7\` lies outside of \`podCIDR\`, which is 10.42.0.0/16, 10.9.0.0/24
`;
    check(text, { podCIDR: ['10.42.0.0/16'] });
  });
});

describe('a family', () => {
  const refused = (spec: string, settings: Partial<Settings>) =>
    actualMarks(
      `{ apiVersion: v1, kind: Service, metadata: { name: a }, spec: { ${spec}, ports: [{ port: 80 }] } }`,
      {},
      settings,
    ).map((mark) => mark.replace(/^\S+ /, ''));

  it('of which the cluster has no range is refused', () => {
    const single = { serviceCIDR: ['10.96.0.0/16'] };
    const asked = (what: string) => [
      `error service-invalid: \`${what}\` asks for a family of which \`serviceCIDR\` has no range`,
    ];
    assert.deepEqual(refused('ipFamilyPolicy: RequireDualStack', single), asked('RequireDualStack'));
    assert.deepEqual(refused('ipFamilies: [IPv6]', single), asked('IPv6'));
    assert.deepEqual(refused('ipFamilyPolicy: PreferDualStack', single), []);
    assert.deepEqual(refused('ipFamilies: [IPv4]', single), []);
    assert.deepEqual(refused('ipFamilyPolicy: RequireDualStack', {}), []);
    assert.deepEqual(refused('clusterIP: None, ipFamilyPolicy: RequireDualStack', single), []);
  });
});

describe('a port of the nodes', () => {
  it('is given once, whatever the protocol, and a health check takes one too', () => {
    check(
      two(
        `  type: LoadBalancer
  externalTrafficPolicy: Local
  healthCheckNodePort: 30100
  ports: [{ port: 80, nodePort: 30080 }]`,
        `  type: NodePort
  ports:
    - name: a
      port: 80
      protocol: UDP
      nodePort: 30080
              # ^^^^^ error node-port-conflict: Port 30080 of the nodes is given to \`default/a\` already
    - name: b
      port: 81
      nodePort: 30100
              # ^^^^^ error node-port-conflict: Port 30100 of the nodes is given to \`default/a\` already`,
      ),
    );
  });

  it('may be the same for two protocols of one port, and for nothing else of one Service', () => {
    check(`
apiVersion: v1
kind: Service
metadata: { name: dns }
spec:
  type: NodePort
  ports:
    - { name: a, port: 53, nodePort: 30053 }
    - { name: b, port: 53, nodePort: 30053, protocol: UDP }
    - { name: c, port: 54, nodePort: 30053, protocol: SCTP }
                                   # ^^^^^ error node-port-conflict: Port 30053 of the nodes is given to \`default/dns\` already
`);
  });

  it('that lies elsewhere takes another range, and more than all ports are none', () => {
    const lies = (port: number) =>
      `${port} lies outside of 30000–32767: the API server refuses it unless its \`--service-node-port-range\` is another`;
    check(`
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: NodePort
  ports:
    - { name: a, port: 80, nodePort: 8080 }
                                   # ^^^^ warning node-port-out-of-range: ${lies(8080)}
    - { name: b, port: 81, nodePort: 32767 }
    - { name: c, port: 82, nodePort: 80000 }
                                   # ^^^^^ error node-port-out-of-range: ${lies(80_000)}
`);
  });

  it('lies in the range that is set, or does not', () => {
    const service = (mark: string) => `
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: NodePort
  ports:
    - { name: a, port: 80, nodePort: 80 }
    - { name: b, port: 81, nodePort: 30080 }${mark}
`;
    const lies = '30080 lies outside of `nodePortRange`, which is 80–9000';
    check(service(`\n                                   # ^^^^^ warning node-port-out-of-range: ${lies}`), {
      nodePortRange: { first: 80, last: 9000 },
    });
    check(service(''), { nodePortRange: { first: 1, last: 65_535 } });
  });

  it('that a ClusterIP asks for is another finding', () => {
    check('{ apiVersion: v1, kind: Service, metadata: { name: a }, spec: { ports: [{ port: 80, nodePort: 80 }] } }');
  });
});
