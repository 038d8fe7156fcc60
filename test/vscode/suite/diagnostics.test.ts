import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, openFixture, positionOf, resetWindow, setSetting, workspaceFolder } from '../harness.ts';

function codeOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

/** The findings of Podwire in a file, as `rule text`. */
function findingsIn(document: vscode.TextDocument): readonly string[] {
  return vscode.languages
    .getDiagnostics(document.uri)
    .filter(({ source }) => source === 'podwire')
    .map((each) => `${codeOf(each)} ${document.getText(each.range)}`)
    .sort();
}

async function waitFor(document: vscode.TextDocument, expected: readonly string[]): Promise<void> {
  let found: readonly string[] = [];
  await eventually('the findings are as expected', () => {
    found = findingsIn(document);
    return JSON.stringify(found) === JSON.stringify(expected);
  }).catch(() => assert.deepEqual(found, expected));
}

async function replace(editor: vscode.TextEditor, from: string, to: string): Promise<void> {
  const start = positionOf(editor.document, from);
  const end = positionOf(editor.document, from, from.length);
  await editor.edit((edit) => edit.replace(new vscode.Range(start, end), to));
}

describe('a finding', () => {
  afterEach(resetWindow);

  it('stands at each mistake of the example, opened or not, and nowhere else', async () => {
    await openFixture('frontend.yaml');
    const all = await eventually('every mistake is found', () => {
      const found = vscode.languages
        .getDiagnostics()
        .filter(([uri]) => vscode.Uri.joinPath(uri, '..').path === workspaceFolder().path)
        .flatMap(([uri, diagnostics]) =>
          diagnostics
            .filter(({ source, severity }) => source === 'podwire' && severity <= vscode.DiagnosticSeverity.Warning)
            .map((each) => `${uri.path.split('/').pop()} ${codeOf(each)}`),
        );
      return found.length >= 8 ? found : undefined;
    });
    assert.deepEqual(all.sort(), [
      'catalog.yaml target-port-missing',
      'checkout.yaml path-blocked',
      'checkout.yaml unknown-service',
      'frontend.yaml path-blocked',
      'frontend.yaml unknown-service',
      'network-policies.yaml dns-blocked',
      'recommendations.yaml service-port-missing',
      'recommendations.yaml service-without-endpoints',
    ]);
  });

  it('says what blocks a path, and leads to the policy and its line', async () => {
    const { document } = await openFixture('frontend.yaml');
    const blocked = await eventually('the blocked path is found', () =>
      vscode.languages.getDiagnostics(document.uri).find((each) => codeOf(each) === 'path-blocked'),
    );
    assert.match(blocked.message, /deploy\/frontend cannot reach `cart:8080`.*allow-cart rule 1.*app=front-end/s);
    const related = blocked.relatedInformation ?? [];
    const policies = await vscode.workspace.openTextDocument(
      vscode.Uri.joinPath(workspaceFolder(), 'network-policies.yaml'),
    );
    const texts = related.map(({ location }) => policies.getText(location.range));
    assert.ok(related.every(({ location }) => location.uri.path.endsWith('/network-policies.yaml')));
    assert.equal(texts[0], 'front-end');
    assert.ok(texts.includes('default-deny') && texts.includes('allow-cart'));
  });

  it('goes when the text is right, before it is saved, and comes back with the mistake', async () => {
    const editor = await openFixture('recommendations.yaml');
    const both = ['service-port-missing catalog:80', 'service-without-endpoints app: recommendation\n'];
    const found = () => findingsIn(editor.document).map((each) => each.trim());
    await eventually('both are found', () => found().length === both.length);
    await replace(editor, 'selector:\n    app: recommendation\n', 'selector:\n    app: recommendations\n');
    await eventually('it is gone', () => !found().some((each) => each.startsWith('service-without-endpoints')));
    await replace(editor, 'catalog:80', 'catalog:8080');
    await waitFor(editor.document, []);
    await vscode.commands.executeCommand('undo');
    await eventually('it is back', () => found().some((each) => each.startsWith('service-port-missing')));
  });

  it('in another file goes with the edit that heals it', async () => {
    const { document } = await openFixture('frontend.yaml');
    await eventually('it is found', () => findingsIn(document).some((each) => each.startsWith('path-blocked')));
    const policies = await openFixture('network-policies.yaml');
    await replace(policies, 'app: front-end', 'app: frontend');
    await eventually('it is gone', () => !findingsIn(document).some((each) => each.startsWith('path-blocked')));
  });

  it('follows the settings', async () => {
    const { document } = await openFixture('catalog.yaml');
    const severity = () =>
      vscode.languages.getDiagnostics(document.uri).find((each) => codeOf(each) === 'target-port-missing')?.severity;
    await eventually('it is a warning', () => severity() === vscode.DiagnosticSeverity.Warning);
    await setSetting('podwire.rules', { 'target-port-missing': 'information' });
    await eventually('it is an information', () => severity() === vscode.DiagnosticSeverity.Information);
    await setSetting('podwire.rules', { 'target-port-missing': 'off' });
    await eventually('it is off', () => severity() === undefined);
  });
});

describe('a text that is broken', () => {
  afterEach(resetWindow);

  it('says where, and the other documents of the file still count', async () => {
    const { document } = await openFixture('broken/broken.yaml');
    const all = await eventually('the findings are there', () => {
      const found = vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'podwire');
      return found.length >= 4 ? found : undefined;
    });
    const found = all.map((each) => `${document.lineAt(each.range.start).text.trim()} | ${codeOf(each)}`);
    assert.deepEqual(
      found.sort(),
      [
        'app: good | service-without-endpoints',
        'name: twice-again # the second key of this name | duplicate-key',
        'name: unclosed: [ | syntax-error',
        'version: 1.10 | unquoted-string',
      ].sort(),
    );
  });

  it('offers the quotes that kubectl asks for', async () => {
    const { document } = await openFixture('broken/broken.yaml');
    const range = new vscode.Range(positionOf(document, '1.10'), positionOf(document, '1.10', 4));
    const fix = await eventually('there is a fix', async () => {
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        range,
      );
      return actions.find(({ edit, title }) => edit && /[Qq]uote/.test(title));
    });
    assert.ok(await vscode.workspace.applyEdit(fix.edit as vscode.WorkspaceEdit));
    assert.match(document.getText(), /version: "1\.10"\n/);
  });
});
