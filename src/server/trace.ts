import { lineStarts, positionAt } from '../manifests/lines.ts';
import { walk } from '../network/path/walk.ts';
import { type Doc, line } from '../questions/doc.ts';
import { stillReading } from '../questions/hover.ts';
import { toLinkedText } from '../questions/linked-text.ts';
import { traceDoc } from '../questions/trace.ts';
import { traceEnds } from '../questions/trace-ends.ts';
import { walkQuestion } from '../questions/trace-question.ts';
import type { Context } from './context.ts';
import { locationOf } from './positions.ts';
import type { TraceEndsParams, TraceEndsResult, TraceParams, TraceResult } from './protocol.ts';
import type { World } from './worlds.ts';

/** Between whom a packet can be followed in the cluster of a document, or in the first one. */
export function endsOfTraces(context: Context, { uri }: TraceEndsParams): TraceEndsResult | null {
  const world = worldOf(context, uri);
  return world ? traceEnds(world.cluster) : null;
}

/** The way of a packet as text, or why there is none; its links lead to the lines that it rests on. */
export function trace(context: Context, { uri, from, to }: TraceParams): TraceResult | null {
  const world = worldOf(context, uri);
  if (!world) return null;
  const answer = answerOf(world, from, to);
  // Half of the manifests make another network than all of them.
  const { text, links } = toLinkedText(context.session.isLoaded ? answer : [stillReading(), ...answer]);
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

function answerOf({ cluster }: World, from: string, to: string): Doc {
  const question = walkQuestion(cluster, from, to);
  return 'error' in question ? [line(question.error)] : traceDoc(cluster.settings, walk(cluster, question));
}

function worldOf({ session, worlds }: Context, uri: string | undefined): World | undefined {
  const snapshot = session.snapshot();
  const set = (uri === undefined ? undefined : snapshot.setOf(uri)) ?? snapshot.sets[0];
  return set && worlds.of(snapshot, set, session.roots);
}
