import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, hasWindow, inWebview, person, resetWindow, screenshot, setTheme, themes } from '../harness.ts';

describe('the harness', () => {
  let panel: vscode.WebviewPanel;

  beforeEach(function () {
    if (!hasWindow) this.skip();
    panel = vscode.window.createWebviewPanel('harness', 'Harness', vscode.ViewColumn.One, { enableScripts: true });
    panel.webview.html = page;
  });

  afterEach(async () => {
    panel?.dispose();
    await resetWindow();
  });

  it('looks into a webview under a strict policy, and clicks there', async () => {
    await eventually('the page is there', async () => (await inWebview(() => document.body.dataset.ready)) === 'yes');
    await person.clickInWebview('button');
    assert.equal(await inWebview((id: string) => document.getElementById(id)?.textContent, 'count'), '1');
  });

  for (const theme of Object.keys(themes) as (keyof typeof themes)[]) {
    it(`puts on the theme ${theme}`, async () => {
      await setTheme(theme);
      await screenshot(`harness-${theme}`);
    });
  }
});

const page = `<!DOCTYPE html>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-harness'">
<button>Count</button> <output id="count">0</output>
<script nonce="harness">
  const count = document.getElementById('count');
  document.querySelector('button').onclick = () => count.textContent++;
  document.body.dataset.ready = 'yes';
</script>`;
