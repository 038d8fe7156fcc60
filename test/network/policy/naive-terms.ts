import type { Cluster, Node, Pod, Protocol } from '../../../src/cluster/cluster.ts';

/** What a rule's terms take, one label, one bit and one port at a time. */

/** Who is at one end: a pod, a node, or an address outside. */
export type End = Pod | Node | string;

export function isPod(end: End): end is Pod {
  return typeof end !== 'string' && 'spec' in end;
}

/** What the manifests leave open, settled in one way. */
export interface World {
  /** The family that the connection is made in. */
  readonly family: 4 | 6;
  /** Labels, beside their names, of namespaces that no manifest declares. */
  readonly undeclared: Readonly<Record<string, Labels>>;
  /** Whether a NetworkPolicy's block takes the addresses of pods and nodes as it does others. */
  readonly blocksMatchCluster: boolean;
  /** Whether every domain name of a policy has the address that is asked about. */
  readonly namesMatch: boolean;
  /** The name of a policy that comes before others of its priority; of those without it, the first by name does. */
  readonly preferred: string;
}

export type Labels = Readonly<Record<string, string>>;

export interface Selector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly { key: string; operator: string; values?: readonly string[] }[];
}

/** Whether all terms of a selector hold. */
export function selects({ matchLabels = {}, matchExpressions = [] }: Selector, labels: Labels): boolean {
  const has = (key: string) => Object.keys(labels).includes(key);
  for (const key of Object.keys(matchLabels)) {
    if (!has(key) || labels[key] !== matchLabels[key]) return false;
  }
  for (const { key, operator, values = [] } of matchExpressions) {
    const isOneOf = has(key) && values.some((value) => value === labels[key]);
    if (operator === 'In' && !isOneOf) return false;
    if (operator === 'NotIn' && isOneOf) return false;
    if (operator === 'Exists' && !has(key)) return false;
    if (operator === 'DoesNotExist' && has(key)) return false;
  }
  return true;
}

export function namespaceLabels(cluster: Cluster, world: World, name: string): Labels {
  const namespace = cluster.namespaces.get(name);
  if (namespace?.manifest) return namespace.labels;
  return { ...world.undeclared[name], 'kubernetes.io/metadata.name': name };
}

/** The one address of an end in the family of the connection. */
export function addressOf(world: World, end: End): string | undefined {
  const all = typeof end === 'string' ? [end] : end.addresses;
  return all.find((text) => familyOf(text) === world.family);
}

export function familyOf(address: string): 4 | 6 {
  return address.includes(':') ? 6 : 4;
}

/** Whether a block holds an address, bit by bit. */
export function isIn(cidr: string, address: string): boolean {
  const [network = '', length = ''] = cidr.split('/');
  if (familyOf(network) !== familyOf(address)) return false;
  return bitsOf(network).slice(0, Number(length)) === bitsOf(address).slice(0, Number(length));
}

const written = new Map<string, string>();

/** An address as one writes it on paper, once for each. */
function bitsOf(address: string): string {
  const known = written.get(address);
  if (known) return known;
  const bits =
    familyOf(address) === 4
      ? address.split('.').map((byte) => digits(byte, 10, 8))
      : groupsOf(address).map((group) => digits(group, 16, 16));
  written.set(address, bits.join(''));
  return bits.join('');
}

function digits(number: string, base: number, width: number): string {
  return Number.parseInt(number, base).toString(2).padStart(width, '0');
}

/** The eight groups of an IPv6 address; `::` stands for those that are left out. */
function groupsOf(address: string): readonly string[] {
  const [front = '', back] = address.split('::').map((part) => part.split(':').filter((group) => group !== ''));
  if (back === undefined) return [...front];
  return [...front, ...Array(8 - front.length - back.length).fill('0'), ...back];
}

/** Whether a pod listens on a port of this name, with this protocol and number. */
export function hasNamedPort(to: End, name: string, protocol: Protocol, number: number): boolean {
  if (!isPod(to)) return false;
  for (const container of to.spec.containers ?? []) {
    for (const each of container?.ports ?? []) {
      const fits = each?.name === name && (each.protocol ?? 'TCP') === protocol;
      if (fits && each.containerPort === number) return true;
    }
  }
  return false;
}
