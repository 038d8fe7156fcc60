// `npm start [-- FOLDER]`: Podwire in a VS Code of its own, server and browser workbench, with nothing but the npm
// registry needed the first time and nothing at all after that.

import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildBundles } from './bundles.ts';
import { downloads, repository } from './paths.ts';
import { startServer } from './vscode/server.ts';
import { workbenchAddress } from './vscode/workbench.ts';

const usage = `npm start [-- [FOLDER] [--port PORT] [--no-open]]

  FOLDER       the folder to open; examples/shop where none is given
  --port       the port to serve on; a free one where none is given
  --no-open    only print the address (also: PODWIRE_NO_OPEN=1)`;

try {
  await start();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function start(): Promise<void> {
  const { folder, port, open, help } = readArguments();
  if (help) return console.log(usage);
  await buildBundles({ write: true });
  const server = await startServer({ dataFolder: path.join(downloads, 'start'), ...(port && { port }) });
  const address = workbenchAddress(server.authority, { folder, extensions: [repository] });
  console.log(`\nPodwire runs in VS Code on ${folder}\n\n  ${address}\n\nCtrl-C ends it.`);
  if (open) openInBrowser(address);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => server.stop());
  await server.ended;
}

type Arguments = { folder: string; port: number | undefined; open: boolean; help: boolean };

function readArguments(): Arguments {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      port: { type: 'string' },
      'no-open': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return {
    folder: existingFolder(positionals[0]),
    port: values.port === undefined ? undefined : portNumber(values.port),
    open: !values['no-open'] && !process.env.PODWIRE_NO_OPEN,
    help: values.help,
  };
}

/** npm runs scripts at the root of the checkout, and keeps where the person stood in INIT_CWD. */
function existingFolder(given: string | undefined): string {
  const folder =
    given === undefined
      ? path.join(repository, 'examples', 'shop')
      : path.resolve(process.env.INIT_CWD ?? process.cwd(), given);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw new Error(`There is no folder ${folder}.`);
  return folder;
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error(`${text} is not a port.`);
  return port;
}

/** Opens the person's browser; on a machine without a screen there is none. */
function openInBrowser(address: string): void {
  const opener = browserOpener(address);
  if (!opener) return;
  const [program, ...args] = opener;
  // A machine may lack the program; the address is on the screen anyway.
  spawn(program, args, { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}

function browserOpener(address: string): [string, ...string[]] | undefined {
  if (process.platform === 'darwin') return ['open', address];
  if (process.platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', address];
  return process.env.DISPLAY || process.env.WAYLAND_DISPLAY ? ['xdg-open', address] : undefined;
}
