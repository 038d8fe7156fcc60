import { globSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { repository } from '../paths.ts';

/**
 * Bundles the suites of a folder below test/vscode/ into one file that VS Code can load as its tests, and answers that
 * file. A browser bundle requires `vscode` alone.
 */
export async function bundleSuites(folder: string, platform: 'node' | 'browser', outfile: string): Promise<string> {
  const root = path.join(repository, 'test', 'vscode');
  const suites = globSync(`${folder}/**/*.test.ts`, { cwd: root }).toSorted();
  const imports = ['mocha.ts', ...suites].map((file) => `import './${file.replaceAll(path.sep, '/')}';`);
  await build({
    stdin: { contents: [...imports, `export { run } from './run.ts';`].join('\n'), resolveDir: root, loader: 'ts' },
    bundle: true,
    outfile,
    platform,
    format: 'cjs',
    target: 'es2023',
    external: ['vscode'],
    // Mocha's browser build is a script that looks for a CommonJS module to become; it must not become this whole bundle.
    define: { module: 'undefined', exports: 'undefined' },
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return outfile;
}
