import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  eventually,
  hasWindow,
  inWebview,
  openFixture,
  person,
  resetWindow,
  screenshot,
  workspaceFolder,
} from '../harness.ts';
import { type Announced, announced, isWritten, textsOnDisk, undo } from '../plan-page.ts';
import { atRest, clickOn, clickOnFrame, closeTopology, drawn, openTopology, press, says } from '../topology-page.ts';

const name = 'crlf';
const cart = 'Deployment/shop/cart';
const redis = 'Deployment/data/redis';
const prometheus = 'StatefulSet/observability/prometheus';
const grafana = 'Deployment/observability/grafana';

/** A copy of the shop with the line ends of Windows, as a cluster of its own. */
function folder(): vscode.Uri {
  return vscode.Uri.joinPath(workspaceFolder(), name);
}

async function copyShop(): Promise<void> {
  const write = (file: string, text: string) =>
    vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder(), file), new TextEncoder().encode(text));
  for (const [file, text] of await textsOnDisk()) {
    if (!file.includes('/')) await write(file, text.replaceAll('\n', '\r\n'));
  }
  await write('podwire.yaml', '# A cluster of its own.\r\n');
  await openFixture(`${name}/questions.yaml`);
  // Opened earlier, the picture would grow out of sight while file after file is read.
  await eventually(
    'the copy is read',
    () => findings(`${name}/network-policies.yaml`) > 0 && findings(`${name}/frontend.yaml`) > 1,
  );
}

function findings(file: string): number {
  return vscode.languages.getDiagnostics(vscode.Uri.joinPath(workspaceFolder(), file)).length;
}

/** Picks a node and waits for what can be changed about it. */
async function pick(id: string): Promise<void> {
  await clickOn(id);
  await says('.change-section', /Change/);
}

/** Writes what was announced, has a look at the picture that is drawn then, and undoes it. */
async function writeAndUndo(plan: Announced, isThere: () => Promise<boolean>): Promise<void> {
  const texts = await textsOnDisk();
  await press('Write to YAML');
  await isWritten(texts, plan);
  await eventually('the picture is of what was written', isThere);
  await undo(texts, plan);
  await eventually('the picture is as before', async () => !(await isThere()));
}

/** What a file has more by a plan. */
function added({ files }: Announced): string {
  return files.flatMap(({ lines }) => lines.flatMap(({ kind, text }) => (kind === 'added' ? [text] : []))).join('\n');
}

describe('what is changed in the picture', function () {
  this.timeout(90_000);

  before(async function () {
    if (!hasWindow) this.skip();
    await copyShop();
  });

  beforeEach(async () => {
    await openTopology(`${name}/questions.yaml`);
    await atRest(cart);
  });

  afterEach(async () => {
    await resetWindow();
    await closeTopology();
  });

  // The editor holds on to a document for a while after it is gone: it stays one of this cluster, not of that above.
  after(async () => {
    for (const [file] of await vscode.workspace.fs.readDirectory(folder())) {
      if (file !== 'podwire.yaml') await vscode.workspace.fs.delete(vscode.Uri.joinPath(folder(), file));
    }
  });

  it('denies one, and isolates by that whom nothing isolated: the intended calls are kept, if one likes', async () => {
    await pick(cart);
    await press('Deny…');
    await clickOn(prometheus);
    const wide = await announced(/cart → .*prometheus/);
    await says('.keep', /prometheus would be isolated/);
    await person.clickInWebview('.keep input[value=intended]');
    await eventually('it is another plan', async () => added(await announced(/prometheus/)) !== added(wide));
    const plan = await announced(/prometheus/);
    await screenshot('edit-deny');
    assert.match(added(plan), /kind: NetworkPolicy/);
    assert.match(added(plan), /grafana/);
    assert.doesNotMatch(added(plan), /cart/);
    await writeAndUndo(plan, async () => {
      const ids = Object.keys((await drawn()).places);
      return ids.filter((id) => id.startsWith('NetworkPolicy/observability/')).length > 1;
    });
  });

  it('denies one of those that a rule admits', async () => {
    await pick(cart);
    await person.press('Shift+D');
    await says('.panel', /Pick whom it may not reach/);
    await clickOn(redis);
    const plan = await announced(/cart → .*redis/);
    assert.equal(plan.summary, 'opens 0 paths, closes 1');
    await writeAndUndo(plan, async () =>
      Object.keys((await drawn()).edges).some((id) => /^calls Deployment\/shop\/cart \S+redis ingress/.test(id)),
    );
  });

  it('isolates a workload, and a namespace', async () => {
    await pick(grafana);
    await person.clickInWebview('.switch[data-key=ingress]');
    const plan = await announced(/grafana/);
    await screenshot('edit-isolate');
    await writeAndUndo(plan, () => isIsolated('ingress'));
    await clickOnFrame('Namespace//observability');
    await says('.facts h2', /observability/);
    await person.clickInWebview('.switch[data-key=egress]');
    await writeAndUndo(await announced(/observability/), () => isIsolated('egress'));
  });

  it('adds a Service', async () => {
    await pick(grafana);
    await press('Add a Service');
    const plan = await announced(/grafana/);
    assert.match(added(plan), /kind: Service/);
    await screenshot('edit-service');
    const services = async () =>
      Object.keys((await drawn()).places).filter((id) => id.startsWith('Service/observability/')).length;
    const before = await services();
    await writeAndUndo(plan, async () => (await services()) > before);
  });

  it('changes a label, and what a Service selects', async () => {
    await pick(cart);
    await person.clickInWebview('.labels [data-add]');
    await person.type('tier');
    await person.press('Tab');
    await person.type('basket');
    await screenshot('edit-label');
    await person.press('Enter');
    const label = await announced(/tier/);
    assert.equal(added(label).trim(), 'tier: basket');
    await writeAndUndo(label, async () => (await labels()).includes('tier=basket'));
    await clickOn('Service/shop/recommendations');
    await says('.facts h2', /recommendations/);
    await person.clickInWebview('[data-edit=app]');
    await person.type('recommendations');
    await person.press('Enter');
    const selector = await announced(/recommendations/);
    assert.equal(added(selector).trim(), 'app: recommendations');
    await writeAndUndo(selector, async () => (await labels()).includes('app=recommendations'));
  });
});

/** Whether the switch of a direction is on. */
async function isIsolated(direction: 'ingress' | 'egress'): Promise<boolean> {
  return inWebview(
    (wanted: string) => document.querySelector(`.switch[data-key=${wanted}]`)?.ariaChecked === 'true',
    direction,
  );
}

/** The labels, and those selected, that the side panel lists. */
async function labels(): Promise<readonly string[]> {
  return inWebview(() => [...document.querySelectorAll('.label-text')].map(({ textContent }) => textContent ?? ''));
}
