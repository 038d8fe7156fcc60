import * as vscode from 'vscode';
import { askedOf } from './answers.ts';
import { object, string } from './guard.ts';
import { isManifest } from './options.ts';
import { type Asking, canReach, resolveName } from './questions.ts';
import type { Server } from './server.ts';
import type { TopologyPanels } from './topology-panels.ts';
import { tracePacket } from './trace.ts';

/** What a CodeLens or a link in a hover passes: a node to show, and a document of its cluster. */
const isTarget = object({}, { uri: string, id: string });

/** Registers the commands of the palette, the editor's title and the links. */
export function registerCommands(
  server: Server,
  panels: TopologyPanels,
  output: vscode.LogOutputChannel,
  memory: vscode.Memento,
): vscode.Disposable[] {
  const asking = (): Asking => {
    const uri = activeManifest();
    return { server, memory, ...(uri !== undefined && { uri }) };
  };
  return [
    vscode.commands.registerCommand('podwire.showTopology', (argument?: unknown) => showTopology(panels, argument)),
    vscode.commands.registerCommand('podwire.trace', (argument?: unknown) => tracePacket(asking(), argument)),
    vscode.commands.registerCommand('podwire.canReach', () => canReach(asking())),
    vscode.commands.registerCommand('podwire.resolve', () => resolveName(asking())),
    vscode.commands.registerCommand('podwire.showOutput', () => output.show()),
    vscode.commands.registerCommand('podwire.restartServer', () => server.restart()),
  ];
}

/** The editor's title passes the document's URI, other callers a target, the palette nothing. */
async function showTopology(panels: TopologyPanels, argument: unknown): Promise<void> {
  if (argument instanceof vscode.Uri) return panels.show(argument.toString(), undefined);
  const target = isTarget(argument) ? argument : {};
  panels.show(target.uri ?? activeManifest(), target.id);
}

/** The manifest in the active editor, or the one that the answer there is about. */
function activeManifest(): string | undefined {
  const document = vscode.window.activeTextEditor?.document;
  if (!document) return undefined;
  return isManifest(document) ? document.uri.toString() : askedOf(document);
}
