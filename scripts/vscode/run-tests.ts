// Runs one of the suites inside a real VS Code, by the one call that serves them all: `runTests` of
// @vscode/test-electron. Only which executable it starts differs, and with which extension.

import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { buildBundles } from '../bundles.ts';
import { repository } from '../paths.ts';
import { copyAsWebExtension, packageExtension } from '../vsix.ts';
import { freePort, runServerCommand } from './server.ts';
import { bundleSuites } from './suite-bundle.ts';

type TestOptions = Parameters<typeof runTests>[0];

const executable = path.join(import.meta.dirname, process.platform === 'win32' ? 'executable.cmd' : 'executable.ts');

const variants: Record<string, (temporary: string) => Promise<TestOptions>> = {
  server: async (temporary) => ({
    vscodeExecutablePath: executable,
    extensionDevelopmentPath: repository,
    extensionTestsPath: await bundleSuites('suite', 'node', path.join(temporary, 'suite.js')),
  }),
  desktop: async (temporary) => ({
    // Such as 1.100.0, the oldest that `engines.vscode` allows.
    version: process.env.PODWIRE_VSCODE_VERSION ?? 'stable',
    extensionDevelopmentPath: repository,
    extensionTestsPath: await bundleSuites('suite', 'node', path.join(temporary, 'suite.js')),
  }),
  web: async (temporary) => {
    const extension = path.join(temporary, 'web-extension');
    // VS Code runs a suite in the extension host of the extension that it lies in.
    const suite = path.join(extension, 'suite.js');
    await copyAsWebExtension(extension);
    await bundleSuites('web', 'browser', suite);
    return { vscodeExecutablePath: executable, extensionDevelopmentPath: extension, extensionTestsPath: suite };
  },
  vsix: async (temporary) => {
    const dataFolder = path.join(temporary, 'server-data');
    const { file } = await packageExtension(path.join(temporary, 'podwire.vsix'));
    await runServerCommand(dataFolder, ['--install-extension', file]);
    return {
      vscodeExecutablePath: executable,
      // VS Code runs a suite for an extension under development only: an empty one stands for it.
      extensionDevelopmentPath: path.join(repository, 'test', 'vscode', 'driver'),
      extensionTestsPath: await bundleSuites('vsix', 'node', path.join(temporary, 'suite.js')),
      extensionTestsEnv: { PODWIRE_SERVER_DATA: dataFolder },
    };
  },
};

const variant = variants[process.argv[2] ?? 'server'];
if (!variant) throw new Error(`There is no variant ${process.argv[2]}; there are ${Object.keys(variants)}.`);

const temporary = await mkdtemp(path.join(os.tmpdir(), 'podwire-tests-'));
try {
  await buildBundles({ write: true });
  const options = await variant(temporary);
  const port = options.vscodeExecutablePath ? await freePort(0) : undefined;
  const workspace = await copyWorkspace(temporary, port);
  const extensionTestsEnv = { ...options.extensionTestsEnv, ...(port && { PODWIRE_CONTROL_PORT: String(port) }) };
  await runTests({ ...options, extensionTestsEnv, launchArgs: [workspace] });
} catch (error) {
  process.stdout.write(`${String(error)}\n`);
  process.exitCode = 1;
} finally {
  await rm(temporary, { recursive: true, force: true, maxRetries: 3 });
}

/**
 * The suites open the example that the README opens, and beside it what only tests have. They may write into it, so they
 * get a copy. A setting there says where the window is controlled from: all
 * that a suite in a web worker can read.
 */
async function copyWorkspace(temporary: string, port: number | undefined): Promise<string> {
  const workspace = path.join(temporary, 'workspace');
  await cp(path.join(repository, 'examples', 'shop'), workspace, { recursive: true });
  await cp(path.join(repository, 'test', 'vscode', 'workspace'), workspace, { recursive: true });
  const file = path.join(workspace, '.vscode', 'settings.json');
  const settings = JSON.parse(await readFile(file, 'utf8').catch(() => '{}'));
  // A browser's VS Code saves by itself after a second, and what is saved is not reverted when a test ends.
  settings['files.autoSave'] = 'off';
  if (port !== undefined) settings['podwireTests.control'] = `http://127.0.0.1:${port}`;
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(settings, null, 2));
  return workspace;
}
