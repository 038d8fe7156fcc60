import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { actualMarks, expectedMarks, findings, fixed } from './marks.ts';

function deployment(namespace: string, app: string): string {
  return `
kind: Deployment
apiVersion: apps/v1
metadata: { name: ${app}, namespace: ${namespace} }
spec: { template: { metadata: { labels: { app: ${app} } } } }
---`;
}

const workloads = [
  ...['cart', 'checkout', 'frontend'].map((app) => deployment('shop', app)),
  ...['orders', 'backup'].map((app) => deployment('data', app)),
].join('');

function policy(rules: string): string {
  return `${workloads}
kind: NetworkPolicy
apiVersion: networking.k8s.io/v1
metadata: { name: allow-orders, namespace: data }
spec:
  podSelector: { matchLabels: { app: orders } }
${rules}`;
}

const byNamespace = (name: string) =>
  `{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: ${name} } } }`;
const byLabel = (app: string) => `{ podSelector: { matchLabels: { app: ${app} } } }`;

function rulesFound(...peers: readonly string[]): readonly string[] {
  return findings(policy(`  ingress: [{ from: [${peers.join(', ')}] }]`)).map(({ rule }) => rule);
}

describe('two peers that were probably meant as one', () => {
  const text = policy(`  ingress:
    - from:
        # The checkout,
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: shop
        # but no other.
        - podSelector: # or is it?
        # ^^^^^^^^^^^ information policy-peers-split: Two peers, and either is enough: all pods of namespace \`shop\`, or \`app=checkout\` of namespace \`data\`. One peer would mean \`app=checkout\` of namespace \`shop\`. As written, deploy/cart, deploy/frontend may reach deploy/orders, and would not as one peer
            matchLabels:
              app: checkout
`);

  it('are told of with both readings, and with what the one opens and the other does not', () => {
    assert.deepEqual(actualMarks(text), expectedMarks(text));
  });

  it('become one without the dash, comments and all', () => {
    const one = fixed(text, 'policy-peers-split');
    assert.equal(one, text.replace('        - podSelector: # or', '          podSelector: # or'));
    assert.deepEqual(findings(one), []);
  });

  it('are told of in either order, in braces, and for egress', () => {
    assert.deepEqual(rulesFound(byLabel('checkout'), byNamespace('shop')), ['policy-peers-split']);
    const egress = policy(`  egress: [{ to: [${byNamespace('shop')}, ${byLabel('checkout')}] }]`);
    const [finding] = findings(egress).filter(({ rule }) => rule === 'policy-peers-split');
    assert.match(finding?.message ?? '', /deploy\/orders may reach deploy\/cart, deploy\/frontend, and would not/);
    assert.match(
      fixed(egress, 'policy-peers-split'),
      /\[\{ namespaceSelector: \{ [^[]*shop \} \}, podSelector: \{ matchLabels: \{ app: checkout \} \} \}\]/,
    );
  });

  it('are told of where all namespaces are meant anyway', () => {
    assert.deepEqual(rulesFound('{ namespaceSelector: {} }', byLabel('backup')), ['policy-peers-split']);
    assert.deepEqual(rulesFound('{ namespaceSelector: {} }', byLabel('elsewhere')), ['policy-peers-split']);
    assert.deepEqual(rulesFound(byNamespace('data'), byLabel('backup')), ['policy-peers-split']);
  });

  it('are told of for the DNS that every cluster has', () => {
    const dns = '{ podSelector: { matchLabels: { k8s-app: kube-dns } } }';
    assert.deepEqual(rulesFound(byNamespace('kube-system'), dns), ['policy-peers-split']);
  });

  it('are told of without a difference where another rule lets all of them through', () => {
    const [finding] = findings(policy(`  ingress: [{ from: [${byNamespace('shop')}, ${byLabel('checkout')}] }, {}]`));
    assert.match(finding?.message ?? '', /One peer would mean `app=checkout` of namespace `shop`$/);
  });
});

describe('two peers that are meant as two', () => {
  it('are left alone: the podSelector opens to somebody here', () => {
    assert.deepEqual(rulesFound(byNamespace('shop'), byLabel('backup')), []);
    assert.deepEqual(rulesFound(byNamespace('elsewhere'), byLabel('backup')), []);
  });

  it('are left alone where nobody has the labels in either place', () => {
    assert.deepEqual(rulesFound(byNamespace('elsewhere'), byLabel('gone')), ['policy-peer-means-nobody']);
  });

  it('are left alone where one of them is both already, or asks for nothing', () => {
    assert.deepEqual(rulesFound(byNamespace('shop'), '{ podSelector: {} }'), []);
    const both =
      '{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: shop } }, podSelector: { matchLabels: { app: checkout } } }';
    assert.deepEqual(rulesFound(both, byLabel('backup')), []);
    assert.deepEqual(rulesFound(byNamespace('shop'), both), []);
  });

  it('are left alone where they are no neighbours, or the manifests bring no pods of the namespace', () => {
    const apart = [byNamespace('shop'), '{ ipBlock: { cidr: 10.0.0.0/8 } }', byLabel('checkout')];
    assert.deepEqual(rulesFound(...apart), ['policy-peer-means-nobody']);
    const alone = policy(`  ingress: [{ from: [${byNamespace('shop')}, ${byLabel('checkout')}] }]`);
    assert.deepEqual(
      findings(
        alone
          .replaceAll('namespace: data', 'namespace: other')
          .replace('allow-orders, namespace: other', 'allow-orders, namespace: data'),
      ),
      [],
    );
  });
});
