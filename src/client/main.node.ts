import * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { activateClient, deactivateClient } from './extension.ts';

/** Called by VS Code on the desktop and on a remote machine when Podwire is first needed. */
export function activate(context: vscode.ExtensionContext): void {
  const module = vscode.Uri.joinPath(context.extensionUri, 'dist', 'server.js').fsPath;
  activateClient(context, (options) => {
    const run = { module, transport: TransportKind.ipc };
    const debug = { ...run, options: { execArgv: ['--nolazy', '--inspect=6029'] } };
    return new LanguageClient('podwire', 'Podwire', { run, debug }, options);
  });
}

/** Called by VS Code before it ends the extension. */
export async function deactivate(): Promise<void> {
  await deactivateClient();
}
