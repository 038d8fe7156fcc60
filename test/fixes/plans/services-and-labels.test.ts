import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addService } from '../../../src/fixes/plans/add-service.ts';
import { changeLabel, changeSelector } from '../../../src/fixes/plans/labels.ts';
import { holds, planned, refused } from './hold.ts';
import { deployment, diff, effect, policy, shopOf, site } from './shop.ts';

const web = deployment('shop', 'web');
const service =
  'apiVersion: v1\nkind: Service\nmetadata: { name: web, namespace: shop }\nspec: { selector: { app: web }, ports: [{ port: 80 }] }\n';

describe('a Service for a workload', () => {
  it('stands behind it, asks for its own label, and has the ports of its containers', () => {
    const world = shopOf(web, deployment('shop', 'api'));
    const plan = planned(addService(world, site(world, 'shop/web').workload));
    assert.equal(
      plan.edits.splices[0]?.text,
      `---
apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: shop
spec:
  selector:
    app: web
  ports:
    - name: http
      port: 8080
      targetPort: http
`,
    );
    assert.deepEqual(effect(plan), []);
    const after = holds(world, plan);
    assert.equal(after.cluster.services.get('shop/web')?.endpoints[0]?.pod?.workload.name, 'web');
  });

  it('has a name that is free, and asks for as many labels as it takes', () => {
    const world = shopOf(
      deployment('shop', 'web', 'app: web, tier: front'),
      deployment('shop', 'back', 'app: web'),
      service,
    );
    const plan = planned(addService(world, site(world, 'shop/web').workload));
    assert.ok(diff(world, plan).includes('+  name: web-2'));
    assert.ok(diff(world, plan).includes('+    tier: front'));
    assert.equal(plan.notes.length, 1, 'another leads there already');
    const { related } = refused(addService(world, site(world, 'shop/back').workload));
    assert.deepEqual(
      related.map(({ message }) => message),
      ['shop/deploy/web'],
    );
  });

  it('is not there where no container declares a port', () => {
    const world = shopOf(web.replace(/ports:.*\n/, 'image: web\n'));
    assert.match(refused(addService(world, site(world, 'shop/web').workload)).impossible, /declares a port/);
  });
});

describe('another label', () => {
  const only = policy('shop', 'web', '  podSelector: { matchLabels: { app: web } }\n');

  it('says what selects the pods no more, and what opens; what its controller asks for changes with it', () => {
    const world = shopOf(web, deployment('shop', 'api'), service, only);
    const plan = planned(changeLabel(world, site(world, 'shop/web').workload.manifest!, 'app', 'shop'));
    assert.deepEqual(diff(world, plan), [
      '-    matchLabels: { app: web }',
      '-      labels: { app: web } # known by these',
      '+    matchLabels: { app: shop }',
      '+      labels: { app: shop } # known by these',
    ]);
    assert.deepEqual(
      plan.effect.stops.map(({ by }) => by.kind),
      ['service', 'policy'],
    );
    assert.ok(effect(plan).includes('opens shop/deploy/api → shop/deploy/web on all ports'));
    assert.equal(plan.notes.length, 1);
    holds(world, plan);
  });

  it('of a namespace changes whom the policies of others admit', () => {
    const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n';
    const db = policy(
      'data',
      'db',
      '  podSelector: {}\n  ingress:\n    - from: [{ namespaceSelector: { matchLabels: { team: shop } } }]\n',
    );
    const world = shopOf(namespace, web, deployment('data', 'db'), db);
    const plan = planned(changeLabel(world, world.manifests[0]!, 'team', 'shop'));
    assert.deepEqual(effect(plan), ['opens shop/deploy/web → data/deploy/db on all ports']);
    const after = holds(world, plan);
    const back = planned(changeLabel(after, after.manifests[0]!, 'team', null));
    assert.deepEqual(effect(back), ['closes shop/deploy/web → data/deploy/db on all ports']);
    holds(after, back);
  });

  it('in a selector says what is selected from then on', () => {
    const world = shopOf(web, deployment('shop', 'api'), service, only);
    const [, , asked, isolating] = world.manifests;
    const plan = planned(changeSelector(world, asked!, 'app', 'api'));
    assert.deepEqual(
      [plan.effect.starts, plan.effect.stops].map((some) => some.map(({ workload }) => workload.name)),
      [['api'], ['web']],
    );
    const moved = planned(changeSelector(world, isolating!, 'app', 'api'));
    assert.ok(effect(moved).includes('closes shop/deploy/web → shop/deploy/api on all ports'));
    holds(world, moved);
  });

  it('in the selector of a controller changes its pods with it, and says that it cannot be changed where it runs', () => {
    const world = shopOf(deployment('shop', 'web', 'app: web, tier: front'));
    const { manifest } = site(world, 'shop/web').workload;
    for (const [key, value] of [
      ['app', 'shop'],
      ['tier', null],
    ] as const) {
      const plan = planned(changeSelector(world, manifest!, key, value));
      assert.match(plan.notes[0]!.message, /has to be deleted and made again/);
      assert.equal(holds(world, plan).cluster.workloads.get('shop/Deployment/web')?.pods.length, 1);
    }
  });

  it('is not there where the API server would refuse it, or nothing changes', () => {
    const world = shopOf(web, service);
    const { manifest } = site(world, 'shop/web').workload;
    assert.match(refused(changeLabel(world, manifest!, 'app', 'a b')).impossible, /no value/);
    assert.match(refused(changeLabel(world, manifest!, '-app', 'a')).impossible, /no key/);
    assert.match(refused(changeLabel(world, manifest!, 'app', null)).impossible, /by this label alone/);
    assert.match(refused(changeSelector(world, manifest!, 'app', null)).impossible, /by this label alone/);
    assert.match(refused(changeLabel(world, manifest!, 'app', 'web')).impossible, /already/);
    assert.match(
      refused(
        changeSelector(
          shopOf('apiVersion: v1\nkind: Namespace\nmetadata: { name: a }\n'),
          shopOf('apiVersion: v1\nkind: Namespace\nmetadata: { name: a }\n').manifests[0]!,
          'a',
          'b',
        ),
      ).impossible,
      /no selector/,
    );
  });
});
