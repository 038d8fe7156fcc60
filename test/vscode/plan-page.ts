import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, inWebview, workspaceFolder } from './harness.ts';
import { says } from './topology-page.ts';

/** A line of a diff: which it is, in the text before where it is removed, else in the one after. */
interface Line {
  readonly kind: 'same' | 'removed' | 'added';
  readonly number: number;
  readonly text: string;
}

/** What the page announces of a file. */
interface FileDiff {
  readonly name: string;
  readonly lines: readonly Line[];
}

/** What the page announces before it is written. */
export interface Announced {
  readonly title: string;
  readonly summary: string;
  readonly files: readonly FileDiff[];
}

/** What the plan in the side panel announces, once it is worked out and has a title like this. */
export async function announced(title: RegExp): Promise<Announced> {
  await says('.plan:not([aria-busy=true]) h2', title);
  await says('.plan:not([aria-busy=true]) .effect-summary', /./);
  return inWebview(() => {
    const textIn = (root: ParentNode, selector: string) => root.querySelector(selector)?.textContent ?? '';
    const line = (row: Element) => ({
      kind: row.className.replace('line-', '') as 'same' | 'removed' | 'added',
      number: Number(textIn(row, '.diff-number')),
      text: textIn(row, '.diff-text'),
    });
    const file = (section: Element) => ({
      name: textIn(section, '.diff-name'),
      lines: [...section.querySelectorAll('tr')].map(line),
    });
    return {
      title: textIn(document, '.plan h2'),
      summary: textIn(document, '.effect-summary'),
      files: [...document.querySelectorAll('.diff-file')].map(file),
    };
  });
}

/** The text that a diff makes of one, which has to be the one that the diff is about. */
export function textBy({ lines }: FileDiff, before: string): string {
  const lineEnd = before.includes('\r\n') ? '\r\n' : '\n';
  const old = before.split(lineEnd);
  const made: string[] = [];
  let at = 0;
  for (const { kind, number, text } of lines) {
    while ((kind === 'removed' ? at : made.length) < number - 1) made.push(old[at++] ?? '');
    if (kind !== 'added') assert.equal(old[at++], text, 'the diff is of this text');
    if (kind !== 'removed') made.push(text);
  }
  return [...made, ...old.slice(at)].join(lineEnd);
}

/** What is on the disk of the manifests of the open folder, by their names there. */
export async function textsOnDisk(): Promise<ReadonlyMap<string, string>> {
  const files = await vscode.workspace.findFiles('**/*.yaml');
  const read = async (uri: vscode.Uri) =>
    [vscode.workspace.asRelativePath(uri), new TextDecoder().decode(await vscode.workspace.fs.readFile(uri))] as const;
  return new Map(await Promise.all(files.map(read)));
}

/** Waits until everything that was announced is in the documents, to the byte, and checks that none of it is saved. */
export async function isWritten(before: ReadonlyMap<string, string>, plan: Announced): Promise<void> {
  for (const file of plan.files) {
    const document = await documentOf(file.name);
    await eventually(`${file.name} is written`, () => document.isDirty);
    assert.equal(document.getText(), textBy(file, before.get(file.name) ?? ''));
  }
  const now = await textsOnDisk();
  for (const [name, text] of before) assert.equal(now.get(name), text, `${name} on the disk`);
}

/** Undoes one step, and waits until every text is as it was, to the byte. */
export async function undo(before: ReadonlyMap<string, string>, plan: Announced): Promise<void> {
  const [first] = plan.files;
  assert.ok(first);
  await vscode.window.showTextDocument(await documentOf(first.name), { viewColumn: vscode.ViewColumn.One });
  await vscode.commands.executeCommand('undo');
  await isAsBefore(before, plan);
}

/** Waits until every text that a plan is about is as it was, to the byte, and unchanged to the editor. */
export async function isAsBefore(before: ReadonlyMap<string, string>, plan: Announced): Promise<void> {
  for (const { name } of plan.files.filter(({ name }) => before.has(name))) {
    const document = await documentOf(name);
    await eventually(`${name} is as before`, () => document.getText() === before.get(name) && !document.isDirty);
  }
}

function documentOf(name: string): Thenable<vscode.TextDocument> {
  return vscode.workspace.openTextDocument(vscode.Uri.joinPath(workspaceFolder(), name));
}
