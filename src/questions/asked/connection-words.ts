import * as l10n from '@vscode/l10n';
import { join, type Phrase, phrase, plain } from '../doc.ts';
import { dialledText, wayPhrase } from '../explain.ts';
import { obstaclePhrase } from '../obstacle-words.ts';
import { proofPhrases, verdictPhrase } from '../proof.ts';
import type { Obstacle, ReachAnswer } from '../reach.ts';
import type { Route } from '../route.ts';
import type { Extent } from './connection.ts';
import { denyingPhrase } from './deciding.ts';
import type { Expectation } from './parse.ts';

/** `✗ denied: default-deny`: the answer in a line, marked by whether it is what the person would like to read. */
export function briefPhrase(answer: ReachAnswer, extent: Extent, isGood: boolean): Phrase {
  const assumed = isAssumed(answer) ? l10n.t(' · assumed') : '';
  const unresolved = answer.lookup ? l10n.t(' · its DNS queries are denied') : '';
  return phrase(isGood ? '✓ ' : '✗ ', extentPhrase(answer, extent), assumed, unresolved);
}

function extentPhrase({ routes, obstacles, settings }: ReachAnswer, extent: Extent): Phrase {
  const closed = routes.filter(({ verdict }) => !verdict.allowed);
  const reasons = [...distinct(closed.map(({ verdict }) => denyingPhrase(verdict))), ...obstacles.map(obstacleWord)];
  const because = reasons.length > 0 ? phrase(': ', join(reasons)) : [];
  if (extent === 'some') return phrase(partPhrase(routes, closed), because);
  if (extent === 'none') return phrase(closed.length > 0 ? l10n.t('denied') : l10n.t('not reachable'), because);
  const isUnenforced = routes.some(({ verdict }) => verdict.blockedBy);
  return phrase(l10n.t('allowed'), isUnenforced ? l10n.t(': {0} enforces no policy', settings.cni) : '');
}

/** Which ports, where those tell apart what is open from what is not. */
function partPhrase(routes: readonly Route[], closed: readonly Route[]): Phrase {
  const open = new Set(routes.filter(({ verdict }) => verdict.allowed).map(dialledText));
  if (closed.some((route) => open.has(dialledText(route)))) return phrase(l10n.t('allowed in part'));
  return phrase(l10n.t('allowed on {0} alone', [...open].join(', ')));
}

function isAssumed({ routes }: ReachAnswer): boolean {
  return routes.some(({ verdict }) => verdict.outcome === 'depends');
}

function distinct(phrases: readonly Phrase[]): readonly Phrase[] {
  return [...new Map(phrases.filter((each) => each.length > 0).map((each) => [plain(each), each])).values()];
}

/** What stands in the way in a word or two, where there is one for it. */
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
    default:
      return phrase(plain(obstaclePhrase(obstacle)));
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
  const contrary = answer.routes.find(({ verdict }) => verdict.allowed !== (outcome === 'allowed'));
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
