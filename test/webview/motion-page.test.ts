import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { edge, service, shop, workload } from './fixture.ts';
import type { OpenPage } from './open-page.ts';
import { pages } from './pages.ts';
import { denied } from './walks.ts';

const openPage = pages();
const size = { theme: 'dark', width: 1200, height: 800 };
const fresh = 'Deployment/shop/gift-wrap';
let open: OpenPage;

afterEach(async () => {
  assert.deepEqual(open.complaints, []);
  await open.page.close();
});

/** What the canvas told of its nodes: which ones moved, and whether they glided; how much was seen of the new one. */
interface Told {
  readonly moved: readonly string[];
  readonly glided: readonly string[];
  /** When it came, and in the end. */
  readonly opacities: readonly string[];
}

/** Shows the shop, then lets something happen; says what the canvas went through until all rests. */
async function told(reducedMotion: 'reduce' | undefined, act: () => Promise<void>): Promise<Told> {
  open = await openPage({ ...size, ...(reducedMotion && { reducedMotion }) });
  await open.page.waitForSelector('.toolbar');
  await open.show(shop());
  await open.page.waitForSelector('[role=treeitem][aria-label^=frontend]', { state: 'attached' });
  await open.page.evaluate((id) => {
    // biome-ignore lint/suspicious/noExplicitAny: the library hangs its instance on the element that it draws in.
    const { cy } = (document.querySelector('.canvas') as any)._cyreg;
    const told = { moved: new Set<string>(), glided: new Set<string>(), opacities: [] as string[] };
    Object.assign(globalThis, { told });
    // biome-ignore lint/suspicious/noExplicitAny: see above.
    cy.on('position', 'node', ({ target }: any) => {
      told.moved.add(target.id());
      if (target.animated()) told.glided.add(target.id());
    });
    // biome-ignore lint/suspicious/noExplicitAny: see above.
    cy.on('add', 'node', ({ target }: any) => {
      // Before it is drawn for the first time.
      if (target.id() === id) queueMicrotask(() => told.opacities.push(target.style('opacity')));
    });
  }, fresh);
  await act();
  await open.rest();
  await open.page.waitForFunction(() => {
    // biome-ignore lint/suspicious/noExplicitAny: see above.
    const { cy } = (document.querySelector('.canvas') as any)._cyreg;
    return cy.elements('.entering, .fading').empty() && cy.nodes(':animated').empty();
  });
  return await open.page.evaluate((id) => {
    // biome-ignore lint/suspicious/noExplicitAny: see above.
    const { cy } = (document.querySelector('.canvas') as any)._cyreg;
    const { told } = globalThis as unknown as { told: Record<'moved' | 'glided' | 'opacities', Iterable<string>> };
    const last = cy.getElementById(id).style('opacity');
    return {
      moved: [...told.moved],
      glided: [...told.glided],
      opacities: [...told.opacities, ...(last ? [last] : [])],
    };
  }, fresh);
}

/** Another workload, with a Service before it. */
async function grow(): Promise<void> {
  const { nodes, edges } = shop();
  const front = service('shop/gift-wrap', ['80/TCP']);
  await open.show({
    nodes: [...nodes, workload('shop/gift-wrap'), front],
    edges: [...edges, edge('selects', front.id, fresh)],
  });
  await open.page.waitForSelector('[role=treeitem][aria-label^=gift-wrap]', { state: 'attached' });
}

/** The whole anew, after a card was moved far away. */
async function tidy(): Promise<void> {
  const home = await open.page.evaluate(() => {
    // biome-ignore lint/suspicious/noExplicitAny: see above.
    const { cy } = (document.querySelector('.canvas') as any)._cyreg;
    const node = cy.getElementById('Deployment/shop/cart');
    const before = { ...node.position() };
    node.emit('grab');
    node.position({ x: node.position('x') + 400, y: node.position('y') + 300 });
    node.emit('free');
    return before;
  });
  await open.page.click('vscode-button[aria-label="Tidy Up"]');
  await open.page.waitForFunction((home) => {
    // biome-ignore lint/suspicious/noExplicitAny: see above.
    const { x, y } = (document.querySelector('.canvas') as any)._cyreg.cy
      .getElementById('Deployment/shop/cart')
      .position();
    return Math.hypot(x - home.x, y - home.y) < 1;
  }, home);
}

describe('where motion is welcome', () => {
  test('what is new fades in', async () => {
    const { opacities } = await told(undefined, grow);
    assert.deepEqual(opacities, ['0', '1']);
  });

  test('what finds another place glides there', async () => {
    const { glided } = await told(undefined, tidy);
    assert.ok(glided.includes('Deployment/shop/cart'), glided.join());
  });
});

describe('where motion is reduced', () => {
  test('what is new is there at once', async () => {
    const { opacities } = await told('reduce', grow);
    assert.deepEqual(opacities, ['1', '1']);
  });

  test('what finds another place is there at once', async () => {
    const { moved, glided } = await told('reduce', tidy);
    assert.ok(moved.includes('Deployment/shop/cart'), moved.join());
    assert.deepEqual(glided, []);
  });

  test('the way of a packet is there at once', async () => {
    await told('reduce', async () => {
      open.walk = denied;
      await open.send({ type: 'select', id: 'calls:Deployment/shop/frontend:Service/shop/catalog', centre: false });
      await open.page.waitForSelector('.hop');
      assert.equal(await open.page.evaluate(() => document.getAnimations().length), 0);
    });
  });
});
