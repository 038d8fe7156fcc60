// How long the picture of many workloads takes, as ratios to what ELK alone takes: `npm run bench:picture [-- --rounds R]`.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { median } from '../../bench/timing.ts';
import { launchBrowser } from '../../scripts/vscode/browser.ts';
import type { Graph } from '../../src/topology/graph.ts';
import { arrange } from '../../webview/arrange.ts';
import type { Elk, ElkNode } from '../../webview/elk-types.ts';
import { facesOf } from '../../webview/faces.ts';
import { boxes, crowd } from './fixture.ts';
import { bundlePage, type OpenPage, openPage, removePage } from './open-page.ts';
import { paint } from './paint.ts';

const namespaces = 40;
const workloads = 50 * namespaces;
const graph = crowd(workloads, namespaces);
const policies = boxes(400);
const spaces = graph.nodes.filter(({ type }) => type === 'namespace').map(({ id }) => id);

/** A browser with the page's bundle beside it. */
interface Bench {
  readonly browser: Browser;
  readonly bundle: string;
}

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '3' } } });
const bench: Bench = { browser: await launchBrowser(), bundle: await bundlePage() };
try {
  await measureTimes(bench, Number(values.rounds));
  say('');
  await measureMotion(bench);
} finally {
  await bench.browser.close();
  await removePage(bench.bundle);
}

async function measureTimes(bench: Bench, rounds: number): Promise<void> {
  say(`the picture of ${workloads} workloads in ${namespaces} namespaces, in headless Chromium`);
  const times: Record<'layout' | 'first' | 'one' | 'opening' | 'policies', number[]> = {
    ...{ layout: [], first: [], one: [], opening: [], policies: [] },
  };
  for (let round = 0; round < rounds; round++) {
    times.layout.push(await timeOfLayouts(bench, spaces));
    const open = await freshPage(bench);
    times.first.push(await timeUntil(open, { show: graph }, spaces[0] ?? ''));
    const chosen = spaces[round % spaces.length] ?? '';
    times.one.push(await timeOfLayouts(bench, [chosen]));
    times.opening.push(await timeOfOpening(open, chosen));
    await open.page.close();
    const other = await freshPage(bench);
    times.policies.push(await timeUntil(other, { show: policies }, policies.nodes[0]?.id ?? ''));
    await other.page.close();
  }
  const [layout, one] = [median(times.layout), median(times.one)];
  line('ELK, each namespace alone', layout, layout, '');
  line('first picture', median(times.first), layout, '≤ 3');
  line('ELK, a namespace of 50', one, one, '');
  line('opening it', median(times.opening), one, '≤ 2');
  line('the boxes of 400 policies', median(times.policies), layout, '≤ 1');
}

/** How many pictures a second there are while the view moves: as it opens, and with 300 workloads to be seen. */
async function measureMotion(bench: Bench): Promise<void> {
  const open = await freshPage(bench);
  await timeUntil(open, { show: graph }, spaces[0] ?? '');
  say(`${'moving, as it opens'.padEnd(28)}${await motionOf(open.page)}   ≥ 30 a second`);
  for (const id of spaces.slice(0, 6)) await timeOfOpening(open, id);
  await open.page.click('vscode-button[aria-label="Fit"]');
  say(`${'moving, 300 workloads open'.padEnd(28)}${await motionOf(open.page)}   ≥ 30 a second`);
  await open.page.close();
}

async function freshPage({ browser, bundle }: Bench): Promise<OpenPage> {
  return openPage(browser, bundle, { theme: 'dark', width: 1400, height: 860 });
}

/** From the message to the next picture in which a node is drawn. */
async function timeUntil(open: OpenPage, { show }: { show: Graph }, id: string): Promise<number> {
  await open.page.waitForSelector('.toolbar');
  const message = { type: 'graph', set: '/bench', label: 'bench', uri: null, graph: show, brokenFiles: 0 };
  return open.page.evaluate(timed, { message, id });
}

/** From the key to the next picture in which what is inside is drawn. */
async function timeOfOpening(open: OpenPage, id: string): Promise<number> {
  await open.send({ type: 'select', id, centre: false });
  await open.page.focus('[role=treeitem][aria-selected=true]');
  const inside = graph.nodes.find(({ parent }) => parent === id)?.id ?? '';
  return open.page.evaluate(timed, { key: '+', id: inside });
}

/** Runs in the page: it says something, by a message or by a key, and waits until a node is drawn. */
async function timed({ message, key, id }: { message?: unknown; key?: string; id: string }): Promise<number> {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  // biome-ignore lint/suspicious/noExplicitAny: the library hangs its instance on the element that it draws in.
  const has = () => (document.querySelector('.canvas') as any)._cyreg?.cy?.getElementById(id).nonempty();
  const start = performance.now();
  if (key) document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  else dispatchEvent(new MessageEvent('message', { data: message }));
  while (!has()) await frame();
  await frame();
  return performance.now() - start;
}

/** How many pictures a second, by the median of the times between them, while the view is moved and zoomed. */
async function motionOf(page: Page): Promise<string> {
  const times = await page.evaluate(async () => {
    const canvas = document.querySelector('.canvas');
    const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
    const times: number[] = [];
    for (let i = 0; i < 10; i++) await frame();
    let before = await frame();
    const box = canvas?.getBoundingClientRect() ?? new DOMRect();
    const target = document.elementFromPoint(box.x + 5, box.y + box.height / 2) ?? document.body;
    const [x, y] = [box.x + 5, box.y + box.height / 2];
    const mouse = (type: string, dx: number, dy: number, buttons: number) =>
      new MouseEvent(type, { clientX: x + dx, clientY: y + dy, bubbles: true, buttons });
    const wheel = (deltaY: number) =>
      new WheelEvent('wheel', { deltaY, clientX: x + 400, clientY: y, bubbles: true, cancelable: true });
    // By the mouse, as a person does: the library draws less while it is dragged or zoomed so.
    const events = [
      mouse('mousedown', 0, 0, 1),
      ...Array.from({ length: 60 }, (_, i) => mouse('mousemove', 12 * Math.abs(10 - (i % 20)), 3 * i, 1)),
      mouse('mouseup', 0, 180, 0),
      ...Array.from({ length: 60 }, (_, i) => wheel(i % 20 < 10 ? 12 : -12)),
    ];
    // biome-ignore lint/suspicious/noExplicitAny: see above.
    const { cy } = (canvas as any)._cyreg;
    const seen = new Set<string>();
    for (const event of events) {
      target.dispatchEvent(event);
      seen.add(JSON.stringify([cy.pan(), cy.zoom()]));
      const now = await frame();
      times.push(now - before);
      before = now;
    }
    // Each event but the press and the release is to move the view.
    if (seen.size < 60) throw new Error(`The view had ${seen.size} places only.`);
    return times;
  });
  const sorted = [...times].sort((a, b) => a - b);
  const worst = sorted[Math.floor(sorted.length * 0.95)] ?? 0;
  return `${(1000 / median(times)).toFixed(0)} a second, ${(1000 / worst).toFixed(0)} in the slowest twentieth`;
}

/** The time of ELK alone, in its worker, for the insides of namespaces, one after the other. */
async function timeOfLayouts({ browser, bundle }: Bench, ids: readonly string[]): Promise<number> {
  const page = await browser.newPage();
  const script = await readFile(path.join(bundle, 'layout-worker.js'), 'utf8');
  const graphs = await insidesOf(ids);
  const time = await page.evaluate(
    async ({ script, graphs }) => {
      const worker = new Worker(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })));
      const ask = (id: number, message: object) =>
        new Promise<void>((resolve) => {
          worker.onmessage = ({ data }) => data.id === id && resolve();
          worker.postMessage({ id, ...message });
        });
      await ask(0, { cmd: 'register', algorithms: ['layered'] });
      // The first one finds the engine cold, as the first picture does.
      const start = performance.now();
      for (const [i, graph] of graphs.entries())
        await ask(i + 1, { cmd: 'layout', graph, layoutOptions: {}, options: {} });
      return performance.now() - start;
    },
    { script, graphs },
  );
  await page.close();
  return time;
}

/** What ELK is asked for the insides of namespaces: the questions of a whole layout, which nobody answers. */
async function insidesOf(ids: readonly string[]): Promise<ElkNode[]> {
  const asked: ElkNode[] = [];
  const unanswered: Elk = async (question) => {
    if (ids.includes(question.children?.[0]?.id ?? '') && question.children?.length === 1) asked.push(question);
    return structuredClone(question);
  };
  await arrange(graph, undefined, facesOf(graph, paint), new Map(), unanswered, { width: 1400, height: 860 });
  return asked;
}

function line(measure: string, time: number, unit: number, target: string): void {
  say(row(measure, `${time.toFixed(0)} ms`, (time / unit).toFixed(2), target));
}

function row(measure: string, time: string, ratio: string, target: string): string {
  return `${measure.padEnd(28)}${time.padStart(12)}${ratio.padStart(13)}   ${target}`.trimEnd();
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
