import type { InlayHint, InlayHintLabelPart, InlayHintParams } from 'vscode-languageserver';
import type { File } from '../manifests/file.ts';
import type { Snapshot } from '../manifests/workspace.ts';
import { type AskedQuestion, answerTo, questionsIn } from '../questions/asked/comments.ts';
import { type Inline, plain } from '../questions/doc.ts';
import { type Context, worldOfFile } from './context.ts';
import { markupOf } from './markup.ts';
import { locationOf, rangeOf, touches } from './positions.ts';

/** The answers to the questions in a stretch of a document, each behind its comment. Half of the manifests answer none. */
export function inlayHints(context: Context, { textDocument: { uri }, range }: InlayHintParams): InlayHint[] {
  const snapshot = context.session.snapshot();
  const file = snapshot.file(uri);
  if (!file || !context.session.isLoaded) return [];
  const here = questionsIn(file).filter(({ comment }) => touches(rangeOf(snapshot, uri, comment.span), range));
  return here.flatMap((asked) => hintOf(context, snapshot, file, asked));
}

/** What cannot be read says so as a diagnostic. */
function hintOf(context: Context, snapshot: Snapshot, file: File, asked: AskedQuestion): InlayHint | [] {
  const answer = answerTo(worldOfFile(context, file.uri).cluster, asked);
  if ('error' in answer) return [];
  const tooltip = markupOf(snapshot, context.client, file.uri, answer.doc);
  return {
    position: file.positionAt(asked.comment.span.end),
    label: answer.brief.map((inline) => ({ ...labelPart(snapshot, inline), tooltip })),
    tooltip,
    paddingLeft: true,
  };
}

function labelPart(snapshot: Snapshot, inline: Inline): InlayHintLabelPart {
  const value = plain([inline]);
  return inline.type === 'link' ? { value, location: locationOf(snapshot, inline.place) } : { value };
}
