import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  eventually,
  hasWindow,
  inWebview,
  openFixture,
  positionOf,
  resetWindow,
  screenshot,
  setTheme,
  themes,
} from '../harness.ts';
import { hover } from '../hovers.ts';

function codeOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

describe('a policy for the whole cluster', function () {
  this.timeout(60_000);

  afterEach(resetWindow);

  it('tells in a hover its place in the order, whom it is about, and what each rule does', async () => {
    const text = await hover('tiers/policies.yaml', 'name: money', 7);
    assert.match(text, /AdminNetworkPolicy.*Admin tier.*priority 10/);
    assert.match(text, /Allow.*team=web.*Pass.*Deny/s);
    assert.match(
      await hover('tiers/policies.yaml', 'nobody else', 3),
      /money.*ingress rule 3.*Deny.*front\/deploy\/web/s,
    );
  });

  it('is named by the squiggle under the call that it blocks, with the rule as related information', async () => {
    const { document } = await openFixture('tiers/bank.yaml');
    const blocked = await eventually('both blocked calls are found', () => {
      const found = vscode.languages.getDiagnostics(document.uri).filter((each) => codeOf(each) === 'path-blocked');
      return found.length === 2 ? found : undefined;
    });
    const told = blocked.map(({ message, range }) => `${document.getText(range)}: ${message}`).sort();
    assert.match(told[0] ?? '', /^ledger.bank:9000: .*admin policy money rule 3 denies it\..*money rule 1/);
    assert.match(told[1] ?? '', /^ledger:9000: .*baseline policy default rule 1 denies it\.$/);
    const [first] = blocked.flatMap(({ relatedInformation = [] }) => relatedInformation);
    const policies = await vscode.workspace.openTextDocument(first?.location.uri ?? document.uri);
    assert.match(policies.lineAt(first?.location.range.start.line ?? 0).text, /name: (nobody else|closed unless)/);
  });

  it('stands above the picture, and the panel tells what it is about', async function () {
    if (!hasWindow) this.skip();
    await pickMoney();
    const panel = await inWebview(() => document.querySelector<HTMLElement>('.panel')?.innerText ?? '');
    assert.match(panel, /AdminNetworkPolicy.*Tier\s*Admin.*Priority\s*10.*Rules\s*ingress/s);
    assert.match(panel, /bank/);
  });

  for (const theme of Object.keys(themes) as (keyof typeof themes)[]) {
    it(`can be looked at in ${theme}`, async function () {
      if (!hasWindow) this.skip();
      await setTheme(theme);
      await pickMoney();
      await screenshot(`tiers-${theme}`);
    });
  }
});

/** Opens the policies with the topology beside them, and picks one by the cursor. */
async function pickMoney(): Promise<void> {
  const editor = await openFixture('tiers/policies.yaml');
  await vscode.commands.executeCommand('podwire.showTopology');
  await eventually('the bank is drawn', async () =>
    (await tree()).some((id) => id.startsWith('StatefulSet/bank/ledger')),
  );
  const shown = await openFixture('tiers/policies.yaml', { viewColumn: vscode.ViewColumn.One });
  const at = positionOf(editor.document, 'name: money', 8);
  // An editor that is opened again has its cursor where it was; the picture follows one that moves.
  shown.selection = new vscode.Selection(0, 0, 0, 0);
  shown.selection = new vscode.Selection(at, at);
  await eventually('it is picked', async () => (await tree()).includes('AdminNetworkPolicy//money *'));
}

/** The ids in the tree that stands beside the picture; the picked one is marked. */
async function tree(): Promise<readonly string[]> {
  return inWebview(() =>
    [...document.querySelectorAll<HTMLElement>('[role=treeitem]')].map(
      (item) => `${item.dataset.id}${item.getAttribute('aria-selected') === 'true' ? ' *' : ''}`,
    ),
  );
}
