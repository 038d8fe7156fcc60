import fc from 'fast-check';
import { buildCluster } from '../../../src/cluster/build.ts';
import type { Cluster } from '../../../src/cluster/cluster.ts';
import { defaultSettings } from '../../../src/cluster/settings.ts';
import type { Sample } from './naive-comparison.ts';
import { randomClusterPolicies } from './random-cluster-policies.ts';
import { randomPolicies } from './random-policies.ts';
import { askedPorts, labels, namespace, portName, portNumber, protocol } from './random-terms.ts';

const containerPort = fc.record(
  { name: portName, containerPort: portNumber, protocol },
  { requiredKeys: ['name', 'containerPort'] },
);

const families = fc.oneof(
  { arbitrary: fc.constant(['4']), weight: 4 },
  { arbitrary: fc.constant(['4', '6']), weight: 0 },
  { arbitrary: fc.constant(['6']), weight: 0 },
);

const nodeNames = ['node-0', 'node-1'];

interface GivenPod {
  readonly namespace: string;
  readonly labels: object;
  readonly families: readonly string[];
  readonly nodeName: string;
  readonly ports: readonly object[];
  readonly onHost: boolean;
}

const pod: fc.Arbitrary<GivenPod> = fc.record({
  namespace,
  labels,
  families,
  nodeName: fc.constantFrom(...nodeNames),
  ports: fc.array(containerPort, { maxLength: 3 }),
  onHost: fc.oneof({ arbitrary: fc.constant(false), weight: 9 }, { arbitrary: fc.constant(true), weight: 1 }),
});

/** A pod as an export shows it: its addresses are written. */
function podOf(given: GivenPod, index: number): object {
  const { namespace, labels, families, nodeName, ports, onHost } = given;
  const ips = families.map((family) => ({ ip: family === '4' ? `10.0.0.${index + 1}` : `2001:db8::${index + 1}` }));
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace, name: `pod-${index}`, labels },
    spec: { nodeName, containers: [{ name: 'server', ports }], ...(onHost && { hostNetwork: true }) },
    status: { phase: 'Running', ...(!onHost && { podIP: ips[0]?.ip, podIPs: ips }) },
  };
}

function nodeOf(name: string, labels: object, index: number): object {
  const addresses = [`10.1.0.${index + 1}`];
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels },
    status: { addresses: addresses.map((address) => ({ type: 'InternalIP', address })) },
  };
}

/**
 * The objects of a small cluster: namespaces, of which some are only named by others; two nodes; Pods; and policies of
 * all four kinds.
 */
export const randomObjects: fc.Arbitrary<readonly object[]> = fc
  .record({
    namespaces: fc.array(fc.record({ name: namespace, labels }), { maxLength: 3 }),
    nodeLabels: fc.tuple(labels, labels),
    pods: fc.array(pod, { minLength: 2, maxLength: 5 }),
    policies: randomPolicies,
    clusterPolicies: randomClusterPolicies,
  })
  .map(({ namespaces, nodeLabels, pods, policies, clusterPolicies }) => [
    ...namespaces.map((metadata) => ({ apiVersion: 'v1', kind: 'Namespace', metadata })),
    ...nodeNames.map((name, index) => nodeOf(name, nodeLabels[index] ?? {}, index)),
    ...pods.map(podOf),
    ...policies,
    ...clusterPolicies,
  ]);

/** The cluster of objects as they would be read from a text. A text would be parsed longer than the cluster is compared. */
export function clusterOfData(objects: readonly object[]): Cluster {
  const nowhere = { start: 0, end: 0 };
  const manifests = objects.map((object) => ({
    uri: 'file:///work/manifests.yaml',
    object,
    ignored: new Set<string>(),
    written: () => {
      throw new Error('these objects stand in no text');
    },
    locate: () => nowhere,
    locateText: () => nowhere,
  }));
  return buildCluster(manifests, defaultSettings);
}

/** Any way in which what such a cluster leaves open may be. */
export const randomSample: fc.Arbitrary<Sample> = fc.record({
  undeclared: fc.dictionary(namespace, labels, { maxKeys: 3 }),
  proven: fc.subarray([...askedPorts], { minLength: 2, maxLength: 3 }),
});
