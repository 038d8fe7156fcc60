// What the suites of this folder share. A suite opens a file of the fixture workspace, waits for what should become true,
// and, where the window can be reached (`hasWindow`), looks into the topology page and takes pictures:
//
//   it('draws every workload', async function () {
//     if (!hasWindow) this.skip();                       // the downloaded desktop VS Code has no such door
//     await openFixture('shop.yaml');
//     await vscode.commands.executeCommand('podwire.showTopology');
//     const names = await eventually('the nodes are drawn', async () => {
//       const found = await inWebview(() => [...document.querySelectorAll('[data-id]')].map((e) => e.id));
//       return found.length > 3 ? found : undefined;
//     });
//     await screenshot('topology-dark');                 // test-results/topology-dark.png
//   });
//
// A function given to `inWebview` or `inWorkbench` travels as text: it sees its argument and the page, nothing around it.

import * as vscode from 'vscode';

type Point = { x: number; y: number };
type Click = {
  position?: Point;
  button?: 'left' | 'right' | 'middle';
  modifiers?: ('Alt' | 'Control' | 'Meta' | 'Shift')[];
  count?: number;
};

const control = vscode.workspace.getConfiguration('podwireTests').get<string>('control');

/** Whether the window can be reached: pictures, clicks and a look inside webviews. */
export const hasWindow = control !== undefined;

/** The folder that this window has open, a copy made for this run. */
export function workspaceFolder(): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (!folder) throw new Error('The window has no folder open.');
  return folder.uri;
}

/** Opens a file of the open folder in an editor. */
export async function openFixture(file: string, options?: vscode.TextDocumentShowOptions): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(workspaceFolder(), file));
  return await vscode.window.showTextDocument(document, options);
}

/** Where `text` first stands in a document, at its beginning plus `offset` characters. */
export function positionOf(document: vscode.TextDocument, text: string, offset = 0): vscode.Position {
  const index = document.getText().indexOf(text);
  if (index < 0) throw new Error(`${document.uri.path} does not have the text "${text}".`);
  return document.positionAt(index + offset);
}

/** Asks again and again until the answer is neither `undefined` nor `false`, and answers it. */
export async function eventually<T>(
  what: string,
  ask: () => T | undefined | false | Promise<T | undefined | false>,
  timeout = 15_000,
): Promise<T> {
  const end = Date.now() + timeout;
  let last: unknown;
  while (Date.now() < end) {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== false) return answer;
      last = answer;
    } catch (error) {
      last = error;
    }
    await delay(100);
  }
  throw new Error(`Waited ${timeout / 1000} s in vain until ${what}; last: ${String(last)}`);
}

/** Lets some time pass; `eventually` is nearly always the better way. */
export async function delay(milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Gives up unsaved edits, closes all editors and puts back what a suite changed through `setSetting`. */
export async function resetWindow(): Promise<void> {
  for (const document of vscode.workspace.textDocuments.filter((each) => each.isDirty)) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  for (const key of changedSettings) await vscode.workspace.getConfiguration().update(key, undefined, false);
  changedSettings.clear();
}

const changedSettings = new Set<string>();

/** Sets a setting of the open folder, such as `workbench.colorTheme`, until `resetWindow`. */
export async function setSetting(key: string, value: unknown): Promise<void> {
  changedSettings.add(key);
  await vscode.workspace.getConfiguration().update(key, value, false);
}

/** The themes to look at: what VS Code ships as dark, light and high contrast. */
export const themes = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  highContrast: 'Default High Contrast',
  highContrastLight: 'Default High Contrast Light',
};

/** Puts a colour theme on and waits until VS Code says that it is there. */
export async function setTheme(theme: keyof typeof themes): Promise<void> {
  const kinds: Record<keyof typeof themes, vscode.ColorThemeKind> = {
    dark: vscode.ColorThemeKind.Dark,
    light: vscode.ColorThemeKind.Light,
    highContrast: vscode.ColorThemeKind.HighContrast,
    highContrastLight: vscode.ColorThemeKind.HighContrastLight,
  };
  await setSetting('workbench.colorTheme', themes[theme]);
  await eventually(`the theme is ${theme}`, () => vscode.window.activeColorTheme.kind === kinds[theme]);
}

/** Takes a picture of the whole window into test-results/; does nothing where the window cannot be reached. */
export async function screenshot(name: string): Promise<void> {
  if (hasWindow) await ask('screenshot', { name });
}

/** Runs a function inside the visible webview and answers what it returns, as JSON carries it. */
export async function inWebview<R>(run: () => R): Promise<Awaited<R>>;
export async function inWebview<A, R>(run: (argument: A) => R, argument: A): Promise<Awaited<R>>;
export async function inWebview(run: (argument: unknown) => unknown, argument?: unknown): Promise<unknown> {
  return await ask('evaluate', { source: run.toString(), argument });
}

/** Runs a function in the page of the workbench itself. */
export async function inWorkbench<R>(run: () => R): Promise<Awaited<R>>;
export async function inWorkbench<A, R>(run: (argument: A) => R, argument: A): Promise<Awaited<R>>;
export async function inWorkbench(run: (argument: unknown) => unknown, argument?: unknown): Promise<unknown> {
  return await ask('evaluatePage', { source: run.toString(), argument });
}

/** The pointer and the keyboard of the person before the window. Selectors are CSS, or Playwright's own. */
export const person = {
  /** Clicks an element of the visible webview; a position counts from the element's top left corner. */
  clickInWebview: (selector: string, options: Click = {}) => ask('click', { selector, ...options }),
  /** Rests the pointer on an element of the visible webview. */
  hoverInWebview: (selector: string, position?: Point) => ask('hover', { selector, position }),
  /** Drags from one point of the visible webview to another; a picture is taken before it lets go, where it has a name. */
  dragInWebview: (from: Point, to: Point, picture?: string) => ask('drag', { from, to, picture }),
  /** Turns the wheel over a point of the visible webview. */
  wheelInWebview: (at: Point, deltaY: number, deltaX = 0) => ask('wheel', { at, deltaX, deltaY }),
  /** Clicks an element of the workbench, such as a button of the editor title. */
  click: (selector: string, options: Click = {}) => ask('clickPage', { selector, ...options }),
  /** Rests the pointer on an element of the workbench. */
  hover: (selector: string, position?: Point) => ask('hoverPage', { selector, position }),
  /** Presses keys together, such as `Control+Shift+P`, wherever the focus is. */
  press: (keys: string) => ask('press', { keys }),
  /** Types text wherever the focus is. */
  type: (text: string) => ask('type', { text }),
};

// biome-ignore lint/suspicious/noExplicitAny: what a page answers is known to the caller alone.
export async function ask(command: string, body: unknown): Promise<any> {
  if (!control) throw new Error('This window cannot be reached; ask `hasWindow` first.');
  const response = await fetch(`${control}/${command}`, { method: 'POST', body: JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${command}: ${(answer as { error: string }).error}`);
  return answer;
}
