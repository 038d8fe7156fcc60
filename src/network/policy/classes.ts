import type { AddressRange } from '../../cluster/address.ts';
import type { Cluster, Namespace, Pod } from '../../cluster/cluster.ts';
import { protocolOf, runningPorts } from '../../cluster/ports.ts';
import type { Requirement } from '../../cluster/selector.ts';
import type { Labels } from '../../manifests/kinds.ts';
import { namespacesMatching } from './namespaces-matching.ts';
import { outsideRanges, pieceAt } from './outside.ts';
import { allAddresses, familiesOf } from './party.ts';
import { directions } from './policy.ts';
import { podsTermsOf, portNamesOf, rulesOf } from './rule-terms.ts';
import { policiesOf } from './selecting.ts';
import { standIns } from './stand-ins.ts';

/** Pods that no policy of the cluster tells apart: what one of them may reach, all may, and who reaches one, all. */
export interface PodClass {
  readonly pods: readonly Pod[];
  /** Any of them. */
  readonly sample: Pod;
  /** The names of ports that some policy asks for, with what they are here. */
  readonly namedPorts: string;
  /** The families of their addresses, the primary one first; empty where the simulation chose those. */
  readonly families: string;
}

/** Sorts the pods of all workloads by what the policies ask of pods, in one pass over them. */
export function classesOf(cluster: Cluster): readonly PodClass[] {
  const asked = askedOf(cluster);
  const classes = new Map<string, PodClass & { readonly pods: Pod[] }>();
  for (const workload of cluster.workloads.values()) {
    for (const pod of standIns(cluster, workload)) {
      const namedPorts = namedPortsOf(pod, asked.portNames);
      const families = familiesOf({ kind: 'pod', pod }).join();
      const key = JSON.stringify([
        namespaceKey(cluster, asked, pod.namespace),
        project(pod.labels, asked.ofPodsIn(pod.namespace)),
        namedPorts,
        pod.spec.hostNetwork ? (pod.node?.name ?? '') : false,
        families,
        asked.pieces.map((pieces) => allAddresses(pod).map((address) => pieceAt(pieces, address))),
      ]);
      const known = classes.get(key);
      if (known) known.pods.push(pod);
      else classes.set(key, { pods: [pod], sample: pod, namedPorts, families });
    }
  }
  return [...classes.values()];
}

/** The keys of labels that are asked for, each with the values that are. */
type Vocabulary = ReadonlyMap<string, ReadonlySet<string>>;

/** All that the policies of a cluster can tell pods apart by. */
interface Asked {
  readonly ofNamespaces: Vocabulary;
  readonly ofPodsIn: (namespace: string) => Vocabulary;
  readonly portNames: ReadonlySet<string>;
  /** The address space, cut where the rules of each direction cut. */
  readonly pieces: readonly (readonly AddressRange[])[];
}

function askedOf(cluster: Cluster): Asked {
  const policies = policiesOf(cluster);
  const terms = policies.flatMap((policy) => podsTermsOf(policy).map((term) => ({ term, own: policy.namespace })));
  const requirements = new Map<string, Requirement[]>();
  for (const { term, own } of terms) {
    const { namespaces, pods = [] } = term;
    if (pods.length === 0) continue;
    for (const name of namespaces ? namespacesMatching(cluster, namespaces) : [own]) {
      const known = requirements.get(name);
      if (known) known.push(...pods);
      else requirements.set(name, [...pods]);
    }
  }
  const vocabularies = new Map([...requirements].map(([name, asked]) => [name, vocabularyOf(asked)]));
  const nothing: Vocabulary = new Map();
  return {
    ofNamespaces: vocabularyOf(terms.flatMap(({ term }) => term.namespaces ?? [])),
    ofPodsIn: (name) => vocabularies.get(name) ?? nothing,
    portNames: new Set(policies.flatMap((policy) => rulesOf(policy).flatMap(portNamesOf))),
    pieces: directions.map((direction) => outsideRanges(cluster, direction)),
  };
}

function vocabularyOf(terms: readonly Requirement[]): Vocabulary {
  const vocabulary = new Map<string, Set<string>>();
  for (const { key, values } of terms) {
    const known = vocabulary.get(key) ?? new Set();
    for (const value of values) known.add(value);
    vocabulary.set(key, known);
  }
  return vocabulary;
}

/** The labels that are asked for; a value that nobody asks for is like any other such. */
function project(labels: Labels, vocabulary: Vocabulary): readonly (readonly [string, string | null])[] {
  return Object.keys(labels)
    .filter((key) => vocabulary.has(key))
    .sort()
    .map((key) => {
      const value = labels[key] ?? '';
      return [key, vocabulary.get(key)?.has(value) ? value : null];
    });
}

/** A namespace that has policies of its own is like no other. */
function namespaceKey(cluster: Cluster, { ofNamespaces }: Asked, name: string): unknown {
  if (cluster.policies.has(name)) return name;
  const namespace: Namespace | undefined = cluster.namespaces.get(name);
  return project(namespace?.labels ?? {}, ofNamespaces);
}

function namedPortsOf({ spec }: Pod, names: ReadonlySet<string>): string {
  if (names.size === 0) return '';
  const ports = runningPorts(spec).flatMap(({ name, protocol, containerPort }) =>
    name !== undefined && names.has(name) ? [`${name} ${protocolOf(protocol)} ${containerPort}`] : [],
  );
  return ports.sort().join('\n');
}
