import { type SpawnOptions, spawn } from 'node:child_process';
import path from 'node:path';
import { repository } from './paths.ts';

/** Runs a program to its end with the terminal's own input and output, and answers its exit status. */
export async function run(program: string, args: string[], options: SpawnOptions = {}): Promise<number> {
  const child = spawn(program, args, { stdio: 'inherit', cwd: repository, ...options });
  return await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}

/** Runs a tool that a development dependency brings, without a shell and without looking at PATH. */
export async function runTool(packageName: string, script: string, args: string[]): Promise<number> {
  return await run(process.execPath, [path.join(repository, 'node_modules', packageName, script), ...args]);
}
