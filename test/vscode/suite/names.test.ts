import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { heal, rules } from '../fixes.ts';
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

const front = 'names/front.yaml';
const stores = 'names/stores.yaml';

describe('a hover on a name', () => {
  afterEach(resetWindow);

  it('tells every query on the way, the answer, who is behind it and whether policy lets this pod through', async () => {
    const text = await hover(front, 'http://api/v1', 8);
    assert.match(text, /api\.web\.svc\.cluster\.local/);
    assert.match(text, /10\.\d+\.\d+\.\d+/);
    assert.match(text, /Allowed\./);
    // Its policy forgets DNS, so that nothing of this comes to pass.
    assert.match(text, /front-egress/);
  });

  it('tells what a name of the internet costs, and the way out', async () => {
    const editor = await openFixture(stores);
    const rule = positionOf(editor.document, '        - port: 8080');
    await editor.edit((edit) => edit.insert(rule, '        - port: 53\n          protocol: UDP\n'));
    const text = await eventually('DNS may be asked', async () => {
      const found = await hover(front, 'licences.example.com');
      return /8 queries/.test(found) && found;
    });
    assert.match(text, /licences\.example\.com\.[\s\S]*ndots/);
  });
});

describe('what a hover on a name looks like', () => {
  afterEach(resetWindow);

  for (const theme of ['dark', 'light', 'highContrast'] as const) {
    it(`is seen in ${theme}`, async function () {
      if (!hasWindow) this.skip();
      await setTheme(theme);
      const editor = await openFixture('cart.yaml');
      const at = positionOf(editor.document, 'redis.data', 2);
      await openFixture('cart.yaml', { selection: new vscode.Range(at, at) });
      await eventually('the hover is drawn', async () => {
        await vscode.commands.executeCommand('editor.action.showHover');
        return inWorkbench(() => {
          const drawn = [...document.querySelectorAll<HTMLElement>('.monaco-hover')].filter(
            (each) => each.offsetHeight > 0,
          );
          return drawn.some(({ textContent }) => textContent?.includes('4 queries'));
        });
      });
      await screenshot(`names-${theme}`);
    });
  }
});

describe('a name', () => {
  afterEach(resetWindow);

  it('is a link to the Service that it means', async () => {
    const { document } = await openFixture(front);
    const link = await eventually('there is a link', async () => {
      const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
        'vscode.executeLinkProvider',
        document.uri,
      );
      return links.find(({ range }) => range.start.isEqual(positionOf(document, 'http://api/v1', 7)));
    });
    assert.ok(link.target);
    await vscode.commands.executeCommand('vscode.open', link.target);
    await eventually('the Service is shown', () => {
      const { document: shown, selection } = vscode.window.activeTextEditor ?? {};
      if (!shown || !selection) return false;
      const { line } = selection.active;
      return shown.lineAt(line).text.trim() === 'name: api' && shown.lineAt(line - 2).text === 'kind: Service';
    });
  });

  it('is completed from the namespace of the pod, then its port', async function () {
    if (!hasWindow) this.skip();
    const editor = await openFixture(front);
    const written = positionOf(editor.document, 'http://api/v1');
    const end = written.translate(0, 'http://api/v1'.length);
    await editor.edit((edit) => edit.replace(new vscode.Range(written, end), 'http://'));
    const behind = written.translate(0, 'http://'.length);
    await openFixture(front, { selection: new vscode.Range(behind, behind) });
    await person.type('ca');
    await takeSuggestion('cache.data');
    await person.type(':');
    await takeSuggestion('6379');
    await eventually('the name is written', () =>
      editor.document.getText().includes('value: http://cache.data:6379\n'),
    );
  });
});

/** Takes what the editor suggests, once this stands first. */
async function takeSuggestion(label: string): Promise<void> {
  await eventually(`${label} is suggested`, async () => {
    const first = await inWorkbench(() => {
      const row = document.querySelector('.suggest-widget.visible .monaco-list-row.focused .label-name');
      return row?.textContent ?? '';
    });
    if (first === '') await vscode.commands.executeCommand('editor.action.triggerSuggest');
    return first === label;
  });
  await screenshot('names-suggest');
  await person.press('Enter');
}

describe('a quick fix of a name', () => {
  afterEach(resetWindow);

  const replacements: readonly (readonly [what: string, at: string, title: RegExp, rule: string, to: string])[] = [
    ['adds the namespace', 'cache:6379', /^Change to `cache\.data`/, 'unknown-service', 'cache.data:6379'],
    ['writes the name that was meant', 'http://apii', /^Change to `api`/, 'unknown-service', 'http://api'],
    ['takes the port of the Service', 'api:8080', /^Change to port 80/, 'service-port-missing', 'api:80'],
    ['takes the port of the pods', 'db:5433', /^Change to port 5432/, 'service-port-missing', 'db:5432'],
    ['names the governing Service', 'db-0.database', /^Change to `db-0\.db`/, 'pod-name-unknown', 'db-0.db'],
  ];
  for (const [what, at, title, rule, to] of replacements) {
    it(what, async () => {
      const [before, after] = await heal(front, at, title, rule);
      assert.equal(after, before.replace(at, to));
    });
  }

  it('has the StatefulSet name the Service that is there', async () => {
    const [before, after] = await heal(
      stores,
      'serviceName: queues',
      /^Change to `queue`/,
      'governing-service-missing',
    );
    assert.equal(after, before.replace('serviceName: queues', 'serviceName: queue'));
  });

  it('writes the headless Service that is missing', async () => {
    const [, after] = await heal(
      stores,
      'serviceName: queues',
      /^Write a headless Service/,
      'governing-service-missing',
    );
    assert.match(after, /kind: Service\nmetadata:\n {2}name: queues\n {2}namespace: web\nspec:\n {2}clusterIP: None\n/);
  });

  it('lets DNS queries out, where every name of a workload failed', async () => {
    const [before, after] = await heal(stores, 'front-egress', /^Let DNS queries out in front-egress/, 'dns-blocked');
    assert.ok(after.startsWith(before.trimEnd()));
    assert.match(
      after.slice(before.trimEnd().length),
      /k8s-app: kube-dns[\s\S]*protocol: UDP\s+port: 53[\s\S]*protocol: TCP\s+port: 53/,
    );
  });

  it('is not offered where only a person knows what was meant', async () => {
    const { document } = await openFixture(front);
    await eventually('the address as a name is told', () => rules(document).includes('external-name-unresolved'));
    const at = positionOf(document, '192.0.2.44');
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      new vscode.Range(at, at),
    );
    assert.deepEqual(
      actions.map(({ title }) => title).filter((title) => !/gnore/.test(title)),
      [],
    );
  });
});
