import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, openFixture, positionOf, resetWindow, setSetting } from '../harness.ts';

type Found = vscode.Location | vscode.LocationLink;

/** `file: line` of each place that a provider answers with, in order. */
async function places(command: string, file: string, text: string, offset = 1): Promise<readonly string[]> {
  const { document } = await openFixture(file);
  const position = positionOf(document, text, offset);
  const found = await eventually(`${command} answers`, async () => {
    const answer = await vscode.commands.executeCommand<Found[]>(command, document.uri, position);
    return answer.length > 0 ? answer : undefined;
  });
  const lines = found.map(async (each) => {
    const { uri, range } =
      'targetUri' in each ? { uri: each.targetUri, range: each.targetSelectionRange ?? each.targetRange } : each;
    const target = await vscode.workspace.openTextDocument(uri);
    return `${uri.path.split('/').pop()}: ${target.lineAt(range.start).text.trim()}`;
  });
  return (await Promise.all(lines)).sort();
}

const definition = 'vscode.executeDefinitionProvider';
const references = 'vscode.executeReferenceProvider';

describe('going to', () => {
  afterEach(resetWindow);

  it('the Service that a hostname names', async () => {
    assert.deepEqual(await places(definition, 'cart.yaml', 'redis.data:6379'), ['redis.yaml: name: redis']);
  });

  it('the pods that a Service selects', async () => {
    const found = await places(definition, 'cart.yaml', 'app: cart\n  ports');
    assert.equal(found.length, 1);
    assert.match(found[0] ?? '', /^cart\.yaml: /);
  });

  it('the pods that a policy selects', async () => {
    const found = await places(definition, 'network-policies.yaml', 'app: cart');
    assert.ok(found.every((each) => each.startsWith('cart.yaml: ')) && found.length > 0, String(found));
  });

  it('the container port that a named target port means', async () => {
    assert.deepEqual(await places(definition, 'cart.yaml', 'targetPort: http', 13), ['cart.yaml: - name: http']);
  });
});

describe('the references', () => {
  afterEach(resetWindow);

  it('of a Service are the texts that name it', async () => {
    const found = await places(
      references,
      'cart.yaml',
      'name: cart\n  namespace: shop\nspec:\n  selector:\n    app: cart\n  ports',
      7,
    );
    assert.ok(found.includes('frontend.yaml: value: http://cart:8080'), String(found));
    assert.ok(found.includes('checkout.yaml: value: http://cart:8080'), String(found));
  });

  it('of a workload are the Services and policies that select it', async () => {
    const found = await places(references, 'cart.yaml', 'name: cart', 7);
    const files = new Set(found.map((each) => each.split(':')[0]));
    assert.ok(files.has('cart.yaml') && files.has('network-policies.yaml'), String(found));
  });
});

describe('a code lens', () => {
  afterEach(resetWindow);

  async function lenses(file: string): Promise<readonly vscode.CodeLens[]> {
    const { document } = await openFixture(file);
    return eventually('there are lenses', async () => {
      const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        document.uri,
        100,
      );
      return found.length > 0 ? found : undefined;
    });
  }

  it('over a Service counts its endpoints and opens the picture at it', async () => {
    const found = await lenses('cart.yaml');
    assert.equal(found.length, 1);
    assert.match(found[0]?.command?.title ?? '', /2 endpoints/);
    assert.equal(found[0]?.command?.command, 'podwire.showTopology');
  });

  it('over a workload counts who may reach it, where that is asked for', async () => {
    await setSetting('podwire.codeLens.workloads', true);
    const titles = await eventually('there are two lenses', async () => {
      const found = await lenses('cart.yaml');
      return found.length === 2 ? found.map(({ command }) => command?.title ?? '') : undefined;
    });
    assert.ok(
      titles.some((title) => /may reach/.test(title)),
      String(titles),
    );
  });
});
