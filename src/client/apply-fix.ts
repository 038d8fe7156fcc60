import * as vscode from 'vscode';
import type { FileEdit } from '../server/protocol.ts';

/** The versions of the open documents at a time, by their URIs. */
export type Versions = ReadonlyMap<string, number>;

export function versionsOfNow(): Versions {
  return new Map(vscode.workspace.textDocuments.map(({ uri, version }) => [uri.toString(), version]));
}

/**
 * Writes edits that were worked out for the texts of a time, as one step to undo, and saves nothing. False where one of
 * the texts is another one by now: the places of the edits would not be what they were.
 */
export async function applyFix(edits: readonly FileEdit[], versions: Versions): Promise<boolean> {
  const change = new vscode.WorkspaceEdit();
  for (const { uri, range, text } of edits) {
    const { start, end } = range;
    const span = new vscode.Range(start.line, start.character, end.line, end.character);
    change.replace(vscode.Uri.parse(uri, true), span, text);
  }
  const documents = await Promise.all(change.entries().map(([uri]) => vscode.workspace.openTextDocument(uri)));
  const isSame = documents.every((document) => {
    const before = versions.get(document.uri.toString());
    return before === undefined ? !document.isDirty : before === document.version;
  });
  return edits.length > 0 && isSame && (await vscode.workspace.applyEdit(change));
}
