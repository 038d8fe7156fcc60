import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  eventually,
  hasWindow,
  inWebview,
  openFixture,
  person,
  positionOf,
  resetWindow,
  screenshot,
  setTheme,
  themes,
} from '../harness.ts';

/** What the panel tells of a walk. */
interface Told {
  readonly verdict: string;
  readonly hops: readonly string[];
  readonly back: number;
  readonly remarks: string;
}

async function told(): Promise<Told> {
  return inWebview(() => {
    const text = (selector: string) => document.querySelector(`.walk ${selector}`)?.textContent ?? '';
    return {
      verdict: text('.verdict'),
      hops: [...document.querySelectorAll('.walk .hops:not(.back) > li')].map((hop) => hop.textContent ?? ''),
      back: document.querySelectorAll('.walk .hops.back > li').length,
      remarks: text('.walk-remarks'),
    };
  });
}

/** The walk, once it ends so. */
async function walk(verdict: string): Promise<Told> {
  return eventually(`the panel says ${verdict}`, async () => {
    const found = await told();
    return found.verdict === verdict && found.hops.length > 0 ? found : undefined;
  });
}

/** Picks the call of the frontend to a Service, in the list of its calls; the one to `catalog` is misspelt there. */
async function pickCall(name: string): Promise<void> {
  const editor = await openFixture('frontend.yaml', { viewColumn: vscode.ViewColumn.One });
  if (name === 'catalog') await replace(editor, '//catalogue', '//catalog');
  const id = 'Deployment/shop/frontend';
  await vscode.commands.executeCommand('podwire.showTopology', { uri: editor.document.uri.toString(), id });
  await eventually(`the call to ${name} is listed`, () =>
    inWebview((wanted: string) => {
      const items = [...document.querySelectorAll<HTMLElement>('.panel .item')];
      const item = items.find((each) => each.querySelector('.item-text')?.textContent === wanted);
      item?.click();
      return item !== undefined;
    }, name),
  );
}

/** Clicks on a link of the walk, by its words. */
async function clickLink(words: string): Promise<void> {
  await inWebview((wanted: string) => {
    const links = [...document.querySelectorAll<HTMLElement>('.walk .link')];
    links.find(({ textContent }) => textContent === wanted)?.click();
  }, words);
}

/** The active editor, once it shows a file. */
async function editorOf(file: string): Promise<vscode.TextEditor> {
  return eventually(`${file} is open`, () => {
    const active = vscode.window.activeTextEditor;
    return active?.document.uri.path.endsWith(`/${file}`) ? active : undefined;
  });
}

function replace(editor: vscode.TextEditor, from: string, to: string): Thenable<boolean> {
  const start = positionOf(editor.document, from);
  return editor.edit((edit) => edit.replace(new vscode.Range(start, start.translate(0, from.length)), to));
}

describe('the way of a packet in the topology', function () {
  this.timeout(60_000);

  beforeEach(function () {
    if (!hasWindow) this.skip();
  });

  afterEach(resetWindow);

  it('is told hop by hop beside a picked call, with the lines that it rests on', async () => {
    await pickCall('catalog');
    const { hops, back } = await walk('Arrives.');
    assert.match(hops[0] ?? '', /^pod frontend-\S+?resolvecatalog → catalog\.shop\.svc\.cluster\.local → /);
    assert.ok(hops.some((hop) => /DNAT.*KUBE-SVC-[A-Z2-7]{16} → KUBE-SEP-/.test(hop)));
    assert.match(hops.find((hop) => hop.includes('policy, ingress')) ?? '', /allowed\. Ingress: allow-catalog rule 1/);
    assert.match(hops.at(-1) ?? '', /^pod catalog-\S+?arrive/);
    assert.ok(back > 0);
    await clickLink('rule 1');
    const editor = await editorOf('network-policies.yaml');
    const policy = editor.document.offsetAt(positionOf(editor.document, 'name: allow-catalog'));
    const rule = editor.document.positionAt(editor.document.getText().indexOf('ingress:', policy)).line + 1;
    await eventually('the cursor is at the rule', () => editor.selection.active.line === rule);
  });

  it('stops where it is denied, and goes on once the text lets it through', async () => {
    await pickCall('cart');
    const { hops, back, remarks } = await walk('Denied on the way.');
    assert.match(hops.at(-1) ?? '', /policy, ingress.*denied\. Ingress: default-deny, allow-cart isolate cart/);
    assert.equal(back, 0);
    assert.match(remarks, /^Nearest: allow-cart rule 1: it asks for app=front-end/);
    await clickLink('rule 1');
    const policies = await editorOf('network-policies.yaml');
    await inWebview(() => {
      const first = document.querySelector<HTMLElement & { seen?: true }>('.walk .hop .link');
      if (first) first.seen = true;
      first?.focus();
    });
    await replace(policies, 'front-end', 'frontend');
    const after = await walk('Arrives.');
    assert.ok(after.hops.length > hops.length && after.remarks === '');
    const isInPlace = await inWebview(() => {
      const first = document.querySelector<HTMLElement & { seen?: true }>('.walk .hop .link');
      return first?.seen === true && document.activeElement === first;
    });
    assert.ok(isInPlace, 'what an edit does not change stays, and keeps the focus');
  });

  it('stays while one types into the text that a link led to', async () => {
    await pickCall('cart');
    await walk('Denied on the way.');
    await clickLink('rule 1');
    const policies = await editorOf('network-policies.yaml');
    const hyphen = positionOf(policies.document, '-end');
    policies.selection = new vscode.Selection(hyphen, hyphen);
    await vscode.commands.executeCommand('deleteRight');
    await walk('Arrives.');
    await vscode.commands.executeCommand('type', { text: '-' });
    await walk('Denied on the way.');
  });

  it('is folded and unfolded by the keyboard', async () => {
    await pickCall('catalog');
    await walk('Arrives.');
    const isOpen = () => inWebview(() => document.querySelector<HTMLDetailsElement>('.walk')?.open);
    await inWebview(() => document.querySelector<HTMLElement>('.walk summary')?.focus());
    await person.press('Enter');
    await eventually('it is folded', async () => (await isOpen()) === false);
    await person.press('Enter');
    await eventually('it is open', isOpen);
  });

  it('hands the commands that check it to the clipboard', async () => {
    await pickCall('catalog');
    await walk('Arrives.');
    await inWebview(() => {
      const checks = [...document.querySelectorAll<HTMLDetailsElement>('.walk-part')].at(-1);
      if (checks) checks.open = true;
      checks?.querySelector<HTMLElement>('vscode-button')?.click();
    });
    await eventually('they are there', async () => {
      const text = await vscode.env.clipboard.readText();
      return /^# kubectl\nkubectl get pod -n shop[\s\S]*\n# node-\d\n[\s\S]*nc -vz catalog 8080\n$/.test(text);
    });
  });

  for (const theme of Object.keys(themes) as (keyof typeof themes)[]) {
    it(`can be looked at in ${theme}`, async () => {
      await setTheme(theme);
      await pickCall(theme === 'light' ? 'cart' : 'catalog');
      await walk(theme === 'light' ? 'Denied on the way.' : 'Arrives.');
      // Of the panel alone: scrolling the walk into view would move the workbench around the page as well.
      await inWebview(() => {
        const top = document.querySelector<HTMLElement>('.walk')?.offsetTop ?? 0;
        document.querySelector('.panel')?.scrollTo({ top });
      });
      await screenshot(`walk-${theme}`);
    });
  }
});
