// What a suite cannot do itself: it runs in the extension host, and the page is another program's. This small server,
// on this machine only, lets it ask. Each request is a POST of JSON to `/<command>`; the answer is JSON too, and a failed
// command answers 500 with the reason.
//
//   screenshot  {name}                          a picture of the whole window, into test-results/<name>.png
//   evaluate    {source, argument}              runs a function, given as source text, inside the visible webview
//   click       {selector, position, button, modifiers, count}    inside the visible webview
//   hover       {selector, position}            inside the visible webview
//   drag        {from, to, picture}             two points of the visible webview; a picture is taken before it lets go
//   wheel       {at, deltaX, deltaY}            at a point of the visible webview
//   press       {keys}                          such as `Control+Shift+P`, to whatever has the focus
//   type        {text}                          likewise
//   clickPage   {selector, position, button, modifiers, count}    in the workbench around the webview
//   hoverPage   {selector, position}            likewise
//   evaluatePage {source, argument}             runs a function in the workbench's page
//   note        {text}                          keeps a text for the suite that runs once the window is loaded again
//   noted       {}                              the text that was kept, or null

import { mkdir } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import path from 'node:path';
import type { ElementHandle, Frame, Page } from 'playwright-core';
import { testResults } from '../paths.ts';

type Point = { x: number; y: number };
type Target = { selector: string; position?: Point };
type Click = Target & {
  button?: 'left' | 'right' | 'middle';
  modifiers?: ('Alt' | 'Control' | 'Meta' | 'Shift')[];
  count?: number;
};
type Source = { source: string; argument?: unknown };

const patience = 10_000;

let noted: string | null = null;

const commands = {
  async screenshot(page: Page, { name }: { name: string }) {
    await mkdir(testResults, { recursive: true });
    await page.screenshot({ path: path.join(testResults, `${name}.png`) });
  },
  async evaluate(page: Page, { source, argument }: Source) {
    return await (await webview(page)).evaluate(functionFrom(source), argument);
  },
  async evaluatePage(page: Page, { source, argument }: Source) {
    return await page.evaluate(functionFrom(source), argument);
  },
  async click(page: Page, { selector, ...options }: Click) {
    await (await webview(page)).click(selector, clickOptions(options));
  },
  async clickPage(page: Page, { selector, ...options }: Click) {
    await page.click(selector, clickOptions(options));
  },
  async hover(page: Page, { selector, position }: Target) {
    await (await webview(page)).hover(selector, { ...(position && { position }), timeout: patience });
  },
  async hoverPage(page: Page, { selector, position }: Target) {
    await page.hover(selector, { ...(position && { position }), timeout: patience });
  },
  async drag(page: Page, { from, to, picture }: { from: Point; to: Point; picture?: string }) {
    const origin = await webviewOrigin(page);
    await page.mouse.move(origin.x + from.x, origin.y + from.y);
    await page.mouse.down();
    await page.mouse.move(origin.x + to.x, origin.y + to.y, { steps: 8 });
    if (picture) await commands.screenshot(page, { name: picture });
    await page.mouse.up();
  },
  async wheel(page: Page, { at, deltaX, deltaY }: { at: Point; deltaX: number; deltaY: number }) {
    const origin = await webviewOrigin(page);
    await page.mouse.move(origin.x + at.x, origin.y + at.y);
    await page.mouse.wheel(deltaX, deltaY);
  },
  async press(page: Page, { keys }: { keys: string }) {
    await page.keyboard.press(keys);
  },
  async type(page: Page, { text }: { text: string }) {
    await page.keyboard.type(text);
  },
  async note(_page: Page, { text }: { text: string }) {
    noted = text;
  },
  async noted() {
    return noted;
  },
};

/** Serves the commands, at a port of this machine, for the page that `page` gives once it is there. */
export async function startControl(port: number, page: () => Page | undefined): Promise<Server> {
  const server = createServer((request, response) => {
    // A suite in a web worker comes from another origin.
    response.setHeader('Access-Control-Allow-Origin', '*');
    answer(page(), request).then(
      (value) => response.end(JSON.stringify(value ?? null)),
      (error) => response.writeHead(500).end(JSON.stringify({ error: String(error) })),
    );
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  return server;
}

async function answer(page: Page | undefined, request: IncomingMessage): Promise<unknown> {
  if (!page) throw new Error('There is no page yet.');
  const name = request.url?.slice(1) ?? '';
  if (!Object.hasOwn(commands, name)) throw new Error(`There is no command ${name}.`);
  const command = commands[name as keyof typeof commands] as (page: Page, body: unknown) => Promise<unknown>;
  return await command(page, await bodyOf(request));
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return JSON.parse(text || '{}');
}

function clickOptions({ count, ...options }: Omit<Click, 'selector'>) {
  return { ...options, ...(count && { clickCount: count }), timeout: patience };
}

/** A page under a strict policy evaluates functions that Playwright hands in, but no strings: make it a function here. */
function functionFrom(source: string): (argument: unknown) => unknown {
  return new Function(`return (${source})`)();
}

/** A webview is a frame in a frame, and VS Code keeps hidden ones: take the one that is seen. */
async function webview(page: Page): Promise<Frame> {
  const outer = await (await visibleWebview(page)).contentFrame();
  const inner = await outer?.waitForSelector('#active-frame', { state: 'attached', timeout: patience });
  const frame = await inner?.contentFrame();
  if (!frame) throw new Error('The webview has no content yet.');
  return frame;
}

async function webviewOrigin(page: Page): Promise<Point> {
  const box = await (await visibleWebview(page)).boundingBox();
  if (!box) throw new Error('The webview is not on the screen.');
  return { x: box.x, y: box.y };
}

/** In the window, or in one that an editor was moved to. */
async function visibleWebview(page: Page): Promise<ElementHandle> {
  const windows = page.context().pages();
  const selector = 'iframe.webview.ready >> visible=true';
  return await Promise.any(windows.map((window) => window.waitForSelector(selector, { timeout: patience })));
}
