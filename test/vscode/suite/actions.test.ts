import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { heal, offered, rules } from '../fixes.ts';
import { eventually, openFixture, resetWindow } from '../harness.ts';

async function policiesBeside({ uri }: vscode.TextDocument): Promise<vscode.TextDocument> {
  return vscode.workspace.openTextDocument(vscode.Uri.joinPath(uri, '..', 'network-policies.yaml'));
}

/** Undo is of the editor that is shown. */
async function undoIn(document: vscode.TextDocument): Promise<void> {
  await vscode.window.showTextDocument(document);
  await vscode.commands.executeCommand('undo');
}

describe('a quick fix', () => {
  afterEach(resetWindow);

  it('writes the name that was meant', async () => {
    const [before, after] = await heal('frontend.yaml', 'catalogue:8080', /catalog/, 'unknown-service');
    assert.equal(after, before.replace('http://catalogue:8080', 'http://catalog:8080'));
  });

  it('adds the namespace to a short name', async () => {
    const [before, after] = await heal('checkout.yaml', 'redis:6379', /redis\.data/, 'unknown-service');
    assert.equal(after, before.replace('value: redis:6379', 'value: redis.data:6379'));
  });

  it('selects the nearest pods', async () => {
    const [before, after] = await heal(
      'recommendations.yaml',
      'recommendation\n',
      /recommendations/,
      'service-without-endpoints',
    );
    assert.equal(after, before.replace('app: recommendation\n', 'app: recommendations\n'));
  });

  it('repairs the policy that nearly lets a call through, in its own file, and gives it back with undo', async () => {
    const { document } = await openFixture('frontend.yaml');
    const policies = await policiesBeside(document);
    const before = policies.getText();
    const action = await offered(document, 'cart:8080', /^Ask for `app=frontend` in allow-cart \(opens [^()]* on 8080/);
    assert.equal(action.isPreferred, true);
    assert.ok(await vscode.workspace.applyEdit(action.edit as vscode.WorkspaceEdit));
    assert.equal(policies.getText(), before.replace('app: front-end', 'app: frontend'));
    await eventually('the finding is gone', () => !rules(document).includes('path-blocked'));
    await undoIn(policies);
    assert.equal(policies.getText(), before);
    await eventually('the finding is back', () => rules(document).includes('path-blocked'));
  });

  it('writes a rule into the policy that isolates, in the style of the others', async () => {
    const { document } = await openFixture('checkout.yaml');
    const policies = await policiesBeside(document);
    const before = policies.getText();
    const action = await offered(document, 'http://payments', /^Add a rule for .* to allow-payments/);
    assert.ok(await vscode.workspace.applyEdit(action.edit as vscode.WorkspaceEdit));
    const rule = `
    - from:
        - podSelector:
            matchLabels:
              app: checkout
      ports:
        - port: 9000`;
    assert.equal(policies.getText(), before.replace('        - port: 80\n---', `        - port: 80${rule}\n---`));
    await eventually('the finding is gone', () => !rules(document).includes('path-blocked'));
    await undoIn(policies);
    assert.equal(policies.getText(), before);
  });

  it('silences a rule for its document, by a comment', async () => {
    const [, after] = await heal('catalog.yaml', 'targetPort: metrics', /[Ii]gnore/, 'target-port-missing');
    assert.match(after, /# podwire-ignore: target-port-missing/);
  });
});
