import type { Place } from '../manifests/manifest.ts';
import { spanOf } from '../manifests/manifest.ts';
import type { Snapshot } from '../manifests/workspace.ts';
import type { Action } from '../questions/doc.ts';
import type { MarkdownOptions } from '../questions/markdown.ts';
import type { Client } from './context.ts';
import type { ShowTopology, TracePacket } from './protocol.ts';

/** The addresses behind the links of a hover in the document at `uri`. */
export function linksFor(snapshot: Snapshot, client: Client, uri: string): MarkdownOptions {
  return {
    href: (place) => hrefOf(snapshot, client, place),
    command: (action) => commandOf(client, uri, action),
  };
}

/** Where a place is written, as editors open a link: the file at a line and a column. */
export function targetOf(snapshot: Snapshot, place: Place): string {
  const { uri } = place.manifest;
  const position = snapshot.file(uri)?.positionAt(spanOf(place).start);
  return position ? `${uri}#L${position.line + 1},${position.character + 1}` : uri;
}

/** In a hover VS Code opens links to files; to what lies elsewhere its own command leads. */
function hrefOf(snapshot: Snapshot, client: Client, place: Place): string | undefined {
  const target = targetOf(snapshot, place);
  if (place.manifest.uri.startsWith('file:')) return target;
  return client.commands.has('vscode.open') ? commandUri('vscode.open', [target]) : undefined;
}

function commandOf(client: Client, uri: string, action: Action): string | undefined {
  const [command, argument] = invocationOf(uri, action);
  return client.commands.has(command) ? commandUri(command, [argument]) : undefined;
}

function invocationOf(uri: string, action: Action): readonly [string, ShowTopology | TracePacket] {
  if (action.type === 'topology') return ['podwire.showTopology', { uri, id: action.id }];
  const { from, to } = action;
  return ['podwire.trace', { uri, to, ...(from !== undefined && { from }) }];
}

function commandUri(command: string, args: readonly unknown[]): string {
  return `command:${command}?${encodeURIComponent(JSON.stringify(args))}`;
}
