import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  type DirectoryEntry,
  type FileParams,
  type FileStat,
  readDirectoryRequest,
  readFileRequest,
  statRequest,
} from '../server/protocol.ts';

/**
 * Lets the server read through VS Code's file systems, for folders that are not on its disk. Only what lies in the
 * workspace folders is read.
 */
export function serveFiles(client: BaseLanguageClient): vscode.Disposable {
  return vscode.Disposable.from(
    client.onRequest(readDirectoryRequest, ({ uri }: FileParams) => within(uri, readDirectory)),
    client.onRequest(readFileRequest, ({ uri }: FileParams) => within(uri, readFile)),
    client.onRequest(statRequest, ({ uri }: FileParams) => within(uri, stat)),
  );
}

async function within<T>(text: string, read: (uri: vscode.Uri) => Promise<T>): Promise<T | null> {
  const uri = vscode.Uri.parse(text, true);
  // A path with dots in it could name something outside of the folder that it begins with.
  if (/(^|\/)\.\.(\/|$)/.test(uri.path) || !vscode.workspace.getWorkspaceFolder(uri)) return null;
  try {
    return await read(uri);
  } catch (error) {
    if (error instanceof vscode.FileSystemError) return null;
    throw error;
  }
}

async function readDirectory(uri: vscode.Uri): Promise<DirectoryEntry[]> {
  const entries = await vscode.workspace.fs.readDirectory(uri);
  return entries.flatMap(([name, type]) => {
    const kind = kindOf(type);
    return kind ? [{ name, kind, link: (type & vscode.FileType.SymbolicLink) !== 0 }] : [];
  });
}

async function readFile(uri: vscode.Uri): Promise<string> {
  return base64(await vscode.workspace.fs.readFile(uri));
}

async function stat(uri: vscode.Uri): Promise<FileStat | null> {
  const { type, size, mtime } = await vscode.workspace.fs.stat(uri);
  const kind = kindOf(type);
  return kind ? { kind, size, mtime } : null;
}

function kindOf(type: vscode.FileType): 'file' | 'folder' | undefined {
  if (type & vscode.FileType.Directory) return 'folder';
  return type & vscode.FileType.File ? 'file' : undefined;
}

/** In pieces: a call takes only so many arguments. */
function base64(bytes: Uint8Array): string {
  let binary = '';
  const piece = 0x8000;
  for (let at = 0; at < bytes.length; at += piece) binary += String.fromCharCode(...bytes.subarray(at, at + piece));
  return btoa(binary);
}
