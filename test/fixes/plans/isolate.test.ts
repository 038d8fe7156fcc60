import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isolate, unisolate } from '../../../src/fixes/plans/isolate.ts';
import { worldOfTexts } from '../world.ts';
import { holds, planned, refused } from './hold.ts';
import { deployment, diff, effect, policy, shopOf, site } from './shop.ts';

const web = deployment('shop', 'web');
const api = deployment('shop', 'api');
const pure = policy('shop', 'default-deny', '  podSelector: {}\n  policyTypes:\n    - Ingress\n    - Egress\n');

function shop({ cluster }: ReturnType<typeof shopOf>) {
  return { kind: 'namespace', namespace: cluster.namespaces.get('shop')! } as const;
}

describe('to isolate', () => {
  it('a namespace writes a policy without rules behind the others, and lists what closes', () => {
    const world = shopOf(
      web,
      api,
      policy('shop', 'api', '  podSelector: { matchLabels: { app: api } }\n  ingress: [{}]\n'),
    );
    const plan = planned(isolate(world, shop(world), ['ingress']));
    assert.deepEqual(diff(world, plan), [
      '+---',
      '+apiVersion: networking.k8s.io/v1',
      '+kind: NetworkPolicy',
      '+metadata:',
      '+  name: default-deny-ingress',
      '+  namespace: shop',
      '+spec:',
      '+  podSelector: {}',
      '+  policyTypes:',
      '+    - Ingress',
    ]);
    assert.ok(effect(plan).includes('closes shop/deploy/api → shop/deploy/web on all ports'));
    assert.ok(!effect(plan).some((each) => each.includes('→ shop/deploy/api')));
    const after = holds(world, plan);
    refused(isolate(after, shop(after), ['ingress']));
  });

  it('is not there for pods in their node’s network, which policies do not close', () => {
    const world = shopOf(web.replace('    spec:\n', '    spec:\n      hostNetwork: true\n'));
    const what = { kind: 'workload', workload: site(world, 'shop/web').workload } as const;
    assert.match(refused(isolate(world, what, ['ingress'])).impossible, /do not apply NetworkPolicy/);
  });

  it('a workload selects it alone, and says who has its labels too', () => {
    const world = shopOf(web, api);
    const what = { kind: 'workload', workload: site(world, 'shop/web').workload } as const;
    const plan = planned(isolate(world, what, ['egress']));
    assert.ok(diff(world, plan).includes('+  name: web-default-deny-egress'));
    assert.equal(plan.notes.length, 1, 'DNS is closed too');
    holds(world, plan);
    const twins = shopOf(web, deployment('shop', 'twin', 'app: web'));
    const { related } = refused(
      isolate(twins, { kind: 'workload', workload: site(twins, 'shop/web').workload }, ['ingress']),
    );
    assert.deepEqual(
      related.map(({ message }) => message),
      ['shop/deploy/twin'],
    );
  });

  it('puts the policy of a JSON file into a file of its own', () => {
    const pod = '{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web", "namespace": "shop"}, "spec": {}}\n';
    const world = worldOfTexts(new Map([['web.json', pod]]));
    const plan = planned(isolate(world, shop(world), ['ingress']));
    assert.deepEqual(
      plan.edits.files.map(({ uri }) => uri),
      ['file:///work/default-deny-ingress.yaml'],
    );
    assert.deepEqual(plan.edits.splices, []);
    holds(world, plan);
  });
});

describe('to isolate no more', () => {
  it('takes the policy away that does nothing else, and leaves what is written above it in the file', () => {
    const world = shopOf(`# Policies of the shop.\n${pure}`, web, api);
    const plan = planned(unisolate(world, shop(world), ['ingress', 'egress']));
    const after = holds(world, plan);
    assert.equal(after.texts.get('all.yaml'), `# Policies of the shop.\n${[web, api].join('---\n')}`);
  });

  it('in one direction leaves the other', () => {
    const world = shopOf(web, api, pure);
    const plan = planned(unisolate(world, shop(world), ['egress']));
    assert.deepEqual(diff(world, plan), ['-    - Egress']);
    holds(world, plan);
  });

  it('takes it out of a List, where it is an item', () => {
    const items = [web, pure, api].map((text) => `  - ${text.trimEnd().replaceAll('\n', '\n    ')}\n`);
    const head = 'apiVersion: v1\nkind: List\nitems:\n';
    const world = shopOf(head + items.join(''));
    const plan = planned(unisolate(world, shop(world), ['ingress', 'egress']));
    assert.equal(holds(world, plan).texts.get('all.yaml'), head + items[0] + items[2]);
  });

  it('says which policy cannot be taken away, and where it is written', () => {
    const named = pure.replace('podSelector: {}', 'podSelector: &all {}');
    const other = policy('shop', 'other', '  podSelector: *all\n  ingress: [{ ports: [{ port: 80 }] }]\n');
    const items = [named, other, web].map((text) => `  - ${text.trimEnd().replaceAll('\n', '\n    ')}\n`);
    const world = shopOf(`apiVersion: v1\nkind: List\nitems:\n${items.join('')}`);
    const { impossible, related } = refused(unisolate(world, shop(world), ['ingress', 'egress']));
    assert.equal(impossible, 'default-deny cannot be taken away where it is written');
    assert.deepEqual(
      related.map(({ message, place }) => [message, place?.manifest.object.metadata?.name]),
      [['default-deny', 'default-deny']],
    );
  });

  it('is not there where a policy does more', () => {
    const world = shopOf(web, policy('shop', 'some', '  podSelector: {}\n  ingress: [{ ports: [{ port: 80 }] }]\n'));
    const { related } = refused(unisolate(world, shop(world), ['ingress']));
    assert.deepEqual(
      related.map(({ message }) => message),
      ['some'],
    );
  });
});
