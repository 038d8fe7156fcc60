// The topology page in a browser without VS Code around it, to look at it and to try it quickly:
//   node test/webview/look.ts        takes pictures into test-results/webview/

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { repository } from '../../scripts/paths.ts';
import { createNonce, panelHtml } from '../../src/client/panel-html.ts';
import type { ClientMessage, PageMessage, PlanView, ProofView, WalkView } from '../../src/client/panel-protocol.ts';
import type { Graph } from '../../src/topology/graph.ts';
import { reachIn } from './fixture.ts';
import { allowed } from './proofs.ts';
import { englishStrings } from './strings.ts';
import { common, themes } from './themes.ts';
import { arriving } from './walks.ts';

const origin = 'http://podwire.test';

export interface OpenPage {
  readonly page: Page;
  /** What the page said, in order. */
  readonly said: PageMessage[];
  /** Violations of the policy and errors: there should be none. */
  readonly complaints: string[];
  send(message: ClientMessage): Promise<void>;
  show(graph: Graph, brokenFiles?: number): Promise<void>;
  /** What walks are answered with from now on. */
  walk: WalkView;
  /** What proofs are answered with from now on. */
  proof: ProofView;
  /** What plans are answered with from now on; with nothing they are left waiting. */
  plan: PlanView | undefined;
  setTheme(theme: string): Promise<void>;
  /** Waits until all that the page asked is answered, and nothing fades in any more. */
  rest(): Promise<void>;
}

/** Bundles the page into a folder, as the build does. */
export async function bundlePage(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'podwire-page-'));
  await build({
    absWorkingDir: repository,
    entryPoints: ['webview/main.ts', 'webview/layout-worker.ts', 'webview/main.css'],
    bundle: true,
    format: 'iife',
    outdir: folder,
    logLevel: 'warning',
  });
  return folder;
}

/** Opens the page in a browser, with a client that answers from fixtures. */
export async function openPage(
  browser: Browser,
  folder: string,
  options: { theme: string; width: number; height: number; state?: unknown; reducedMotion?: 'reduce' },
): Promise<OpenPage> {
  const { width, height, reducedMotion = null } = options;
  const page = await browser.newPage({ viewport: { width, height }, reducedMotion });
  const said: PageMessage[] = [];
  const complaints: string[] = [];
  let shown: Graph | undefined;
  const answers = new Set<Promise<void>>();
  const send = async (message: ClientMessage) => {
    const sent = page.evaluate((data) => void dispatchEvent(new MessageEvent('message', { data })), message);
    // A test may end before the last of its questions is answered.
    await sent.catch((error: unknown) => {
      if (!page.isClosed()) throw error;
    });
  };
  const answer = (message: ClientMessage) => {
    const sent = send(message).finally(() => answers.delete(sent));
    answers.add(sent);
  };
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error.stack)));
  const open: OpenPage = {
    page,
    said,
    complaints,
    walk: arriving,
    proof: allowed,
    plan: undefined,
    send,
    async show(graph, brokenFiles = 0) {
      shown = graph;
      await send({ type: 'graph', set: '/shop', label: 'examples/shop', uri: null, graph, brokenFiles });
    },
    async setTheme(theme) {
      await page.evaluate(({ body, style }) => {
        // As VS Code does: the attribute itself may not be written under the policy.
        document.documentElement.style.cssText = style;
        document.body.className = body;
      }, dress(theme));
    },
    async rest() {
      // What the page asked before this has come by the time that it answers this.
      await page.evaluate(() => undefined);
      await Promise.all(answers);
      await page.waitForFunction(() => document.getAnimations().length === 0);
    },
  };
  await page.exposeFunction('podwireSaid', (message: PageMessage) => {
    said.push(message);
    if (message.type === 'ready') answer({ type: 'start', strings: englishStrings });
    if (message.type === 'prove') answer({ type: 'proof', request: message.request, proof: open.proof });
    if (message.type === 'plan' && open.plan) answer({ type: 'plan', request: message.request, plan: open.plan });
    if (message.type === 'walk') answer({ type: 'walk', request: message.request, walk: open.walk });
    if (message.type === 'reach' && shown) {
      answer({ type: 'reach', request: message.request, reach: reachIn(shown, message.id, message.direction) });
    }
  });
  await page.addInitScript((state) => {
    const scope = globalThis as unknown as Record<string, unknown>;
    let kept = state;
    scope.acquireVsCodeApi = () => ({
      postMessage: (message: unknown) => (scope.podwireSaid as (message: unknown) => void)(message),
      getState: () => kept,
      setState: (next: unknown) => {
        kept = next;
        scope.podwireState = next;
      },
    });
    addEventListener('securitypolicyviolation', (event) => console.error(`CSP: ${event.violatedDirective}`));
  }, options.state);
  await serve(page, folder, options.theme);
  await page.goto(`${origin}/index.html`);
  return open;
}

/** What VS Code itself puts into each webview, as far as the page would show it. */
const ofVsCode =
  'code { padding: 1px 3px; border-radius: 4px; color: var(--vscode-textPreformat-foreground); background: var(--vscode-textPreformat-background); }';

function dress(theme: string): { body: string; style: string } {
  const { body, variables } = themes[theme] ?? { body: '', variables: {} };
  const style = Object.entries({ ...common, ...variables }).map(([name, value]) => `--vscode-${name}: ${value}`);
  return { body, style: style.join('; ') };
}

async function serve(page: Page, folder: string, theme: string): Promise<void> {
  const { body, style } = dress(theme);
  const nonce = createNonce();
  const html = panelHtml({
    cspSource: origin,
    nonce,
    script: `${origin}/main.js`,
    style: `${origin}/main.css`,
    layoutWorker: `${origin}/layout-worker.js`,
  })
    // The harness dresses the page as VS Code would, before the page's own script runs.
    .replace('<head>', `<head><style nonce="${nonce}">:root { ${style} } ${ofVsCode}</style>`)
    .replace('<body ', `<body class="${body}" `);
  await page.route(`${origin}/**`, async (route) => {
    const name = path.basename(new URL(route.request().url()).pathname);
    if (name === 'index.html') return route.fulfill({ contentType: 'text/html', body: html });
    if (name === 'favicon.ico') return route.fulfill({ status: 204 });
    const contentType = name.endsWith('.css') ? 'text/css' : 'text/javascript';
    return route.fulfill({ contentType, body: await readFile(path.join(folder, name)) });
  });
}

/** Removes what `bundlePage` made. */
export async function removePage(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}
