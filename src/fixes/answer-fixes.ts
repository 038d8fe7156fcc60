import type { Connection } from '../network/policy/party.ts';
import type { ReachAnswer } from '../questions/reach.ts';
import type { Route } from '../questions/route.ts';
import { type PolicyFix, policyFixes } from './policy-fixes.ts';
import type { World } from './trial.ts';

/** The ways to let through what an answer says is denied on a port, the best first. */
export function answerFixes(world: World, { routes, question }: ReachAnswer): readonly PolicyFix[] {
  const denied = routes.filter(({ verdict }) => verdict.outcome === 'denied');
  return question.port === undefined ? [] : policyFixes(world, denied.flatMap(connectionsOf));
}

function connectionsOf({ from, to, ports, servicePort }: Route): readonly Connection[] {
  if (ports === 'all') return [];
  const dialled = servicePort && { dialled: servicePort.port };
  const { protocol, range } = ports;
  return from.flatMap((source) =>
    to.map((target): Connection => ({ from: source, to: target, protocol, port: range[0], ...dialled })),
  );
}
