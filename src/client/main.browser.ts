import * as vscode from 'vscode';
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  LanguageClient,
  type MessageTransports,
} from 'vscode-languageclient/browser';
import { activateClient, deactivateClient } from './extension.ts';

/** Called by VS Code in the browser when Podwire is first needed. */
export function activate(context: vscode.ExtensionContext): void {
  const script = vscode.Uri.joinPath(context.extensionUri, 'dist', 'server.browser.js');
  activateClient(context, (options) => {
    // A function, not a worker: after a crash the client asks for another one.
    const start = () => startWorker(script);
    return new LanguageClient('podwire', 'Podwire', start, options);
  });
}

/**
 * A worker's script must come from where the host itself does, which an extension need not; its text can always be read.
 * The URL stays: VS Code loads it from a worker of its own, at a time that it does not tell.
 */
async function startWorker(script: vscode.Uri): Promise<MessageTransports> {
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(script));
  const worker = new Worker(URL.createObjectURL(new Blob([text], { type: 'text/javascript' })));
  // VS Code puts a `Worker` of its own in the place of the browser's, so the client would not know it for one.
  return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
}

/** Called by VS Code before it ends the extension. */
export async function deactivate(): Promise<void> {
  await deactivateClient();
}
