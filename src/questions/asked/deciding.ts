import type { Place } from '../../manifests/manifest.ts';
import type { Side } from '../../network/policy/side.ts';
import type { Verdict } from '../../network/policy/verdict.ts';
import { join, type Phrase, phrase, plain } from '../doc.ts';
import { type End, fullName } from '../end.ts';
import { placeOfEnd } from '../end-words.ts';
import { policyLink, ruleLink } from '../policy-link.ts';
import { nearestPhrase, sidePhrase } from '../proof.ts';
import type { ReachAnswer } from '../reach.ts';
import type { Route } from '../route.ts';
import type { Related } from './answer.ts';

/** More than these nobody reads; the proof has all of them. */
const mostRelated = 12;

/** What decides `routes`, each with its place, and the ends of the question. */
export function relatedTo({ question: { from, to } }: ReachAnswer, routes: readonly Route[]): readonly Related[] {
  const deciding = new Map(
    routes.flatMap(({ verdict }) => relatedToVerdict(verdict)).map((each) => [each.message, each]),
  );
  return [...[...deciding.values()].slice(0, mostRelated), ...relatedEnd(from), ...relatedEnd(to)];
}

/** A plugin that enforces no policy goes by none. */
function relatedToVerdict({ enforced, blockedBy, sides }: Verdict): readonly Related[] {
  if (!enforced) return [];
  return (blockedBy ? [blockedBy] : sides).flatMap(relatedToSide);
}

function relatedToSide(side: Side): readonly Related[] {
  const place = placeOfSide(side);
  const { nearest } = side;
  const miss = nearest && {
    message: plain(nearestPhrase(nearest)),
    place: { manifest: nearest.policy.manifest, path: nearest.failures[0]?.path ?? nearest.rule.path },
  };
  return [...(place ? [{ message: plain(sidePhrase(side)), place }] : []), ...(miss ? [miss] : [])];
}

/** The rule that decides, else the policy that isolates, else the pod that none isolates. */
function placeOfSide({ admittedBy, deniedBy, allowed, policies, subject }: Side): Place | undefined {
  const by = deniedBy ?? admittedBy;
  if (by) return { manifest: by.policy.manifest, path: by.rule.failsClosedFor ?? by.rule.path };
  const manifest = (allowed ? undefined : policies[0]?.manifest) ?? subject?.workload.manifest;
  return manifest && { manifest, path: ['metadata', 'name'] };
}

/** An end with its place, where it is written. */
export function relatedEnd(end: End): readonly Related[] {
  const place = placeOfEnd(end);
  return place ? [{ message: fullName(end), place }] : [];
}

/** Who denies: `default-deny`, or `money rule 3`. */
export function denyingPhrase({ blockedBy }: Verdict): Phrase {
  if (!blockedBy) return [];
  const { deniedBy, policies } = blockedBy;
  return deniedBy
    ? phrase(policyLink(deniedBy.policy), ' ', ruleLink(deniedBy.policy, deniedBy.rule))
    : join(policies.map(policyLink));
}
