import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultSettings, type Settings } from '../../../src/cluster/settings.ts';
import { queryDenial, queryVerdicts } from '../../../src/network/dns/query-verdict.ts';
import { clusterOf, pod } from '../../support/cluster.ts';

function verdictsOf(policy: string, settings: Partial<Settings> = {}, spec = '{}'): readonly (string | undefined)[] {
  const yaml = `
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
spec: ${spec}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
${policy}
`;
  const cluster = clusterOf(yaml, settings);
  const { UDP: udp, TCP: tcp } = queryVerdicts(cluster, pod(cluster, 'shop/Pod/web'));
  const denial = queryDenial(cluster, pod(cluster, 'shop/Pod/web'));
  return [udp, tcp, denial].map((verdict) => verdict && (verdict.blockedBy?.direction ?? verdict.outcome));
}

const egress = (rules: string) =>
  `metadata: {name: out, namespace: shop}\nspec: {podSelector: {}, policyTypes: [Egress], egress: ${rules}}`;

describe('the queries of a pod', () => {
  it('go out where no policy is about them', () => {
    assert.deepEqual(verdictsOf('metadata: {name: other, namespace: other}\nspec: {podSelector: {}}'), [
      'allowed',
      'allowed',
      undefined,
    ]);
  });

  it('are told apart by protocol', () => {
    assert.deepEqual(verdictsOf(egress('[]')), ['egress', 'egress', 'egress']);
    assert.deepEqual(verdictsOf(egress('[{ports: [{port: 53, protocol: UDP}]}]')), ['allowed', 'egress', undefined]);
    assert.deepEqual(verdictsOf(egress('[{ports: [{port: 53}]}]')), ['egress', 'allowed', 'egress']);
  });

  it('come to the port that the DNS pods listen on, not to that of the Service', () => {
    const dns = { ...defaultSettings.dns, port: 8053 };
    assert.deepEqual(verdictsOf(egress('[{ports: [{port: 53, protocol: UDP}]}]'), { dns }), [
      'egress',
      'egress',
      'egress',
    ]);
    assert.deepEqual(verdictsOf(egress('[{ports: [{port: 8053, protocol: UDP}]}]'), { dns }), [
      'allowed',
      'egress',
      undefined,
    ]);
  });

  it('must be let in to the DNS pods too', () => {
    const into =
      'metadata: {name: in, namespace: kube-system}\nspec: {podSelector: {matchLabels: {k8s-app: kube-dns}}, ingress: [{ports: [{port: 53}]}]}';
    assert.deepEqual(verdictsOf(into), ['ingress', 'allowed', 'ingress']);
  });

  it('are nobody’s business here where the pod asks another resolver', () => {
    for (const spec of [
      '{dnsPolicy: Default}',
      '{hostNetwork: true}',
      '{dnsPolicy: None, dnsConfig: {nameservers: [192.0.2.1]}}',
    ]) {
      assert.deepEqual(verdictsOf(egress('[]'), {}, spec), [undefined, undefined, undefined], spec);
    }
    assert.deepEqual(
      verdictsOf(egress('[]'), {}, '{dnsPolicy: None, dnsConfig: {nameservers: [10.96.0.10]}}')[0],
      'egress',
    );
  });

  it('stay on the node with NodeLocal DNSCache, which plugins let be, as policy says of a pod’s own node', () => {
    const dns = { ...defaultSettings.dns, nodeLocal: true };
    assert.deepEqual(verdictsOf(egress('[]'), { dns }), ['depends', 'depends', undefined]);
  });
});
