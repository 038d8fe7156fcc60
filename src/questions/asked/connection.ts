import * as l10n from '@vscode/l10n';
import type { Cluster } from '../../cluster/cluster.ts';
import { type Block, line, strong } from '../doc.ts';
import { explainDoc } from '../explain.ts';
import { type ReachAnswer, reach } from '../reach.ts';
import { resolveSource, resolveTarget } from '../resolve-end.ts';
import type { AnsweredQuestion } from './answer.ts';
import { briefPhrase, failureText } from './connection-words.ts';
import { relatedTo } from './deciding.ts';
import { extentOf, isOpen } from './extent.ts';
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
  return question.kind === 'can' ? answered(answer, question) : judged(answer, question);
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
