import * as l10n from '@vscode/l10n';
import { join, type Phrase, phrase, plain } from '../doc.ts';
import { dialledText, wayPhrase } from '../explain.ts';
import { obstaclePhrase, policyOf } from '../obstacle-words.ts';
import { proofPhrases, verdictPhrase } from '../proof.ts';
import type { Obstacle, ReachAnswer } from '../reach.ts';
import type { Route } from '../route.ts';
import { denyingPhrase } from './deciding.ts';
import { type Extent, isAssumed, isOpen } from './extent.ts';
import type { Expectation } from './parse.ts';

/** `✗ denied: default-deny`: the answer in a line, marked by whether it is what the person would like to read. */
export function briefPhrase(answer: ReachAnswer, extent: Extent, isGood: boolean): Phrase {
  const assumed = isAssumed(answer) ? l10n.t(' · assumed') : '';
  const unresolved = answer.lookup ? l10n.t(' · its DNS queries are denied') : '';
  return phrase(isGood ? '✓ ' : '✗ ', extentPhrase(answer, extent), assumed, unresolved);
}

function extentPhrase(answer: ReachAnswer, extent: Extent): Phrase {
  const { routes, obstacles, settings } = answer;
  const denied = routes.filter(({ verdict }) => !verdict.allowed);
  const because = reasonsPhrase([
    ...denied.map(({ verdict }) => denyingPhrase(verdict)),
    ...obstacles.map(obstacleWord),
  ]);
  if (extent === 'some') return phrase(partText(answer), because);
  if (extent === 'none') return phrase(denied.length > 0 ? l10n.t('denied') : l10n.t('not reachable'), because);
  const isUnenforced = routes.some(({ verdict }) => verdict.blockedBy);
  return phrase(l10n.t('allowed'), isUnenforced ? l10n.t(': {0} enforces no policy', settings.cni) : '');
}

function reasonsPhrase(reasons: readonly Phrase[]): Phrase {
  const told = distinct(reasons);
  return told.length > 0 ? phrase(': ', join(told)) : [];
}

/** Which ports, where those alone tell apart what is open from what is not. */
function partText(answer: ReachAnswer): string {
  const [open, closed] = [true, false].map((wanted) =>
    answer.routes.filter((route) => isOpen(answer, route) === wanted).map(dialledText),
  ) as [string[], string[]];
  const isByPort = answer.question.port === undefined && !closed.some((text) => open.includes(text));
  return isByPort ? l10n.t('allowed on {0} alone', [...new Set(open)].join(', ')) : l10n.t('allowed in part');
}

function distinct(phrases: readonly Phrase[]): readonly Phrase[] {
  return [...new Map(phrases.filter((each) => each.length > 0).map((each) => [plain(each), each])).values()];
}

/** What stands in the way, in a word or two. */
function obstacleWord(obstacle: Obstacle): Phrase {
  switch (obstacle.kind) {
    case 'no-such-port':
    case 'no-such-named-port':
      return phrase(l10n.t('no such port'));
    case 'no-endpoints':
      return phrase(l10n.t('no endpoints'));
    case 'not-exposed':
      return phrase(l10n.t('no address outside the cluster'));
    case 'name-of-nothing':
      return phrase(l10n.t('the name has no address'));
    case 'ended':
      return phrase(l10n.t('its pods have ended'));
    case 'no-common-family':
      return phrase(l10n.t('no common address family'));
    case 'no-local-endpoints':
      return phrase(`${policyOf(obstacle)}: Local`);
    case 'source-ranges':
      return phrase('loadBalancerSourceRanges');
    case 'past-nodes':
      return phrase(l10n.t('no port of the nodes'));
  }
}

/** More ways than these are left to the proof. */
const mostWays = 3;

/** Why an expectation does not hold: what is the case, and why that which is contrary to it is so. */
export function failureText(answer: ReachAnswer, extent: Extent, { from, to, outcome }: Expectation): string {
  const ends = [`\`${from.text}\``, `\`${to.text}\``] as const;
  const head =
    outcome === 'allowed'
      ? l10n.t('{0} → {1} is expected to be allowed, and {2}', ...ends, actualText(answer, extent))
      : l10n.t('{0} → {1} is expected to be denied, and {2}', ...ends, actualText(answer, extent));
  const ways = extent === 'some' ? answer.routes.slice(0, mostWays).map((route) => wayText(answer, route)) : [];
  const contrary = answer.routes.find((route) => isOpen(answer, route) !== (outcome === 'allowed'));
  const reasons = contrary ? proofPhrases(contrary.verdict, answer.settings.cni) : [];
  return [head, ...ways, ...[...reasons, ...answer.obstacles.map(obstaclePhrase)].map(plain)].join(' ');
}

function actualText({ routes }: ReachAnswer, extent: Extent): string {
  if (extent === 'all') return l10n.t('is allowed.');
  if (extent === 'some') return l10n.t('is allowed in part.');
  return routes.length > 0 ? l10n.t('is denied.') : l10n.t('reaches nothing.');
}

function wayText({ question, settings }: ReachAnswer, route: Route): string {
  return `${plain(wayPhrase(route, question))}: ${plain(verdictPhrase(route.verdict, settings.cni))}`;
}
