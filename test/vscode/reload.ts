import * as vscode from 'vscode';
import { ask, hasWindow } from './harness.ts';

/** A part of the titles of all tests that run in a window that was loaded again. */
export const afterReload = 'after the window is loaded again';

const preparations: (() => Promise<void>)[] = [];

/** Says what has to be in the window before it is loaded again. */
export function beforeReload(prepare: () => Promise<void>): void {
  preparations.push(prepare);
}

/** Loads the window again; false where nothing wants that, or where nobody would run the suite again. */
export async function reloadWindow(last: () => Promise<void>): Promise<boolean> {
  if (!hasWindow || preparations.length === 0) return false;
  for (const prepare of preparations) await prepare();
  await last();
  await vscode.commands.executeCommand('workbench.action.reloadWindow');
  return true;
}

/** Keeps a text for the suite that runs once the window is loaded again. */
export async function note(text: string): Promise<void> {
  await ask('note', { text });
}

/** The text that was kept; undefined in a window that is loaded for the first time. */
export async function noted(): Promise<string | undefined> {
  return hasWindow ? ((await ask('noted', {})) ?? undefined) : undefined;
}
