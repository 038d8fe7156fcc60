import * as vscode from 'vscode';
import { type FileEdit, type MadeFile, printOf } from '../server/protocol.ts';

/** What is to be written: into texts that there are, and into files that are made. */
export interface Change {
  readonly edits: readonly FileEdit[];
  readonly files: readonly MadeFile[];
}

/**
 * Writes what was worked out, as one step to undo, and saves nothing. False where one of the texts is another one by now, for
 * the places of the edits would not be what they were, or is gone, and where a file is there that was to be made.
 */
export async function applyEdits({ edits, files }: Change): Promise<boolean> {
  if (edits.length + files.length === 0) return false;
  const change = new vscode.WorkspaceEdit();
  for (const { uri, range, text } of edits) {
    const { start, end } = range;
    const span = new vscode.Range(start.line, start.character, end.line, end.character);
    change.replace(vscode.Uri.parse(uri, true), span, text);
  }
  const texts = await textsOf(edits);
  for (const { uri, text } of files) {
    const made = vscode.Uri.parse(uri, true);
    change.createFile(made, { overwrite: false, ignoreIfExists: false });
    change.insert(made, new vscode.Position(0, 0), text);
  }
  const isTaken = await Promise.all(files.map(({ uri }) => isThere(vscode.Uri.parse(uri, true))));
  if (isTaken.includes(true) || !edits.every(({ uri, print }) => texts?.get(uri) === print)) return false;
  return vscode.workspace.applyEdit(change);
}

/** What tells the texts of now, by URI; undefined where one cannot be opened, as it is gone or cannot be read any more. */
async function textsOf(edits: readonly FileEdit[]): Promise<ReadonlyMap<string, number> | undefined> {
  try {
    const documents = [...new Set(edits.map(({ uri }) => uri))].map(async (uri) => {
      const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
      return [uri, printOf(document.getText())] as const;
    });
    return new Map(await Promise.all(documents));
  } catch {
    return undefined;
  }
}

async function isThere(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
