import { type Call, connectionsOf } from '../network/calls.ts';
import { judge } from '../network/policy/verdict.ts';
import { type PolicyFix, policyFixes } from './policy-fixes.ts';
import type { World } from './trial.ts';

const known = new WeakMap<readonly Call[], readonly PolicyFix[]>();

/** The ways to let calls through that policy denies, the best first. Found once for one finding. */
export function callFixes(world: World, calls: readonly Call[]): readonly PolicyFix[] {
  const fixes = known.get(calls) ?? findFixes(world, calls);
  known.set(calls, fixes);
  return fixes;
}

function findFixes(world: World, calls: readonly Call[]): readonly PolicyFix[] {
  const connections = calls.flatMap((call) => connectionsOf(world.cluster, call));
  return policyFixes(
    world,
    connections.filter((each) => judge(world.cluster, each).outcome === 'denied'),
  );
}
