import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultSettings } from '../../src/cluster/settings.ts';
import { actualMarks, expectedMarks, findings, fixed, fixesFor } from './marks.ts';

function check(text: string): void {
  assert.deepEqual(actualMarks(text), expectedMarks(text));
}

/** A workload of `shop` that calls a URL, if one is given. */
function workload(name: string, url?: string, spec = ''): string {
  const env = url === undefined ? '' : `, env: [{ name: API_URL, value: "${url}" }]`;
  return `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      ${spec}
      containers: [{ name: ${name}, ports: [{ containerPort: 8080 }]${env} }]
`;
}

const api = `---
apiVersion: v1
kind: Service
metadata: { name: api, namespace: shop }
spec: { selector: { app: api }, ports: [{ port: 8080 }] }
${workload('api')}`;

function policy(name: string, podSelector: string, egress: string): string {
  return `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: ${name}
  namespace: shop
spec:
  podSelector: ${podSelector}
  policyTypes: [Egress]
${egress}`;
}

const toApi = `  egress:
    - to:
        - podSelector:
            matchLabels:
              app: api
      ports:
        - port: 8080
`;

const toDns = (protocols: string) => `  egress:
    - to:
        - namespaceSelector: {}
          podSelector: { matchLabels: { k8s-app: kube-dns } }
      ports: [${protocols}]
`;

const both = '{ port: 53, protocol: UDP }, { port: 53, protocol: TCP }';

describe('a policy that keeps pods from asking the cluster’s DNS', () => {
  it('is one finding at the policy, and the fix adds a rule in its style', () => {
    const text = `${api}${workload('web', 'http://api:8080')}${policy(
      'web-egress',
      '{ matchLabels: { app: web } }',
      toApi,
    ).replace(
      'name: web-egress',
      'name: web-egress\n      # ^^^^^^^^^^ warning dns-blocked: deploy/web cannot look up any name. web-egress isolates egress and lets no 53/UDP out to the cluster’s DNS',
    )}`;
    check(text);
    const [finding] = findings(text);
    assert.deepEqual(
      finding?.related.map(({ message }) => message),
      ['The nearest rule: web-egress rule 1', 'deploy/web looks up `api`'],
    );
    assert.deepEqual(
      fixesFor(text, 'dns-blocked').map(({ title }) => title),
      [
        'Let DNS queries out in web-egress, on 53/UDP, 53/TCP (opens shop/deploy/web → kube-system/deploy/coredns on 53/TCP, 53/UDP)',
      ],
    );
    const after = fixed(text, 'dns-blocked');
    assert.equal(
      after,
      `${text}    - to:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: kube-system
          podSelector:
            matchLabels:
              k8s-app: kube-dns
      ports:
        - protocol: UDP
          port: 53
        - protocol: TCP
          port: 53
`,
    );
    assert.deepEqual(findings(after), []);
  });

  it('is told once for all workloads and all policies, at the one that denies most', () => {
    const many = ['a', 'b', 'c', 'd'].map((name) => workload(name, 'http://api:8080')).join('');
    const closed = policy('closed', '{}', '');
    const own = policy('a-egress', '{ matchLabels: { app: a } }', toApi);
    const allowed = policy('dns-of-d', '{ matchLabels: { app: d } }', toDns(both));
    const text = `${api}${many}${closed}${own}${allowed}`;
    const told = findings(text).filter(({ rule }) => rule === 'dns-blocked');
    assert.deepEqual(
      told.map(({ message, severity }) => `${severity} ${message}`),
      [
        'warning deploy/a, deploy/b, deploy/c cannot look up any name. closed isolates egress and lets no 53/UDP out to the cluster’s DNS',
      ],
    );
    assert.deepEqual(told[0]?.related.map(({ message }) => message).slice(-3), [
      'deploy/a looks up `api`',
      'deploy/b looks up `api`',
      'deploy/c looks up `api`',
    ]);
    const after = fixed(text, 'dns-blocked');
    assert.notEqual(after, text);
    assert.deepEqual(
      findings(after).filter(({ rule }) => rule === 'dns-blocked'),
      [],
    );
  });

  it('is an information where the pods name nothing, and nothing where nothing is let out of them', () => {
    const severities = (text: string) => findings(text).map(({ severity, rule }) => `${severity} ${rule}`);
    assert.deepEqual(severities(`${api}${workload('web')}${policy('p', '{ matchLabels: { app: web } }', toApi)}`), [
      'information dns-blocked',
    ]);
    assert.deepEqual(severities(`${api}${workload('web')}${policy('p', '{ matchLabels: { app: web } }', '')}`), []);
  });

  it('is an information where a rule asks for labels of the DNS pods that the manifests do not tell', () => {
    const egress = toApi + toDns(both).replace('  egress:\n', '').replace('kube-dns', 'coredns');
    const text = `${api}${workload('web', 'http://api:8080')}${policy('p', '{ matchLabels: { app: web } }', egress)}`;
    const [finding] = findings(text);
    assert.equal(finding?.severity, 'information');
    assert.match(finding?.message ?? '', /out to the cluster’s DNS\. Nearest: p rule 2: it asks for `k8s-app=coredns`/);
    const after = fixed(text, 'dns-blocked');
    assert.deepEqual(findings(after), []);
  });

  it('counts names of the internet, and no addresses', () => {
    const severities = (text: string) => findings(text).map(({ severity, rule }) => `${severity} ${rule}`);
    const closed = policy('p', '{ matchLabels: { app: web } }', toApi);
    assert.deepEqual(severities(api + workload('web', 'https://api.example.com') + closed), ['warning dns-blocked']);
    assert.deepEqual(severities(api + workload('web', 'http://192.0.2.7:8080') + closed), ['information dns-blocked']);
    const given = api.replace('spec: { selector', 'spec: { clusterIP: 10.96.0.77, selector');
    assert.deepEqual(severities(given + workload('web', 'http://10.96.0.77:8080') + closed), [
      'information dns-blocked',
    ]);
  });

  it('is none where NodeLocal DNSCache answers on the pod’s own node', () => {
    const text = `${api}${workload('web', 'http://api:8080')}${policy('p', '{ matchLabels: { app: web } }', toApi)}`;
    const dns = { ...defaultSettings.dns, nodeLocal: true };
    assert.deepEqual(findings(text, {}, { dns }), []);
  });

  it('is none for pods that ask another resolver, and where queries are let out', () => {
    const none = (spec: string, egress = toApi) => {
      const web = workload('web', 'http://api.shop.svc.cluster.local:8080', spec);
      const text = `${api}${web}${policy('p', '{ matchLabels: { app: web } }', egress)}`;
      assert.deepEqual(
        findings(text).filter(({ rule }) => rule === 'dns-blocked'),
        [],
        spec,
      );
    };
    none('dnsPolicy: Default');
    none('hostNetwork: true');
    none('dnsPolicy: None\n      dnsConfig: { nameservers: [192.0.2.53] }');
    none('', toDns(both));
    none('', '  egress: [{}]\n');
  });

  it('is an information where answers over TCP alone are kept from them', () => {
    const web = workload('web', 'http://api:8080');
    const egress = toApi + toDns('{ port: 53, protocol: UDP }').replace('  egress:\n', '');
    const text = `${api}${web}${policy('p', '{ matchLabels: { app: web } }', egress)}`;
    const [finding, ...others] = findings(text);
    assert.deepEqual(others, []);
    assert.equal(finding?.severity, 'information');
    assert.match(finding?.message ?? '', /^deploy\/web cannot ask again .* lets no 53\/TCP out/);
    const after = fixed(text, 'dns-blocked');
    assert.deepEqual(findings(after), []);
  });

  it('stands at the policy of the DNS pods where that one denies', () => {
    const closed = `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: dns
  namespace: kube-system
spec:
  podSelector: { matchLabels: { k8s-app: kube-dns } }
  policyTypes: [Ingress]
`;
    const text = `${api}${workload('web', 'http://api:8080')}${workload('other', 'http://api:8080')}${closed}`;
    const told = findings(text).filter(({ rule }) => rule === 'dns-blocked');
    assert.equal(told.length, 1);
    assert.match(
      told[0]?.message ?? '',
      /^deploy\/other, deploy\/web, deploy\/api cannot look up any name\. dns isolates the DNS pods/,
    );
    const after = fixed(text, 'dns-blocked');
    assert.equal(
      after,
      `${text}  ingress:
    - from:
        - namespaceSelector: {}
      ports:
        - protocol: UDP
          port: 53
        - protocol: TCP
          port: 53
`,
    );
    assert.deepEqual(findings(after), []);
  });

  it('is the rule of an administrator that denies', () => {
    const admin = `---
apiVersion: policy.networking.k8s.io/v1alpha1
kind: AdminNetworkPolicy
metadata: { name: no-dns }
spec:
  priority: 1
  subject: { namespaces: { matchLabels: { kubernetes.io/metadata.name: shop } } }
  egress:
    - { name: dns, action: Deny, to: [{ namespaces: {} }], ports: [{ portNumber: { protocol: UDP, port: 53 } }] }
`;
    const told = findings(`${api}${workload('web', 'http://api:8080')}${admin}`);
    assert.deepEqual(
      told.map(({ rule, message }) => `${rule}: ${message}`),
      ['dns-blocked: deploy/web, deploy/api cannot look up any name. admin policy no-dns rule 1 denies it'],
    );
  });

  it('is nothing where the plugin enforces no policy', () => {
    const text = `${api}${workload('web', 'http://api:8080')}${policy('p', '{ matchLabels: { app: web } }', toApi)}`;
    assert.deepEqual(
      findings(text, {}, { cni: 'flannel' }).filter(({ rule }) => rule === 'dns-blocked'),
      [],
    );
  });
});
