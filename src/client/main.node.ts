import * as vscode from 'vscode';

/** Called by VS Code on the desktop and on a remote machine when Podwire is first needed. */
export function activate(context: vscode.ExtensionContext): void {
  context.subscriptions.push(vscode.commands.registerCommand('podwire.showTopology', () => undefined));
}
