import type { Requirement } from '../../cluster/selector.ts';
import type { Policy } from './policy.ts';

/**
 * Which of some policies may select all that another selects, so that not each has to be compared with each: what asks for
 * one of some values follows only from what lists values of the same label, one of them at least among those.
 */
export function subjectsThatMayCover(policies: readonly Policy[]): (policy: Policy) => readonly Policy[] {
  const unlisted: Policy[] = [];
  const byValue = new Map<string, Policy[]>();
  for (const policy of policies) {
    const term = policy.subject.pods?.find(isListed);
    if (!term) unlisted.push(policy);
    for (const key of term ? keysOf(term) : []) {
      const known = byValue.get(key);
      if (known) known.push(policy);
      else byValue.set(key, [policy]);
    }
  }
  return ({ subject: { pods = [] } }) => {
    const listed = pods.filter(isListed).flatMap(keysOf);
    return [...new Set([...unlisted, ...listed.flatMap((key) => byValue.get(key) ?? [])])];
  };
}

function isListed({ operator }: Requirement): boolean {
  return operator === 'In';
}

function keysOf({ key, values }: Requirement): readonly string[] {
  return values.map((value) => `${key}=${value}`);
}
