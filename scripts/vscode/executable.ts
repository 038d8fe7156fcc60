#!/usr/bin/env node
// A stand-in for the `code` executable: it takes the arguments that `runTests` of @vscode/test-electron gives to a
// desktop VS Code, and runs the same suite in a VS Code server with a headless browser as its window. So one suite and one
// call serve both, and the tests need nothing but the npm registry.
//
//   executable.ts --extensionDevelopmentPath=PATH… --extensionTestsPath=PATH FOLDER
//
// The exit status is the suite's. The server's data folder comes from PODWIRE_SERVER_DATA, or is made for the run.

import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, ConsoleMessage, Page } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { type Control, startControl } from './control.ts';
import { startServer, type VSCodeServer } from './server.ts';
import { suiteMark } from './suite-lines.ts';
import { type Workbench, workbenchAddress } from './workbench.ts';

const suiteTimeout = 10 * 60_000;

process.exitCode = await main();

async function main(): Promise<number> {
  const workbench = workbenchFrom(process.argv.slice(2));
  const made: { page?: Page; browser?: Browser; server?: VSCodeServer; control?: Control } = {};
  const dataFolder = process.env.PODWIRE_SERVER_DATA ?? (await mkdtemp(path.join(os.tmpdir(), 'podwire-vscode-')));
  const interrupted = new Promise<number>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(130));
  });
  try {
    made.control = await startControl(() => made.page);
    made.server = await startServer({ dataFolder, env: { PODWIRE_CONTROL: made.control.address } });
    made.browser = await launchBrowser();
    made.page = await made.browser.newPage({ viewport: { width: 1600, height: 1000 } });
    return await Promise.race([interrupted, runSuite(made.page, workbenchAddress(made.server.authority, workbench))]);
  } finally {
    await made.browser?.close();
    await made.server?.stop();
    made.control?.close();
    if (!process.env.PODWIRE_SERVER_DATA) await rm(dataFolder, { recursive: true, force: true, maxRetries: 3 });
  }
}

function workbenchFrom(argv: string[]): Workbench {
  const { values, positionals } = parseArgs({
    args: argv,
    strict: false,
    options: {
      extensionDevelopmentPath: { type: 'string', multiple: true },
      extensionTestsPath: { type: 'string' },
    },
  });
  const [folder] = positionals;
  if (!folder) throw new Error('No folder to open was given.');
  return {
    folder: path.resolve(folder),
    extensions: (values.extensionDevelopmentPath as string[] | undefined) ?? [],
    ...(values.extensionTestsPath && { tests: String(values.extensionTestsPath) }),
  };
}

/** Opens the window, passes on what the suite prints, and answers its exit status. */
async function runSuite(page: Page, address: string): Promise<number> {
  const violations = watchForPolicyViolations(page);
  const { promise: exit, resolve, reject } = Promise.withResolvers<number>();
  page.once('close', () => reject(new Error('The window was closed before the suite ended.')));
  page.once('crash', () => reject(new Error('The window crashed.')));
  await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => printSuiteLine(args));
  await page.exposeFunction('codeAutomationExit', (code: number) => resolve(code));
  const timer = setTimeout(() => reject(new Error('The suite did not end in ten minutes.')), suiteTimeout);
  try {
    await page.goto(address);
    const code = await exit;
    for (const violation of violations) process.stdout.write(`A page broke its security policy: ${violation}\n`);
    return violations.size > 0 ? code || 1 : code;
  } finally {
    clearTimeout(timer);
  }
}

function printSuiteLine(args: unknown[]): void {
  if (process.env.PODWIRE_VSCODE_LOG) process.stdout.write(`${args.map(String).join(' ')}\n`);
  const line = args.map(String).find((arg) => arg.includes(suiteMark));
  if (line !== undefined) process.stdout.write(`${line.slice(line.indexOf(suiteMark) + suiteMark.length)}\n`);
}

/** Podwire's pages promise a strict policy: a single report of a breach fails the run. */
function watchForPolicyViolations(page: Page): Set<string> {
  const violations = new Set<string>();
  page.on('console', (message: ConsoleMessage) => {
    const [page] = message.location().url.split('?');
    if (message.text().includes('Content Security Policy')) violations.add(`${message.text()} (${page})`);
  });
  return violations;
}
