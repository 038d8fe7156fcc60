import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { applyEdits, versionsOfNow } from '../../../src/client/apply-edits.ts';
import { eventually, openFixture, resetWindow, workspaceFolder } from '../harness.ts';

const made = 'made-for-a-test.yaml';
const policy = 'kind: NetworkPolicy\n';

/** A line in front of a document, and a file beside it. */
function changeOf(document: vscode.TextDocument) {
  const start = { line: 0, character: 0 };
  return {
    edits: [{ uri: document.uri.toString(), range: { start, end: start }, text: '# written\n' }],
    files: [{ uri: madeUri().toString(), text: policy }],
  };
}

function madeUri(): vscode.Uri {
  return vscode.Uri.joinPath(workspaceFolder(), made);
}

async function isThere(): Promise<boolean> {
  return (await vscode.workspace.findFiles(made)).length > 0;
}

describe('what is written from the picture', () => {
  afterEach(async () => {
    await resetWindow();
    await vscode.workspace.fs.delete(madeUri()).then(undefined, () => {});
  });

  it('comes into all files at once, unsaved, and goes in one step', async () => {
    const { document } = await openFixture('network-policies.yaml');
    const before = document.getText();
    assert.equal(await applyEdits(changeOf(document), versionsOfNow()), true);
    assert.equal(document.getText(), `# written\n${before}`);
    const other = await vscode.workspace.openTextDocument(madeUri());
    assert.equal(other.getText(), policy);
    assert.deepEqual([document.isDirty, other.isDirty], [true, true]);
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), before);
    await eventually('the file is gone again', async () => !(await isThere()));
  });

  it('is refused where a text is another one by now, and then nothing is written', async () => {
    const { document } = await openFixture('network-policies.yaml');
    const versions = versionsOfNow();
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), '# meanwhile\n');
    await vscode.workspace.applyEdit(edit);
    const between = document.getText();
    assert.equal(await applyEdits(changeOf(document), versions), false);
    assert.deepEqual([document.getText(), await isThere()], [between, false]);
  });

  it('is refused where a file is there that was to be made', async () => {
    const { document } = await openFixture('network-policies.yaml');
    const before = document.getText();
    await vscode.workspace.fs.writeFile(madeUri(), new TextEncoder().encode('# mine\n'));
    assert.equal(await applyEdits(changeOf(document), versionsOfNow()), false);
    assert.equal(document.getText(), before);
    assert.equal((await vscode.workspace.openTextDocument(madeUri())).getText(), '# mine\n');
  });

  it('is refused where a file is gone by now, and then nothing is written', async () => {
    const { document } = await openFixture('network-policies.yaml');
    const before = document.getText();
    const { edits, files } = changeOf(document);
    const gone = edits.map((edit) => ({
      ...edit,
      uri: vscode.Uri.joinPath(workspaceFolder(), 'gone.yaml').toString(),
    }));
    assert.equal(await applyEdits({ edits: [...edits, ...gone], files }, versionsOfNow()), false);
    assert.deepEqual([document.getText(), await isThere()], [before, false]);
  });

  it('is nothing where nothing is to be written', async () => {
    assert.equal(await applyEdits({ edits: [], files: [] }, versionsOfNow()), false);
  });
});
