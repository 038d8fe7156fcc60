import { lineStarts, positionAt } from '../manifests/lines.ts';
import { walk } from '../network/path/walk.ts';
import { answerTo } from '../questions/asked/comments.ts';
import { choicesIn } from '../questions/choices.ts';
import { type Doc, line, ticked } from '../questions/doc.ts';
import { stillReading } from '../questions/hover.ts';
import { toLinkedText } from '../questions/linked-text.ts';
import { traceDoc } from '../questions/trace.ts';
import { walkQuestion } from '../questions/trace-question.ts';
import type { Context } from './context.ts';
import { locationOf } from './positions.ts';
import type { AnswerParams, AnswerResult, Asked, ChoicesParams, ChoicesResult } from './protocol.ts';
import type { World } from './worlds.ts';

/** What questions can name in the cluster of a document, or in the first one. */
export function choices(context: Context, { uri }: ChoicesParams): ChoicesResult | null {
  const world = worldOf(context, uri);
  return world ? choicesIn(world.cluster) : null;
}

/** The answer to a question as text, or why there is none; its links lead to the lines that it rests on. */
export function answer(context: Context, { uri, asked }: AnswerParams): AnswerResult | null {
  const world = worldOf(context, uri);
  if (!world) return null;
  const doc = docOf(world, asked);
  // Half of the manifests make another network than all of them.
  const { text, links } = toLinkedText(context.session.isLoaded ? doc : [stillReading(), ...doc]);
  const starts = lineStarts(text);
  const snapshot = context.session.snapshot();
  return {
    text,
    links: links.map(({ start, end, place }) => ({
      range: { start: positionAt(starts, start), end: positionAt(starts, end) },
      target: locationOf(snapshot, place),
    })),
  };
}

function docOf({ cluster }: World, asked: Asked): Doc {
  if ('question' in asked) {
    const found = answerTo(cluster, { text: asked.question });
    return 'error' in found ? [line(ticked(found.error))] : found.doc;
  }
  const { from, to } = asked.trace;
  const question = walkQuestion(cluster, from, to);
  return 'error' in question ? [line(question.error)] : traceDoc(cluster.settings, walk(cluster, question));
}

function worldOf({ session, worlds }: Context, uri: string | undefined): World | undefined {
  const snapshot = session.snapshot();
  const set = (uri === undefined ? undefined : snapshot.setOf(uri)) ?? snapshot.sets[0];
  return set && worlds.of(snapshot, set, session.roots);
}
