import { globSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { type BuildOptions, build, type OutputFile } from 'esbuild';
import type { BundleSizes, Size } from './budgets.ts';
import { dist, repository } from './paths.ts';

const shared: BuildOptions = {
  absWorkingDir: repository,
  bundle: true,
  minify: true,
  sourcemap: true,
  target: 'es2023',
  logLevel: 'warning',
  legalComments: 'none',
};

// A desktop and a remote extension host load CommonJS; the browser's has no `require` but for `vscode`.
const node: BuildOptions = { ...shared, platform: 'node', format: 'cjs', mainFields: ['module', 'main'] };
const browser: BuildOptions = { ...shared, platform: 'browser', mainFields: ['browser', 'module', 'main'] };

const bundles: Record<string, BuildOptions> = {
  'client.js': { ...node, entryPoints: ['src/client/main.node.ts'], external: ['vscode'] },
  'server.js': { ...node, entryPoints: ['src/server/main.node.ts'] },
  'cli.js': { ...node, entryPoints: ['src/cli/main.ts'], banner: { js: '#!/usr/bin/env node' } },
  'client.browser.js': {
    ...browser,
    format: 'cjs',
    entryPoints: ['src/client/main.browser.ts'],
    external: ['vscode'],
  },
  'server.browser.js': { ...browser, format: 'iife', entryPoints: ['src/server/main.browser.ts'] },
  'webview/main.js': { ...browser, format: 'iife', entryPoints: ['webview/main.ts'] },
  // The page reads this as text and makes a worker of it: a webview has no address that a worker may be loaded from.
  'webview/layout-worker.js': { ...browser, format: 'iife', entryPoints: ['webview/layout-worker.ts'] },
  'webview/main.css': { ...shared, entryPoints: ['webview/main.css'] },
};

/**
 * Bundles everything that ships. A Node built-in in a bundle for the browser is an error. With `write` false nothing is
 * written, only checked.
 */
export async function buildBundles({ write }: { write: boolean }): Promise<BundleSizes> {
  if (write) await removeStrangers();
  const built = await Promise.all(
    Object.entries(bundles).map(async ([name, options]) => {
      const outfile = path.join(dist, name);
      const { outputFiles } = await build({ ...options, outfile, write: false });
      if (write) await Promise.all(outputFiles.map(save));
      return [name, sizeOf(outputFiles.find((file) => file.path === outfile))] as const;
    }),
  );
  return Object.fromEntries(built);
}

async function save({ path: file, contents }: OutputFile): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, contents);
}

/** Takes out of dist/ what no bundle writes any more, and leaves the rest in place for a VS Code that may be using it. */
async function removeStrangers(): Promise<void> {
  const known = new Set(Object.keys(bundles).flatMap((name) => [name, `${name}.map`]));
  for (const file of globSync('**/*.*', { cwd: dist })) {
    if (!known.has(file.replaceAll(path.sep, '/'))) await rm(path.join(dist, file), { force: true });
  }
}

function sizeOf(bundle: OutputFile | undefined): Size {
  const contents = bundle?.contents ?? new Uint8Array();
  return { raw: contents.byteLength, gzip: gzipSync(contents, { level: 9 }).byteLength };
}
