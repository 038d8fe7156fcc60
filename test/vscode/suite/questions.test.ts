import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  eventually,
  hasWindow,
  inWorkbench,
  openFixture,
  person,
  positionOf,
  resetWindow,
  screenshot,
  setTheme,
} from '../harness.ts';
import { hover } from '../hovers.ts';

/** The answers behind the questions of a document, by line. */
async function hints(document: vscode.TextDocument): Promise<ReadonlyMap<number, string>> {
  const whole = new vscode.Range(0, 0, document.lineCount, 0);
  const found = await vscode.commands.executeCommand<vscode.InlayHint[]>(
    'vscode.executeInlayHintProvider',
    document.uri,
    whole,
  );
  return new Map(found.map(({ position, label }) => [position.line, labelText(label)]));
}

function labelText(label: vscode.InlayHint['label']): string {
  return typeof label === 'string' ? label : label.map(({ value }) => value).join('');
}

/** What stands behind the question with this text, once it is like `answer`. */
async function hintBehind(document: vscode.TextDocument, question: string, answer: RegExp): Promise<string> {
  return eventually(`the answer to “${question}” is like ${answer}`, async () => {
    const found = (await hints(document)).get(positionOf(document, question).line);
    return found !== undefined && answer.test(found) ? found : undefined;
  });
}

function findings(document: vscode.TextDocument, rule: string): readonly vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(document.uri).filter(({ code }) => {
    return (typeof code === 'object' ? code.value : code) === rule;
  });
}

async function replace(editor: vscode.TextEditor, from: string, to: string): Promise<void> {
  const start = positionOf(editor.document, from);
  const end = positionOf(editor.document, from, from.length);
  assert.ok(await editor.edit((edit) => edit.replace(new vscode.Range(start, end), to)));
}

describe('a question in a comment', () => {
  afterEach(resetWindow);

  it('has its answer behind it, of each kind', async () => {
    const { document } = await openFixture('questions.yaml');
    await hintBehind(document, 'can shop/frontend', /^✗ denied: default-deny, allow-cart$/);
    await hintBehind(document, 'expect internet -> shop/svc/frontend:80', /^✓ allowed/);
    await hintBehind(document, 'expect internet -> data/svc/orders-db', /^✓ not reachable/);
    await hintBehind(document, 'expect shop/frontend -> data/svc/redis', /^✓ denied: /);
    await hintBehind(document, 'resolve redis from', /^✗ NXDOMAIN · 8 queries$/);
    await hintBehind(document, 'resolve redis.data from', /^→ 10\.\d+\.\d+\.\d+ · try 2 of 4$/);
    assert.deepEqual(findings(document, 'expectation-failed'), []);
  });

  it('is answered while it is typed', async () => {
    const editor = await openFixture('questions.yaml');
    await hintBehind(editor.document, 'can shop/frontend', /^✗ denied/);
    await replace(editor, 'can shop/frontend reach', 'can shop/checkout reach');
    await hintBehind(editor.document, 'can shop/checkout', /^✓ allowed$/);
  });

  it('shows its answer in the editor', async function () {
    if (!hasWindow) this.skip();
    await openFixture('questions.yaml');
    await eventually('the answers are drawn', () =>
      inWorkbench(() => {
        const lines = [...document.querySelectorAll('.view-line')].map((line) => line.textContent ?? '');
        const answered = lines.filter((line) => /podwire:.*[✓✗→]/.test(line.replace(/\u00a0/g, ' ')));
        return answered.length >= 8;
      }),
    );
  });

  it('is an error while an expectation does not hold, which leads to what decides', async () => {
    const { document } = await openFixture('questions.yaml');
    const policies = await openFixture('network-policies.yaml', { viewColumn: vscode.ViewColumn.Beside });
    await hintBehind(document, 'expect shop/cart', /^✓ allowed/);
    await replace(policies, 'values: [cart, checkout]', 'values: [checkout]');
    const [failed] = await eventually('the expectation fails', () => {
      const found = findings(document, 'expectation-failed');
      return found.length > 0 && found;
    });
    assert.ok(failed);
    assert.equal(failed.severity, vscode.DiagnosticSeverity.Error);
    assert.match(document.getText(failed.range), /expect shop\/cart -> data\/svc\/redis:6379 allowed/);
    const related = failed.relatedInformation ?? [];
    const decisive = related.find(({ location }) => location.uri.path.endsWith('/network-policies.yaml'));
    assert.ok(decisive, related.map(({ message }) => message).join('\n'));
    await hintBehind(document, 'expect shop/cart', /^✗ denied: /);
    await replace(policies, 'values: [checkout]', 'values: [cart, checkout]');
    await eventually('it holds again', () => findings(document, 'expectation-failed').length === 0);
    await hintBehind(document, 'expect shop/cart', /^✓ allowed/);
  });

  it('says what is expected where it cannot be read', async () => {
    const editor = await openFixture('questions.yaml');
    await replace(editor, 'reach shop/svc/cart:8080', 'reech shop/svc/cart:8080');
    const [told] = await eventually('it is told', () => {
      const found = findings(editor.document, 'question-unreadable');
      return found.length > 0 && found;
    });
    assert.match(told?.message ?? '', /reach/);
    assert.equal(told && editor.document.getText(told.range), 'reech');
  });

  it('has the whole proof in its hover', async () => {
    const text = await hover('questions.yaml', 'can shop/frontend');
    assert.match(text, /Denied\.[\s\S]*allow-cart[\s\S]*app=front-end/);
    assert.match(
      await hover('questions.yaml', 'resolve redis from'),
      /redis\.shop\.svc\.cluster\.local\.[\s\S]*NXDOMAIN/,
    );
  });

  it('is completed word by word', async () => {
    const editor = await openFixture('questions.yaml');
    const offered = async (written: string) => {
      const end = new vscode.Position(editor.document.lineCount - 1, 0);
      await editor.edit((edit) => edit.insert(end, `# podwire: ${written}`));
      const labels = await eventually(`something is offered behind “${written}”`, async () => {
        const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
          'vscode.executeCompletionItemProvider',
          editor.document.uri,
          editor.document.lineAt(editor.document.lineCount - 1).range.end,
        );
        return items.length > 0 && items.map(({ label }) => (typeof label === 'string' ? label : label.label));
      });
      await vscode.commands.executeCommand('undo');
      return labels;
    };
    assert.deepEqual((await offered('')).slice(0, 3), ['can', 'expect', 'resolve']);
    assert.ok((await offered('can ')).includes('shop/deploy/cart'));
    assert.ok((await offered('can shop/deploy/cart reach ')).includes('data/svc/redis'));
    assert.ok((await offered('can shop/deploy/cart reach data/svc/redis:')).includes('data/svc/redis:6379'));
    assert.deepEqual(await offered('expect shop/deploy/cart -> data/svc/redis:6379 '), ['allowed', 'denied']);
  });

  for (const theme of ['dark', 'light', 'highContrast'] as const) {
    it(`can be looked at in ${theme}`, async function () {
      if (!hasWindow) this.skip();
      await setTheme(theme);
      const editor = await openFixture('questions.yaml');
      await hintBehind(editor.document, 'resolve redis.data from', /^→/);
      await eventually('the answers are drawn', () =>
        inWorkbench(() => /✗\s*denied/.test(document.querySelector('.view-lines')?.textContent ?? '')),
      );
      await screenshot(`questions-${theme}`);
    });
  }
});

/** The answer in the active editor, once it begins with `start`. */
async function answer(start: string): Promise<vscode.TextDocument> {
  return eventually(`there is an answer that begins with ${start}`, () => {
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.uri.scheme, 'podwire-answer');
    assert.equal(document.getText().slice(0, start.length), start);
    return document;
  });
}

/** Waits for the field with this question. */
async function asks(question: string): Promise<void> {
  await eventually(`it asks ${question}`, () =>
    inWorkbench((start: string) => {
      const field = document.querySelector<HTMLInputElement>('.quick-input-widget input[placeholder]');
      return field?.placeholder.startsWith(start) === true && field === document.activeElement;
    }, question),
  );
}

/** Waits until what is offered first has this text, and takes it. */
async function take(text: string): Promise<void> {
  await eventually(`${text} is offered`, () =>
    inWorkbench((wanted: string) => {
      const first = document.querySelector('.quick-input-list .monaco-list-row.focused');
      return first?.textContent?.includes(wanted) === true;
    }, text),
  );
  await person.press('Enter');
}

async function pick(question: string, text: string): Promise<void> {
  await asks(question);
  await person.type(text);
  await take(text);
}

describe('a question by a command', () => {
  before(function () {
    if (!hasWindow) this.skip();
  });
  afterEach(resetWindow);

  it('asks who, to what and on which port, and answers with a document that leads to the lines', async () => {
    await openFixture('frontend.yaml');
    void vscode.commands.executeCommand('podwire.canReach');
    await pick('Who connects?', 'shop/deploy/frontend');
    await pick('To what?', 'shop/svc/cart');
    await asks('On which port?');
    await screenshot('questions-picker');
    await person.type('8080');
    await take('8080');
    const shown = await answer('Denied. shop/deploy/frontend → shop/svc/cart:8080');
    assert.equal(shown.uri.path, '/can frontend reach cart:8080');
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>('vscode.executeLinkProvider', shown.uri);
    const policy = links.find(({ range }) => shown.getText(range) === 'allow-cart');
    assert.ok(policy?.target);
    await vscode.commands.executeCommand('vscode.open', policy.target);
    await eventually('the policy is open', () => {
      const active = vscode.window.activeTextEditor;
      const line = active?.document.lineAt(active.selection.active.line).text;
      return active?.document.uri.path.endsWith('/network-policies.yaml') && line?.trim() === 'name: allow-cart';
    });
  });

  it('offers first what was picked last, and leads back', async () => {
    await openFixture('frontend.yaml');
    void vscode.commands.executeCommand('podwire.canReach');
    await asks('Who connects?');
    await take('shop/deploy/frontend');
    await asks('To what?');
    await person.click('.quick-input-titlebar .codicon-quick-input-back');
    await pick('Who connects?', 'shop/deploy/checkout');
    await asks('To what?');
    await take('shop/svc/cart');
    await asks('On which port?');
    await take('Every port');
    await answer('Allowed on http 8080/TCP. shop/deploy/checkout → shop/svc/cart');
  });

  it('may be written as a whole, as in a comment, and follows the text', async () => {
    await openFixture('frontend.yaml');
    void vscode.commands.executeCommand('podwire.canReach');
    await pick('Who connects?', 'shop/frontend -> shop/svc/cart:8080');
    const shown = await answer('Denied.');
    const policies = await openFixture('network-policies.yaml', { viewColumn: vscode.ViewColumn.Beside });
    await replace(policies, 'app: front-end', 'app: frontend');
    await eventually('it is allowed', () => shown.getText().startsWith('Allowed.'));
    await vscode.commands.executeCommand('undo');
    await eventually('it is denied again', () => shown.getText().startsWith('Denied.'));
  });

  it('asks for a name and who looks it up', async () => {
    await openFixture('checkout.yaml');
    void vscode.commands.executeCommand('podwire.resolve');
    await pick('Which name?', 'redis.data');
    await pick('Who asks?', 'shop/deploy/checkout');
    const shown = await answer('Resolves. redis.data from deploy/checkout in shop');
    assert.match(shown.getText(), /redis\.data\.svc\.cluster\.local\. A NOERROR/);
    assert.equal(shown.uri.path, '/resolve redis.data from checkout');
    await screenshot('questions-resolve');
  });

  it('takes a name that is in no list, and says what cannot be read', async () => {
    await openFixture('checkout.yaml');
    void vscode.commands.executeCommand('podwire.resolve');
    await pick('Which name?', 'api.example.com from shop/checkout type SRV');
    await answer('Asked outside the cluster. api.example.com');
    void vscode.commands.executeCommand('podwire.resolve');
    await pick('Which name?', 'redis from shop/chekout');
    await answer('nothing here is named “shop/chekout”; did you mean shop/deploy/checkout');
  });
});
