import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { nodeFiles } from './files.node.ts';
import { startServer } from './server.ts';

/** Serves a client over streams: `podwire lsp` on standard input and output. Ends with the client's `exit`. */
export function serveStdio(input: NodeJS.ReadableStream, output: NodeJS.WritableStream): Promise<void> {
  const connection = createConnection(ProposedFeatures.all, input, output);
  startServer(connection, { files: nodeFiles });
  return new Promise((resolve) => connection.onExit(resolve));
}
