import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Plugin } from '../../src/cluster/settings.ts';
import { plain } from '../../src/questions/doc.ts';
import { walkAccount } from '../../src/questions/trace-account.ts';
import { howPhrase } from '../../src/questions/trace-words.ts';
import { networkOf } from '../network/path/manifests.ts';
import { walked } from '../network/path/walking.ts';
import { clusterOf } from '../support/cluster.ts';

const cluster = clusterOf(`apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {nodeName: n1, containers: [{name: main, ports: [{name: http, containerPort: 8080}]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: odd}
spec: {dnsPolicy: None, dnsConfig: {nameservers: [192.0.2.53]}, containers: [{name: main}]}
---
apiVersion: v1
kind: Node
metadata: {name: n1}
status: {addresses: [{type: InternalIP, address: 192.0.2.11}]}
---
apiVersion: v1
kind: Node
metadata: {name: n2}
status: {addresses: [{type: InternalIP, address: 192.0.2.12}]}
---
apiVersion: v1
kind: Service
metadata: {name: far}
spec: {type: ExternalName, externalName: api.example.com, ports: [{port: 443}]}
---
apiVersion: v1
kind: Service
metadata: {name: door}
spec: {type: LoadBalancer, externalTrafficPolicy: Local, healthCheckNodePort: 32000, selector: {app: web}, ports: [{port: 80, targetPort: http}]}
`);

/** How the first hop of a walk happens, in words. */
function first(from: string, to: string): string {
  const [hop] = walked(cluster, from, to).hops;
  return hop ? plain(howPhrase(hop)) : '';
}

test('a name that stands for another is told with that', () => {
  assert.equal(
    first('pod/web', 'svc/far'),
    'far → far.default.svc.cluster.local → api.example.com (CNAME) → 203.0.113.7, CoreDNS, try 1',
  );
});

test('who asks nameservers of its own asks neither the cluster nor the node', () => {
  assert.match(first('pod/odd', 'svc/door'), /^what door is to the nameservers that the pod itself names is not known/);
});

test('a load balancer that has one node left hands it everything', () => {
  assert.equal(
    first('internet', 'svc/door'),
    'that of door hands it to the only node that answers with endpoints on 32000',
  );
});

test('an answer that its receiver never asked for is told of', () => {
  const { verdict, back } = walkAccount(
    cluster.settings,
    walked(networkOf({ proxyMode: 'ipvs' }), 'internet', 'n1:30081'),
  );
  assert.equal(verdict, 'Arrives, but the answer is lost.');
  assert.equal(
    plain(back.at(-1)?.how ?? []),
    'the answer comes from an address that was never called, and is discarded',
  );
});

test('where policy rests on an assumption, the walk says so as explain does', () => {
  const manifests = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: by-block}
spec: {podSelector: {}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 10.244.0.0/16}}]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: a}
spec: {containers: [{name: main}]}
status: {phase: Running, podIP: 10.244.1.50}
---
apiVersion: v1
kind: Pod
metadata: {name: b}
spec: {containers: [{name: main, ports: [{containerPort: 8080}]}]}
status: {phase: Running, podIP: 10.244.1.60}
`;
  const account = (cni: Plugin) => {
    const network = clusterOf(manifests, { cni });
    return walkAccount(network.settings, walked(network, 'pod/a', 'pod/b'));
  };
  const told = (cni: Plugin) => {
    const { verdict, remarks } = account(cni);
    return [verdict, ...remarks.map(plain)];
  };
  const depends = 'Depends on the CNI: whether 10.244.0.0/16 matches the addresses of pods;';
  assert.deepEqual(told('calico'), ['Depends; taken for arriving.', `${depends} calico: yes.`]);
  assert.deepEqual(told('cilium').slice(0, 1), ['Depends; taken for denied on the way.']);
  assert.equal(told('cilium').at(-1), `${depends} cilium: no.`);
  assert.deepEqual(told('flannel'), ['Arrives.']);
  assert.deepEqual(
    [account('calico').depends, account('cilium').depends, account('flannel').depends],
    [true, true, false],
  );
  assert.deepEqual(
    account('calico')
      .hops.filter(({ depends }) => depends)
      .map(({ step }) => step),
    ['policy, egress'],
  );
});
