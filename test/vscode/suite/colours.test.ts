import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { workspaceFolder } from '../harness.ts';

interface Token {
  /** The characters. */
  readonly c: string;
  /** The scopes, outermost first. */
  readonly t: string;
}

describe('colours', () => {
  it('tell a question in a comment from the words around it', async () => {
    const file = vscode.Uri.joinPath(workspaceFolder(), 'colours.yaml');
    const text = 'a: b\n# podwire: can shop/web reach svc/api:80\n# podwire-ignore: path-blocked\n';
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
    // What VS Code's own tests of grammars ask.
    const tokens = (await vscode.commands.executeCommand('_workbench.captureSyntaxTokens', file)) as readonly Token[];
    const scopesOf = (word: string) => tokens.find(({ c }) => c === word)?.t ?? '';
    assert.match(scopesOf('can'), /comment\.line\.number-sign\.yaml .*keyword\.control\.verb\.podwire/);
    assert.match(scopesOf('shop'), /entity\.name\.namespace\.podwire/);
    assert.match(scopesOf('80'), /constant\.numeric\.port\.podwire/);
    assert.match(scopesOf('path-blocked'), /entity\.other\.attribute-name\.rule\.podwire/);
    await vscode.workspace.fs.delete(file);
  });
});
