import { globSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { dist, repository } from './paths.ts';

const shared: BuildOptions = {
  absWorkingDir: repository,
  bundle: true,
  minify: true,
  sourcemap: true,
  target: 'es2023',
  logLevel: 'warning',
  metafile: true,
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

/** The size in bytes of each bundle, by its path below dist/. */
export type BundleSizes = Record<string, number>;

/**
 * Bundles everything that ships. A Node built-in in a bundle for the browser is an error. With `write` false nothing is
 * written, only checked.
 */
export async function buildBundles({ write }: { write: boolean }): Promise<BundleSizes> {
  if (write) await removeStrangers();
  const built = await Promise.all(
    Object.entries(bundles).map(async ([name, options]) => {
      const result = await build({ ...options, outfile: path.join(dist, name), write });
      return [name, sizeOf(name, result.metafile)] as const;
    }),
  );
  return Object.fromEntries(built);
}

/** Takes out of dist/ what no bundle writes any more, and leaves the rest in place for a VS Code that may be using it. */
async function removeStrangers(): Promise<void> {
  const known = new Set(Object.keys(bundles).flatMap((name) => [name, `${name}.map`]));
  for (const file of globSync('**/*.*', { cwd: dist })) {
    if (!known.has(file.replaceAll(path.sep, '/'))) await rm(path.join(dist, file), { force: true });
  }
}

function sizeOf(name: string, metafile: Metafile | undefined): number {
  const output = Object.entries(metafile?.outputs ?? {}).find(([file]) => file.endsWith(name));
  return output?.[1].bytes ?? 0;
}

/** A table of sizes for people to read. */
export function formatSizes(sizes: BundleSizes): string {
  const line = ([name, bytes]: [string, number]) => `  ${name.padEnd(28)}${kilobytes(bytes).padStart(9)}`;
  return Object.entries(sizes).map(line).join('\n');
}

/** A size in kilobytes, such as `143.2 kB`. */
export function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
