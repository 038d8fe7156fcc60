#!/usr/bin/env node
// A stand-in for the `code` executable: it takes the arguments that `runTests` of @vscode/test-electron gives to a
// desktop VS Code, and runs the same suite in a VS Code server with a headless browser as its window. So one suite and one
// call serve both, and the tests need nothing but the npm registry.
//
//   executable.ts --extensionDevelopmentPath=PATH… --extensionTestsPath=PATH FOLDER
//
// The exit status is the suite's. PODWIRE_VSCODE_LOG=1 shows all that VS Code logs; PODWIRE_SERVER_DATA names the
// server's data folder, which is made for the run otherwise; PODWIRE_CONTROL_PORT is where control.ts listens.

import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, ConsoleMessage, Page } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { startControl } from './control.ts';
import { startServer, type VSCodeServer } from './server.ts';
import { suiteMark } from './suite-lines.ts';
import { type Workbench, workbenchAddress } from './workbench.ts';

const suiteTimeout = 20 * 60_000;

/** A log binding that stays uncompiled, and an extension gallery that the machine may not reach. */
const expectedErrors = /spdlog|gallery|ENOTFOUND/i;

process.exitCode = await main();

async function main(): Promise<number> {
  const workbench = workbenchFrom(process.argv.slice(2));
  const made: { page?: Page; browser?: Browser; server?: VSCodeServer; control?: Server } = {};
  const dataFolder = process.env.PODWIRE_SERVER_DATA ?? (await mkdtemp(path.join(os.tmpdir(), 'podwire-vscode-')));
  const interrupted = new Promise<number>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(130));
  });
  try {
    made.control = await startControl(Number(process.env.PODWIRE_CONTROL_PORT ?? 0), () => made.page);
    made.server = await startServer({ dataFolder });
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
  const errors = await passOnSuiteLines(page);
  const [code] = await Promise.all([suiteExit(page), page.goto(address)]);
  // A suite that failed to load has printed nothing that would say why.
  if (code !== 0)
    for (const error of errors.slice(-5)) process.stdout.write(`VS Code logged: ${error.slice(0, 1000)}\n`);
  for (const violation of violations) process.stdout.write(`A page broke its security policy: ${violation}\n`);
  return violations.size > 0 ? code || 1 : code;
}

/** The suite's exit status, once VS Code tells the page; an error where that will not come. */
async function suiteExit(page: Page): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  page.once('close', () => reject(new Error('The window was closed before the suite ended.')));
  page.once('crash', () => reject(new Error('The window crashed.')));
  const timer = setTimeout(() => reject(new Error('The suite did not end in twenty minutes.')), suiteTimeout);
  await page.exposeFunction('codeAutomationExit', (code: number) => resolve(code));
  return await promise.finally(() => clearTimeout(timer));
}

/** Prints the suite's lines out of all that VS Code logs, and collects the errors among the rest. */
async function passOnSuiteLines(page: Page): Promise<string[]> {
  const errors: string[] = [];
  await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
    const text = args.map(String).join(' ');
    const start = text.indexOf(suiteMark);
    if (process.env.PODWIRE_VSCODE_LOG) process.stdout.write(`${text}\n`);
    else if (start >= 0) process.stdout.write(`${text.slice(start + suiteMark.length)}\n`);
    if (start < 0 && type === 'error' && !expectedErrors.test(text)) errors.push(text);
  });
  return errors;
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
