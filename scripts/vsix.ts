import { cp, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createVSIX, listFiles, PackageManager } from '@vscode/vsce';
import { repository } from './paths.ts';

/** Packs what `files` of package.json allows into a .vsix at `file`; the bundles have to be there already. */
export async function packageExtension(file: string): Promise<{ file: string; bytes: number }> {
  await createVSIX({ cwd: repository, packagePath: file, dependencies: false, allowUnusedFilesPattern: true });
  return { file, bytes: (await stat(file)).size };
}

/**
 * Copies what would be packed into `folder`, as an extension that has no entry point but the browser's: VS Code then
 * runs it in the web-worker extension host, as it does where there is no Node.
 */
export async function copyAsWebExtension(folder: string): Promise<void> {
  for (const file of await listFiles({ cwd: repository, packageManager: PackageManager.None })) {
    await cp(path.join(repository, file), path.join(folder, file));
  }
  const manifest = path.join(folder, 'package.json');
  const { main: _, ...rest } = JSON.parse(await readFile(manifest, 'utf8'));
  await writeFile(manifest, JSON.stringify(rest));
}
