import * as vscode from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import { Answers } from './answers.ts';
import { registerCommands } from './commands.ts';
import { followCursor } from './cursor.ts';
import { serveFiles } from './files.ts';
import { followManifests } from './manifest-context.ts';
import { clientOptions } from './options.ts';
import { Progress } from './progress.ts';
import { Server } from './server.ts';
import { showStatus } from './status-bar.ts';
import { TopologyPanels } from './topology-panels.ts';

let server: Server | undefined;

/** What desktop and browser have in common; they differ in how the server is started. */
export function activateClient(
  context: vscode.ExtensionContext,
  create: (options: LanguageClientOptions) => BaseLanguageClient,
): void {
  const output = vscode.window.createOutputChannel('Podwire', { log: true });
  const client = create(clientOptions(output));
  server = new Server(client, output);
  const progress = new Progress(client);
  const panels = new TopologyPanels(context.extensionUri, server, progress, context.workspaceState);
  context.subscriptions.push(
    output,
    progress,
    panels,
    followManifests(),
    serveFiles(client),
    showStatus(progress),
    followCursor(server, panels),
    new Answers(server),
    ...registerCommands(server, panels, output, context.workspaceState),
  );
  // Not waited for: a panel that VS Code restores asks for its page before the server has read anything.
  void server.start();
}

/** Ends the server. */
export async function deactivateClient(): Promise<void> {
  await server?.stop();
  server = undefined;
}
