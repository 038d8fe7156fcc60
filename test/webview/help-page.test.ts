import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { gestures, type Meaning, pageKeys, searchKeys, treeKeys } from '../../webview/keys.ts';
import { shop } from './fixture.ts';
import type { OpenPage } from './open-page.ts';
import { pages } from './pages.ts';
import { englishStrings } from './strings.ts';

const openPage = pages();
let open: OpenPage;

const named = ['Enter', 'Escape', 'Tab', 'Delete', 'Backspace', 'Home', 'End', 'PageUp', 'PageDown', 'F1', 'F2', 'F3'];
const arrows = ['ArrowDown', 'ArrowUp', 'ArrowLeft', 'ArrowRight'];
const signs = [...'?+=-_*/.,;:#!"(){}[]<>@&%$^~|ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'Space'];
const commands = [...'abcdefghijklmnopqrstuvwxyz'].flatMap((letter) => [
  `Control ${letter}`,
  `Control Shift ${letter}`,
]);
/** Every key that might mean something, but for the letters, which all do in the tree. */
const chords = [...named, ...arrows, ...signs, ...commands, ...[...named, ...arrows].map((name) => `Shift ${name}`)];

afterEach(async () => {
  assert.deepEqual(open.complaints, []);
  await open.page.close();
});

async function draw(): Promise<void> {
  open = await openPage({ theme: 'dark', width: 1200, height: 800 });
  await open.page.waitForSelector('.toolbar');
  await open.show(shop());
  await open.page.waitForSelector('[role=treeitem][aria-label^=frontend]', { state: 'attached' });
}

/** Which keys the page takes where the focus is; what they do is done. */
async function taken(selector: string): Promise<readonly string[]> {
  return await open.page.evaluate(
    ({ chords, selector }) =>
      chords.filter((chord) => {
        const target = document.querySelector<HTMLElement>(selector);
        target?.focus();
        const parts = chord.split(' ');
        const name = parts.at(-1) ?? '';
        const event = new KeyboardEvent('keydown', {
          key: name === 'Space' ? ' ' : name,
          ctrlKey: parts.includes('Control'),
          shiftKey: parts.includes('Shift'),
          bubbles: true,
          cancelable: true,
        });
        target?.dispatchEvent(event);
        for (const dialog of document.querySelectorAll('dialog')) dialog.close();
        return event.defaultPrevented;
      }),
    { chords: [...chords], selector },
  );
}

function keysOf(...tables: readonly Readonly<Record<string, { readonly keys: readonly string[] }>>[]): string[] {
  return [...new Set(tables.flatMap((table) => Object.values(table).flatMap(({ keys }) => keys)))].sort();
}

test('the tree and the page take the keys of the help, and no others', async () => {
  await draw();
  await open.send({ type: 'select', id: 'Deployment/shop/cart', centre: false });
  const inside = await taken('[role=treeitem][aria-label^="shop, "]');
  const below = await taken('[role=treeitem][aria-label^="cart, Deployment"]');
  assert.deepEqual([...new Set([...inside, ...below])].sort(), keysOf(pageKeys, treeKeys));
});

test('the search takes its own keys, those with a command, and nothing that is written', async () => {
  await draw();
  await open.page.focus('.search-field');
  await open.page.keyboard.type('c');
  const found = await taken('.search-field');
  // To take or to forget, something has to be chosen in the list.
  const unchosen = [...searchKeys.take.keys, ...searchKeys.forget.keys];
  const written = [...chords].filter((chord) => chord.length === 1);
  const expected = keysOf(pageKeys, searchKeys).filter((key) => ![...unchosen, ...written].includes(key));
  assert.deepEqual([...found].sort(), expected);
});

test('the help opens by key and by its button, holds the focus, and gives it back', async () => {
  await draw();
  const { page } = open;
  const dialog = page.getByRole('dialog', { name: 'Keyboard and Mouse' });
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
  await page.focus('[role=treeitem][tabindex="0"]');
  const before = await focused();
  await page.keyboard.press('?');
  await dialog.waitFor();
  assert.equal(await focused(), 'Close');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Shift+Tab');
  assert.equal(await focused(), 'Close');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  assert.equal(await focused(), before);
  await page.click('vscode-button[aria-label="Keyboard and Mouse"]');
  await dialog.waitFor();
  const told = await dialog.locator('dd').allTextContents();
  for (const { text } of [pageKeys, treeKeys, searchKeys].flatMap((table) => Object.values<Meaning>(table))) {
    assert.ok(told.includes(englishStrings[text]), text);
  }
  for (const [, text] of Object.values(gestures).flat()) assert.ok(told.includes(englishStrings[text]), text);
  await page.click('dialog vscode-button');
  await dialog.waitFor({ state: 'hidden' });
});

test('a question mark that is written into the search is one', async () => {
  await draw();
  await open.page.focus('.search-field');
  await open.page.keyboard.type('a?');
  assert.equal(await open.page.inputValue('.search-field'), 'a?');
  assert.equal(await open.page.locator('dialog[open]').count(), 0);
});
