import type { Hover, HoverParams } from 'vscode-languageserver';
import { answerTo, questionAt } from '../questions/asked/comments.ts';
import type { Doc } from '../questions/doc.ts';
import { hoverAt, stillReading } from '../questions/hover.ts';
import { type Context, spotAt, worldOfFile } from './context.ts';
import { markupOf } from './markup.ts';
import { locationOf, rangeOf } from './positions.ts';

/** What there is to tell about a position. */
export function hover(context: Context, params: HoverParams): Hover | null {
  return hoverQuestion(context, params) ?? hoverObject(context, params);
}

function hoverObject(context: Context, { textDocument: { uri }, position }: HoverParams): Hover | null {
  const found = spotAt(context, uri, position);
  const told = found && hoverAt(found.world.cluster, found.spot);
  if (!found || !told) return null;
  const { snapshot, spot } = found;
  const range = told.place ? locationOf(snapshot, told.place).range : rangeOf(snapshot, uri, spot.span);
  return { contents: markupOf(snapshot, context.client, uri, whileReading(context, told.doc)), range };
}

/** A question in a comment tells its whole proof; one that cannot be read says so as a diagnostic. */
function hoverQuestion(context: Context, { textDocument: { uri }, position }: HoverParams): Hover | undefined {
  const snapshot = context.session.snapshot();
  const file = snapshot.file(uri);
  const asked = file && questionAt(file, file.offsetAt(position));
  const answer = asked && answerTo(worldOfFile(context, uri).cluster, asked);
  if (!answer || 'error' in answer) return undefined;
  const contents = markupOf(snapshot, context.client, uri, whileReading(context, answer.doc));
  return { contents, range: rangeOf(snapshot, uri, asked.comment.span) };
}

/** Half of the manifests make another network than all of them. */
function whileReading({ session }: Context, doc: Doc): Doc {
  return session.isLoaded ? doc : [stillReading(), ...doc];
}
