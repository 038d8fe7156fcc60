import assert from 'node:assert/strict';
import fc from 'fast-check';
import { blockOf, parseAddress } from '../../../src/cluster/address.ts';
import type { Cluster, Pod } from '../../../src/cluster/cluster.ts';
import { includes, protocols } from '../../../src/network/policy/connections.ts';
import type { Party } from '../../../src/network/policy/party.ts';
import { connectionsBetween } from '../../../src/network/policy/reach.ts';
import { isSurelyAllowed, judge, type Verdict } from '../../../src/network/policy/verdict.ts';
import { type Asked, isAllowed, isLetIn, isLetOut } from './naive.ts';
import { type End, familyOf, isPod, type World } from './naive-terms.ts';
import { worldsOf } from './naive-worlds.ts';
import { clusterOfData, randomObjects } from './random-cluster.ts';
import { askedPorts, labels, namespace, outsideAddress } from './random-terms.ts';

/** What is asked of a random cluster. */
interface Sample {
  /** Labels that namespaces may have of which nothing is known. */
  readonly undeclared: World['undeclared'];
  readonly ports: readonly number[];
  readonly outside: readonly string[];
}

const sample: fc.Arbitrary<Sample> = fc.record({
  undeclared: fc.dictionary(namespace, labels, { maxKeys: 3 }),
  ports: fc.shuffledSubarray([...askedPorts], { minLength: 1, maxLength: 8 }),
  outside: fc.array(outsideAddress, { maxLength: 2 }),
});

/** Asks the engine and the naive evaluator about `runs` random clusters. What differs is printed with its seed, and shrinks. */
export function compareRandomClusters(runs: number): void {
  const property = fc.property(randomObjects, sample, (objects, given) => compareIn(clusterOfData(objects), given));
  fc.assert(property, { numRuns: runs });
}

function compareIn(cluster: Cluster, given: Sample): void {
  const comparison = { ...given, cluster, worlds: worldsOf(cluster) };
  const pods = writtenPods(cluster);
  const others = [...cluster.nodes, ...given.outside];
  for (const pod of pods) {
    for (const to of [...pods, ...others]) compare(comparison, pod, to);
    for (const from of others) compare(comparison, from, pod);
  }
}

/** The pods that the manifests bring. */
function writtenPods(cluster: Cluster): readonly Pod[] {
  return [...cluster.workloads.values()].filter(({ manifest }) => manifest).flatMap(({ pods }) => pods);
}

/** On so many ports a proof is asked for, too. */
const proofs = 2;

interface Comparison extends Sample {
  readonly cluster: Cluster;
  readonly worlds: readonly Omit<World, 'family'>[];
}

/** Compares all ways to ask what may be opened from one end to another. */
function compare(comparison: Comparison, from: End, to: End): void {
  const { cluster, undeclared, ports } = comparison;
  const [primary, ...others] = sharedFamilies(from, to);
  if (!primary) return;
  const worldsIn = (family: 4 | 6) => comparison.worlds.map((world) => ({ ...world, family }));
  const worlds = [primary, ...others].flatMap(worldsIn);
  const assumed = worldsIn(primary).filter(({ blocksMatchCluster }) => blocksMatchCluster);
  const ends = { from: partyOf(from), to: partyOf(to) };
  const open = connectionsBetween(cluster, ends.from, ends.to);
  for (const protocol of protocols) {
    for (const [index, port] of ports.entries()) {
      const asked = { cluster, from, to, protocol, port };
      const what = `${nameOf(from)} to ${nameOf(to)} on ${port}/${protocol}`;
      const isOpen = includes(open, protocol, port);
      const expected = agreed(assumed.map((world) => isAllowed(asked, world)));
      if (expected !== undefined) assert.equal(isOpen, expected, `in the connections: ${what}`);
      if (index >= proofs) continue;
      const verdict = judge(cluster, { ...ends, protocol, port });
      assert.equal(verdict.allowed, isOpen, `judged: ${what}`);
      const isSure = isSurelyAllowed(cluster, { ...ends, protocol, port });
      assert.equal(isSure, verdict.outcome === 'allowed', `without the proof: ${what}`);
      assertSound(verdict, what);
      assertHolds(verdict, asked, [...worlds, ...worlds.map((world) => ({ ...world, undeclared }))], what);
      assertDoubts(verdict, asked, worlds, what);
    }
  }
}

/** The one answer of all worlds, if there is one. */
function agreed(answers: readonly (boolean | undefined)[]): boolean | undefined {
  return answers.every((answer) => answer === answers[0]) ? answers[0] : undefined;
}

/** A verdict that depends on nothing holds in every world. */
function assertHolds({ outcome }: Verdict, asked: Asked, worlds: readonly World[], what: string): void {
  if (outcome === 'depends') return;
  for (const world of worlds) {
    assert.equal(isAllowed(asked, world), outcome === 'allowed', `without an assumption: ${what}`);
  }
}

/** A side that depends on something is not the same in all worlds. */
function assertDoubts({ sides }: Verdict, asked: Asked, worlds: readonly World[], what: string): void {
  const { namespaces } = asked.cluster;
  const isDeclared = (end: End) => !isPod(end) || namespaces.get(end.namespace)?.manifest !== undefined;
  if (!isDeclared(asked.from) || !isDeclared(asked.to)) return;
  for (const { direction, outcome, assumption } of sides) {
    if (outcome !== 'depends') continue;
    const ask = direction === 'egress' ? isLetOut : isLetIn;
    const answer = agreed(worlds.map((world) => ask(asked, world)));
    assert.equal(answer, undefined, `${direction} needs no assumption about ${assumption?.kind}: ${what}`);
  }
}

/** What a verdict says of itself holds together. */
function assertSound({ allowed, outcome, blockedBy, sides }: Verdict, what: string): void {
  assert.equal(blockedBy === undefined, allowed, what);
  if (outcome !== 'depends') assert.equal(allowed, outcome === 'allowed', what);
  for (const side of sides) {
    assert.equal(side.outcome === 'depends', side.assumption !== undefined, what);
    if (side.because === 'no-rule') {
      assert.notEqual(side.nearest?.failures.length, 0, `${what}: a miss without a reason`);
    }
  }
}

/** The families in which two ends can reach each other, the primary one first. */
function sharedFamilies(from: End, to: End): readonly (4 | 6)[] {
  const there = familiesOf(to);
  return familiesOf(from).filter((family) => there.includes(family));
}

function familiesOf(end: End): readonly (4 | 6)[] {
  return typeof end === 'string' ? [familyOf(end)] : end.addresses.map(familyOf);
}

function partyOf(end: End): Party {
  if (typeof end !== 'string') return isPod(end) ? { kind: 'pod', pod: end } : { kind: 'node', node: end };
  const address = parseAddress(end);
  assert.ok(address, end);
  return { kind: 'outside', range: blockOf(address, address.family === 4 ? 32 : 128) };
}

function nameOf(end: End): string {
  if (typeof end === 'string') return end;
  return isPod(end) ? `${end.namespace}/${end.name}` : end.name;
}
