import {
  type ClientCapabilities,
  type Connection,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type FileEvent as ProtocolEvent,
  WatchKind,
} from 'vscode-languageserver';
import { canonical } from './documents.ts';
import type { FileEvent } from './session.ts';

/** Files that hold manifests or say something about those around them, in any of their states. */
const files = ['**/*.{yaml,yml,json}', '**/Kustomization', '**/.gitignore'];

/**
 * Asks the client to watch. Of anything else it is told whether it came or went: it may be a folder, and what was in it
 * is not told one by one.
 */
export async function watchFiles(connection: Connection, capabilities: ClientCapabilities): Promise<void> {
  if (!capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration) return;
  const watchers = [
    ...files.map((globPattern) => ({ globPattern })),
    { globPattern: '**/*', kind: WatchKind.Create | WatchKind.Delete },
  ];
  await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
}

const types = {
  [FileChangeType.Created]: 'created',
  [FileChangeType.Changed]: 'changed',
  [FileChangeType.Deleted]: 'deleted',
} as const;

/** What a watcher saw, in the session's terms. */
export function eventOf({ uri, type }: ProtocolEvent): FileEvent {
  return { uri: canonical(uri), type: types[type] };
}
