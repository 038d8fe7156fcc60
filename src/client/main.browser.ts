import * as vscode from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import { activateClient, deactivateClient } from './extension.ts';

/** Called by VS Code in the browser when Podwire is first needed. */
export function activate(context: vscode.ExtensionContext): void {
  const script = vscode.Uri.joinPath(context.extensionUri, 'dist', 'server.browser.js').toString(true);
  activateClient(context, (options) => {
    // A function, not a worker: after a crash the client asks for another one.
    const start = async () => new Worker(script);
    return new LanguageClient('podwire', 'Podwire', start, options);
  });
}

/** Called by VS Code before it ends the extension. */
export async function deactivate(): Promise<void> {
  await deactivateClient();
}
