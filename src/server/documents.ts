import { type Connection, TextDocumentSyncKind, TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';
import { textOf } from './guard.ts';
import type { Session } from './session.ts';

/** How documents are sent: the changes alone. */
export const documentSync = { openClose: true, change: TextDocumentSyncKind.Incremental } as const;

/** Keeps the session told of what is open in the editor. */
export function followDocuments(connection: Connection, session: Session): void {
  const documents = new TextDocuments(TextDocument);
  documents.onDidChangeContent(({ document }) => {
    guarded(connection, () => session.edit(canonical(document.uri), document.getText()));
  });
  documents.onDidClose(({ document }) => guarded(connection, () => session.close(canonical(document.uri))));
  documents.listen(connection);
}

/** Editors write the same URI in several ways; this one is VS Code's. */
export function canonical(uri: string): string {
  try {
    return URI.parse(uri).toString();
  } catch {
    return uri;
  }
}

function guarded(connection: Connection, handle: () => void): void {
  try {
    handle();
  } catch (error) {
    connection.console.error(`documents: ${textOf(error)}`);
  }
}
