import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Settings } from '../../src/cluster/settings.ts';
import { walk } from '../../src/network/path/walk.ts';
import { type ListEnd, list } from '../../src/questions/list.ts';
import { traceDoc } from '../../src/questions/trace.ts';
import { walkAccount } from '../../src/questions/trace-account.ts';
import { walkQuestion } from '../../src/questions/trace-question.ts';
import { edgesOf } from '../../src/topology/edges.ts';
import { eachNetwork } from '../network/path/networks.ts';
import { ask, deployment, documents, explained, shown, type World, worldOf } from './fixture.ts';

function traced({ cluster }: World, from: string, to: string, choice?: number) {
  const question = walkQuestion(cluster, from, to, choice);
  assert.ok(!('error' in question));
  return walk(cluster, question);
}

describe('a load balancer’s source ranges', () => {
  const annotated = (ranges: string) =>
    `, annotations: {service.beta.kubernetes.io/load-balancer-source-ranges: "${ranges}"}`;
  const field = (...ranges: readonly string[]) => `loadBalancerSourceRanges: [${ranges.join(', ')}], `;

  /** A load balancer by its annotation, its field and what its status says. */
  function balancer(annotation: string, spec: string, ingress: string): World {
    const service = `
apiVersion: v1
kind: Service
metadata: {name: api, namespace: shop${annotation}}
spec: {type: LoadBalancer, ${spec}selector: {app: api}, ports: [{name: http, port: 80, targetPort: web, nodePort: 30080}]}
status: {loadBalancer: {ingress: [${ingress}]}}`;
    return worldOf({ 'api.yaml': documents(deployment('api', { ports: ['web:8080'] }), service) });
  }

  const inside = '10.20.3.4';
  const outside = '203.0.113.9';
  const virtual = '{ip: 198.51.100.9}';
  const proxying = '{ip: 198.51.100.9, ipMode: Proxy}';
  const named = '{hostname: lb.example.org}';
  const range = '10.20.0.0/16';

  const cases: readonly (readonly [annotation: string, spec: string, ingress: string, from: string, by?: string])[] = [
    ['', '', virtual, outside],
    ...['', virtual, proxying, named].flatMap(
      (ingress) =>
        [
          [annotated(range), '', ingress, inside] as const,
          [annotated(range), '', ingress, outside, 'load-balancer'] as const,
          ['', field(range), ingress, inside] as const,
          ['', field(range), ingress, outside, ingress === virtual ? 'nodes' : 'load-balancer'] as const,
          [annotated('203.0.113.0/24'), field(range), ingress, inside] as const,
          [
            annotated('203.0.113.0/24'),
            field(range),
            ingress,
            outside,
            ingress === virtual ? 'nodes' : 'load-balancer',
          ],
          [annotated(` ${range} , 192.0.2.0/24`), '', ingress, '192.0.2.1'],
          [annotated('anybody'), '', ingress, outside, 'load-balancer'],
          ['', field('anybody'), ingress, outside, 'load-balancer'],
          [annotated('anybody'), field(range), ingress, inside],
          [annotated(`anybody,${range}`), '', ingress, inside],
          ['', field('0.0.0.0/0', range), ingress, outside],
          [annotated(range), field('0.0.0.0/0'), ingress, outside],
        ] as const,
    ),
  ];

  for (const [annotation, spec, ingress, from, by] of cases) {
    test(`${annotation}${spec}${ingress} from ${from}: ${by ?? 'nobody drops it'}`, () => {
      const world = balancer(annotation, spec, ingress);
      const { allowed, obstacles } = ask(world, from, 'svc/api:80');
      assert.equal(allowed, by === undefined);
      assert.deepEqual(
        obstacles.map((each) => each.kind === 'source-ranges' && each.by),
        by ? [by] : [],
      );
      const { end, hops } = traced(world, from, 'svc/api:80');
      assert.equal(end, by ? 'refused' : 'arrives');
      const last = hops[hops.length - 1];
      if (by) {
        assert.equal(last?.step.kind === 'refuse' && last.step.why, 'source-ranges');
        assert.equal(last?.at.kind, by === 'nodes' ? 'node' : 'outside');
      }
    });
  }

  test('are told where they are written, by who drops the packet', () => {
    const byAnnotation = balancer(annotated(range), '', virtual);
    const byField = balancer('', field(range), virtual);
    const rows = (world: World) => shown(world, traceDoc(world.cluster.settings, traced(world, outside, 'svc/api:80')));
    assert.match(
      rows(byAnnotation),
      /outside +drop .* → 198\.51\.100\.9:80 +the load balancer of api lets in 10\.20\.0\.0\/16 alone/,
    );
    assert.match(rows(byField), /KUBE-PROXY-FIREWALL: loadBalancerSourceRanges leaves the sender out/);
    const proof = (world: World) => explained(world, outside, 'svc/api:80')[1];
    const open = 'Port 30080 of the nodes is open to all the same.';
    assert.equal(proof(byAnnotation), `The load balancer of api (api.yaml:17) lets in 10.20.0.0/16 alone. ${open}`);
    assert.equal(
      proof(byField),
      `At the load balancer’s address of api (api.yaml:17) nodes let in 10.20.0.0/16 (api.yaml:18) alone. ${open}`,
    );
  });

  test('say nothing of other ways to the same pods', () => {
    const world = balancer('', `externalIPs: [192.0.2.99], ${field(range)}`, virtual);
    assert.equal(traced(world, outside, 'node-1:30080').end, 'arrives');
    assert.equal(ask(world, outside, 'node-1:30080').allowed, true);
    const walk = traced(world, outside, '192.0.2.99:80');
    assert.deepEqual([walk.end, walk.hops[0]?.step.kind], ['arrives', 'send']);
    assert.equal(walk.hops[0]?.after.destination.address, '192.0.2.99');
  });

  test('of one family do not limit the other', () => {
    const world = balancer('', `ipFamilyPolicy: PreferDualStack, ${field(range)}`, '');
    assert.equal(ask(world, '2001:db8::1', 'svc/api:80').allowed, true);
    assert.equal(traced(world, '2001:db8::1', 'svc/api:80').end, 'arrives');
  });
});

describe('a load balancer without ports of the nodes', () => {
  /** A load balancer that is given two ports, the second of them with a port of the nodes, and what else is said of it. */
  function balanced(spec: string, ingress = '', policy = ''): World {
    const service = `
apiVersion: v1
kind: Service
metadata: {name: api, namespace: shop}
spec:
  type: LoadBalancer
  allocateLoadBalancerNodePorts: false
  selector: {app: api}
  ports: [{name: http, port: 80, targetPort: web}, {name: more, port: 81, targetPort: web, nodePort: 30081}]${spec}
status: {loadBalancer: {ingress: [${ingress}]}}`;
    const api = deployment('api', { ports: ['web:8080'] });
    return worldOf({ 'api.yaml': documents(api, service, ...(policy ? [policy] : [])) });
  }

  const answers = (world: World, to: string) => {
    const { outcome, allowed } = ask(world, 'internet', to);
    const walked = traced(world, 'internet', to);
    const { depends } = walkAccount(world.cluster.settings, walked);
    return [outcome, allowed, walked.end, depends];
  };
  const unsure = ['depends', false, 'lost', true];

  test('leads in where it sends to pods itself, and is not taken for that', () => {
    for (const ingress of ['', '{hostname: lb.example.org}', '{ip: 198.51.100.9, ipMode: Proxy}']) {
      assert.deepEqual(answers(balanced('', ingress), 'svc/api:80'), unsure, ingress);
    }
    assert.deepEqual(explained(balanced(''), 'internet', 'svc/api:80').slice(0, 1), [
      'Depends on the load balancer; taken for not reachable. the internet → shop/svc/api:80 (api.yaml:17)',
    ]);
    assert.match(
      explained(balanced(''), 'internet', 'svc/api:80').join('\n'),
      /http 80\/TCP of api \(api.yaml:17\) is open on no node: a load balancer that sends to pods itself leads in/,
    );
    const { verdict } = walkAccount(balanced('').cluster.settings, traced(balanced(''), 'internet', 'svc/api:80'));
    assert.equal(verdict, 'Depends; taken for lost on the way.');
  });

  test('leads in by an address or a port that nodes take', () => {
    const sure = ['allowed', true, 'arrives', false];
    assert.deepEqual(answers(balanced('', '{ip: 198.51.100.9}'), 'svc/api:80'), sure);
    assert.deepEqual(answers(balanced('\n  externalIPs: [192.0.2.99]'), 'svc/api:80'), sure);
    assert.deepEqual(answers(balanced(''), 'svc/api:81'), sure);
    const { outcome, allowed } = ask(balanced(''), 'internet', 'svc/api');
    assert.deepEqual([outcome, allowed], ['allowed', true], 'by one of its ports');
    assert.match(explained(balanced(''), 'internet', 'svc/api')[0] ?? '', /^Allowed on more 81\/TCP\. /);
  });

  test('leads nobody in where policy or its source ranges are against it, whatever it is', () => {
    const closed = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: closed, namespace: shop}
spec: {podSelector: {}}`;
    assert.deepEqual(answers(balanced('', '', closed), 'svc/api:80').slice(0, 2), ['denied', false]);
    const { end, hops } = traced(balanced('\n  loadBalancerSourceRanges: [10.0.0.0/8]'), '203.0.113.9', 'svc/api:80');
    assert.deepEqual([end, hops.length], ['refused', 1]);
  });
});

describe('an ExternalName', () => {
  const service = (name: string, spec: string) => `
apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: shop}
spec: {${spec}}`;
  const named = (name: string, target: string) => service(name, `type: ExternalName, externalName: ${target}`);
  const world = worldOf({
    'a.yaml': documents(
      deployment('web', {}),
      deployment('api', { ports: ['web:8080'] }),
      service('api', 'clusterIP: 10.96.0.50, selector: {app: api}, ports: [{port: 80, targetPort: web}]'),
      service('pods', 'clusterIP: None, selector: {app: api}, ports: [{port: 8080}]'),
      named('alias', 'api.shop.svc.cluster.local'),
      named('twice', 'ALIAS.shop.svc.cluster.local.'),
      named('heads', 'pods.shop.svc.cluster.local'),
      named('short', 'api.shop'),
      named('address', '10.96.0.50'),
      named('typo', 'apy.shop.svc.cluster.local'),
      named('circle', 'circle.shop.svc.cluster.local'),
      `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: closed, namespace: shop}
spec: {podSelector: {matchLabels: {app: api}}, ingress: [{from: [{podSelector: {matchLabels: {app: other}}}]}]}`,
    ),
  });
  const parties = (to: string) =>
    ask(world, 'web', to).routes.flatMap((route) =>
      route.to.map((party) => (party.kind === 'pod' ? party.pod.workload.name : party.kind)),
    );

  test('of a Service of the cluster leads to its endpoints, on the port that is dialled', () => {
    for (const to of ['svc/alias:80', 'svc/twice:80', 'svc/heads:8080']) {
      assert.deepEqual(parties(to), ['api'], to);
      assert.equal(ask(world, 'web', to).outcome, 'denied', to);
      const { end, hops } = traced(world, 'web', to);
      assert.equal(end, 'denied', to);
      assert.equal(hops.at(-1)?.after.destination.port, 8080, to);
    }
    assert.equal(traced(world, 'web', 'svc/alias').hops[0]?.after.destination.address, '10.96.0.50');
    assert.deepEqual(
      ask(world, 'web', 'svc/alias:81').obstacles.map(({ kind }) => kind),
      ['no-such-port'],
    );
    assert.match(
      explained(world, 'web', 'svc/alias:80').join('\n'),
      /It is another name for api\.shop\.svc\.cluster\.local: what is dialled is that port of shop\/svc\/api/,
    );
    const selected = edgesOf(world.cluster).filter(({ type, source }) => type === 'selects' && /alias/.test(source));
    assert.deepEqual(
      selected.map(({ target }) => /api/.test(target)),
      [true],
    );
  });

  test('of a name beyond the cluster’s zone leads outside', () => {
    assert.deepEqual(new Set(parties('svc/short:80')), new Set(['outside']));
    assert.equal(traced(world, 'web', 'svc/short:80').hops.at(-1)?.at.kind, 'outside');
  });

  test('of an address, of a name that nobody has or of itself leads nowhere', () => {
    for (const to of ['svc/address:80', 'svc/typo:80', 'svc/circle:80']) {
      const { outcome, obstacles } = ask(world, 'web', to);
      assert.deepEqual([outcome, ...obstacles.map(({ kind }) => kind)], ['denied', 'name-of-nothing'], to);
      assert.equal(traced(world, 'web', to).end, 'unresolved', to);
    }
  });
});

describe('pods that have ended', () => {
  const pod = (name: string, phase: string, address: string, owner = '') => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: shop${owner}}
spec: {nodeName: node-1, containers: [{name: main, ports: [{containerPort: 80}]}]}
status: {phase: ${phase}, podIP: ${address}}`;
  const ofJob = ', ownerReferences: [{apiVersion: batch/v1, kind: Job, name: once, controller: true}]';
  const job = `
apiVersion: batch/v1
kind: Job
metadata: {name: once, namespace: shop}
spec: {template: {spec: {containers: [{name: main}]}}}`;
  const worldWith = (...others: readonly string[]) =>
    worldOf({
      'a.yaml': documents(
        pod('web', 'Running', '10.244.0.5'),
        pod('done', 'Succeeded', '10.244.0.6'),
        pod('gone', 'Failed', '10.244.0.5'),
        job,
        pod('once-1', 'Succeeded', '10.244.0.7', ofJob),
        ...others,
      ),
    });

  test('send nothing and receive nothing', () => {
    const world = worldWith();
    for (const [from, to, who] of [
      ['pod/web', 'pod/done:80', 'shop/pod/done.* receives'],
      ['pod/web', '10.244.0.6:80', 'shop/pod/done.* receives'],
      ['pod/web', 'job/once:80', 'shop/job/once.* receives'],
      ['internet', 'pod/gone:80', 'shop/pod/gone.* receives'],
      ['pod/done', 'pod/web:80', 'shop/pod/done.* sends'],
      ['job/once', 'pod/web:80', 'shop/job/once.* sends'],
      ['pod/done', 'internet:443', 'shop/pod/done.* sends'],
    ] as const) {
      const { outcome, allowed, obstacles } = ask(world, from, to);
      const answer = [outcome, allowed, ...obstacles.map(({ kind }) => kind)];
      assert.deepEqual(answer, ['denied', false, 'ended'], `${from} → ${to}`);
      const text = explained(world, from, to).join('\n');
      assert.match(text, new RegExp(`^Not reachable\\. .*\n.*${who} nothing\\.$`));
      const question = walkQuestion(world.cluster, from, to);
      assert.ok('error' in question || traced(world, from, to).end === 'lost', `${from} → ${to}`);
    }
  });

  test('are no ways beside those of the others, and another may have their address', () => {
    const world = worldWith(pod('once-2', 'Running', '10.244.0.8', ofJob));
    const { outcome, routes } = ask(world, 'pod/web', 'job/once:80');
    const names = routes.flatMap(({ to }) => to.map((party) => party.kind === 'pod' && party.pod.name));
    assert.deepEqual([outcome, names], ['allowed', ['once-2']]);
    assert.equal(ask(world, 'job/once', '10.244.0.5:80').outcome, 'allowed');
  });
});

describe('two ends without an address family in common', () => {
  const guard = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: guard, namespace: shop}
spec: {podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0}}]}]}`;
  const pod = (name: string, address: string) => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: shop, labels: {app: ${name}}}
spec: {containers: [{name: main, ports: [{name: web, containerPort: 80}]}]}
status: {phase: Running, podIP: "${address}", conditions: [{type: Ready, status: "True"}]}`;
  const service = (families: string) => `
apiVersion: v1
kind: Service
metadata: {name: new, namespace: shop}
spec: {type: NodePort, ipFamilies: [${families}], ipFamilyPolicy: PreferDualStack, selector: {app: new}, ports: [{port: 80}]}`;
  const single = service('IPv6').replace('PreferDualStack', 'SingleStack');
  const world = worldOf({
    'a.yaml': documents(pod('old', '10.244.1.5'), pod('new', 'fd00:10:244:1::5'), single, guard),
  });

  for (const [from, to] of [
    ['pod/old', 'pod/new:80'],
    ['pod/new', 'pod/old:80'],
    ['pod/old', 'svc/new:80'],
    ['203.0.113.9', 'pod/new:80'],
    ['2001:db8::1', 'pod/old:80'],
    ['pod/old', '[2001:db8::1]:443'],
    ['203.0.113.9', 'svc/new:80'],
    ['pod/new', 'pod/old'],
  ] as const) {
    test(`${from} → ${to}: no packet is sent, and no policy is named`, () => {
      const answer = ask(world, from, to);
      assert.deepEqual([answer.outcome, answer.allowed, answer.routes], ['denied', false, []]);
      assert.deepEqual(
        answer.obstacles.map(({ kind }) => kind),
        ['no-common-family'],
      );
      const text = explained(world, from, to).join('\n');
      assert.match(
        text,
        /^Not reachable\. .*\nNo packet can go from one to the other: .* IPv[46] alone, .* has IPv[46]\.$/,
      );
      assert.doesNotMatch(text, /guard|olicy/);
      const { end, hops } = traced(world, from, to);
      assert.deepEqual([end, hops], ['lost', []]);
    });
  }

  test('are no line of the list, and neither are addresses outside of the other family', () => {
    const nameOf = (end: ListEnd) => (end.kind === 'workload' ? end.workload.name : `IPv${end.range.family}`);
    const lines = [...list(world.cluster)].flat().map(({ from, to }) => `${nameOf(from)} ${nameOf(to)}`);
    assert.deepEqual(lines.sort(), ['IPv4 old', 'new IPv6', 'old IPv4']);
  });

  test('are judged by the family that they have, where they have one', () => {
    const answer = ask(world, 'internet', 'pod/old:80');
    assert.deepEqual([answer.outcome, answer.obstacles], ['allowed', []]);
    assert.equal(ask(world, '2001:db8::1', 'svc/new:80').outcome, 'denied');
    assert.match(explained(world, '2001:db8::1', 'svc/new:80').join('\n'), /Ingress: guard .* isolates new/);
  });

  test('of which the endpoints have another than the sender are refused', () => {
    const dual = worldOf({
      'a.yaml': documents(pod('old', '10.244.1.5'), pod('new', 'fd00:10:244:1::5'), service('IPv4, IPv6')),
    });
    assert.match(explained(dual, 'pod/old', 'svc/new:80').join('\n'), /no endpoint in an address family of the sender/);
    assert.equal(traced(dual, 'pod/old', 'svc/new:80').end, 'refused');
  });
});

describe('a pod that dials a port of a node', () => {
  const node = (name: string, last: number) => `
apiVersion: v1
kind: Node
metadata: {name: ${name}}
spec: {podCIDR: 10.244.${last}.0/24}
status: {addresses: [{type: InternalIP, address: 192.0.2.${last}}]}`;
  const pod = (name: string, on: string, address: string) => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: shop, labels: {app: ${name.slice(0, 3)}}}
spec: {nodeName: ${on}, containers: [{name: main, ports: [{name: web, containerPort: 8080}]}]}
status: {phase: Running, podIP: ${address}, conditions: [{type: Ready, status: "True"}]}`;
  const service = (more: string) => `
apiVersion: v1
kind: Service
metadata: {name: api, namespace: shop}
spec: {type: NodePort, ${more}selector: {app: api}, ports: [{port: 80, targetPort: web, nodePort: 30080}]}`;
  const policy = (name: string, spec: string) => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: ${name}, namespace: shop}
spec: ${spec}`;
  const into = (rule: string) => policy('into', `{podSelector: {matchLabels: {app: api}}, ingress: [${rule}]}`);
  const out = (rule: string) =>
    policy('out', `{podSelector: {matchLabels: {app: web}}, policyTypes: [Egress], egress: [${rule}]}`);
  const guards: Readonly<Record<string, string>> = {
    'nobody is let in': into(''),
    'web is let in': into('{from: [{podSelector: {matchLabels: {app: web}}}]}'),
    'nodes are let in by their addresses': into('{from: [{ipBlock: {cidr: 192.0.2.0/24}}]}'),
    'the other node is let in': into('{from: [{ipBlock: {cidr: 192.0.2.12/32}}]}'),
    'web is let out to nobody': out(''),
    'web is let out to api': out('{to: [{podSelector: {matchLabels: {app: api}}}]}'),
    'web is let out to nodes': out('{to: [{ipBlock: {cidr: 192.0.2.0/24}}]}'),
    'web is let out on the port of nodes': out('{ports: [{port: 30080}]}'),
    'web is let out on the port of pods': out('{ports: [{port: 8080}]}'),
  };

  function worldWith(guard: string, settings: Partial<Settings>, more = '', endpoints = ['n1', 'n2']): World {
    const pods = [
      pod('web', 'n1', '10.244.11.5'),
      ...endpoints.map((on, index) => pod(`api-${on}`, on, `10.244.${11 + index}.20`)),
    ];
    const nodes = [node('n1', 11), node('n2', 12)];
    return worldOf({ 'a.yaml': documents(...nodes, ...pods, service(more), ...(guard ? [guard] : [])) }, settings);
  }

  for (const [title, guard] of [['no policy', ''], ...Object.entries(guards)] as const) {
    test(`is told the same by both, in every network: ${title}`, () => {
      for (const network of eachNetwork()) {
        const world = worldWith(guard, network);
        for (const to of ['n1:30080', 'n2:30080']) {
          const { allowed, routes } = ask(world, 'pod/web', to);
          const ends = [1, 2].map((choice) => traced(world, 'pod/web', to, choice).end);
          const where = `${Object.values(network).join(' ')} ${to} ${ends.join()}`;
          assert.equal(
            allowed,
            ends.every((end) => end === 'arrives'),
            where,
          );
          assert.ok(routes.length > 0, where);
        }
      }
    });
  }

  test('is asked of policy as the node that is called first, and as its own node’s address by the endpoint', () => {
    const outcomes = (guard: string, to: string) => ask(worldWith(guards[guard] ?? '', {}), 'pod/web', to).outcome;
    // A node reaches its own pods: whose address the packet has by then decides.
    assert.equal(outcomes('nobody is let in', 'n2:30080'), 'depends');
    assert.equal(outcomes('web is let out to nobody', 'n2:30080'), 'denied');
    const world = worldWith(guards['web is let out to api'] ?? '', {});
    const { outcome, allowed, routes } = ask(world, 'pod/web', 'n2:30080');
    assert.deepEqual([outcome, allowed, routes[0]?.to[0]?.kind], ['depends', false, 'node']);
    assert.match(
      explained(world, 'pod/web', 'n2:30080').join('\n'),
      /Depends on the CNI and on where web runs: .*with calico and from its node: denied\./,
    );
    assert.equal(ask(world, 'pod/web', 'n1:30080').allowed, true);
  });

  test('is dropped by a node that has no endpoint of its own where it comes by another node’s address', () => {
    for (const network of eachNetwork()) {
      const world = worldWith('', network, 'externalTrafficPolicy: Local, ', ['n1']);
      const { allowed, obstacles } = ask(world, 'pod/web', 'n2:30080');
      const { end } = traced(world, 'pod/web', 'n2:30080');
      assert.equal(allowed, end === 'arrives', Object.values(network).join(' '));
      if (!allowed)
        assert.deepEqual(
          obstacles.map(({ kind }) => kind),
          ['no-local-endpoints'],
        );
    }
    const world = worldWith('', {}, 'externalTrafficPolicy: Local, ', ['n1']);
    assert.match(
      explained(world, 'pod/web', 'n2:30080').join('\n'),
      /^Not reachable\. .*\nn2 runs no endpoint of api .*, whose externalTrafficPolicy: Local .*: it drops the connection\.$/,
    );
  });

  test('though no node takes it, is judged as one of another node', () => {
    const planned = deployment('web', { spec: 'nodeSelector: {disk: none}' }).replace('Deployment', 'DaemonSet');
    const judged = (guard: string) => {
      const nodes = [node('n1', 11), node('n2', 12)];
      const text = documents(
        ...nodes,
        planned,
        pod('api-n1', 'n1', '10.244.11.20'),
        service(''),
        ...(guard ? [guard] : []),
      );
      return ask(worldOf({ 'a.yaml': text }), 'ds/web', 'n2:30080').allowed;
    };
    assert.equal(judged(''), true);
    assert.equal(judged(guards['web is let out to nobody'] ?? ''), false);
    assert.equal(judged(guards['nobody is let in'] ?? ''), false);
    assert.equal(judged(guards['web is let out on the port of nodes'] ?? ''), true);
    assert.equal(judged(guards['web is let out on the port of pods'] ?? ''), false);
  });

  test('without an endpoint anywhere is refused by both', () => {
    const world = worldWith('', {}, '', []);
    assert.deepEqual(
      ask(world, 'pod/web', 'n2:30080').obstacles.map(({ kind }) => kind),
      ['no-endpoints'],
    );
    assert.equal(traced(world, 'pod/web', 'n2:30080').end, 'refused');
  });
});
