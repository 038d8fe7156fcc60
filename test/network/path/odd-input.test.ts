import { test } from 'node:test';
import fc from 'fast-check';
import { encapsulations, plugins, proxyModes } from '../../../src/cluster/settings.ts';
import { dockerWalk } from '../../../src/network/path/docker.ts';
import { walk } from '../../../src/network/path/walk.ts';
import { choicesIn, type TargetChoice } from '../../../src/questions/choices.ts';
import { toText } from '../../../src/questions/text.ts';
import { traceDoc } from '../../../src/questions/trace.ts';
import { walkQuestion } from '../../../src/questions/trace-question.ts';
import { clusterOfObjects } from '../../support/cluster.ts';
import { holds } from './hold.ts';

const nothing = undefined;
const address = fc.constantFrom(
  '10.244.1.5',
  '10.244.2.5',
  'fd00:10:244::5',
  '::ffff:10.244.1.9',
  'junk',
  '',
  '0.0.0.0',
);
const entrance = fc.constantFrom('198.51.100.1', '2001:db8:5::1', '10.9.9.9', 'junk', '');
const range = fc.constantFrom(
  '10.244.1.0/24',
  '10.244.0.0/16',
  'fd00:10:244::/64',
  '10.244.1.5/32',
  '0.0.0.0/0',
  'junk',
);

const node = fc
  .record({ name: fc.constantFrom('n1', 'n 2'), addresses: fc.array(address, { maxLength: 2 }), podCIDR: range })
  .map(({ name, addresses, podCIDR }) => ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name },
    spec: { podCIDR },
    status: { addresses: addresses.map((each) => ({ type: 'InternalIP', address: each })) },
  }));

const port = fc.record({
  containerPort: fc.constantFrom(80, 8080, 0, 70_000),
  hostPort: fc.constantFrom(80, 9090, nothing),
  protocol: fc.constantFrom('TCP', 'UDP', 'tcp', nothing),
  hostIP: fc.constantFrom('127.0.0.1', '0.0.0.0', nothing),
});

const pod = fc
  .record({
    name: fc.constantFrom('a', 'b', 'c'),
    nodeName: fc.constantFrom('n1', 'elsewhere', nothing),
    hostNetwork: fc.boolean(),
    ports: fc.array(port, { maxLength: 2 }),
    addresses: fc.array(address, { maxLength: 2 }),
    phase: fc.constantFrom('Running', 'Pending', 'Failed', nothing),
  })
  .map(({ name, nodeName, hostNetwork, ports, addresses, phase }) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { app: 'x' } },
    spec: { nodeName, hostNetwork, containers: [{ name: 'main', ports }] },
    status: { phase, podIPs: addresses.map((ip) => ({ ip })) },
  }));

const service = fc
  .record({
    name: fc.constantFrom('s', 't'),
    type: fc.constantFrom('ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName', nothing),
    clusterIP: fc.constantFrom('10.96.0.50', 'fd00:10:96::5', 'None', 'junk', nothing),
    externalTrafficPolicy: fc.constantFrom('Local', 'Cluster', nothing),
    internalTrafficPolicy: fc.constantFrom('Local', nothing),
    externalIPs: fc.array(entrance, { maxLength: 1 }),
    loadBalancerSourceRanges: fc.array(range, { maxLength: 1 }),
    ipFamilyPolicy: fc.constantFrom('PreferDualStack', nothing),
    nodePort: fc.constantFrom(30_080, 5, nothing),
    targetPort: fc.constantFrom(8080, 'http', nothing),
    ip: entrance,
  })
  .map(({ name, nodePort, targetPort, ip, ...spec }) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name },
    spec: { ...spec, externalName: 'example.com', selector: { app: 'x' }, ports: [{ port: 80, nodePort, targetPort }] },
    status: { loadBalancer: { ingress: [{ ip }] } },
  }));

const settings = fc.record({
  cni: fc.constantFrom(...plugins),
  proxyMode: fc.constantFrom(...proxyModes),
  encapsulation: fc.constantFrom(...encapsulations),
  podCIDR: fc.constantFrom(['10.244.0.0/16'], ['fd00:10:244::/56'], ['10.244.0.0/16', 'fd00:10:244::/56']),
});

test('whatever manifests say, each walk ends, holds together and can be told', () => {
  fc.assert(
    fc.property(
      fc.array(node, { maxLength: 2 }),
      fc.array(pod, { minLength: 1, maxLength: 4 }),
      fc.array(service, { maxLength: 3 }),
      settings,
      (nodes, pods, services, given) => {
        const cluster = clusterOfObjects([...nodes, ...pods, ...services], given);
        const { sources, targets } = choicesIn(cluster);
        const further = [
          'localhost:80',
          '10.96.0.50:80',
          '10.244.1.5:80',
          '[fd00:10:244::5]:80',
          'n1:30080',
          'n1:9090',
        ];
        for (const from of [...sources, '10.0.0.9', '2001:db8::9']) {
          for (const to of [...targets.flatMap(dialled), ...further]) {
            const question = walkQuestion(cluster, from, to);
            if ('error' in question) continue;
            const walked = walk(cluster, question);
            holds(walked, cluster);
            toText(traceDoc(cluster.settings, walked), () => '');
            dockerWalk(cluster, question);
          }
        }
      },
    ),
    { numRuns: 100 },
  );
});

/** A target with each port that is known of it. */
function dialled({ name, ports }: TargetChoice): readonly string[] {
  return ports.length === 0 ? [name] : ports.map((port) => `${name}:${port}`);
}
