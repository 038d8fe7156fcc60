import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { installVSCode } from './install.ts';

/** A VS Code server that is ready to show its workbench. */
export type VSCodeServer = {
  /** Such as `127.0.0.1:41952`. */
  authority: string;
  /** Resolves when the server ends, whoever ended it. */
  ended: Promise<void>;
  stop(): Promise<void>;
};

export type ServerOptions = {
  /** Where the server keeps its settings, logs and installed extensions. */
  dataFolder: string;
  /** A free one is taken where none is given. */
  port?: number;
};

/** Starts a VS Code server and waits until it serves. */
export async function startServer({ dataFolder, port }: ServerOptions): Promise<VSCodeServer> {
  const root = await installVSCode();
  const wanted = await freePort(port ?? 0);
  await writeMachineSettings(dataFolder);
  const child = spawn(
    process.execPath,
    [path.join(root, 'out', 'server-main.js'), ...serverArguments(wanted, dataFolder)],
    {
      // A group of its own, so that stopping it takes the extension hosts along.
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  await ready(child);
  return { authority: `127.0.0.1:${wanted}`, ended, stop: () => stop(child, ended) };
}

/** Runs the server's own command line to its end, such as to install an extension; answers what it printed. */
export async function runServerCommand(dataFolder: string, args: string[]): Promise<string> {
  const root = await installVSCode();
  const options = ['--server-data-dir', dataFolder, '--accept-server-license-terms', '--telemetry-level', 'off'];
  const child = spawn(process.execPath, [path.join(root, 'out', 'server-main.js'), ...options, ...args]);
  const output = collect(child);
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`The VS Code server failed: ${args.join(' ')}\n${output.text}`);
  return output.text;
}

function serverArguments(port: number, dataFolder: string): string[] {
  return [
    ...['--host', '127.0.0.1', '--port', String(port), '--without-connection-token'],
    ...['--accept-server-license-terms', '--telemetry-level', 'off', '--disable-workspace-trust'],
    // A built VS Code takes an extension under development from the page's address with this switch only.
    '--enable-smoke-test-driver',
    ...['--server-data-dir', dataFolder],
  ];
}

/** What every window of this server starts with; a folder's own settings and the person's go before. */
async function writeMachineSettings(dataFolder: string): Promise<void> {
  const folder = path.join(dataFolder, 'data', 'Machine');
  const settings = {
    'workbench.startupEditor': 'none',
    'workbench.secondarySideBar.defaultVisibility': 'hidden',
    'chat.disableAIFeatures': true,
  };
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'settings.json'), `${JSON.stringify(settings, null, 2)}\n`);
}

async function ready(child: ChildProcess): Promise<void> {
  const output = collect(child);
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', () => output.text.includes('Web UI available at') && resolve());
    child.once('error', reject);
    child.once('close', (code) => reject(new Error(`The VS Code server ended with ${code}.\n${output.text}`)));
  });
}

function collect(child: ChildProcess): { text: string } {
  const output = { text: '' };
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (data) => {
      output.text = (output.text + data).slice(-20_000);
    });
  }
  return output;
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  signalGroup(child, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), 5_000);
  await ended;
  clearTimeout(timer);
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  if (process.platform === 'win32') spawn('taskkill', ['/pid', String(child.pid), '/T', '/F']);
  else process.kill(-child.pid, signal);
}

/** The port itself where nothing listens on it at the moment; 0 asks for any such port. */
export async function freePort(wanted: number): Promise<number> {
  const probe = createServer();
  const listening = new Promise<void>((resolve, reject) => {
    probe.once('error', reject).listen(wanted, '127.0.0.1', resolve);
  });
  await listening.catch((error) => {
    throw new Error(`Port ${wanted} cannot be used: ${error.code === 'EADDRINUSE' ? 'it is taken' : error.message}.`);
  });
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No free port was found.');
  return address.port;
}
