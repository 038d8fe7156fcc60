import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findingsOf } from '../../src/checks/find.ts';
import { buildCluster } from '../../src/cluster/build.ts';
import type { Cluster } from '../../src/cluster/cluster.ts';
import { defaultSettings } from '../../src/cluster/settings.ts';
import { Workspace } from '../../src/manifests/workspace.ts';
import { actualMarks, expectedMarks, findings, fixed } from './marks.ts';

const shop = `
kind: Namespace
apiVersion: v1
metadata: { name: shop, labels: { team: sales } }
---
kind: Deployment
apiVersion: apps/v1
metadata: { name: cart, namespace: shop }
spec:
  template:
    metadata: { labels: { app: cart, tier: logic } }
    spec:
      containers:
        - name: cart
          ports:
            - { name: http, containerPort: 8080 }
            - { name: stats, containerPort: 8125, protocol: UDP }
---
kind: Deployment
apiVersion: apps/v1
metadata: { name: frontend, namespace: shop }
spec: { template: { metadata: { labels: { app: frontend } } } }
---
kind: Deployment
apiVersion: apps/v1
metadata: { name: prometheus, namespace: watch }
spec: { template: { metadata: { labels: { app: prometheus } } } }
---
`;

function policy(spec: string, namespace = 'shop'): string {
  return `${shop}
kind: NetworkPolicy
apiVersion: networking.k8s.io/v1
metadata: { name: allow, namespace: ${namespace} }
spec:${spec}`;
}

function peers(list: string): string {
  return policy(`
  podSelector: { matchLabels: { app: cart } }
  ingress:
    - from:${list}`);
}

function ports(list: string): string {
  return policy(`
  podSelector: { matchLabels: { app: cart } }
  ingress:
    - ports:${list}`);
}

function check(text: string): void {
  assert.deepEqual(actualMarks(text), expectedMarks(text), text);
}

describe('a policy that selects nothing', () => {
  it('names the label that comes nearest, and takes it', () => {
    const text = policy(`
  podSelector:
    matchLabels:
      app: crat
      #    ^^^^ information policy-selects-nothing: allow selects nothing: no pod of \`shop\` has \`app=crat\`. Nearest: \`app=cart\`
`);
    check(text);
    assert.equal(fixed(text, 'policy-selects-nothing'), text.replace('app: crat', 'app: cart'));
  });

  it('is told of at its selector where nothing comes near', () => {
    check(
      policy(`
  podSelector: { matchLabels: { app: warehouse } }
  #            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information policy-selects-nothing: allow selects nothing: no pod of \`shop\` has \`app=warehouse\`
`),
    );
  });

  it('takes a value that is mistyped only where all other labels are there', () => {
    check(
      policy(`
  podSelector: { matchLabels: { app: frontent, tier: logic } }
  #            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information policy-selects-nothing: allow selects nothing: no pod of \`shop\` has \`app=frontent\`, \`tier=logic\`
`),
    );
  });

  it('is none of its business where the manifests bring no pods of the namespace, or the selector is refused', () => {
    check(policy(' { podSelector: { matchLabels: { app: crat } } }', 'elsewhere'));
    const refused = '{ matchExpressions: [{ key: app, operator: In }] }';
    assert.deepEqual(
      findings(policy(` { podSelector: ${refused} }`)).map(({ rule }) => rule),
      ['policy-invalid'],
    );
  });

  it('selects nothing for the whole cluster only where the namespaces are those of the manifests', () => {
    const ofNamespaces = (namespaces: string, app: string) => `${shop}
kind: AdminNetworkPolicy
apiVersion: policy.networking.k8s.io/v1alpha1
metadata: { name: guard }
spec:
  priority: 1
  subject: { pods: { namespaceSelector: ${namespaces}, podSelector: { matchLabels: { app: ${app} } } } }
  ingress: [{ action: Deny, from: [{ namespaces: {} }] }]
`;
    const named = '{ matchLabels: { kubernetes.io/metadata.name: shop } }';
    const rules = (text: string) => findings(text).map(({ rule, message }) => `${rule}: ${message}`);
    assert.deepEqual(rules(ofNamespaces(named, 'warehouse')), [
      'policy-selects-nothing: guard selects nothing: no pod of `shop` has `app=warehouse`',
    ]);
    assert.deepEqual(rules(ofNamespaces('{}', 'warehouse')), [], 'other namespaces may have them');
    assert.deepEqual(rules(ofNamespaces('{}', 'frontend')), []);
    assert.equal(rules(ofNamespaces('{ matchLabels: { team: sales } }', 'fronted')).length, 1, 'a slip of the pen');
  });
});

describe('a peer that means nobody', () => {
  it('names the label that comes nearest, and takes it', () => {
    const text = peers(`
        - podSelector: { matchLabels: { app: front-end } }
        #                                    ^^^^^^^^^ information policy-peer-means-nobody: This peer means nobody: no pod of \`shop\` has \`app=front-end\`. Nearest: \`app=frontend\`
        - podSelector: { matchLabels: { app: cart } }
`);
    check(text);
    assert.equal(fixed(text, 'policy-peer-means-nobody'), text.replace('app: front-end }', 'app: frontend }'));
  });

  it('says who has the labels in another namespace', () => {
    check(
      peers(`
        - podSelector: { matchLabels: { app: prometheus } }
        #              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information policy-peer-means-nobody: This peer means nobody: no pod of \`shop\` has \`app=prometheus\`. deploy/prometheus of \`watch\` has; without a namespaceSelector it is not meant
`),
    );
  });

  it('is known of namespaces that the manifests fill, and of no others', () => {
    const of = (namespaces: string, app: string) =>
      peers(`
        - namespaceSelector: ${namespaces}
          podSelector: { matchLabels: { app: ${app} } }`);
    const named = (name: string) => `{ matchLabels: { kubernetes.io/metadata.name: ${name} } }`;
    const rules = (text: string) => findings(text).map(({ rule }) => rule);
    assert.deepEqual(rules(of(named('watch'), 'grafana')), ['policy-peer-means-nobody']);
    assert.deepEqual(rules(of(named('watch'), 'prometheus')), []);
    assert.deepEqual(rules(of(named('elsewhere'), 'grafana')), []);
    assert.deepEqual(rules(of('{}', 'grafana')), []);
    assert.deepEqual(rules(of('{ matchLabels: { team: sales } }', 'grafana')), []);
    assert.deepEqual(rules(of('{}', 'promtheus')), ['policy-peer-means-nobody'], 'a slip of the pen');
    assert.deepEqual(rules(of(named('kube-system'), 'x')), []);
  });

  it('is not taken for a slip where things are numbered', () => {
    const text = (app: string) => `${peers(`
        - namespaceSelector: {}
          podSelector: { matchLabels: { app: ${app} } }`)}
---
kind: Deployment
apiVersion: apps/v1
metadata: { name: shard-1, namespace: shop }
spec: { template: { metadata: { labels: { app: shard-1 } } } }`;
    assert.deepEqual(findings(text('shard-2')), []);
    assert.equal(findings(text('shart-1')).length, 1);
  });

  it('means pods that have the label only once a controller makes it up', () => {
    check(peers('\n        - podSelector: { matchLabels: { app: cart, pod-template-hash: 5f6c } }\n'));
  });

  it('means nobody if its exceptions leave nothing', () => {
    check(
      peers(`
        - ipBlock: { cidr: 10.0.0.0/8, except: [10.0.0.0/9, 10.128.0.0/9] }
        # ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information policy-peer-means-nobody: This peer means nobody: its exceptions leave nothing of the block
        - ipBlock: { cidr: 10.0.0.0/8, except: [10.0.0.0/9] }
`),
    );
  });

  it('is told once where it blocks a path', () => {
    const call = `${peers(`
        - podSelector: { matchLabels: { app: front-end } }`)}
---
kind: Service
apiVersion: v1
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ port: 8080 }] }
---
kind: Pod
apiVersion: v1
metadata: { name: caller, namespace: shop, labels: { app: frontend } }
spec: { containers: [{ name: a, env: [{ name: CART_URL, value: "http://cart:8080" }] }] }
`;
    assert.deepEqual(
      findings(call).map(({ rule }) => rule),
      ['path-blocked'],
    );
    assert.deepEqual(
      findings(call, { 'path-blocked': 'off' }).map(({ rule }) => rule),
      ['policy-peer-means-nobody'],
    );
  });
});

describe('a name that no port has', () => {
  it('is told of at the name, with the nearest', () => {
    const text = ports(`
        - port: htpp
        #       ^^^^ information policy-port-missing: No pod that allow selects has a port \`htpp/TCP\`. Nearest: \`http\`
        - port: http
        - port: 9999
`);
    check(text);
    assert.equal(fixed(text, 'policy-port-missing'), text.replace('port: htpp', 'port: http'));
  });

  it('has a protocol', () => {
    check(
      ports(`
        - { port: stats, protocol: UDP }
        - port: stats
        #       ^^^^^ information policy-port-missing: No pod that allow selects has a port \`stats/TCP\`
`),
    );
  });

  it('is asked of those that receive, if all of them are known', () => {
    const egress = (to: string) =>
      policy(`
  podSelector: {}
  policyTypes: [Egress]
  egress:
    - to: [${to}]
      ports: [{ port: htpp }]`);
    const rules = (text: string) =>
      findings(text, { 'dns-blocked': 'off' }).map(({ rule, message }) => `${rule}: ${message}`);
    const cart = '{ podSelector: { matchLabels: { app: cart } } }';
    assert.deepEqual(rules(egress(cart)), [
      'policy-port-missing: No pod that this rule means has a port `htpp/TCP`. Nearest: `http`',
    ]);
    assert.deepEqual(rules(egress(`${cart}, { namespaceSelector: { matchLabels: { team: other } } }`)), []);
    assert.deepEqual(rules(egress(`${cart}, { ipBlock: { cidr: 10.0.0.0/8 } }`)), []);
  });
});

describe('an edit of a workload', () => {
  const uri = (name: string) => `file:///work/${name}.yaml`;
  const text = peers('\n        - podSelector: { matchLabels: { app: frontend } }\n      ports: [{ port: http }]\n');
  const written = text.indexOf('kind: NetworkPolicy');

  it('is seen by the policies that rested on it', () => {
    const workspace = new Workspace({ roots: ['file:///work'] });
    const policies = text.slice(written);
    let cluster: Cluster | undefined;
    const after = (workloads: string) => {
      workspace.apply([
        { uri: uri('policies'), text: policies },
        { uri: uri('workloads'), text: workloads },
      ]);
      cluster = buildCluster(workspace.snapshot().sets[0]?.manifests ?? [], defaultSettings, cluster);
      return findingsOf(cluster, {}).map(({ rule }) => rule);
    };
    const workloads = text.slice(0, written);
    assert.deepEqual(after(workloads), []);
    assert.deepEqual(after(workloads.replaceAll('app: frontend', 'app: web')), ['policy-peer-means-nobody']);
    assert.deepEqual(after(workloads), []);
    assert.deepEqual(after(workloads.replace('name: http', 'name: web')), ['policy-port-missing']);
    assert.deepEqual(after(workloads.replace('app: cart', 'app: trolley')), ['policy-selects-nothing']);
    assert.deepEqual(after(workloads), []);
  });
});
