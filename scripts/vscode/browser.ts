// The browser that shows the workbench to a test: one that is installed, or else one from the npm registry.

import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { installChromium } from './install.ts';

// Without these a browser on a machine without a network spends its time on look-ups that are refused.
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts a headless browser. */
export async function launchBrowser(): Promise<Browser> {
  const installed = installedBrowser();
  return installed ? await launch(installed) : await launchDownloaded();
}

/** The first installed browser of those that Playwright can drive. */
function installedBrowser(): string | undefined {
  return [process.env.CHROME_PATH, ...(wellKnown[process.platform] ?? [])].find((file) => file && existsSync(file));
}

const wellKnown: Partial<Record<NodeJS.Platform, string[]>> = {
  linux: [
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/opt/google/chrome/chrome',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/snap/bin/chromium',
    '/usr/bin/microsoft-edge',
    '/opt/microsoft/msedge/msedge',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((variable) => {
    const root = process.env[variable];
    if (!root) return [];
    return [`${root}\\Google\\Chrome\\Application\\chrome.exe`, `${root}\\Microsoft\\Edge\\Application\\msedge.exe`];
  }),
};

async function launchDownloaded(): Promise<Browser> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No Chrome, Chromium or Edge was found. Install one, or name one in the variable CHROME_PATH.');
  }
  const folder = await installChromium(unpackChromium);
  const executable = path.join(folder, 'unpacked', 'chromium');
  const env = { FONTCONFIG_FILE: path.join(folder, 'unpacked', fontConfiguration) };
  try {
    return await launch(executable, env);
  } catch (error) {
    if (!String(error).includes('shared libraries')) throw error;
    // A bare machine lacks NSS and its like; the package carries them for such a case.
    return await launch(executable, { ...env, LD_LIBRARY_PATH: path.join(folder, 'unpacked', 'al2023', 'lib') });
  }
}

async function launch(executablePath: string, env: Record<string, string> = {}): Promise<Browser> {
  return await chromium.launch({ executablePath, args: quiet, env: { ...definedEnvironment(), ...env } });
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] != null));
}

const fontConfiguration = 'with-own-fonts.conf';

// A bare machine has no font at all, and pages would show no text: the package's own stand behind the machine's.
const fonts = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

type ChromiumPackage = { default: { executablePath(): Promise<string> }; inflate(file: string): Promise<string> };

/** The package unpacks into the system's temporary folder, where an older or half-made copy may lie: give it its own. */
async function unpackChromium(packageFolder: string, staging: string): Promise<void> {
  const unpacked = path.join(staging, 'unpacked');
  await mkdir(unpacked);
  const before = process.env.TMPDIR;
  process.env.TMPDIR = unpacked;
  try {
    const entry = pathToFileURL(path.join(packageFolder, 'build', 'index.js')).href;
    const { default: chromium, inflate } = (await import(entry)) as ChromiumPackage;
    await chromium.executablePath();
    await inflate(path.join(packageFolder, 'bin', 'al2023.tar.br'));
    await writeFile(path.join(unpacked, fontConfiguration), fonts);
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}
