import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findings, fixed } from '../marks.ts';
import { check, refusals } from './check.ts';

/** A Service with a spec in flow form on one line, and what is refused of it. */
function refused(spec: string): readonly string[] {
  const text = `{ apiVersion: v1, kind: Service, metadata: { name: api }, spec: ${spec} }`;
  return refusals(text).map((mark) => mark.replace(/^\S+ /, ''));
}

describe('what the API server refuses of a Service', () => {
  it('are ports without a number or a name, out of range, twice the same, or of no protocol', () => {
    check(`
apiVersion: v1
kind: Service
metadata: { name: api }
spec:
  type: NodePort
  selector: { app: api }
  ports:
    - port: 80
    # ^^^^^^^^ error service-invalid: Of several ports each must have a \`name\`
    - name: http
      port: 70000
          # ^^^^^ error service-invalid: \`port\` must be a number from 1 to 65535, not 70000
      targetPort: -1
                # ^^ error service-invalid: \`targetPort\` must be a number from 1 to 65535, not -1
    - name: http
          # ^^^^ error service-invalid: A port before this one is \`http\` too
      port: 81
      protocol: tcp
              # ^^^ error service-invalid: \`protocol\` must be one of \`TCP\`, \`UDP\`, \`SCTP\`, not \`tcp\`
    - name: HTTP
          # ^^^^ error service-invalid: This name is lower-case letters, digits and \`-\`, with a letter or a digit first and last; \`HTTP\` is not
      port: 81
          # ^^ error service-invalid: A port before this one is \`81/TCP\` too
      targetPort: the_port
                # ^^^^^^^^ error service-invalid: The name of a port is lower-case letters, digits and single \`-\` between them, with a letter among them; \`the_port\` is not
    - name: dns
      port: 53
      nodePort: 30053
    - name: dns-udp
      port: 53
      nodePort: 30053
      protocol: UDP
    - name: other
      port: 54
      nodePort: 30053
              # ^^^^^ error service-invalid: A port before this one is \`30053/TCP\` too
`);
  });

  it('is a Service without ports, unless it is headless or another name', () => {
    const none = 'error service-invalid: `ports` is missing';
    assert.deepEqual(refused('{ selector: { app: api } }'), [none]);
    assert.deepEqual(refused('{ selector: { app: api }, ports: [] }'), [none]);
    assert.deepEqual(refused('{ clusterIP: None, selector: { app: api } }'), []);
    assert.deepEqual(refused('{ type: ExternalName, externalName: example.org }'), []);
  });

  it('is a word that a field cannot have, with the repair where the word is clear', () => {
    const text = (type: string) => `
apiVersion: v1
kind: Service
metadata: { name: api }
spec: { type: ${type}, ports: [{ port: 80 }] }
`;
    assert.equal(fixed(text('nodeport'), 'service-invalid'), text('NodePort'));
    for (const field of ['sessionAffinity', 'ipFamilyPolicy', 'internalTrafficPolicy', 'trafficDistribution']) {
      const [mark] = refused(`{ ${field}: Some, ports: [{ port: 80 }] }`);
      assert.match(mark ?? '', new RegExp(`^error service-invalid: .${field}. must be one of`));
    }
    assert.equal(refused('{ type: NodePort, externalTrafficPolicy: local, ports: [{ port: 80 }] }').length, 1);
  });

  it('is what an ExternalName cannot have, and a name that is none', () => {
    check(`
apiVersion: v1
kind: Service
metadata: { name: api }
spec:
  type: ExternalName
  externalName: Example.org
              # ^^^^^^^^^^^ error service-invalid: This name is lower-case letters, digits, \`-\` and \`.\`, with a letter or a digit first and last and beside each dot; \`Example.org\` is not
  clusterIP: 10.96.0.9
# ^^^^^^^^^ error service-invalid: \`clusterIP\` cannot be set here: an ExternalName has none
  ipFamilyPolicy: SingleStack
# ^^^^^^^^^^^^^^ error service-invalid: \`ipFamilyPolicy\` cannot be set here: an ExternalName has none
`);
    assert.deepEqual(refused('{ type: ExternalName }'), ['error service-invalid: `externalName` is missing']);
    assert.deepEqual(refused('{ type: ExternalName, externalName: example.org., clusterIP: "" }'), []);
  });

  it('are addresses that are none, that differ, or of another family than is asked', () => {
    check(`
apiVersion: v1
kind: Service
metadata: { name: one }
spec:
  clusterIP: 10.96.0.300
           # ^^^^^^^^^^^ error service-invalid: \`10.96.0.300\` is no IP address
  externalIPs: [127.0.0.1, 192.0.2.1, x]
              # ^^^^^^^^^ error service-invalid: \`127.0.0.1\` is an address that stays on one machine or link
                                    # ^ error service-invalid: \`x\` is no IP address
  ports: [{ port: 80 }]
---
apiVersion: v1
kind: Service
metadata: { name: two }
spec:
  clusterIP: 10.96.0.9
  clusterIPs: [10.96.0.8, "fd00:10:96::8"]
             # ^^^^^^^^^ error service-invalid: The first of \`clusterIPs\` must be \`clusterIP\`, which is \`10.96.0.9\`
  ipFamilyPolicy: PreferDualStack
  ports: [{ port: 80 }]
---
apiVersion: v1
kind: Service
metadata: { name: three }
spec:
  clusterIP: 10.96.0.9
  clusterIPs: [10.96.0.9, 10.96.0.10]
# ^^^^^^^^^^ error service-invalid: \`clusterIPs\` has one address of each family
  ports: [{ port: 80 }]
---
apiVersion: v1
kind: Service
metadata: { name: four }
spec:
  clusterIP: 10.96.0.9
           # ^^^^^^^^^ error service-invalid: \`10.96.0.9\` is no IPv6 address, as \`ipFamilies\` asks
  ipFamilies: [IPv6]
  ports: [{ port: 80 }]
---
apiVersion: v1
kind: Service
metadata: { name: five }
spec:
  clusterIP: None
           # ^^^^ error service-invalid: A Service of \`type: NodePort\` has an address: \`clusterIP\` cannot be None
  type: NodePort
  ipFamilies: [IPv4, IPv4, IPv5]
                   # ^^^^ error service-invalid: \`IPv4\` stands in the list already
                         # ^^^^ error service-invalid: \`ipFamilies\` must be one of \`IPv4\`, \`IPv6\`, not \`IPv5\`
  ports: [{ port: 80 }]
`);
    const both = (policy: string) => `{ ipFamilies: [IPv6, IPv4], ${policy}ports: [{ port: 80 }] }`;
    assert.equal(refused(both('')).length, 1);
    assert.deepEqual(refused(both('ipFamilyPolicy: RequireDualStack, ')), []);
  });

  it('is an annotation with ranges that are none, where the field does not say them', () => {
    const service = (ranges: string, mark: string, spec: string) => `
apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/load-balancer-source-ranges: ${ranges}${mark}
spec: { ports: [{ port: 80 }], ${spec} }
`;
    const under = (column: number, width: number, text: string) =>
      `\n${' '.repeat(column - 2)}# ${'^'.repeat(width)} error service-invalid: ${text}`;
    const value = 4 + 'service.beta.kubernetes.io/load-balancer-source-ranges: '.length;
    const noRange = (text: string) => `\`${text}\` is no range of addresses such as 10.0.0.0/8 or fd00::/8`;
    check(service('"10.0.0.0/8, 192.0.2.0/24 "', '', 'type: LoadBalancer'));
    check(service('""', '', 'type: LoadBalancer'));
    check(service('everybody', under(value, 9, noRange('everybody')), 'type: LoadBalancer'));
    check(service('everybody', '', 'type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8]'));
    const key = 'service.beta.kubernetes.io/load-balancer-source-ranges';
    const misplaced = `\`${key}\` cannot be set here: only a Service of \`type: LoadBalancer\` has it`;
    check(service('10.0.0.0/8', under(4, key.length, misplaced), 'type: NodePort'));
  });

  it('is what only some types have', () => {
    check(`
apiVersion: v1
kind: Service
metadata: { name: inner }
spec:
  externalTrafficPolicy: Local
# ^^^^^^^^^^^^^^^^^^^^^ error service-invalid: \`externalTrafficPolicy\` cannot be set here: nothing leads to this Service from outside of the cluster
  loadBalancerSourceRanges: [10.0.0.0/8]
# ^^^^^^^^^^^^^^^^^^^^^^^^ error service-invalid: \`loadBalancerSourceRanges\` cannot be set here: only a Service of \`type: LoadBalancer\` has it
  allocateLoadBalancerNodePorts: false
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error service-invalid: \`allocateLoadBalancerNodePorts\` cannot be set here: only a Service of \`type: LoadBalancer\` has it
  healthCheckNodePort: 30100
# ^^^^^^^^^^^^^^^^^^^ error service-invalid: \`healthCheckNodePort\` cannot be set here: only a LoadBalancer with \`externalTrafficPolicy: Local\` has it
  ports:
    - port: 80
      nodePort: 30080
    # ^^^^^^^^ error service-invalid: \`nodePort\` cannot be set here: \`type: ClusterIP\` opens no port of a node
---
apiVersion: v1
kind: Service
metadata: { name: outer }
spec:
  type: LoadBalancer
  externalTrafficPolicy: Local
  allocateLoadBalancerNodePorts: true
  healthCheckNodePort: 30100
  loadBalancerSourceRanges: [" 10.0.0.0/8", 10.0.0.0]
                                          # ^^^^^^^^ error service-invalid: \`10.0.0.0\` is no range of addresses such as 10.0.0.0/8 or fd00::/8
  ports: [{ port: 80, nodePort: 30080 }]
---
apiVersion: v1
kind: Service
metadata: { name: external }
spec:
  externalIPs: [192.0.2.1]
  externalTrafficPolicy: Local
  ports: [{ port: 80 }]
`);
  });

  it('is how long a client is remembered; without affinity that is dropped', () => {
    const affinity = (type: string, seconds: number) =>
      refused(
        `{ sessionAffinity: ${type}, sessionAffinityConfig: { clientIP: { timeoutSeconds: ${seconds} } }, ports: [{ port: 80 }] }`,
      );
    assert.deepEqual(affinity('ClientIP', 86_400), []);
    assert.deepEqual(affinity('ClientIP', 86_401), [
      'error service-invalid: `timeoutSeconds` must be a number from 1 to 86400, not 86401',
    ]);
    assert.deepEqual(affinity('None', 0), [
      'warning service-invalid: `sessionAffinityConfig` is dropped: `sessionAffinity` is not ClientIP',
    ]);
  });

  it('is told once: a name that is none is not looked for in the containers', () => {
    const text = `
{ apiVersion: v1, kind: Pod, metadata: { name: a, labels: { app: a } }, spec: { containers: [{ name: c, ports: [{ name: web, containerPort: 80 }] }] } }
---
{ apiVersion: v1, kind: Service, metadata: { name: a }, spec: { selector: { app: a }, ports: [{ port: 80, targetPort: Web }] } }
`;
    assert.deepEqual(
      findings(text).map(({ rule }) => rule),
      ['service-invalid'],
    );
  });

  it('is nothing where something else fills the text in', () => {
    assert.deepEqual(refused(`{ clusterIP: "\${IP}", externalIPs: ["\${OUT}"], ports: [{ port: 80 }] }`), []);
  });
});
