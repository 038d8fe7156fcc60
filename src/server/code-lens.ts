import type { CodeLens, CodeLensParams } from 'vscode-languageserver';
import { type Lens, lensesOf } from '../questions/lenses.ts';
import { type Context, worldOf } from './context.ts';
import { locationOf } from './positions.ts';
import type { ShowTopology } from './protocol.ts';

/** The lenses over the objects of a document; what they say is worked out when they are seen. */
export function codeLenses(context: Context, { textDocument: { uri } }: CodeLensParams): CodeLens[] {
  const snapshot = context.session.snapshot();
  return lenses(context, uri).map(({ place, nodeId }) => {
    const { start } = locationOf(snapshot, place).range;
    const data: ShowTopology = { uri, id: nodeId };
    return { range: { start, end: start }, data };
  });
}

/** A lens with its words. Where the object is gone meanwhile, it says nothing. */
export function resolveCodeLens(context: Context, lens: CodeLens): CodeLens {
  const { uri, id } = lens.data as ShowTopology;
  const title =
    lenses(context, uri)
      .find(({ nodeId }) => nodeId === id)
      ?.title() ?? '';
  const command = context.client.commands.has('podwire.showTopology') ? 'podwire.showTopology' : '';
  return { ...lens, command: { title, command, arguments: [{ uri, id } satisfies ShowTopology] } };
}

function lenses(context: Context, uri: string): readonly Lens[] {
  const found = worldOf(context, uri);
  if (!found) return [];
  const { cluster, config } = found.world;
  return lensesOf(cluster, found.snapshot.file(uri)?.manifests ?? [], config.codeLens);
}
