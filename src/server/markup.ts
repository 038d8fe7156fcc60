import { type MarkupContent, MarkupKind } from 'vscode-languageserver';
import type { Snapshot } from '../manifests/workspace.ts';
import type { Doc } from '../questions/doc.ts';
import { toMarkdown } from '../questions/markdown.ts';
import { toText } from '../questions/text.ts';
import type { Client } from './context.ts';
import { linksFor } from './links.ts';

/** An answer as the client shows it beside the document at `uri`: as Markdown with links, where it can. */
export function markupOf(snapshot: Snapshot, client: Client, uri: string, doc: Doc): MarkupContent {
  if (!client.markdown) return { kind: MarkupKind.PlainText, value: toText(doc, () => '') };
  return { kind: MarkupKind.Markdown, value: toMarkdown(doc, linksFor(snapshot, client, uri)) };
}
