import type { Node } from './cluster.ts';
import { mergeLabels } from './selector.ts';

/** The network interfaces of a machine, and the addresses of each. */
interface Interfaces {
  readonly count: number;
  readonly addresses: number;
}

/**
 * How many pods a machine has addresses for: the first of each interface is its own, and two pods are in the node's network.
 * Source: aws/amazon-vpc-cni-k8s `misc/eni-max-pods.txt`.
 */
export function awsMaxPods({ count, addresses }: Interfaces): number {
  return count * (addresses - 1) + 2;
}

/**
 * How many pods the AWS plugin can give addresses to on a node: as the node says, or by its type of machine. Undefined
 * where neither is known.
 */
export function awsCapacityOf({ labels, manifest }: Node): number | undefined {
  const { allocatable, capacity } = manifest?.object.status ?? {};
  const said = allocatable?.pods ?? capacity?.pods;
  if (said !== undefined) return Number.isInteger(Number(said)) ? Number(said) : undefined;
  const all = mergeLabels(labels);
  const interfaces = interfacesOf(all['node.kubernetes.io/instance-type'] ?? all['beta.kubernetes.io/instance-type']);
  return interfaces && awsMaxPods(interfaces);
}

function interfacesOf(type: string | undefined): Interfaces | undefined {
  const [family = '', size = ''] = type?.split('.') ?? [];
  const [count, addresses] = (special[family] ?? (usualFamily.test(family) ? usual : {}))[size] ?? [];
  return count && addresses ? { count, addresses } : undefined;
}

type Sizes = Readonly<Partial<Record<string, readonly [count: number, addresses: number]>>>;

/** The families for general, computing and memory since the fifth generation are alike; those with more network are not. */
const usualFamily = /^[mcr][5-8](?:a|g|i|ad|gd|id)?$/;

const usual: Sizes = {
  medium: [2, 4],
  large: [3, 10],
  xlarge: [4, 15],
  '2xlarge': [4, 15],
  '4xlarge': [8, 30],
  '8xlarge': [8, 30],
  '9xlarge': [8, 30],
  '12xlarge': [8, 30],
  '16xlarge': [15, 50],
  '18xlarge': [15, 50],
  '24xlarge': [15, 50],
  '32xlarge': [15, 50],
  '48xlarge': [15, 50],
};

const burstable: Sizes = {
  nano: [2, 2],
  micro: [2, 2],
  small: [3, 4],
  medium: [3, 6],
  large: [3, 12],
  xlarge: [4, 15],
  '2xlarge': [4, 15],
};

const special: Readonly<Partial<Record<string, Sizes>>> = {
  t2: { ...burstable, xlarge: [3, 15], '2xlarge': [3, 15] },
  t3: burstable,
  t3a: { ...burstable, small: [2, 4] },
  t4g: burstable,
  m4: {
    large: [2, 10],
    xlarge: [4, 15],
    '2xlarge': [4, 15],
    '4xlarge': [8, 30],
    '10xlarge': [8, 30],
    '16xlarge': [8, 30],
  },
};
