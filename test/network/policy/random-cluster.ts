import fc from 'fast-check';
import { buildCluster } from '../../../src/cluster/build.ts';
import type { Cluster } from '../../../src/cluster/cluster.ts';
import { defaultSettings, type Settings } from '../../../src/cluster/settings.ts';
import { randomClusterPolicies } from './random-cluster-policies.ts';
import { randomPolicies } from './random-policies.ts';
import { labels, namespace, portName, portNumber, protocol } from './random-terms.ts';

const containerPort = fc.record(
  { name: portName, containerPort: portNumber, protocol },
  { requiredKeys: ['name', 'containerPort'] },
);

const nodeNames = ['node-0', 'node-1'];

interface GivenPod {
  readonly namespace: string;
  readonly labels: object;
  readonly isDual: boolean;
  readonly nodeName: string;
  readonly ports: readonly object[];
  readonly onHost: boolean;
}

const rarely = fc.oneof({ arbitrary: fc.constant(false), weight: 7 }, { arbitrary: fc.constant(true), weight: 1 });

const pod: fc.Arbitrary<GivenPod> = fc.record({
  namespace,
  labels,
  isDual: fc.boolean(),
  nodeName: fc.constantFrom(...nodeNames),
  ports: fc.array(containerPort, { maxLength: 3 }),
  onHost: rarely,
});

type Family = 4 | 6;

/** The families of a cluster or of a pod, its primary one first: all pods of a cluster agree on that. */
function familiesFrom(primary: Family, isDual: boolean): readonly Family[] {
  return isDual ? [primary, primary === 4 ? 6 : 4] : [primary];
}

/** A pod as an export shows it: its addresses are written. */
function podOf(given: GivenPod, index: number, primary: Family): object {
  const { namespace, labels, isDual, nodeName, ports, onHost } = given;
  const ips = familiesFrom(primary, isDual).map((family) => ({
    ip: family === 4 ? `10.0.0.${index + 1}` : `2001:db8::${index + 1}`,
  }));
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace, name: `pod-${index}`, labels },
    spec: { nodeName, containers: [{ name: 'server', ports }], ...(onHost && { hostNetwork: true }) },
    status: { phase: 'Running', ...(!onHost && { podIP: ips[0]?.ip, podIPs: ips }) },
  };
}

function nodeOf(name: string, labels: object, index: number, primary: Family): object {
  const addresses = familiesFrom(primary, true).map((family) => ({
    type: 'InternalIP',
    address: family === 4 ? `10.1.0.${index + 1}` : `2001:db8:1::${index + 1}`,
  }));
  return { apiVersion: 'v1', kind: 'Node', metadata: { name, labels }, status: { addresses } };
}

/**
 * The objects of a small cluster: namespaces, of which some are only named by others; two nodes; Pods; and policies of
 * all four kinds.
 */
export const randomObjects: fc.Arbitrary<readonly object[]> = fc
  .record({
    namespaces: fc.array(fc.record({ name: namespace, labels }), { maxLength: 3 }),
    primary: fc.constantFrom<Family>(4, 4, 6),
    nodeLabels: fc.tuple(labels, labels),
    pods: fc.array(pod, { minLength: 2, maxLength: 5 }),
    policies: randomPolicies,
    clusterPolicies: randomClusterPolicies,
  })
  .map(({ namespaces, primary, nodeLabels, pods, policies, clusterPolicies }) => [
    ...namespaces.map((metadata) => ({ apiVersion: 'v1', kind: 'Namespace', metadata })),
    ...nodeNames.map((name, index) => nodeOf(name, nodeLabels[index] ?? {}, index, primary)),
    ...pods.map((each, index) => podOf(each, index, primary)),
    ...policies,
    ...clusterPolicies,
  ]);

/** The cluster of objects as they would be read from a text. A text would be parsed longer than the cluster is compared. */
export function clusterOfData(objects: readonly object[], settings: Partial<Settings> = {}): Cluster {
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
  return buildCluster(manifests, { ...defaultSettings, ...settings });
}
