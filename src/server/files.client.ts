import type { Connection } from 'vscode-languageserver';
import { URI, Utils } from 'vscode-uri';
import type { FileSystem } from '../manifests/files.ts';
import * as protocol from './protocol.ts';

/** The files as the client sees them: for the browser, and for folders that are on no disk. */
export function clientFiles(connection: Connection): FileSystem {
  const ask = async <T>(method: string, uri: string): Promise<T> => {
    const params: protocol.FileParams = { uri };
    const answer: T | null = await connection.sendRequest(method, params);
    if (answer === null) throw new Error(`${uri} is not there`);
    return answer;
  };
  return {
    async readDirectory(uri) {
      const entries = await ask<protocol.DirectoryEntry[]>(protocol.readDirectoryRequest, uri);
      const folder = URI.parse(uri);
      return entries.map(({ name, kind, link }) => {
        return { name, uri: Utils.joinPath(folder, name).toString(), type: link ? 'link' : typeOf(kind) } as const;
      });
    },
    async readFile(uri) {
      return bytesOf(await ask<string>(protocol.readFileRequest, uri));
    },
    async stat(uri) {
      const { kind, size } = await ask<protocol.FileStat>(protocol.statRequest, uri);
      return { type: typeOf(kind), size };
    },
  };
}

function typeOf(kind: 'file' | 'folder') {
  return kind === 'folder' ? 'directory' : 'file';
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
