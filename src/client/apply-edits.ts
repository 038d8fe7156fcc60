import * as vscode from 'vscode';
import type { FileEdit, MadeFile } from '../server/protocol.ts';

/** What is to be written: into texts that there are, and into files that are made. */
export interface Change {
  readonly edits: readonly FileEdit[];
  readonly files: readonly MadeFile[];
}

/** The versions of the open documents at a time, by their URIs. */
export type Versions = ReadonlyMap<string, number>;

export function versionsOfNow(): Versions {
  return new Map(vscode.workspace.textDocuments.map(({ uri, version }) => [uri.toString(), version]));
}

/**
 * Writes what was worked out for the texts of a time, as one step to undo, and saves nothing. False where one of the texts
 * is another one by now, for the places of the edits would not be what they were, or is gone, and where a file is there that
 * was to be made.
 */
export async function applyEdits({ edits, files }: Change, versions: Versions): Promise<boolean> {
  if (edits.length + files.length === 0) return false;
  const change = new vscode.WorkspaceEdit();
  for (const { uri, range, text } of edits) {
    const { start, end } = range;
    const span = new vscode.Range(start.line, start.character, end.line, end.character);
    change.replace(vscode.Uri.parse(uri, true), span, text);
  }
  const documents = await openAll(change.entries().map(([uri]) => uri));
  for (const { uri, text } of files) {
    const made = vscode.Uri.parse(uri, true);
    change.createFile(made, { overwrite: false, ignoreIfExists: false });
    change.insert(made, new vscode.Position(0, 0), text);
  }
  const isTaken = await Promise.all(files.map(({ uri }) => isThere(vscode.Uri.parse(uri, true))));
  if (isTaken.includes(true) || !documents?.every((document) => isSame(document, versions))) return false;
  return vscode.workspace.applyEdit(change);
}

/** The documents; undefined where one cannot be opened, as it is gone or cannot be read any more. */
async function openAll(uris: readonly vscode.Uri[]): Promise<readonly vscode.TextDocument[] | undefined> {
  try {
    return await Promise.all(uris.map((uri) => vscode.workspace.openTextDocument(uri)));
  } catch {
    return undefined;
  }
}

function isSame(document: vscode.TextDocument, versions: Versions): boolean {
  const before = versions.get(document.uri.toString());
  return before === undefined ? !document.isDirty : before === document.version;
}

async function isThere(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
