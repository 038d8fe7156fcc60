import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { nodeFiles } from './files.node.ts';
import { textOf } from './guard.ts';
import { startServer } from './server.ts';

const connection = createConnection(ProposedFeatures.all);
// Whatever went wrong, the next request may be answered.
process.on('uncaughtException', (error) => connection.console.error(textOf(error)));
process.on('unhandledRejection', (error) => connection.console.error(textOf(error)));
startServer(connection, { files: nodeFiles });
