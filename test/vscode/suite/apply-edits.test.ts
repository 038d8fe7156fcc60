import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { applyEdits } from '../../../src/client/apply-edits.ts';
import { printOf } from '../../../src/server/protocol.ts';
import { eventually, openFixture, resetWindow, workspaceFolder } from '../harness.ts';

const made = 'made-for-a-test.yaml';
const policy = 'kind: NetworkPolicy\n';

/** A line in front of a document, and a file beside it. */
function changeOf(document: vscode.TextDocument) {
  return { edits: [inFrontOf(document.uri, document.getText())], files: [{ uri: madeUri().toString(), text: policy }] };
}

/** A line in front of a file that has a text. */
function inFrontOf(uri: vscode.Uri, text: string) {
  const start = { line: 0, character: 0 };
  return { uri: uri.toString(), print: printOf(text), range: { start, end: start }, text: '# written\n' };
}

async function write(file: string, text: string): Promise<vscode.Uri> {
  const uri = vscode.Uri.joinPath(workspaceFolder(), file);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
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
    for (const file of [made, 'closed.yaml', 'mixed.yaml']) {
      const uri = vscode.Uri.joinPath(workspaceFolder(), file);
      await vscode.workspace.fs.delete(uri).then(undefined, () => {});
    }
  });

  it('comes into all files at once, unsaved, and goes in one step', async () => {
    const { document } = await openFixture('network-policies.yaml');
    const before = document.getText();
    assert.equal(await applyEdits(changeOf(document)), true);
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
    const change = changeOf(document);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), '# meanwhile\n');
    await vscode.workspace.applyEdit(edit);
    const between = document.getText();
    assert.equal(await applyEdits(change), false);
    assert.deepEqual([document.getText(), await isThere()], [between, false]);
  });

  it('is refused where a file is there that was to be made', async () => {
    const { document } = await openFixture('network-policies.yaml');
    const before = document.getText();
    await write(made, '# mine\n');
    assert.equal(await applyEdits(changeOf(document)), false);
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
    assert.equal(await applyEdits({ edits: [...edits, ...gone], files }), false);
    assert.deepEqual([document.getText(), await isThere()], [before, false]);
  });

  it('is refused where a file that is not open is another one on the disk by now', async () => {
    const uri = await write('closed.yaml', '# before\n');
    const edits = [inFrontOf(uri, '# before\n')];
    await write('closed.yaml', '# after\n');
    assert.equal(await applyEdits({ edits, files: [] }), false);
    assert.equal((await vscode.workspace.openTextDocument(uri)).getText(), '# after\n');
  });

  it('comes into a file whose line ends differ, of which VS Code makes one kind, and behind a byte order mark', async () => {
    const text = '\uFEFF# one\r\n# two\n# three\n';
    const uri = await write('mixed.yaml', text);
    assert.equal(await applyEdits({ edits: [inFrontOf(uri, text)], files: [] }), true);
    assert.match((await vscode.workspace.openTextDocument(uri)).getText(), /^# written\r?\n# one/);
  });

  it('is nothing where nothing is to be written', async () => {
    assert.equal(await applyEdits({ edits: [], files: [] }), false);
  });
});
