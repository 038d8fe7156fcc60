import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Settings } from '../../../src/cluster/settings.ts';
import { walkQuestion } from '../../../src/questions/trace-question.ts';
import { clusterOf } from '../../support/cluster.ts';
import { holds } from './hold.ts';
import { closed, networkOf } from './manifests.ts';
import { lines, walked } from './walking.ts';

function last(settings: Partial<Settings>, from: string, to: string, more: readonly string[] = []): string | undefined {
  const { hops, back } = walked(networkOf(settings, more), from, to);
  return lines({ ...walked(networkOf(settings, more), from, to), hops, back: back.slice(0, 0) })
    .at(-1)
    ?.split(' | ')
    .slice(0, -1)
    .join(' | ');
}

describe('where a walk ends', () => {
  test('a Service without endpoints rejects, one without local endpoints drops', () => {
    assert.equal(last({}, 'pod/web', 'svc/nothing'), 'n1 | reject no-endpoints filter FORWARD KUBE-SERVICES');
    assert.equal(
      last({}, 'internet', 'n1:30081'),
      'n1 | eth0> | drop no-local-endpoints filter INPUT KUBE-EXTERNAL-SERVICES',
    );
    assert.equal(last({}, 'n1', 'svc/nothing'), 'n1 | reject no-endpoints filter OUTPUT KUBE-SERVICES');
  });

  test('Calico asks its policies before iptables refuses what goes to no endpoint', () => {
    const refused = walked(networkOf(), 'pod/web', 'svc/nothing');
    assert.deepEqual(
      refused.hops.slice(-2).map(({ step }) => step.kind),
      ['filter', 'refuse'],
    );
    const chain = 'filter FORWARD cali-FORWARD cali-from-wl-dispatch cali-fw-cali75e0ec2ee1a';
    assert.equal(last({}, 'pod/door', '10.96.0.55:80', closed), `n2 | cali75e0ec2ee1a> | egress denied ${chain}`);
    const first = { cni: 'kindnet', proxyMode: 'nftables' } as const;
    assert.match(last(first, 'pod/door', '10.96.0.55:80', closed) ?? '', /reject no-endpoints/);
  });

  test('IPVS leads on what policy Local keeps on a node without endpoints, and nobody has called who answers', () => {
    const { hops, back, end } = walked(networkOf({ proxyMode: 'ipvs' }), 'internet', 'n1:30081');
    const [arrived, lost] = [hops.at(-1), back.at(-1)];
    assert.deepEqual([end, arrived?.step.kind, lost?.step], ['lost', 'arrive', { kind: 'lost', why: 'unasked' }]);
    assert.deepEqual([arrived?.after.source.address, lost?.at.kind], ['203.0.113.7', 'outside']);
    assert.equal(lost?.after.source.address, '10.244.2.30');
    assert.equal(walked(networkOf({ proxyMode: 'ipvs' }), 'n1', 'n1:30081').end, 'arrives');
  });

  test('a port that a Service does not have: nftables rejects it, iptables leaves it as it is, and nobody takes it', () => {
    assert.equal(last({}, 'pod/web', '10.96.0.50:81'), 'n1 | cali551b05c3e54> | lost no-such-port');
    assert.equal(last({}, 'pod/web', '10.96.0.50:80/UDP'), 'n1 | cali551b05c3e54> | lost no-such-port');
    assert.equal(last({}, 'pod/web', '10.96.7.7:81'), 'n1 | cali551b05c3e54> | lost nobody');
    const link = 'veth409aba7e';
    const settings = { cni: 'kindnet', proxyMode: 'nftables' } as const;
    assert.equal(
      last(settings, 'pod/web', '10.96.0.50:81'),
      `n1 | ${link}> | reject no-such-port ip kube-proxy cluster-ips-check`,
    );
    assert.equal(
      last(settings, 'pod/web', '10.96.7.7:81'),
      `n1 | ${link}> | drop no-such-address ip kube-proxy cluster-ips-check`,
    );
  });

  test('source ranges turn others away at the node, and at the load balancer where only that knows the address', () => {
    const there = '198.51.100.77';
    assert.equal(
      last({}, there, '198.51.100.9:80'),
      'n1 | eth0> | drop source-ranges filter FORWARD KUBE-PROXY-FIREWALL',
    );
    // A pod’s call is kept on no node: it is the ranges alone that stop it.
    const local = `apiVersion: v1
kind: Service
metadata: {name: near, namespace: shop}
spec: {type: LoadBalancer, externalTrafficPolicy: Local, selector: {app: door}, loadBalancerSourceRanges: [203.0.113.0/24], ports: [{port: 80}]}
status: {loadBalancer: {ingress: [{ip: 198.51.100.8}]}}
`;
    assert.equal(
      last({}, 'pod/web', '198.51.100.8:80', [local]),
      'n1 | drop source-ranges filter FORWARD KUBE-PROXY-FIREWALL',
    );
    const nftables = { cni: 'kindnet', proxyMode: 'nftables' } as const;
    const guard = 'firewall-check firewall-HRERZ4JW-shop/front/tcp/http';
    assert.equal(
      last(nftables, there, '198.51.100.9:80'),
      `n1 | eth0> | drop source-ranges ip kube-proxy filter-prerouting-pre-dnat ${guard}`,
    );
    assert.equal(
      last(nftables, 'n1', '198.51.100.9:80'),
      `n1 | drop source-ranges ip kube-proxy filter-output-pre-dnat ${guard}`,
    );
    const unknown = `apiVersion: v1
kind: Service
metadata: {name: cloud, namespace: shop}
spec: {type: LoadBalancer, selector: {app: back}, loadBalancerSourceRanges: [203.0.113.0/24], ports: [{port: 80, targetPort: 8080}]}
`;
    assert.equal(last({}, there, 'svc/cloud', [unknown]), 'outside | drop source-ranges ');
    assert.equal(walked(networkOf({}, [unknown]), 'internet', 'svc/cloud').end, 'arrives');
  });

  test('a load balancer that proxies connections takes what comes to its address, and dials a node', () => {
    const proxying = `apiVersion: v1
kind: Service
metadata: {name: cloud, namespace: shop}
spec: {type: LoadBalancer, selector: {app: back}, ports: [{port: 80, targetPort: 8080, nodePort: 30099}]}
status: {loadBalancer: {ingress: [{ip: 198.51.100.60, ipMode: Proxy}]}}
`;
    const { hops, end } = walked(networkOf({}, [proxying]), 'internet', '198.51.100.60:80');
    assert.equal(end, 'arrives');
    assert.deepEqual(
      [hops[0]?.step.kind, hops[0]?.after.destination],
      ['balance', { address: '192.0.2.11', port: 30099 }],
    );
    assert.equal(last({}, 'internet', '198.51.100.60:81', [proxying]), 'outside | lost nobody');
    // Beside an address that nodes take, too; source ranges are asked there by nodes, and here by nobody else.
    const both = proxying
      .replace('[{ip: 198.51.100.60,', '[{ip: 198.51.100.61}, {ip: 198.51.100.60,')
      .replace('selector:', 'loadBalancerSourceRanges: [203.0.113.0/24], selector:');
    const [first] = walked(networkOf({}, [both]), 'internet', '198.51.100.60:80').hops;
    assert.deepEqual(first?.after.destination, { address: '192.0.2.11', port: 30099 });
    assert.equal(last({}, '192.0.2.99', '198.51.100.60:80', [both]), 'outside | drop source-ranges ');
    assert.match(last({}, '192.0.2.99', '198.51.100.61:80', [both]) ?? '', /^n1 .*KUBE-PROXY-FIREWALL$/);
  });

  test('the ExternalIP of a node leads to the node, and its answer comes from there', () => {
    const cloud = `apiVersion: v1
kind: Node
metadata: {name: n3}
spec: {podCIDR: 10.244.3.0/24}
status: {addresses: [{type: InternalIP, address: 192.0.2.13}, {type: ExternalIP, address: 198.51.100.3}]}
`;
    const walk = walked(networkOf({}, [cloud]), 'internet', '198.51.100.3:30080');
    assert.equal(walk.end, 'arrives');
    const there = lines(walk);
    assert.deepEqual(there.slice(0, 2), [
      'outside | >eth0 | send default | 203.0.113.7:* 198.51.100.3:30080',
      'outside | dnat  | 203.0.113.7:* 192.0.2.13:30080',
    ]);
    assert.deepEqual(there.slice(-2), [
      '< outside | undo destination provider | 198.51.100.3:30080 203.0.113.7:*',
      '< outside | answered | 198.51.100.3:30080 203.0.113.7:*',
    ]);
    holds(walk, networkOf({}, [cloud]));
    assert.equal(last({}, 'internet', '198.51.100.3:30079', [cloud]), 'n3 | eth0> | arrive -');
    assert.equal(last({}, 'internet', '198.51.100.4:30080', [cloud]), 'outside | lost nobody');
  });

  test('policy stops it on the side that denies it, where the plugin asks', () => {
    const chains = 'filter FORWARD cali-FORWARD';
    assert.equal(
      last({}, 'pod/web', 'pod/far', closed),
      `n2 | ingress denied ${chains} cali-to-wl-dispatch cali-tw-cali88191679a86`,
    );
    assert.equal(
      last({}, 'pod/door', 'pod/web', closed),
      `n2 | egress denied ${chains} cali-from-wl-dispatch cali-fw-cali75e0ec2ee1a`,
    );
    assert.equal(walked(networkOf({ cni: 'flannel' }, closed), 'pod/web', 'pod/far').end, 'arrives');
    assert.equal(
      last({ cni: 'flannel', policyEnforced: true }, 'pod/web', 'pod/near', closed),
      'n1 | ingress denied filter FORWARD',
    );
  });

  test('a pod that may not ask for names sends nothing', () => {
    assert.equal(walked(networkOf({}, closed), 'pod/door', 'svc/self').end, 'unresolved');
    assert.equal(walked(networkOf({ cni: 'bridge' }, closed), 'pod/door', 'svc/self').end, 'arrives');
  });

  test('what is not exposed is not reached from outside; a VPC knows its pods', () => {
    assert.equal(last({}, 'internet', 'svc/back'), 'outside | lost not-exposed');
    assert.equal(last({}, 'internet', 'pod/web'), 'outside | lost not-exposed');
    assert.equal(walked(networkOf({ cni: 'aws-vpc-cni' }), '192.0.2.99', 'pod/web').end, 'arrives');
  });

  test('a packet that is sent in a circle lives no longer than Linux lets it', () => {
    const service = (name: string, app: string, address: string) =>
      `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}, namespace: shop}\nspec: {selector: {app: ${app}}, externalIPs: [${address}], ports: [{port: 8080}]}\n`;
    const circle = [service('there', 'door', '10.244.1.10'), service('back-again', 'web', '10.244.2.30')];
    assert.equal(last({}, 'n1', 'pod/web', circle)?.split(' | ').at(-1), 'lost loop');
  });

  test('no family in common, no way', () => {
    const { end, hops } = walked(networkOf(), '2001:db8::9', 'n1:30080');
    assert.deepEqual([end, hops], ['lost', []]);
  });
});

test('a pod whose address lies outside of the configured range is a pod all the same', () => {
  const { hops } = walked(networkOf({ podCIDR: ['10.200.0.0/16'] }), 'pod/web', 'svc/back', 2);
  assert.equal(hops.at(-1)?.after.source.address, '10.244.1.10');
});

test('two containers of a pod that declare one port are told', () => {
  const cluster = clusterOf(`apiVersion: v1
kind: Pod
metadata: {name: two}
spec: {containers: [{name: a, ports: [{containerPort: 80}]}, {name: b, ports: [{containerPort: 80}]}, {name: c, ports: [{containerPort: 80, protocol: UDP}]}]}
`);
  const { hops } = walked(cluster, 'two', 'localhost:80');
  assert.deepEqual(hops.at(-1)?.step, { kind: 'arrive', container: 'a', clash: ['a', 'b'] });
});

describe('what is asked', () => {
  const cluster = networkOf();
  const dialled = (to: string) => {
    const question = walkQuestion(cluster, 'pod/web', to);
    return 'error' in question ? question.error : `${question.port}/${question.protocol}`;
  };

  test('without a port it is the first that there is, and a name is that of a port', () => {
    assert.equal(dialled('svc/back'), '80/TCP');
    assert.equal(dialled('svc/back:http'), '80/TCP');
    assert.equal(dialled('pod/near'), '8080/TCP');
    assert.equal(dialled('pod/near:http'), '8080/TCP');
    assert.equal(dialled('internet'), '443/TCP');
    assert.equal(dialled('n2'), '10250/TCP');
    assert.equal(dialled('svc/back:grpc'), 'shop/svc/back has no port grpc');
  });

  test('another pod of a workload is meant by its name, where it has one', () => {
    const twins = clusterOf(`apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec: {replicas: 2, template: {spec: {containers: [{name: main, ports: [{containerPort: 5432}]}]}}}
`);
    const { hops } = walked(twins, 'db', 'db');
    assert.deepEqual(
      [hops[0]?.at, hops.at(-1)?.at].map((at) => at?.kind === 'pod' && at.pod.name),
      ['db-0', 'db-1'],
    );
  });

  test('a workload without a pod neither sends nor receives', () => {
    const none = clusterOf(
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 0, template: {spec: {containers: [{name: main}]}}}\n',
    );
    assert.deepEqual(walkQuestion(none, 'web', 'internet'), {
      error: 'default/deploy/web runs no pod that could send',
      candidates: [],
    });
    const receiving = walkQuestion(none, 'internet', 'web');
    assert.ok('error' in receiving);
  });
});
