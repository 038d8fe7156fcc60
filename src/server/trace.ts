import { walk } from '../network/path/walk.ts';
import { toText } from '../questions/text.ts';
import { traceDoc } from '../questions/trace.ts';
import { traceEnds } from '../questions/trace-ends.ts';
import { walkQuestion } from '../questions/trace-question.ts';
import type { Context } from './context.ts';
import { locationOf } from './positions.ts';
import type { TraceEndsParams, TraceEndsResult, TraceParams } from './protocol.ts';
import type { World } from './worlds.ts';

/** Between whom a packet can be followed in the cluster of a document, or in the first one. */
export function endsOfTraces(context: Context, { uri }: TraceEndsParams): TraceEndsResult | null {
  const world = worldOf(context, uri);
  return world ? traceEnds(world.cluster) : null;
}

/** The way of a packet as text, or why there is none. */
export function trace(context: Context, { uri, from, to }: TraceParams): string | null {
  const world = worldOf(context, uri);
  if (!world) return null;
  const { cluster } = world;
  const question = walkQuestion(cluster, from, to);
  if ('error' in question) return `${question.error}\n`;
  const snapshot = context.session.snapshot();
  return toText(traceDoc(cluster.settings, walk(cluster, question)), (place) => {
    const { uri: file, range } = locationOf(snapshot, place);
    return `${decodeURIComponent(file.slice(file.lastIndexOf('/') + 1))}:${range.start.line + 1}`;
  });
}

function worldOf({ session, worlds }: Context, uri: string | undefined): World | undefined {
  const snapshot = session.snapshot();
  const set = (uri === undefined ? undefined : snapshot.setOf(uri)) ?? snapshot.sets[0];
  return set && worlds.of(snapshot, set, session.roots);
}
