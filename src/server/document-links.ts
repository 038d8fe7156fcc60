import type { DocumentLink, DocumentLinkParams } from 'vscode-languageserver';
import { nameLinks } from '../questions/name-links.ts';
import { type Context, worldOf } from './context.ts';
import { targetOf } from './links.ts';
import { locationOf } from './positions.ts';

/** The names in a document that lead to objects, as links to where these are written. */
export function documentLinks(context: Context, { textDocument: { uri } }: DocumentLinkParams): DocumentLink[] {
  const found = worldOf(context, uri);
  if (!found) return [];
  const { snapshot, world } = found;
  return nameLinks(world.cluster, uri).map(({ place, to, title }) => ({
    range: locationOf(snapshot, place).range,
    target: targetOf(snapshot, to),
    tooltip: title,
  }));
}
