import * as vscode from 'vscode';
import { isManifest } from './options.ts';

const pause = 400;
const longest = 200_000;

/** Whether a text has what every manifest has. A cheap look: the button in the title bar hangs on it, nothing else. */
export function looksLikeManifest(text: string): boolean {
  const start = text.slice(0, longest);
  return /^[\s-]*["']?apiVersion["']?\s*:/m.test(start) && /^[\s-]*["']?kind["']?\s*:/m.test(start);
}

/** Keeps the context key `podwire.manifest` true while the active editor shows a manifest. */
export function followManifests(): vscode.Disposable {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const update = () => {
    const document = vscode.window.activeTextEditor?.document;
    const is = document !== undefined && isManifest(document) && looksLikeManifest(document.getText());
    void vscode.commands.executeCommand('setContext', 'podwire.manifest', is);
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(update, pause);
  };
  update();
  return vscode.Disposable.from(
    vscode.window.onDidChangeActiveTextEditor(update),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document === vscode.window.activeTextEditor?.document) soon();
    }),
    new vscode.Disposable(() => clearTimeout(timer)),
  );
}
