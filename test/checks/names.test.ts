import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { applySplices } from '../../src/edits/splice.ts';
import { actualMarks, expectedMarks, findings, fixed, fixesFor } from './marks.ts';

function check(text: string): void {
  assert.deepEqual(actualMarks(text), expectedMarks(text));
}

/** The findings of a text as `severity rule: message`. */
function told(text: string): readonly string[] {
  return findings(text).map(({ severity, rule, message }) => `${severity} ${rule}: ${message}`);
}

/** The text after each fix of the finding of a rule, which is gone after any of them. */
function afterEach(text: string, rule: string): readonly string[] {
  return fixesFor(text, rule).map(({ splices }) => {
    const after = applySplices(text, splices);
    assert.deepEqual(
      findings(after).filter((each) => each.rule === rule),
      [],
    );
    return after;
  });
}

function set(name: string, serviceName: string, replicas = 'replicas: 2, ', ports = '{ containerPort: 5432 }'): string {
  return `---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: ${name}, namespace: data }
spec:
  serviceName: ${serviceName}
  ${replicas}selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: main, ports: [${ports}] }] }
`.replace(', selector', '\n  selector');
}

function service(name: string, spec: string): string {
  return `---
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: data }
spec: ${spec}
`;
}

function caller(value: string, spec = ''): string {
  return `---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: data, labels: { app: web } }
spec:
  ${spec}
  containers:
    - name: web
      env:
        - name: DB_URL
          value: ${value}
`;
}

const headless = service('db', '{ clusterIP: None, selector: { app: db }, ports: [{ port: 5432 }] }');
const db = set('db', 'db') + headless;

describe('the name of a pod', () => {
  it('is none beyond the pods that run', () => {
    assert.deepEqual(told(db + caller('postgres://db-1.db/x')), []);
    assert.deepEqual(told(db + caller('postgres://db-2.db.data.svc.cluster.local/x')), [
      'warning pod-name-unknown: No pod answers to this name of `db-2`. sts/db runs `db-0` to `db-1`',
    ]);
    const unscaled = set('db', 'db', '') + headless + caller('postgres://db-1.db/x');
    assert.deepEqual(told(unscaled), [
      'information pod-name-unknown: No pod answers to this name of `db-1`. sts/db runs `db-0` to `db-0`',
    ]);
  });

  it('stands under the governing Service, which the fix writes', () => {
    for (const host of ['db-0', 'db-0.postgres', 'db-0.postgres.data.svc']) {
      const text = db + caller(`postgres://${host}:5432/x`);
      assert.deepEqual(told(text), [
        'warning pod-name-unknown: No pod answers to this name of `db-0`. The pods of sts/db have names under `db`, which its `serviceName` says',
      ]);
      assert.deepEqual(afterEach(text, 'pod-name-unknown'), [db + caller('postgres://db-0.db:5432/x')]);
    }
    const other = caller('postgres://db-0.postgres.data:5432/x').replace('namespace: data', 'namespace: shop');
    assert.match(fixed(db + other, 'pod-name-unknown'), /postgres:\/\/db-0\.db\.data:5432/);
  });

  it('is none without a governing Service', () => {
    const [first] = told(set('db', '""') + headless + caller('postgres://db-0.db/x'));
    assert.match(first ?? '', /^warning pod-name-unknown: .* sts\/db has no `serviceName`/);
  });

  it('is one of the internet where no StatefulSet is called so', () => {
    assert.deepEqual(told(db + caller('postgres://pg-0.db/x')), []);
    assert.deepEqual(told(db + caller('http://db-0.example.com/x')), []);
    assert.deepEqual(told(db + caller('http://db-0.pool.example.com/x')), []);
  });
});

describe('the Service that governs a StatefulSet', () => {
  it('is missing: the nearest one is offered, and one that is written', () => {
    const text = set('db', 'dbs') + headless;
    assert.deepEqual(told(text), [
      'warning governing-service-missing: No Service `dbs` in namespace `data`, so that the pods of sts/db have no names. Did you mean `db`?',
    ]);
    const [renamed, written] = afterEach(text, 'governing-service-missing');
    assert.equal(renamed, db);
    assert.equal(
      written,
      `${set('db', 'dbs')}---
apiVersion: v1
kind: Service
metadata:
  name: dbs
  namespace: data
spec:
  clusterIP: None
  selector:
    app: db
  ports:
    - port: 5432
${headless}`,
    );
  });

  it('is told with the names of pods that fail without it, and these are not told by themselves', () => {
    const [finding, ...others] = findings(
      set('db', 'db') + caller('postgres://db-0.db:5432/x') + headless.replace('name: db', 'name: web'),
    );
    assert.deepEqual(others, []);
    assert.deepEqual(
      finding?.related.map(({ message }) => message),
      ['Service `web`', '`db-0.db` is looked up'],
    );
  });

  it('is the headless one that selects the pods where the name is quite another', () => {
    const [renamed] = afterEach(set('db', 'pods') + headless, 'governing-service-missing');
    assert.equal(renamed, db);
  });

  it('has a name for each of several ports when it is written', () => {
    const ports = '{ name: sql, containerPort: 5432 }, { containerPort: 53, protocol: UDP }';
    const [written = ''] = afterEach(set('db', 'db', 'replicas: 2, ', ports), 'governing-service-missing');
    assert.match(written, /- name: sql\n {6}port: 5432\n {4}- name: port-53\n {6}protocol: UDP\n {6}port: 53\n$/);
    assert.deepEqual(findings(written), []);
  });

  it('is an information where the manifests bring no Service, and none where it lives elsewhere', () => {
    assert.match(told(set('db', 'db')).join(), /^information governing-service-missing/);
    assert.deepEqual(findings(set('db', 'db'), {}, { elsewhere: ['data/db'] }), []);
  });

  it('selects other pods', () => {
    const other = service('web', '{ selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }');
    const text = set('db', 'web') + headless + other + caller('x');
    assert.deepEqual(told(text), [
      'warning governing-service-missing: Service `web` does not select the pods of sts/db, so that these have no names',
    ]);
    assert.equal(afterEach(text, 'governing-service-missing')[0], text.replace('serviceName: web', 'serviceName: db'));
  });

  it('is not headless, which is told where names of its pods are looked up', () => {
    const balanced = set('db', 'db') + headless.replace('clusterIP: None, ', '');
    assert.deepEqual(told(balanced + caller('postgres://db/x')), []);
    assert.match(
      told(balanced + caller('postgres://db-0.db/x')).join(),
      /^information governing-service-missing: Service `db` is not headless/,
    );
  });

  it('is that of a pod with a hostname and a subdomain, too', () => {
    const text = headless + caller('x', 'hostname: web\n  subdomain: dbs');
    assert.match(
      told(text).join('\n'),
      /warning governing-service-missing: No Service `dbs` in namespace `data`, so that the pods of pod\/web/,
    );
    assert.deepEqual(told(db + caller('x', 'subdomain: dbs')), []);
  });
});

describe('a port beside a name', () => {
  const api = `${set('api', 'db', 'replicas: 1, ', '{ name: web, containerPort: 8080 }')}${headless.replace('app: db', 'app: api').replace('5432', '8080')}`;
  const ported = (ports: string) => api + service('api', `{ selector: { app: api }, ports: ${ports} }`);

  it('is added to a URL that leaves it to the scheme', () => {
    const text = ported('[{ port: 8000, targetPort: web }]') + caller('http://api/x');
    assert.deepEqual(told(text), ['warning service-port-missing: Service `api` has no port 80; it has 8000/TCP']);
    assert.deepEqual(afterEach(text, 'service-port-missing'), [text.replace('http://api/x', 'http://api:8000/x')]);
  });

  it('is that of the pods: the Service’s own is offered alone', () => {
    const ports = '[{ name: a, port: 80, targetPort: web }, { name: b, port: 81, targetPort: 9090 }]';
    const text = ported(ports) + caller('http://api:8080/x');
    assert.deepEqual(told(text).slice(-1), [
      'warning service-port-missing: Service `api` has no port 8080; it has a 80/TCP, b 81/TCP. 8080 is the port of its pods, to which 80 leads',
    ]);
    assert.deepEqual(afterEach(text, 'service-port-missing'), [text.replace('http://api:8080/x', 'http://api:80/x')]);
  });

  it('is any of several otherwise', () => {
    const text =
      ported('[{ name: a, port: 80, targetPort: web }, { name: b, port: 81, targetPort: web }]') +
      caller('http://api:82/x');
    assert.deepEqual(
      afterEach(text, 'service-port-missing').map((each) => /http:\S+/.exec(each)?.[0]),
      ['http://api:80/x', 'http://api:81/x'],
    );
  });

  it('is that of the pods behind a headless name, whatever port the Service has', () => {
    const text =
      set('db', 'db') + headless.replace('port: 5432', 'port: 80, targetPort: 5432') + caller('http://db:80/x');
    assert.deepEqual(told(text), [
      'warning service-port-missing: This name leads to the pods themselves, past the ports of Service `db`: port 80 is theirs as 5432',
    ]);
    assert.deepEqual(afterEach(text, 'service-port-missing'), [text.replace('//db:80', '//db:5432')]);
  });

  it('in vain is told once, whatever policy says of it', () => {
    const text =
      set('db', 'db') + headless.replace('port: 5432', 'port: 80, targetPort: 5432') + caller('http://db:80/x');
    const policy = `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: db, namespace: data }
spec: { podSelector: { matchLabels: { app: db } }, ingress: [{ ports: [{ port: 5432 }] }] }
`;
    assert.deepEqual(
      findings(text + policy).map(({ rule }) => rule),
      ['service-port-missing'],
    );
    assert.deepEqual(findings(fixed(text + policy, 'service-port-missing')), []);
  });

  it('that no pod behind a headless name declares is an information, if they declare any', () => {
    assert.match(
      told(db + caller('http://db:81/x')).join(),
      /^information service-port-missing: .* none of them declares port 81; they declare 5432$/,
    );
    assert.equal(afterEach(db + caller('http://db:81/x'), 'service-port-missing').length, 1);
    assert.deepEqual(told(db + caller('http://db/x')), []);
    const silent = set('db', 'db', 'replicas: 2, ', '') + headless;
    assert.deepEqual(told(silent + caller('http://db:81/x')), []);
  });

  it('of a webhook is corrected where it stands', () => {
    const text = `${ported('[{ port: 443, targetPort: web }]')}---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: { name: hook }
webhooks:
  - name: hook.example.org
    clientConfig:
      service:
        namespace: data
        name: api
        port: 8443
            # ^^^^ warning service-port-missing: Service \`api\` has no port 8443; it has 443/TCP
  - name: other.example.org
    clientConfig:
      service: { namespace: data, name: apu }
                                      # ^^^ warning unknown-service: No Service \`apu\` in namespace \`data\`. Did you mean \`api\`?
`;
    check(text);
    assert.equal(fixed(text, 'service-port-missing'), text.replace('port: 8443\n', 'port: 443\n'));
    assert.equal(fixed(text, 'unknown-service'), text.replace('name: apu', 'name: api'));
  });
});

describe('whoever asks its node for names of the cluster', () => {
  it('is given the policy by which it asks the cluster', () => {
    for (const [spec, policy] of [
      ['hostNetwork: true', 'ClusterFirstWithHostNet'],
      ['dnsPolicy: Default', 'ClusterFirst'],
    ] as const) {
      const text = db + caller('postgres://db.data/x', spec);
      assert.match(told(text).join(), /^information unknown-service: The pod asks its node/);
      const [after = ''] = afterEach(text, 'unknown-service');
      assert.match(after, new RegExp(`dnsPolicy: ${policy}\n`));
      assert.deepEqual(findings(after), []);
    }
  });
});

describe('a name of a Service that is there', () => {
  it('is written in full where the pod’s resolver puts nothing behind it', () => {
    const spec = 'dnsPolicy: None\n  dnsConfig: { nameservers: [10.96.0.10] }';
    const text = db + caller('postgres://db.data/x', spec);
    assert.deepEqual(told(text), [
      'warning unknown-service: No domain that the pod’s resolver puts behind `db.data` makes a name of Service `db` of it. Did you mean `db.data.svc.cluster.local`?',
    ]);
    assert.deepEqual(afterEach(text, 'unknown-service'), [db + caller('postgres://db.data.svc.cluster.local/x', spec)]);
    const mistyped = db + caller('postgres://db.dat.svc.cluster.local/x', spec);
    assert.deepEqual(told(mistyped), []);
  });

  it('has no dot at its end unless it is in full', () => {
    const text = db + caller('postgres://db.data./x');
    assert.match(told(text).join(), /With a dot at its end `db\.data\.` is looked up as it is.* Did you mean `db`\?$/);
    assert.deepEqual(afterEach(text, 'unknown-service'), [db + caller('postgres://db/x')]);
    assert.deepEqual(told(db + caller('postgres://db.data.svc.cluster.local./x')), []);
  });

  it('in a namespace of which the manifests bring nothing is but an information', () => {
    const empty = '---\n{ apiVersion: v1, kind: Namespace, metadata: { name: prod } }\n';
    const [only = '', ...others] = told(db + empty + caller('postgres://db.prod/x'));
    assert.match(only, /^information unknown-service: No Service `db` in namespace `prod`\. Did you mean `db`\?$/);
    assert.deepEqual(others, []);
    const pod = '---\n{ apiVersion: v1, kind: Pod, metadata: { name: p, namespace: prod } }\n';
    assert.match(told(db + pod + caller('postgres://db.prod/x')).join(), /^warning unknown-service/);
  });
});

describe('a Service of type ExternalName', () => {
  const alias = (name: string, externalName: string) =>
    service(name, `{ type: ExternalName, externalName: ${externalName} }`);

  it('has no address for a name', () => {
    check(`
apiVersion: v1
kind: Service
metadata: { name: old-db }
spec:
  type: ExternalName
  externalName: 192.0.2.7
              # ^^^^^^^^^ warning external-name-unresolved: \`externalName\` is a name, and 192.0.2.7 would be looked up as one: no name server answers. For an address write a headless Service without a selector, and an EndpointSlice that has the address
`);
  });

  it('stands for no name that stands for it', () => {
    const full = (name: string) => `${name}.data.svc.cluster.local`;
    assert.deepEqual(
      told(alias('a', full('b')) + alias('b', full('c')) + alias('c', full('b')) + alias('d', full('d'))),
      [
        'warning external-name-unresolved: These names stand for one another, and none has an address: `data/b` → `data/c` → `data/b`',
        'warning external-name-unresolved: These names stand for one another, and none has an address: `data/d` → `data/d`',
      ],
    );
    assert.deepEqual(told(alias('a', full('b')) + alias('b', 'example.org')), []);
  });

  it('is given the full name of a Service', () => {
    const text = db + alias('a', 'db.data');
    assert.match(told(text).join(), /^warning unknown-service: The target of an ExternalName is looked up as it is/);
    assert.deepEqual(afterEach(text, 'unknown-service'), [db + alias('a', 'db.data.svc.cluster.local')]);
  });

  it('is what it stands for to who calls it: its ports, and the policy on its pods', () => {
    const named = alias('old', 'api.data.svc.cluster.local');
    const api = set('api', 'api') + service('api', '{ selector: { app: api }, ports: [{ port: 5432 }] }');
    const guard = `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: guard, namespace: data }
spec: { podSelector: { matchLabels: { app: api } }, policyTypes: [Ingress] }
`;
    const rules = { 'governing-service-missing': 'off' } as const;
    const found = (text: string) => findings(text, rules).map(({ rule, message }) => `${rule}: ${message}`);
    assert.deepEqual(found(api + named + caller('postgres://old/x')), []);
    assert.deepEqual(found(api + named + caller('old:5432')), []);
    assert.deepEqual(found(api + named + caller('postgres://old:5433/x')), [
      'service-port-missing: Service `api` has no port 5433; it has 5432/TCP',
    ]);
    const both = `${caller('postgres://old/x')}        - { name: API_URL, value: "postgres://api/x" }\n`;
    assert.deepEqual(found(api + named + guard + both), [
      'path-blocked: pod/web cannot reach `old:5432`, `api:5432`. Ingress: guard isolates api and has no rule.',
    ]);
    assert.deepEqual(found(alias('old', 'example.org') + caller('postgres://old:5433/x')), []);
  });
});

describe('a name that looks like one of the internet', () => {
  it('is no more than that where the namespace has a name of its own right', () => {
    const inApp = (text: string) => text.replaceAll('namespace: data', 'namespace: app');
    const text = service('api', '{ selector: { app: web }, ports: [{ port: 80 }] }') + caller('http://api.app');
    assert.deepEqual(told(inApp(text)), []);
  });

  it('is that of a Service in a namespace of this name', () => {
    const com = service('example', '{ selector: { app: db }, ports: [{ port: 80 }] }').replace(
      'namespace: data',
      'namespace: com',
    );
    const pod = caller('http://example.com')
      .replace('namespace: data', 'namespace: com')
      .replace('app: web', 'app: db');
    assert.deepEqual(told(com + pod), [
      'information name-shadowed: The search list makes `example.com` the name of Service `example` in namespace `com`; whoever has that name outside of the cluster is not reached',
    ]);
    assert.deepEqual(
      told(
        com + caller('http://example.org').replace('namespace: data', 'namespace: com').replace('app: web', 'app: db'),
      ),
      [],
    );
  });
});

describe('a search list of a pod', () => {
  const list = (count: number) => Array.from({ length: count }, (_, at) => `d${at}.example.org`).join(', ');

  it('is cut where it is over the limit with the cluster’s own', () => {
    assert.deepEqual(told(caller('x', `dnsConfig: { searches: [${list(29)}] }`)), []);
    assert.deepEqual(told(caller('x', `dnsConfig: { searches: [${list(31)}] }`)), [
      'information dns-config-cut: With the cluster’s own this search list is over the limit of 32 domains and 2048 characters: the kubelet leaves `d29.example.org`, `d30.example.org` out for pod/web',
    ]);
    assert.match(
      told(caller('x', `dnsConfig: { searches: [${list(33)}] }`)).join(),
      /^error pod-invalid: [^,]*, and 32 are the most$/,
    );
  });

  it('has three nameservers with the cluster’s own', () => {
    assert.deepEqual(told(caller('x', 'dnsConfig: { nameservers: [192.0.2.1, 192.0.2.2, 192.0.2.3] }')), [
      'information dns-config-cut: With the cluster’s own these are more than 3 nameservers: the kubelet leaves `192.0.2.3` out for pod/web',
    ]);
  });
});
