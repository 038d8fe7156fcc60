import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { actualMarks, expectedMarks, findings, fixed } from './marks.ts';

function check(text: string): void {
  assert.deepEqual(actualMarks(text), expectedMarks(text));
}

const api = `
kind: Deployment
apiVersion: apps/v1
metadata: { name: api }
spec:
  template:
    metadata: { labels: { app: api, tier: back } }
    spec:
      containers:
        - name: api
          ports:
            - { name: http, containerPort: 8080 }
            - { name: metrics, containerPort: 9090 }
---`;

function service(spec: string): string {
  return `${api}
kind: Service
apiVersion: v1
metadata: { name: api }
spec:
${spec}`;
}

describe('a Service whose selector matches no pod', () => {
  it('names the nearest workload and what it has instead', () => {
    check(
      service(`
  selector: { app: apo, tier: back }
  #         ^^^^^^^^^^^^^^^^^^^^^^^^ warning service-without-endpoints: No pod in \`default\` has \`app=apo\`, \`tier=back\`: the Service has no endpoints. Nearest: deploy/api: it has \`app=api\`, not \`app=apo\`
  ports: [{ port: 80, targetPort: http }]
`),
    );
  });

  it('says that the labels are in another namespace', () => {
    check(`${api}
kind: Service
apiVersion: v1
metadata: { name: api, namespace: other }
spec:
  selector: { app: api }
  #         ^^^^^^^^^^^^ information service-without-endpoints: No pod in \`other\` has \`app=api\`: the Service has no endpoints. Nearest: deploy/api: it is in namespace \`default\`, and a Service selects in its own alone
  ports: [{ port: 80 }]
`);
  });

  it('is offered the labels of the nearest, and is satisfied by them', () => {
    const text = service(`
  selector: { app: "apo" } # the api
  ports: [{ port: 80 }]
`);
    const after = fixed(text, 'service-without-endpoints');
    assert.equal(after, text.replace('"apo"', '"api"'));
    assert.deepEqual(
      findings(after).filter(({ rule }) => rule === 'service-without-endpoints'),
      [],
    );
  });

  it('is no finding where the workload is scaled to nothing', () => {
    check(`${api.replace('spec:\n  template', 'spec:\n  replicas: 0\n  template')}
kind: Service
apiVersion: v1
metadata: { name: api }
spec:
  selector: { app: api }
  ports: [{ port: 80, targetPort: http }]
`);
  });

  it('is no finding without a selector, with an empty one, or for an ExternalName', () => {
    for (const spec of [
      '  ports: [{ port: 80 }]',
      '  selector: {}\n  ports: [{ port: 80 }]',
      '  type: ExternalName\n  externalName: x\n  selector: { app: x }',
    ]) {
      check(service(spec));
    }
  });
});

describe('a target port', () => {
  it('that no container has by this name is a finding, with the nearest', () => {
    check(
      service(`
  selector: { app: api }
  ports:
    - port: 80
      targetPort: htpp
      #           ^^^^ warning target-port-missing: No container of deploy/api has a TCP port named \`htpp\`. Nearest: \`http\`
`),
    );
  });

  it('must have the protocol as well', () => {
    check(
      service(`
  selector: { app: api }
  ports:
    - port: 80
      protocol: UDP
      targetPort: http
      #           ^^^^ warning target-port-missing: No container of deploy/api has a UDP port named \`http\`
`),
    );
  });

  it('that only some pods have is likely not meant', () => {
    check(`${api}
kind: Pod
apiVersion: v1
metadata: { name: old, labels: { app: api } }
spec: { containers: [{ name: old }] }
---
kind: Service
apiVersion: v1
metadata: { name: api }
spec:
  selector: { app: api }
  ports:
    - port: 80
      targetPort: http
      #           ^^^^ information target-port-missing: pod/old has no TCP port named \`http\` and gets no traffic of api on it
`);
  });

  it('that is a number works undeclared', () => {
    check(
      service(`
  selector: { app: api }
  ports:
    - port: 80
      targetPort: 8081
      #           ^^^^ hint target-port-undeclared: deploy/api declares other ports, but not 8081; it works if something listens there
`),
    );
  });
});

describe('severities', () => {
  const spec = '  selector: { app: apo }\n  ports: [{ port: 80 }]';
  const text = service(spec);

  it('follow the settings', () => {
    assert.deepEqual(
      findings(text, { 'service-without-endpoints': 'error' }).map(({ severity }) => severity),
      ['error'],
    );
    assert.deepEqual(findings(text, { 'service-without-endpoints': 'off' }), []);
  });

  it('give way to a comment in the document, and in that alone', () => {
    const comment = '# podwire-ignore: service-without-endpoints the pods are elsewhere\n';
    assert.deepEqual(findings(service(comment + spec)), []);
    assert.equal(findings(comment + text).length, 1);
  });
});

describe('a Service that asks for a label whose value a controller makes up', () => {
  it('may have endpoints, and is not told to ask for a simulated one', () => {
    const text = `
kind: Deployment
apiVersion: apps/v1
metadata: { name: web }
spec: { template: { metadata: { labels: { app: web } } } }
---
kind: Service
apiVersion: v1
metadata: { name: web }
spec: { selector: { app: web, pod-template-hash: 5f6c }, ports: [{ port: 80 }] }`;
    const [finding] = findings(text);
    assert.deepEqual(
      [finding?.rule, finding?.severity, finding?.fixes],
      ['service-without-endpoints', 'information', []],
    );
  });
});
