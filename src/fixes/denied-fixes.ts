import { type Call, connectionsOf } from '../network/calls.ts';
import type { Denied } from '../network/denied.ts';
import { judge } from '../network/policy/verdict.ts';
import { type PolicyFix, policyFixes } from './policy-fixes.ts';
import { queryFixes } from './query-fixes.ts';
import type { World } from './trial.ts';

const known = new WeakMap<Denied, readonly PolicyFix[]>();

/** The ways to let through what policy denies, the best first. Found once for one finding. */
export function deniedFixes(world: World, denied: Denied): readonly PolicyFix[] {
  const fixes = known.get(denied) ?? findFixes(world, denied);
  known.set(denied, fixes);
  return fixes;
}

function findFixes(world: World, denied: Denied): readonly PolicyFix[] {
  return denied.kind === 'queries' ? queryFixes(world, denied) : callFixes(world, denied.calls);
}

function callFixes(world: World, calls: readonly Call[]): readonly PolicyFix[] {
  const connections = calls.flatMap((call) => connectionsOf(world.cluster, call));
  return policyFixes(
    world,
    connections.filter((each) => judge(world.cluster, each).outcome === 'denied'),
  );
}
