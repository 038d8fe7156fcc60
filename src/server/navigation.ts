import type { Location, TextDocumentPositionParams } from 'vscode-languageserver';
import type { Cluster } from '../cluster/cluster.ts';
import type { Spot } from '../manifests/file.ts';
import type { Place } from '../manifests/manifest.ts';
import { definitionsAt, referencesAt } from '../questions/navigation.ts';
import { type Context, spotAt } from './context.ts';
import { locationOf } from './positions.ts';

/** What the position refers to. */
export function definition(context: Context, params: TextDocumentPositionParams): Location[] | null {
  return places(context, params, definitionsAt);
}

/** What refers to the position. */
export function references(context: Context, params: TextDocumentPositionParams): Location[] | null {
  return places(context, params, referencesAt);
}

function places(
  context: Context,
  { textDocument: { uri }, position }: TextDocumentPositionParams,
  find: (cluster: Cluster, spot: Spot) => readonly Place[],
): Location[] | null {
  const found = spotAt(context, uri, position);
  return found ? find(found.world.cluster, found.spot).map((place) => locationOf(found.snapshot, place)) : null;
}
