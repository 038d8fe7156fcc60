import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { PlanView } from '../../src/client/panel-protocol.ts';
import type { Graph } from '../../src/topology/graph.ts';
import { shop, workload } from './fixture.ts';
import type { OpenPage } from './open-page.ts';
import { pages } from './pages.ts';
import { allowing, denying } from './plans.ts';
import { blocked } from './proofs.ts';
import { denied } from './walks.ts';

const frontend = 'Deployment/shop/frontend';
const catalogCall = 'calls:Deployment/shop/frontend:Service/shop/catalog';
const openPage = pages();

/** Names that mean to get out of where they stand, and names that are merely unlike any other. */
const names = fc.oneof(
  fc.constantFrom(
    '<img src=x onerror=alert(1)>',
    '</text></svg><script>alert(1)</script>',
    '"><iframe srcdoc="<b>">',
    "' onload='alert(1)",
    ']]><![CDATA[<x/>',
    '&lt;b&gt; &amp; &#0; &nosuch;',
    '<!-- -->',
    'javascript:alert(1)',
    "url(#a) '); background: url(//example.org)",
    '%3Cscript%3E %00 %',
    '\u202egnp.exe\u202c',
    'שלום مرحبا',
    '👩‍👩‍👧‍👦🏳️‍🌈e\u0301\u0301\u0301',
    'two\nlines\r\n\tand more',
    '\u0000\u0007\ufffe\u2028\u2029',
    'a'.repeat(253),
    '<'.repeat(253),
    '__proto__',
    '',
  ),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: fc.constantFrom(...'<>"\'&;/=#%` \n😀a'), maxLength: 30 }),
);

/** The shop with other texts: each that a manifest may have. */
function renamed({ nodes, edges }: Graph, text: () => string, mark: string): Graph {
  return {
    nodes: [
      ...nodes.map((node) => ({
        ...node,
        label: text(),
        messages: [text()],
        labels: { [text()]: text() },
        selector: { [text()]: text() },
        ...('ports' in node && { ports: [text(), text()] }),
      })),
      workload('shop/mark', { label: mark }),
    ],
    edges: edges.map((edge) => ({ ...edge, ports: edge.ports.map(text), why: text() })),
  };
}

/** A plan with something of each kind. */
const plan: PlanView = {
  ...allowing,
  effect: { ...denying.effect, opens: allowing.effect.opens },
  isolates: denying.isolates,
};

const told = new Set(
  'text title name summary verdict site interfaces step packet command on actual starts stops isolates'.split(' '),
);

/** An answer of the server with other texts in it. */
function reworded<T>(value: T, text: () => string): T {
  if (Array.isArray(value)) return value.map((each) => reworded(each, text)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const other = (key: string, each: unknown): unknown => {
    if (!told.has(key)) return reworded(each, text);
    if (typeof each === 'string') return text();
    return Array.isArray(each) ? each.map((one) => other(key, one)) : reworded(each, text);
  };
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, other(key, each)])) as T;
}

async function drawn(open: OpenPage, graph: Graph, mark: string): Promise<void> {
  await open.show(graph);
  await open.page.waitForSelector(`[role=treeitem][aria-label^="${mark},"]`, { state: 'attached' });
}

/** Picks everything that has a panel of its own, one after the other. */
async function look(open: OpenPage): Promise<readonly string[]> {
  const found = new Set<string>();
  const pick = async (id: string | null) => {
    await open.send({ type: 'select', id, centre: false });
    for (const name of await made(open)) found.add(name);
  };
  for (const id of [frontend, 'Service/shop/catalog', 'NetworkPolicy/shop/default-deny', 'Namespace//data']) {
    await pick(id);
  }
  await pick(catalogCall);
  await open.page.waitForSelector('.hop');
  await pick(catalogCall);
  await open.page.keyboard.press('Shift+D');
  await open.page.waitForSelector('.diff');
  await pick(catalogCall);
  await open.page.keyboard.press('Escape');
  return [...found];
}

/** The kinds of elements in the page, and their attributes. */
function made({ page }: OpenPage): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('*')].flatMap((element) => [
      element.localName,
      ...element.getAttributeNames().map((name) => `${element.localName} ${name}`),
    ]),
  );
}

/** What XML the pictures of the nodes are made of, and what of it cannot be read. */
function faces({ page }: OpenPage): Promise<readonly string[]> {
  return page.evaluate(() => {
    // biome-ignore lint/suspicious/noExplicitAny: the library hangs its instance on the element that it draws in.
    const { cy } = (document.querySelector('.canvas') as any)._cyreg;
    // biome-ignore lint/suspicious/noExplicitAny: see above.
    const data: object[] = cy.elements().map((element: any) => element.data());
    const urls = data
      .flatMap((each) => Object.values(each))
      .filter((each) => typeof each === 'string' && each.startsWith('data:image/svg'));
    return urls.flatMap((url) => {
      const root = new DOMParser().parseFromString(
        decodeURIComponent(url.slice(url.indexOf(',') + 1)),
        'image/svg+xml',
      );
      const all = [...root.querySelectorAll('*')];
      return all.flatMap((element) => [
        element.localName,
        ...element.getAttributeNames().map((name) => `${element.localName} ${name}`),
      ]);
    });
  });
}

test('no name of a manifest becomes anything but text, in the page and in its pictures', async () => {
  const open = await openPage({ theme: 'light', width: 1400, height: 860 });
  await open.page.waitForSelector('.toolbar');
  const same = (text: string) => () => text;
  open.walk = reworded(denied, same('plain'));
  open.proof = reworded(blocked, same('plain'));
  open.plan = reworded(plan, same('plain'));
  await drawn(open, renamed(shop(), same('plain'), 'plain-0'), 'plain-0');
  const knownElements = new Set([...(await look(open)), ...(await made(open))]);
  const knownShapes = new Set(await faces(open));
  assert.ok(knownElements.has('li') && knownShapes.has('text'), 'there is something to compare with');

  let round = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(names, { minLength: 40, maxLength: 40 }), async (texts) => {
      let next = 0;
      const text = () => texts[next++ % texts.length] ?? '';
      const mark = `mark-${++round}`;
      open.walk = reworded(denied, text);
      open.proof = reworded(blocked, text);
      open.plan = reworded(plan, text);
      const graph = renamed(shop(), text, mark);
      await drawn(open, graph, mark);
      const strangers = (found: readonly string[], known: ReadonlySet<string>) =>
        found.filter((each) => !known.has(each));
      assert.deepEqual(strangers(await look(open), knownElements), []);
      assert.deepEqual(strangers(await faces(open), knownShapes), []);
      const spoken = await open.page.evaluate(() =>
        [...document.querySelectorAll('[role=treeitem]')].map((item) => item.getAttribute('aria-label') ?? ''),
      );
      for (const { label } of graph.nodes)
        assert.ok(
          spoken.some((each) => each.startsWith(label)),
          JSON.stringify(label),
        );
      assert.deepEqual(open.complaints, []);
    }),
    { numRuns: 8 },
  );
  await open.page.close();
});
