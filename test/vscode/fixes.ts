import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, openFixture, positionOf } from './harness.ts';

/** The actions that are offered at the first `text` of a document. */
async function actionsAt(document: vscode.TextDocument, text: string): Promise<readonly vscode.CodeAction[]> {
  const range = new vscode.Range(positionOf(document, text), positionOf(document, text, text.length));
  return vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, range);
}

/** The fix with such a title, once it is offered at the first `text` of a document. */
export async function offered(document: vscode.TextDocument, text: string, title: RegExp): Promise<vscode.CodeAction> {
  return eventually(`${title} is offered`, async () => {
    const actions = await actionsAt(document, text);
    return actions.find((action) => title.test(action.title) && action.edit);
  });
}

/** The rules of the findings in a document. */
export function rules(document: vscode.TextDocument): readonly string[] {
  const found = vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'podwire');
  return found.map(({ code }) => String(typeof code === 'object' ? code.value : code));
}

/** Applies the fix and answers the text after it; one finding of `rule` must be gone, and come back with undo. */
export async function heal(file: string, at: string, title: RegExp, rule: string): Promise<readonly [string, string]> {
  const { document } = await openFixture(file);
  const before = document.getText();
  const action = await offered(document, at, title);
  const count = () => rules(document).filter((each) => each === rule).length;
  const found = await eventually(`there is a finding of ${rule}`, () => count() || undefined);
  assert.ok(await vscode.workspace.applyEdit(action.edit as vscode.WorkspaceEdit));
  const after = document.getText();
  await eventually('the finding is gone', () => count() === found - 1);
  await vscode.commands.executeCommand('undo');
  assert.equal(document.getText(), before);
  await eventually('the finding is back', () => count() === found);
  return [before, after];
}
