import type { Assumption } from './assumption.ts';
import type { Connection } from './party.ts';
import { matchPeer } from './peers.ts';
import type { Policy, PortTerm, Rule } from './policy.ts';
import { takesPort } from './ports.ts';
import type { Question } from './question.ts';
import type { Admission } from './side.ts';

/** A rule that matches, surely or if an assumption holds. */
export interface RuleMatch {
  readonly match: true | Assumption;
  readonly by: Admission;
}

/** Whether a rule matches the connection that is asked of, and by which of its terms. */
export function matchRule(question: Question, policy: Policy, rule: Rule): RuleMatch | undefined {
  const port = portOf(rule, question.connection);
  if (port === false) return undefined;
  const by: Admission = { policy, rule, ...(port && { port }) };
  if (rule.peers === 'any') return { match: true, by };
  let best: RuleMatch | undefined;
  for (const peer of rule.peers) {
    const match = matchPeer(question.cluster, policy, peer, question.other);
    if (match !== false) best = better(best, { match, by: { ...by, peer } });
    if (match === true) break;
  }
  return best;
}

/** The likelier of two; of equals the first. */
export function better(best: RuleMatch | undefined, found: RuleMatch | undefined): RuleMatch | undefined {
  if (!best || !found) return best ?? found;
  return certainty(found.match) > certainty(best.match) ? found : best;
}

function certainty(match: true | Assumption): number {
  return match === true ? 2 : match.holds ? 1 : 0;
}

/** Whether a rule surely matches. Loops rather than callbacks: asked for every rule, every call and every edit. */
export function surelyMatches({ cluster, connection, other }: Question, policy: Policy, rule: Rule): boolean {
  if (portOf(rule, connection) === false) return false;
  if (rule.peers === 'any') return true;
  for (const peer of rule.peers) if (matchPeer(cluster, policy, peer, other) === true) return true;
  return false;
}

/** The term that takes the connection's port; `undefined` where the rule takes any, `false` where it takes it not. */
function portOf({ ports }: Rule, connection: Connection): PortTerm | undefined | false {
  if (ports === 'any') return undefined;
  for (const term of ports) if (takesPort(term, connection)) return term;
  return false;
}
