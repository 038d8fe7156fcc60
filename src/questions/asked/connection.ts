import * as l10n from '@vscode/l10n';
import type { Cluster, Service } from '../../cluster/cluster.ts';
import { calledBy } from '../../network/alias.ts';
import { nearestWord } from '../../network/distance.ts';
import { filled, noSuchPortMessage, servicePortText } from '../../network/words.ts';
import { type Block, line, strong } from '../doc.ts';
import { fullName } from '../end.ts';
import { explainDoc } from '../explain.ts';
import { type ReachAnswer, reach } from '../reach.ts';
import { resolveSource, resolveTarget } from '../resolve-end.ts';
import { lacksPort } from '../routes-to-service.ts';
import type { AnsweredQuestion } from './answer.ts';
import { briefPhrase, failureText } from './connection-words.ts';
import { relatedTo } from './deciding.ts';
import { extentOf, isOpen } from './extent.ts';
import type { Word } from './grammar.ts';
import type { Can, Expectation, Unreadable } from './parse.ts';
import { unreadableName } from './unreadable-name.ts';

/** Whether the one end reaches the other, and whether that is what was expected. */
export function answerConnection(cluster: Cluster, question: Can | Expectation): AnsweredQuestion | Unreadable {
  const source = resolveSource(cluster, question.from.text);
  if ('error' in source) return unreadableName(source, question.from);
  const target = resolveTarget(cluster, question.to.text);
  if ('error' in target) return unreadableName(target, question.to);
  const { end: to, ...dialled } = target;
  const answer = reach(cluster, { from: source.end, to, ...dialled });
  if (question.kind === 'can') return answered(answer, question);
  return unreadablePort(cluster, answer, question.to) ?? judged(answer, question);
}

/** A connection to a port that there is not is denied whatever the policies say: to expect that asserts nothing. */
function unreadablePort(cluster: Cluster, answer: ReachAnswer, { text, from }: Word): Unreadable | undefined {
  const { question, obstacles } = answer;
  const { to, port } = question;
  if (port === undefined) return undefined;
  const called = to.kind === 'service' ? calledBy(cluster, to.service) : undefined;
  const isMissing = called ? lacksPort(called, question) : obstacles.some(({ kind }) => kind === 'no-such-named-port');
  if (!isMissing) return undefined;
  const error = called ? noSuchPort(called, port) : l10n.t('`{0}` has no port named `{1}`', fullName(to), String(port));
  const start = from + text.lastIndexOf(`:${port}`) + 1;
  const at = [start, start + String(port).length] as const;
  return { error, at, expected: called ? portsInstead(called, port) : [] };
}

function noSuchPort({ name, ports }: Service, asked: number | string): string {
  const its = ports.map(servicePortText).join(', ') || l10n.t('none');
  return filled(noSuchPortMessage(), l10n.t('Service `{0}`', name), String(asked), its);
}

/** What was asked by its name is offered by its name, the nearest first. */
function portsInstead({ ports }: Service, asked: number | string): readonly string[] {
  const words = ports.map(({ name, port }) => (typeof asked === 'string' && name !== '' ? name : String(port)));
  const near = nearestWord(String(asked), words);
  return [...new Set(near ? [near, ...words] : words)];
}

function answered(answer: ReachAnswer, question: Can): AnsweredQuestion {
  const extent = extentOf(answer);
  return {
    outcome: answer.outcome,
    brief: briefPhrase(answer, extent, extent === 'all'),
    doc: [...explainDoc(answer), ...traceBlocks(answer, question)],
    related: relatedTo(answer, answer.routes),
  };
}

/** What is open in part is neither allowed nor denied. */
function judged(answer: ReachAnswer, question: Expectation): AnsweredQuestion {
  const extent = extentOf(answer);
  const wanted = question.outcome === 'allowed';
  const holds = extent === (wanted ? 'all' : 'none');
  const contrary = answer.routes.filter((route) => isOpen(answer, route) !== wanted);
  const head = strong(holds ? l10n.t('The expectation holds.') : l10n.t('The expectation does not hold.'));
  return {
    outcome: answer.outcome,
    holds,
    brief: briefPhrase(answer, extent, holds),
    doc: [line(head), ...explainDoc(answer), ...traceBlocks(answer, question)],
    related: relatedTo(answer, holds ? answer.routes : contrary),
    ...(!holds && { failure: failureText(answer, extent, question) }),
  };
}

/** The walk of the same connection, where one port is meant. */
function traceBlocks({ question: { port } }: ReachAnswer, { from, to }: Can | Expectation): readonly Block[] {
  if (port === undefined) return [];
  return [{ type: 'actions', actions: [{ type: 'trace', title: l10n.t('Trace'), from: from.text, to: to.text }] }];
}
