import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Severities } from '../../src/checks/finding.ts';
import { applySplices } from '../../src/edits/splice.ts';
import { callsOf } from '../../src/network/calls.ts';
import { actualMarks, clusterOf, expectedMarks, findings, fixed, fixesFor } from './marks.ts';

function check(text: string): void {
  assert.deepEqual(actualMarks(text), expectedMarks(text));
}

const db = `
kind: StatefulSet
apiVersion: apps/v1
metadata: { name: db, namespace: data }
spec:
  serviceName: db
  template:
    metadata: { labels: { app: db } }
    spec: { containers: [{ name: db, ports: [{ containerPort: 5432 }] }] }
---
kind: Service
apiVersion: v1
metadata: { name: db, namespace: data }
spec: { selector: { app: db }, ports: [{ port: 5432 }] }
---`;

function caller(container: string): string {
  return `${db}
kind: Deployment
apiVersion: apps/v1
metadata: { name: web, namespace: shop }
spec:
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: web
${container}`;
}

describe('a name of a Service', () => {
  it('resolves by its namespace, by svc, and in full', () => {
    const calling = (host: string) => caller(`          env: [{ name: DB_URL, value: "postgres://u:p@${host}/x" }]`);
    for (const host of ['db.data', 'db.data.svc', 'db.data.svc.cluster.local', 'DB.data']) check(calling(host));
    check(calling('db-0.db.data').replace('spec: { selector', 'spec: { clusterIP: None, selector'));
  });

  it('of another namespace needs that namespace, and gets it by the fix', () => {
    const text = caller(`
          env:
            - name: DB_HOST
              value: db:5432
              #      ^^^^^^^ warning unknown-service: No Service \`db\` in namespace \`shop\`. Did you mean \`db.data\`?
`);
    check(text);
    const after = fixed(text, 'unknown-service');
    assert.equal(after, text.replace('value: db:', 'value: db.data:'));
    assert.deepEqual(findings(after), []);
  });

  it('that is mistyped is found in a URL', () => {
    check(
      caller(`
          args:
            - --database=postgres://db.dta:5432/x
            - --other=http://bd.data/x
            #                ^^^^^^^ warning unknown-service: No Service \`bd\` in namespace \`data\`. Did you mean \`db.data\`?
`),
    );
  });

  it('is none where it is public, an address, this machine, an image or a word', () => {
    for (const value of [
      'https://example.com/x',
      'api.stripe.com:443',
      '10.0.0.1:80',
      'localhost:8080',
      'redis:7-alpine',
      'info',
      'unix:///var/run/x.sock',
      's3://bucket/key',
      '0.0.0.0:80',
      '$(HOST):80',
      ':8080',
    ]) {
      check(caller(`          env: [{ name: SOME_ADDR, value: "${value}" }]`));
    }
  });

  it('is none where a template makes another name of it, nor where it is what the caller calls itself', () => {
    for (const value of [
      '$(PREFIX)cache:80',
      'http://cache{{ .suffix }}/x',
      'http://cache.<namespace>:80',
      'cache[0]:80',
    ]) {
      check(caller(`          env: [{ name: SOME_ADDR, value: "${value}" }]`));
    }
    for (const name of ['DD_SERVICE', 'OTEL_SERVICE_NAME', 'SERVICE', 'SERVER_NAME']) {
      assert.deepEqual(callsOf(clusterOf(caller(`          env: [{ name: ${name}, value: db.data }]`))), [], name);
    }
  });

  it('is read where values double each other, as far as a process could be given them, and told once of a reference', () => {
    const doubled = Array.from(
      { length: 60 },
      (_, index) => `{ name: V${index + 1}, value: $(V${index})$(V${index}) }`,
    );
    const first = '{ name: V0, value: "http://db.data:5432," }';
    const last = '{ name: LAST, value: "http://db.data:5432/$(V60)" }';
    const args = Array.from({ length: 500 }, () => '"$(V8)"').join();
    const env = `          env: [${[first, ...doubled, last].join()}]\n          args: [${args}]`;
    const calls = callsOf(clusterOf(caller(env)));
    const indexes = calls.map(({ place }) => place.path.slice(-3).join('/').replace('/value', ''));
    const ofEnv = indexes.filter((each) => each.startsWith('env')).map((each) => Number(each.slice('env/'.length)));
    assert.deepEqual([...new Set(ofEnv)], [...Array(12).keys(), 61]);
    assert.ok(calls.length < 50, String(calls.length));
  });

  it('is none in an image, though the Service is headless', () => {
    const headless = (value: string) =>
      caller(`          args: ["${value}"]`).replace('spec: { selector', 'spec: { clusterIP: None, selector');
    assert.equal(callsOf(clusterOf(headless('db.data:16'))).length, 0);
    assert.equal(callsOf(clusterOf(headless('db.data:5432'))).length, 1);
  });

  it('is dialled on the port that stands beside it', () => {
    const ports = (value: string) => {
      const env = `          env: [{ name: DB_URL, value: "${value}" }, { name: DB_PORT, value: "5432" }]`;
      return callsOf(clusterOf(caller(env))).map(({ port }) => port);
    };
    assert.deepEqual(ports('http://db.data'), [5432]);
    assert.deepEqual(ports('http://db.data:80'), [80]);
    assert.deepEqual(ports('http://db.data/path'), [80]);
  });

  it('is looked up as the pod does', () => {
    const asking = (spec: string, host: string) => {
      const text = caller(`          env: [{ name: DB_URL, value: "postgres://${host}/x" }]`);
      return actualMarks(text.replace('      containers:', `      ${spec}\n      containers:`)).join();
    };
    assert.match(asking('dnsPolicy: ClusterFirst', 'db'), /warning unknown-service: No Service/);
    // The DNS of a node knows no name of the cluster, or is another's to know.
    for (const spec of ['dnsPolicy: Default', 'hostNetwork: true']) {
      assert.match(asking(spec, 'db.data'), /information unknown-service: The pod asks its node/);
      assert.equal(asking(spec, 'db'), '');
    }
    assert.equal(asking('hostNetwork: true\n      dnsPolicy: ClusterFirstWithHostNet', 'db.data'), '');
    // Searches of the pod's own.
    assert.equal(asking('dnsConfig: { searches: [data.svc.cluster.local] }', 'db'), '');
    assert.equal(asking('dnsConfig: { searches: [example.com] }', 'cache'), '');
    const own = 'dnsConfig: { nameservers: [10.96.0.10], searches: [svc.cluster.local] }';
    assert.equal(asking(`dnsPolicy: None\n      ${own}`, 'db.data'), '');
    assert.equal(asking('hostAliases: [{ ip: 192.0.2.1, hostnames: [cache] }]', 'cache'), '');
  });

  it('is but an information where the manifests bring no Service of the namespace', () => {
    const text = caller('          env: [{ name: X_URL, value: "http://cache" }]');
    assert.match(actualMarks(text).join(), / information unknown-service: No Service `cache` in namespace `shop`$/);
  });

  it('is but an information where a name says a namespace that the manifests do not make', () => {
    const own =
      'apiVersion: v1\nkind: Service\nmetadata: { name: web, namespace: shop }\nspec: { ports: [{ port: 80 }] }\n';
    const made = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n';
    const said = (host: string, ...more: string[]) => {
      const text = [caller(`          env: [{ name: X_URL, value: "http://${host}" }]`), own, ...more].join('\n---\n');
      return actualMarks(text).find((mark) => mark.includes('unknown-service')) ?? '';
    };
    assert.match(said('prometheus.shop.svc'), / information unknown-service/);
    assert.match(said('prometheus'), / warning unknown-service/);
    assert.match(said('prometheus.shop.svc', made), / warning unknown-service/);
    assert.match(said('wed.shop'), / warning unknown-service: .* Did you mean `web`/);
  });

  it('that lives elsewhere is no finding', () => {
    const text = caller('          env: [{ name: X_ADDR, value: "cache:6379" }]');
    assert.equal(actualMarks(text).length, 1);
    assert.deepEqual(actualMarks(text, {}, { elsewhere: ['shop/cache'] }), []);
    assert.deepEqual(actualMarks(text, {}, { elsewhere: ['shop/*'] }), []);
  });

  it('in a ConfigMap that two workloads read is one finding', () => {
    check(`${caller('          envFrom: [{ configMapRef: { name: conf } }]')}
---
kind: Pod
apiVersion: v1
metadata: { name: worker, namespace: shop }
spec:
  containers: [{ name: worker, env: [{ name: DB_URL, valueFrom: { configMapKeyRef: { name: conf, key: DB_URL } } }] }]
---
kind: ConfigMap
apiVersion: v1
metadata: { name: conf, namespace: shop }
data:
  DB_URL: postgres://db:5432/x
  #                  ^^^^^^^ warning unknown-service: No Service \`db\` in namespace \`shop\`. Did you mean \`db.data\`?
`);
  });
});

describe('a port that a Service does not have', () => {
  it('is a finding, with the ports that it has', () => {
    const text = caller(`
          env:
            - name: DB_ADDR
              value: db.data:5433
              #      ^^^^^^^^^^^^ warning service-port-missing: Service \`db\` has no port 5433; it has 5432/TCP
`);
    check(text);
    assert.equal(fixed(text, 'service-port-missing'), text.replace('5433\n', '5432\n'));
  });
});

const deny = `
---
kind: NetworkPolicy
apiVersion: networking.k8s.io/v1
metadata: { name: deny, namespace: data }
spec: { podSelector: {} }
---
kind: NetworkPolicy
apiVersion: networking.k8s.io/v1
metadata: { name: allow-web, namespace: data }
spec:
  podSelector: { matchLabels: { app: db } }
  ingress:
    - from:
        - namespaceSelector: {}
          podSelector: { matchLabels: { app: wep } }
      ports: [{ port: 5432 }]
`;

describe('a path that a policy blocks', () => {
  const text = `${caller(`
          env:
            - name: DB_ADDR
              value: db.data:5432
              #      ^^^^^^^^^^^^ warning path-blocked: deploy/web cannot reach \`db.data:5432\`. Ingress: deny, allow-web isolate db, and no rule of theirs admits this. Nearest: allow-web rule 1: it asks for \`app=wep\`, and the pod has \`app=web\`.
`)}${deny}`;

  it('is told with the nearest rule and what it asks', () => check(text));

  it('points at the failing term and at the policies', () => {
    const [finding] = findings(text);
    assert.deepEqual(
      finding?.related.map(({ message, place }) => [message, place.path.join('.')]),
      [
        ['The nearest rule: allow-web rule 1', 'spec.ingress.0.from.0.podSelector.matchLabels.app'],
        ['deny isolates it', 'metadata.name'],
        ['allow-web isolates it', 'metadata.name'],
      ],
    );
  });

  it('is gone once the rule is right', () => {
    assert.deepEqual(findings(text.replace('app: wep', 'app: web')), []);
  });

  it('is offered the label that the rule nearly asks for, unless somebody has the one that it asks for', () => {
    assert.equal(fixed(text, 'path-blocked'), text.replace('app: wep', 'app: web'));
    const other = `
---
kind: Pod
apiVersion: v1
metadata: { name: wep, namespace: shop, labels: { app: wep } }
spec: { containers: [{ name: main }] }
`;
    const [fix, ...more] = fixesFor(text + other, 'path-blocked');
    assert.equal(
      fix?.title,
      'Add `shop/deploy/web` to rule 1 of allow-web (opens shop/deploy/web → data/sts/db on 5432/TCP)',
    );
    for (const { splices } of [fix, ...more]) assert.match(applySplices(text + other, splices), /app: wep/);
  });

  it('is offered the port of the pod in the place of that of its Service', () => {
    const asked = text
      .replace('app: wep', 'app: web')
      .replace('ports: [{ port: 5432 }] }\n---', 'ports: [{ port: 80, targetPort: 5432 }] }\n---')
      .replace('db.data:5432', 'db.data:80')
      .replace('ports: [{ port: 5432 }]\n', 'ports: [{ port: 80 }]\n');
    const repaired = asked.replace('ports: [{ port: 80 }]\n', 'ports: [{ port: 5432 }]\n');
    assert.equal(fixed(asked, 'path-blocked'), repaired);
    assert.deepEqual(findings(repaired), []);
  });

  it('is one finding where a workload may send nothing at all', () => {
    const egress = `
---
kind: NetworkPolicy
apiVersion: networking.k8s.io/v1
metadata: { name: mute, namespace: shop }
spec: { podSelector: {}, policyTypes: [Egress] }
`;
    const both = caller(`
          env:
            - { name: DB_ADDR, value: "db.data:5432" }
            - { name: WEB_ADDR, value: "web:80" }
---
kind: Service
apiVersion: v1
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
`);
    const [first, ...others] = findings(both + egress).filter(({ rule }) => rule === 'path-blocked');
    assert.equal(others.length, 0);
    assert.match(
      first?.message ?? '',
      /^deploy\/web cannot reach `db.data:5432`.* Egress: mute isolates web and has no rule\.$/,
    );
  });

  it('is no finding where the plugin enforces no policy, which is said instead', () => {
    const [only, ...others] = findings(text, {}, { cni: 'flannel' });
    assert.equal(others.length, 0);
    assert.equal(only?.rule, 'policy-not-enforced');
    assert.match(only.message, /^flannel enforces no policy: \S+ and 1 more have no effect$/);
    assert.equal(only.related.length, 1);
  });
});

describe('names that every JavaScript object has', () => {
  it('are names like any other, of ConfigMaps, keys, labels, Services and owners', () => {
    const names = ['constructor', 'toString', '__proto__', 'hasOwnProperty'];
    const texts = names.map(
      (name) => `
{ apiVersion: v1, kind: ConfigMap, metadata: { name: ${name}, namespace: ${name} } }
---
{ apiVersion: v1, kind: Service, metadata: { name: ${name}, namespace: ${name} }, spec: { selector: { ${name}: ${name} }, ports: [{ port: 80 }] } }
---
apiVersion: v1
kind: Pod
metadata:
  name: ${name}
  namespace: ${name}
  labels: { ${name}: ${name} }
  ownerReferences: [{ kind: ${name}, name: ${name}, controller: true }]
spec:
  nodeSelector: { ${name}: ${name} }
  containers:
    - env:
        - { name: ${name}, valueFrom: { configMapKeyRef: { name: ${name}, key: ${name} } } }
        - { name: URL, value: "http://${name}.${name}" }
      envFrom: [{ configMapRef: { name: ${name} } }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: ${name} }
spec: { podSelector: {}, ingress: [{ from: [{ podSelector: { matchExpressions: [{ key: other, operator: Exists }] } }] }] }`,
    );
    const given: Severities = { 'name-invalid': 'off', 'label-invalid': 'off', 'policy-peer-means-nobody': 'off' };
    assert.deepEqual(findings(texts.join('\n---\n'), given), []);
  });
});
