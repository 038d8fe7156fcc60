import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { asked, frontend, labelledShop, pick, press, said } from './acts.ts';
import type { OpenPage } from './open-page.ts';
import { pages } from './pages.ts';
import { allowing } from './plans.ts';

const openPage = pages();
let open: OpenPage;

beforeEach(async () => {
  open = await openPage({ theme: 'dark', width: 1400, height: 860 });
  open.plan = allowing;
  await open.page.waitForSelector('.toolbar');
  await open.show(labelledShop());
});

afterEach(async () => {
  assert.deepEqual(open.complaints, []);
  await open.page.close();
});

const field = (name: string) => open.page.getByLabel(name, { exact: true });

test('switches show where something is isolated, and ask for the other', async () => {
  await pick(open, frontend, 'frontend');
  const switches = open.page.locator('[role=switch]');
  assert.deepEqual(
    await switches.evaluateAll((each) => each.map((one) => [one.textContent, one.getAttribute('aria-checked')])),
    [
      ['Ingress', 'true'],
      ['Egress', 'false'],
    ],
  );
  await switches.nth(0).click();
  assert.deepEqual((await asked(open)).wish, { type: 'unisolate', id: frontend, directions: ['ingress'] });
  await open.page.keyboard.press('Escape');
  assert.equal(await switches.nth(0).getAttribute('aria-checked'), 'true', 'it turns when the picture does');
  assert.equal(await open.page.evaluate(() => document.activeElement?.textContent), 'Ingress');
  await pick(open, 'Namespace//observability', 'observability');
  await open.page.click('[role=switch]:has-text("Egress")');
  const wish = { type: 'isolate', id: 'Namespace//observability', directions: ['egress'] };
  assert.deepEqual((await asked(open, 2)).wish, wish);
});

test('nothing is offered where nothing can be changed', async () => {
  await pick(open, 'DaemonSet/observability/node-exporter', 'node-exporter');
  assert.equal(await open.page.$('[role=switch]'), null, 'policy does not govern the network of a node');
  await pick(open, 'Deployment/kube-system/coredns', 'coredns');
  assert.equal(await open.page.isHidden('.labels'), true, 'what is assumed is written nowhere');
  assert.equal(await open.page.$('vscode-button:text-is("Add a Service")'), null);
  await pick(open, 'internet', 'internet');
  assert.equal(await open.page.$('[role=switch]'), null);
  assert.ok(await open.page.$('vscode-button:text-is("Allow…")'));
});

test('what nobody wrote cannot be changed, and says so', async () => {
  await pick(open, frontend, 'frontend');
  const labels = open.page.locator('.labels').first().locator('.label');
  assert.deepEqual(
    await labels.evaluateAll((items) =>
      items.map((item) => [item.textContent, item.querySelectorAll('button').length]),
    ),
    [
      ['app=frontend', 2],
      ['app.kubernetes.io/part-of=shop', 2],
      ['pod-template-hash=xadded by the cluster', 0],
    ],
  );
});

test('a label that became what was asked for is asked for no more', async () => {
  await pick(open, frontend, 'frontend');
  await open.page.click('.labels [aria-label="Change app"] >> nth=0');
  await field('Value').first().fill('web');
  await open.page.keyboard.press('Enter');
  await open.page.waitForSelector('.diff');
  await press(open, 'Write to YAML');
  await open.send({ type: 'applied', isDone: true });
  const { nodes, edges } = labelledShop();
  await open.show({
    nodes: nodes.map((node) => (node.id === frontend ? { ...node, labels: { app: 'web' } } : node)),
    edges,
  });
  await open.page.waitForSelector('.label-form >> nth=0', { state: 'hidden' });
});

test('a label gets another value; what Kubernetes does not take is said before it is asked for', async () => {
  await pick(open, frontend, 'frontend');
  await open.page.click('.labels [aria-label="Change app"] >> nth=0');
  await field('Value').first().fill('-front');
  await open.page.keyboard.press('Enter');
  await open.page.waitForSelector('.problem:has-text("A value is letters")');
  assert.equal(await field('Value').first().getAttribute('aria-invalid'), 'true');
  assert.deepEqual(said(open, 'plan'), []);
  await field('Value').first().fill('front-end');
  assert.equal(await open.page.isHidden('.problem >> nth=0'), true);
  await open.page.keyboard.press('Enter');
  assert.deepEqual((await asked(open)).wish, { type: 'label', id: frontend, key: 'app', value: 'front-end' });
  await press(open, 'Cancel');
  assert.equal(await field('Value').first().inputValue(), 'front-end', 'what was typed is still there');
  assert.equal(
    await field('Value')
      .first()
      .evaluate((input) => input === document.activeElement),
    true,
  );
});

test('a label is added and taken away, a selector alike', async () => {
  await pick(open, 'Service/shop/cart', 'cart');
  const selector = open.page.locator('.labels', { hasText: 'Selector' });
  await selector.getByText('Add…').click();
  await selector.getByLabel('Key').fill('app');
  await selector.getByLabel('Value').fill('x');
  await open.page.keyboard.press('Enter');
  await selector.locator('.problem:has-text("There is a app already.")').waitFor();
  await selector.getByLabel('Key').fill('Example.org/app');
  await open.page.keyboard.press('Enter');
  await selector.locator('.problem:has-text("Before the slash")').waitFor();
  await selector.getByLabel('Key').fill('example.org/app');
  await open.page.keyboard.press('Enter');
  const id = 'Service/shop/cart';
  assert.deepEqual((await asked(open)).wish, { type: 'selector', id, key: 'example.org/app', value: 'x' });
  await press(open, 'Cancel');
  await open.page.click('.labels [aria-label="Remove app"] >> nth=0');
  assert.deepEqual((await asked(open, 2)).wish, { type: 'label', id, key: 'app', value: null });
});

test('beside an editor, what is to be filled in is in sight, and so is what was, when a plan closes', async () => {
  await open.page.setViewportSize({ width: 620, height: 700 });
  await pick(open, frontend, 'frontend');
  await open.page.click('.labels [aria-label="Change app"] >> nth=0');
  const panel = open.page.locator('.panel');
  const isInSight = async (selector: string) => {
    const [outer, inner] = await Promise.all([panel.boundingBox(), open.page.locator(selector).first().boundingBox()]);
    return outer !== null && inner !== null && inner.y + inner.height <= outer.y + outer.height && inner.y >= outer.y;
  };
  assert.ok(await isInSight('.label-form:not([hidden])'));
  await open.page.keyboard.type('?');
  await open.page.keyboard.press('Enter');
  assert.ok(await isInSight('.problem:not([hidden])'));
  const scrolled = await panel.evaluate(({ scrollTop }) => scrollTop);
  await field('Value').first().fill('web');
  await open.page.keyboard.press('Enter');
  await open.page.waitForSelector('.diff');
  assert.ok(await isInSight('.plan h2'));
  await open.page.keyboard.press('Escape');
  assert.equal(await panel.evaluate(({ scrollTop }) => scrollTop), scrolled);
  assert.equal(await open.page.evaluate(() => document.scrollingElement?.scrollTop), 0, 'the page itself stays');
});

test('what is typed survives a new picture, and Escape leaves the fields alone', async () => {
  await pick(open, frontend, 'frontend');
  await open.page.click('.labels [aria-label="Change app"] >> nth=0');
  await field('Value').first().fill('half');
  await open.show(labelledShop());
  await open.rest();
  assert.equal(await field('Value').first().inputValue(), 'half');
  assert.equal(
    await field('Value')
      .first()
      .evaluate((input) => input === document.activeElement),
    true,
  );
  await open.page.keyboard.press('Escape');
  assert.equal(await field('Value').first().isHidden(), true);
  assert.equal(await open.page.textContent('.facts h2'), 'frontend', 'it is still picked');
  assert.equal(await open.page.evaluate(() => document.activeElement?.getAttribute('aria-label')), 'Change app');
});
