import assert from 'node:assert/strict';
import { blockOf, parseAddress } from '../../../src/cluster/address.ts';
import type { Cluster, Pod } from '../../../src/cluster/cluster.ts';
import { includes, protocols } from '../../../src/network/policy/connections.ts';
import type { Party } from '../../../src/network/policy/party.ts';
import { connectionsBetween } from '../../../src/network/policy/reach.ts';
import { isSurelyAllowed, judge, type Verdict } from '../../../src/network/policy/verdict.ts';
import { type Asked, isAllowed, isLetIn, isLetOut } from './naive.ts';
import { type End, familyOf, isPod, type World } from './naive-terms.ts';
import { askedPorts } from './random-terms.ts';

/** One way in which what the manifests leave open may be, and the ports on which proofs are asked for. */
export interface Sample {
  readonly undeclared: World['undeclared'];
  readonly proven: readonly number[];
}

/** Compares all ways to ask what may be opened from one end to another, for each port that could matter. */
export function compare(cluster: Cluster, from: End, to: End, { undeclared, proven }: Sample): void {
  const families = ([4, 6] as const).filter((family) => hasFamily(from, family) && hasFamily(to, family));
  if (families.length === 0) return;
  const ends = { from: partyOf(from), to: partyOf(to) };
  const open = connectionsBetween(cluster, ends.from, ends.to);
  const worlds = families.flatMap(worldsOf);
  const assumed = worlds.filter(({ blocksMatchCluster }) => blocksMatchCluster);
  for (const protocol of protocols) {
    for (const port of askedPorts) {
      const asked = { cluster, from, to, protocol, port };
      const what = `${nameOf(from)} to ${nameOf(to)} on ${port}/${protocol}`;
      const isOpen = includes(open, protocol, port);
      const expected = agreed(assumed.map((world) => isAllowed(asked, world)));
      if (expected !== undefined) assert.equal(isOpen, expected, `in the connections: ${what}`);
      if (!proven.includes(port)) continue;
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

/** The ways in which all that a policy can leave open may be, but for the labels of namespaces. */
function worldsOf(family: 4 | 6): readonly World[] {
  const either = [true, false];
  return either.flatMap((blocksMatchCluster) =>
    either.flatMap((namesMatch) =>
      either.map((lastNameFirst) => ({ family, undeclared: {}, blocksMatchCluster, namesMatch, lastNameFirst })),
    ),
  );
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

function hasFamily(end: End, family: 4 | 6): boolean {
  return typeof end === 'string' ? familyOf(end) === family : end.addresses.some((each) => familyOf(each) === family);
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

/** The pods that the manifests bring. */
export function writtenPods(cluster: Cluster): readonly Pod[] {
  return [...cluster.workloads.values()].filter(({ manifest }) => manifest).flatMap(({ pods }) => pods);
}
