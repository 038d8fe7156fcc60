import * as vscode from 'vscode';
import { isManifest } from './options.ts';
import type { Server } from './server.ts';
import type { TopologyPanels } from './topology-panels.ts';

const pause = 120;

/** Lets the picture follow the cursor: the node that is written where the cursor stands gets picked. */
export function followCursor(server: Server, panels: TopologyPanels): vscode.Disposable {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked: vscode.CancellationTokenSource | undefined;

  const follow = async (editor: vscode.TextEditor, after: number) => {
    asked?.cancel();
    asked = new vscode.CancellationTokenSource();
    const { token } = asked;
    const uri = editor.document.uri.toString();
    const { line, character } = editor.selection.active;
    await panels.showClusterOf(uri);
    const id = await server.nodeAt({ uri, position: { line, character } }, token);
    if (!token.isCancellationRequested && id !== undefined) panels.select(uri, id, after);
  };

  const soon = (editor: vscode.TextEditor | undefined) => {
    clearTimeout(timer);
    if (!editor || !panels.isOpen || !isManifest(editor.document) || panels.isOwnReveal(editor)) return;
    const after = panels.ledToText;
    timer = setTimeout(() => void follow(editor, after), pause);
  };

  return vscode.Disposable.from(
    vscode.window.onDidChangeTextEditorSelection((event) => soon(event.textEditor)),
    vscode.window.onDidChangeActiveTextEditor(soon),
    new vscode.Disposable(() => clearTimeout(timer)),
  );
}
