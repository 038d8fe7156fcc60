import * as l10n from '@vscode/l10n';
import type { Service } from '../cluster/cluster.ts';
import { servicePortText } from '../network/words.ts';
import { type Block, code, type Doc, line, link, list, type Phrase, phrase, say, strong } from './doc.ts';
import { isOutside } from './end.ts';
import { endPhrase, partiesPhrase } from './end-words.ts';
import { obstaclePhrase } from './obstacle-words.ts';
import { blockedPhrase, proofPhrases, verdictPhrase } from './proof.ts';
import { isPast, type ReachAnswer, type ReachQuestion } from './reach.ts';
import type { Route } from './route.ts';

/** How many ways are told before the rest is counted. */
const mostRoutes = 12;

/** The answer first, then the proof of each way, then what else stands in the way. */
export function explainDoc(answer: ReachAnswer): Doc {
  const { question, routes, obstacles, lookup, settings, sourceRewritten } = answer;
  const rest = routes.length - mostRoutes;
  return [
    line(answerPhrase(answer), ' ', questionPhrase(question)),
    ...externalNameBlocks(answer),
    ...routes.slice(0, mostRoutes).flatMap((route) => routeBlocks(answer, route)),
    ...(rest > 0 ? [line(l10n.t('{0} further ways are judged for other reasons.', String(rest)))] : []),
    ...obstacles.map((obstacle) => line(obstaclePhrase(obstacle))),
    ...(sourceRewritten ? [line(rewrittenPhrase(sourceRewritten))] : []),
    ...(lookup
      ? [
          line(
            l10n.t('But its DNS queries are not let out, so that no name resolves.'),
            ' ',
            blockedPhrase(lookup, settings.cni),
          ),
        ]
      : []),
  ];
}

function externalNameBlocks({ question: { to }, behind }: ReachAnswer): readonly Block[] {
  if (to.kind !== 'service' || !to.service.externalName || !behind || behind.kind === 'nothing') return [];
  const name = code(to.service.externalName);
  if (behind.kind === 'service') {
    const service = endPhrase(behind);
    return [line(say(l10n.t('It is another name for {0}: what is dialled is that port of {1}.'), name, service))];
  }
  return [line(say(l10n.t('It is another name for {0}; policy sees the address which that resolves to.'), name))];
}

function rewrittenPhrase({ name, manifest }: Service): Phrase {
  const place = manifest && ({ manifest, path: ['spec', 'externalTrafficPolicy'], part: 'entry' } as const);
  return say(
    l10n.t('Depends on the way in: with {0} of {1} a node may put its own address in the place of the client’s.'),
    code('externalTrafficPolicy: Cluster'),
    link(code(name), place),
  );
}

/** `Denied.`, or what it depends on. */
function answerPhrase(answer: ReachAnswer): Phrase {
  const { question, outcome, allowed, routes, obstacles, settings } = answer;
  const [first] = routes;
  if (!first) return [strong(l10n.t('Not reachable.'))];
  const isSure = routes.some((route) => !isPast(route, answer));
  if (!isSure && outcome === 'depends')
    return [strong(l10n.t('Depends on the load balancer; taken for not reachable.'))];
  if (question.port === undefined) return openPhrase(answer);
  const differ = routes.length > 1 && new Set(routes.map(({ verdict }) => verdict.outcome)).size > 1;
  if (differ || (isSure && obstacles.length > 0)) return [strong(l10n.t('Depends on which way it takes.'))];
  return verdictPhrase({ ...first.verdict, outcome, allowed }, settings.cni);
}

function openPhrase(answer: ReachAnswer): Phrase {
  const { routes } = answer;
  const open = routes.filter((route) => route.verdict.allowed && !isPast(route, answer));
  if (open.length === 0) return [strong(l10n.t('Denied on every port.'))];
  if (open.length === routes.length && open.every(({ ports }) => ports === 'all')) {
    return [strong(l10n.t('Allowed on every port.'))];
  }
  const ports = [...new Set(open.map(dialledText))].join(', ');
  return [strong(l10n.t('Allowed on {0}.', ports))];
}

function questionPhrase({ from, to, port, protocol }: ReachQuestion): Phrase {
  const dialled = port === undefined ? '' : `${port}${protocol ? `/${protocol}` : ''}`;
  return phrase(endPhrase(from), ' → ', endPhrase(to, dialled));
}

function routeBlocks({ routes, question, settings }: ReachAnswer, route: Route): readonly Block[] {
  const proof = list(proofPhrases(route.verdict, settings.cni));
  const dialled = question.port === undefined && route.servicePort ? `${servicePortText(route.servicePort)} ` : '';
  const head = phrase(dialled, wayPhrase(route, question), ': ', verdictPhrase(route.verdict, settings.cni));
  return routes.length > 1 ? [line(head), proof] : [line(wayPhrase(route, question)), proof];
}

/** `→ 8080/TCP of deploy/api at 10.244.1.4`: where the connection ends. */
export function wayPhrase(route: Route, { from }: ReachQuestion): Phrase {
  const source = isOutside(from) ? partiesPhrase(route.from) : [];
  const end = say(l10n.t('{0} of {1}'), code(portsText(route)), partiesPhrase(route.to));
  return phrase(source, source.length > 0 ? ' → ' : '→ ', end);
}

/** The Service's port where one was dialled, else the receiver's. */
export function dialledText(route: Route): string {
  return route.servicePort ? servicePortText(route.servicePort) : portsText(route);
}

/** The ports of a route: `8080/TCP`, `80–90/TCP`, `all ports`. */
export function portsText({ ports }: Pick<Route, 'ports'>): string {
  if (ports === 'all') return l10n.t('all ports');
  const [first, last] = ports.range;
  return first === last ? `${first}/${ports.protocol}` : `${first}–${last}/${ports.protocol}`;
}
