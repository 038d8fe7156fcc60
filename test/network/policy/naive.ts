import type { Cluster, Protocol } from '../../../src/cluster/cluster.ts';
import { byNetworkPolicies, type Question } from './naive-network-policy.ts';
import { type End, isPod, type World } from './naive-terms.ts';
import { byTier } from './naive-tier.ts';

/** A connection: who opens it to whom, on which port. */
export interface Asked {
  readonly cluster: Cluster;
  readonly from: End;
  readonly to: End;
  readonly protocol: Protocol;
  readonly port: number;
}

/**
 * Network policy of all kinds a second time, one pod and one port at a time, as the API's documentation words it and with
 * nothing of the engine: what both get wrong, they get wrong for different reasons.
 *
 * Says whether a connection is allowed in a world; `undefined` where no specification says.
 */
export function isAllowed(asked: Asked, world: World): boolean | undefined {
  const egress = isLetOut(asked, world);
  if (egress === false) return false;
  const ingress = isLetIn(asked, world);
  return ingress === false ? false : egress && ingress;
}

/** What the policies of the pod that opens a connection say; there are none for an end that is no pod. */
export function isLetOut(asked: Asked, world: World): boolean | undefined {
  const { from, to } = asked;
  return from === to || !isPod(from) || lets({ ...asked, world, direction: 'egress', own: from, other: to });
}

/** What the policies of the pod that receives it say. */
export function isLetIn(asked: Asked, world: World): boolean | undefined {
  const { from, to } = asked;
  return from === to || !isPod(to) || lets({ ...asked, world, direction: 'ingress', own: to, other: from });
}

/** Three tiers, and what holds where none of them speaks. */
function lets(question: Question): boolean | undefined {
  const admin = byTier(question, 'Admin');
  if (admin === 'Allow' || admin === 'Deny') return admin === 'Allow';
  const policies = byNetworkPolicies(question);
  if (policies !== 'not selected') return policies && policies === 'Allow';
  return byTier(question, 'Baseline') !== 'Deny';
}
