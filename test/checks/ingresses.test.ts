import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { actualMarks, expectedMarks, findings, fixed } from './marks.ts';

const front = `
{ apiVersion: apps/v1, kind: Deployment, metadata: { name: front, namespace: shop }, spec: { template: { metadata: { labels: { app: front } }, spec: { containers: [{ name: front, ports: [{ containerPort: 8080 }] }] } } } }
---
{ apiVersion: v1, kind: Service, metadata: { name: front, namespace: shop }, spec: { selector: { app: front }, ports: [{ name: http, port: 80, targetPort: 8080 }] } }
---`;

function ingress(service: string, namespace = 'shop'): string {
  return `${front}
kind: Ingress
apiVersion: networking.k8s.io/v1
metadata: { name: web, namespace: ${namespace} }
spec:
  rules:
    - http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
${service}`;
}

function route(spec: string): string {
  return `${front}
kind: Route
apiVersion: route.openshift.io/v1
metadata: { name: web, namespace: shop }
spec:
${spec}`;
}

function check(text: string): void {
  assert.deepEqual(actualMarks(text), expectedMarks(text));
}

describe('an Ingress', () => {
  it('that leads to a port of its Service, by number or by name, is well', () => {
    check(ingress('                name: front\n                port: { number: 80 }'));
    check(ingress('                name: front\n                port: { name: http }'));
  });

  it('that leads to no Service is told at the name, with the one that was meant', () => {
    const text = ingress(`
                name: frnt
                #     ^^^^ warning unknown-service: No Service \`frnt\` in namespace \`shop\`. Did you mean \`front\`?
                port: { number: 80 }`);
    check(text);
    const after = fixed(text, 'unknown-service');
    assert.equal(after, text.replace('name: frnt', 'name: front'));
    assert.deepEqual(findings(after), []);
  });

  it('that asks for a port that is not there is offered those that are', () => {
    for (const [asked, after] of [
      ['number: 8080', 'number: 80'],
      ['number: 81', 'number: 80'],
      ['name: htp', 'name: http'],
    ] as const) {
      const text = ingress(`                name: front\n                port: { ${asked} }`);
      const repaired = fixed(text, 'service-port-missing');
      assert.equal(repaired, text.replace(asked, after));
      assert.deepEqual(findings(repaired), []);
    }
  });

  it('in a namespace without Services may mean those of other repositories', () => {
    const text = ingress('                name: front\n                port: { number: 80 }', 'other');
    assert.deepEqual(
      findings(text).map(({ rule, severity }) => [rule, severity]),
      [['unknown-service', 'information']],
    );
    assert.deepEqual(findings(text, {}, { elsewhere: ['other/front'] }), []);
  });

  it('that leads to a port which the Service does not have is told at the port', () => {
    check(
      ingress(`
                name: front
                port: { number: 8080 }
                #               ^^^^ warning service-port-missing: Service \`front\` has no port 8080; it has http 80/TCP
`),
    );
  });
});

describe('a Route', () => {
  it('that leads to a port of the pods, or to all, is well', () => {
    check(route('  to: { kind: Service, name: front }\n  port: { targetPort: 8080 }'));
    check(route('  to: { kind: Service, name: front }\n  port: { targetPort: http }'));
    check(route('  to: { kind: Service, name: front }'));
  });

  it('that asks for the number of the Service’s port is told', () => {
    check(
      route(`
  to: { kind: Service, name: front }
  port: { targetPort: 80 }
  #                   ^^ warning service-port-missing: Service \`front\` has no port 80; it has http 80/TCP
`),
    );
  });

  it('leads to nothing where its Service is not there', () => {
    const text = route('  to: { kind: Service, name: back }');
    assert.deepEqual(
      findings(text).map(({ rule }) => rule),
      ['unknown-service'],
    );
  });
});
