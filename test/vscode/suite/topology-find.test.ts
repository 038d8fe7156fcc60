import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, hasWindow, inWebview, openFixture, person, resetWindow, screenshot } from '../harness.ts';

/** The ids in the tree that stands beside the picture. */
async function tree(): Promise<readonly string[]> {
  return inWebview(() =>
    [...document.querySelectorAll<HTMLElement>('[role=treeitem]')].map((item) => item.dataset.id ?? ''),
  );
}

async function has(id: string): Promise<boolean> {
  return (await tree()).includes(id);
}

describe('finding and collapsing in the topology', function () {
  this.timeout(60_000);

  beforeEach(async function () {
    if (!hasWindow) this.skip();
    await openFixture('frontend.yaml');
    await vscode.commands.executeCommand('podwire.showTopology');
    await eventually('the shop is drawn', () => has('Deployment/shop/cart'));
  });

  afterEach(resetWindow);

  it('hides what an expression does not find, while it is typed', async () => {
    await person.clickInWebview('.search-field');
    await person.type('ns=data kind=Service');
    await person.clickInWebview('.search-button');
    await eventually('only the Services of data are left', async () => {
      const ids = await tree();
      return ids.includes('Service/data/orders-db') && !ids.includes('Deployment/shop/cart');
    });
    assert.ok(!(await has('StatefulSet/data/orders-db')));
    await screenshot('topology-filter');
    await person.clickInWebview('.search-button');
    await eventually('everything is there again', () => has('Deployment/shop/cart'));
  });

  it('collapses a namespace by a key, and opens it again', async () => {
    await inWebview(() => document.querySelector<HTMLElement>('[data-id="Namespace//data"]')?.focus());
    await person.press('ArrowDown');
    await person.press('ArrowUp');
    await person.press('-');
    await eventually('data is collapsed', async () => !(await has('StatefulSet/data/orders-db')));
    assert.ok(await has('Namespace//data'));
    await screenshot('topology-collapsed');
    await person.press('Enter');
    await eventually('data is open', () => has('StatefulSet/data/orders-db'));
  });
});
