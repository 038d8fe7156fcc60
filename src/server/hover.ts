import { type Hover, type HoverParams, MarkupKind } from 'vscode-languageserver';
import { hoverAt, stillReading } from '../questions/hover.ts';
import { toMarkdown } from '../questions/markdown.ts';
import { toText } from '../questions/text.ts';
import { type Context, spotAt } from './context.ts';
import { linksFor } from './links.ts';
import { locationOf, rangeOf } from './positions.ts';

/** What there is to tell about a position. */
export function hover(context: Context, { textDocument: { uri }, position }: HoverParams): Hover | null {
  const found = spotAt(context, uri, position);
  const told = found && hoverAt(found.world.cluster, found.spot);
  if (!found || !told) return null;
  const { snapshot, spot } = found;
  const { markdown } = context.client;
  // Half of the manifests make another network than all of them.
  const doc = context.session.isLoaded ? told.doc : [stillReading(), ...told.doc];
  const value = markdown ? toMarkdown(doc, linksFor(snapshot, context.client, uri)) : toText(doc, () => '');
  return {
    contents: { kind: markdown ? MarkupKind.Markdown : MarkupKind.PlainText, value },
    range: told.place ? locationOf(snapshot, told.place).range : rangeOf(snapshot, uri, spot.span),
  };
}
