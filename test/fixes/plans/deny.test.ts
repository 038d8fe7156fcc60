import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deny, endsToIsolate } from '../../../src/fixes/plans/deny.ts';
import { worldOfTexts } from '../world.ts';
import { holds, planned, refused } from './hold.ts';
import { deployment, diff, effect, policy, shopOf, site } from './shop.ts';

const web = deployment('shop', 'web');
const api = deployment('shop', 'api');
const cart = deployment('shop', 'cart');

/** A policy of the target's own, with the items of its ingress. */
function toApi(rules: string): string {
  return policy('shop', 'api', `  podSelector: { matchLabels: { app: api } }\n  ingress:\n${rules}`);
}

function closing(world: ReturnType<typeof shopOf>, port?: number) {
  const edge = { from: site(world, 'shop/web'), to: site(world, 'shop/api') };
  return deny(world, { ...edge, ...(port !== undefined && { port: { protocol: 'TCP', port } }) }, 'reaching-now');
}

describe('to deny what a rule admits', () => {
  it('takes the peer away that means the source alone', () => {
    const window = '        - podSelector: { matchLabels: { app: web } } # the shop window';
    const rule = toApi(`    - from:\n${window}\n        - podSelector: { matchLabels: { app: cart } }\n`);
    const world = shopOf(web, api, cart, rule);
    const plan = planned(closing(world));
    assert.deepEqual(diff(world, plan), [`-${window}`]);
    assert.deepEqual(effect(plan), ['closes shop/deploy/web → shop/deploy/api on all ports']);
    holds(world, plan);
  });

  it('leaves the source out of a peer that means others too', () => {
    const world = shopOf(web, api, cart, toApi('    - from:\n        - podSelector: {}\n'));
    const plan = planned(closing(world));
    assert.deepEqual(diff(world, plan), [
      '-        - podSelector: {}',
      '+        - podSelector:',
      '+            matchExpressions:',
      '+              - key: app',
      '+                operator: NotIn',
      '+                values:',
      '+                  - web',
    ]);
    assert.deepEqual(effect(plan), ['closes shop/deploy/web → shop/deploy/api on all ports']);
    holds(world, plan);
  });

  it('takes the source out of a list of those who are meant, or into one of those who are not', () => {
    const expression = (operator: string, values: string) =>
      `        - podSelector: { matchExpressions: [{ key: app, operator: ${operator}, values: [${values}] }] }`;
    const changes = (operator: string, before: string, after: string) => {
      const world = shopOf(web, api, cart, toApi(`    - from:\n${expression(operator, before)}\n`));
      const plan = planned(closing(world));
      assert.deepEqual(diff(world, plan), [`-${expression(operator, before)}`, `+${expression(operator, after)}`]);
      holds(world, plan);
    };
    changes('In', 'web, cart', 'cart');
    changes('In', 'cart, web, nightly-job', 'cart, nightly-job');
    changes('In', 'web, nightly-job', 'nightly-job');
    changes('NotIn', 'batch', 'batch, web');
  });

  it('takes an end out of the list of those whom a policy selects, where it gets a policy of its own', () => {
    const both = '  podSelector:\n    matchExpressions:\n      - { key: app, operator: In, values: [api, cart] }\n';
    const world = shopOf(
      web,
      api,
      cart,
      policy('shop', 'both', `${both}  ingress:\n    - from:\n        - podSelector: { matchLabels: { app: web } }\n`),
    );
    const plan = planned(closing(world));
    assert.ok(diff(world, plan).includes('+      - { key: app, operator: In, values: [cart] }'));
    holds(world, plan);
  });

  it('of one port takes that port, or leaves the others to the source', () => {
    const from = (peer: string) =>
      toApi(`    - from: [${peer}]\n      ports:\n        - port: 8080\n        - port: 9090\n`);
    const alone = shopOf(web, api, from('{ podSelector: { matchLabels: { app: web } } }'));
    const one = planned(closing(alone, 9090));
    assert.deepEqual(diff(alone, one), ['-        - port: 9090']);
    holds(alone, one);
    const shared = shopOf(web, api, cart, from('{ podSelector: {} }'));
    const two = planned(closing(shared, 9090));
    assert.deepEqual(effect(two), ['closes shop/deploy/web → shop/deploy/api on 9090/TCP']);
    holds(shared, two);
  });

  it('narrows every policy that admits it, and keeps others that a policy selects', () => {
    const world = shopOf(
      web,
      api,
      cart,
      policy(
        'shop',
        'everybody',
        '  podSelector: {}\n  ingress:\n    - from:\n        - podSelector: { matchLabels: { app: web } }\n',
      ),
      toApi('    - {}\n'),
    );
    const plan = planned(closing(world));
    assert.deepEqual(effect(plan), ['closes shop/deploy/web → shop/deploy/api on all ports']);
    assert.ok(diff(world, plan).includes('+  name: everybody-api'));
    holds(world, plan);
  });

  it('copies no policy of which something cannot be read', () => {
    const rules = '    - from: [{ podSelector: { matchLabels: { app: web } } }]\n    - ports: [-1]\n';
    const world = shopOf(web, api, cart, policy('shop', 'everybody', `  podSelector: {}\n  ingress:\n${rules}`));
    assert.equal(refused(closing(world)).impossible, 'It would close something else');
  });

  it('of addresses leaves the pods that their block means as well, and what is not denied to the block itself', () => {
    const block = '        - ipBlock: { cidr: 10.0.0.0/8, except: [10.9.0.0/16] }';
    const world = shopOf(web, api, cart, toApi(`    - from:\n${block}\n`));
    const edge = { from: { kind: 'internet' }, to: site(world, 'shop/api') } as const;
    const whole = planned(deny(world, edge, 'reaching-now'));
    assert.deepEqual(diff(world, whole), [`-${block}`, '+        - namespaceSelector: {}']);
    assert.ok(whole.effect.closes.every(({ from }) => from.kind === 'outside'));
    holds(world, whole);
    const port = planned(deny(world, { ...edge, port: { protocol: 'TCP', port: 22 } }, 'reaching-now'));
    assert.ok(port.effect.closes.length > 0);
    assert.ok(
      effect(port).every((each) => / → shop\/deploy\/api on 22\/TCP$/.test(each)),
      effect(port).join(),
    );
    holds(world, port);
  });

  it('still isolates where the last egress rule goes of a policy that does not say so', () => {
    const world = shopOf(
      web,
      api,
      policy(
        'shop',
        'web',
        '  podSelector: { matchLabels: { app: web } }\n  egress:\n    - to: [{ ipBlock: { cidr: 192.0.2.0/24 } }]\n',
      ),
    );
    const plan = planned(deny(world, { from: site(world, 'shop/web'), to: { kind: 'internet' } }, 'reaching-now'));
    assert.ok(diff(world, plan).includes('+  policyTypes:'));
    holds(world, plan);
  });

  it('closes off with all addresses those of nodes, names the pods that have them, and keeps no more', () => {
    const agent = deployment('shop', 'agent').replace('    spec:\n', '    spec:\n      hostNetwork: true\n');
    const world = shopOf(web, api, agent, toApi('    - ports: [{ port: 8080 }]\n'));
    const plan = planned(deny(world, { from: { kind: 'internet' }, to: site(world, 'shop/api') }, 'reaching-now'));
    assert.deepEqual(effect(plan), [
      'closes shop/deploy/agent → shop/deploy/api on 8080/TCP',
      'closes 0.0.0.0/0 → shop/deploy/api on 8080/TCP',
      'closes ::/0 → shop/deploy/api on 8080/TCP',
    ]);
    assert.deepEqual(
      plan.notes.map(({ message }) => message),
      ['`deploy/agent` has its node’s address, and is closed off with the others'],
    );
    holds(world, plan);
  });

  it('says who has the labels of the source, and which rule above accepts it', () => {
    const twin = deployment('shop', 'twin', 'app: web');
    const all = toApi('    - from: [{ podSelector: {} }]\n');
    const { related } = refused(closing(shopOf(web, twin, api, all)));
    assert.deepEqual(
      related.map(({ message }) => message),
      ['shop/deploy/twin'],
    );
    const above =
      'apiVersion: policy.networking.k8s.io/v1alpha1\nkind: AdminNetworkPolicy\nmetadata: { name: money }\nspec:\n  priority: 1\n  subject: { namespaces: {} }\n  ingress: [{ action: Allow, from: [{ namespaces: {} }] }]\n';
    const { impossible, related: rules } = refused(closing(shopOf(web, api, all, above)));
    assert.match(impossible, /^admin policy money rule 1 accepts it/);
    assert.deepEqual(rules[0]?.place?.path, ['spec', 'ingress', 0]);
  });

  it('keeps the ends of lines', () => {
    const text = [web, api, toApi('    - {}\n')].join('---\n');
    const world = worldOfTexts(new Map([['all.yaml', text.replaceAll('\n', '\r\n')]]));
    const plan = planned(closing(world));
    const after = holds(world, plan).texts.get('all.yaml') ?? '';
    assert.equal(after.replaceAll('\r\n', '').includes('\n'), false);
  });
});

describe('to deny what nothing isolates', () => {
  const caller = web.replace(
    '          ports:',
    '          env: [{ name: API, value: "http://api:80" }]\n          ports:',
  );
  const service =
    'apiVersion: v1\nkind: Service\nmetadata: { name: api, namespace: shop }\nspec: { selector: { app: api }, ports: [{ port: 80, targetPort: http }] }\n';

  it('isolates the target, and keeps all that reaches it', () => {
    const world = shopOf(web, api, cart, deployment('data', 'db'));
    const plan = planned(closing(world));
    assert.deepEqual(effect(plan), ['closes shop/deploy/web → shop/deploy/api on all ports']);
    assert.equal(plan.notes.length, 1);
    holds(world, plan);
  });

  it('is a choice of the person', () => {
    const edge = (world: ReturnType<typeof shopOf>) => ({ from: site(world, 'shop/web'), to: site(world, 'shop/api') });
    const open = shopOf(web, api);
    assert.deepEqual(
      endsToIsolate(open, edge(open)).map(({ name }) => name),
      ['api'],
    );
    const isolated = shopOf(web, api, policy('shop', 'some', '  podSelector: {}\n  ingress: [{}]\n'));
    assert.deepEqual(endsToIsolate(isolated, edge(isolated)), []);
  });

  it('keeps what is meant alone where the person wants it so', () => {
    const world = shopOf(caller, api, cart, service);
    const plan = planned(deny(world, { from: site(world, 'shop/cart'), to: site(world, 'shop/api') }, 'intended'));
    const after = holds(world, plan);
    const left = planned(deny(after, { from: site(after, 'shop/web'), to: site(after, 'shop/api') }, 'intended'));
    assert.deepEqual(effect(left), ['closes shop/deploy/web → shop/deploy/api on 8080/TCP']);
  });

  it('says what is meant and closes all the same, for no peer can mean it', () => {
    const host = caller.replace(
      '    spec:\n',
      '    spec:\n      hostNetwork: true\n      dnsPolicy: ClusterFirstWithHostNet\n',
    );
    const world = shopOf(host, api, cart, service);
    const plan = planned(deny(world, { from: site(world, 'shop/cart'), to: site(world, 'shop/api') }, 'intended'));
    assert.ok(plan.notes.some(({ message }) => message.startsWith('No peer can mean shop/deploy/web')));
    holds(world, plan);
  });

  it('does not isolate pods that have the same labels', () => {
    const world = shopOf(web, api, deployment('shop', 'twin', 'app: api'));
    const { related } = refused(closing(world));
    assert.deepEqual(
      related.map(({ message }) => message),
      ['shop/deploy/twin'],
    );
  });

  it('is not there where nothing is open', () => {
    const world = shopOf(web, api, policy('shop', 'none', '  podSelector: {}\n'));
    assert.equal(refused(closing(world)).impossible, 'Nothing of this is open');
  });

  it('is not there where a Service leads nowhere', () => {
    const service = (port: number, app: string) =>
      `apiVersion: v1\nkind: Service\nmetadata: { name: api, namespace: shop }\nspec: { selector: { app: ${app} }, ports: [{ port: ${port} }] }\n`;
    const reason = (text: string, port?: number) => {
      const world = shopOf(web, api, text);
      const to = { kind: 'service', service: world.cluster.services.get('shop/api')! } as const;
      const edge = { from: site(world, 'shop/web'), to, ...(port && { port: { protocol: 'TCP' as const, port } }) };
      return refused(deny(world, edge, 'reaching-now')).impossible;
    };
    assert.equal(reason(service(80, 'api'), 81), 'Nobody is behind shop/svc/api on 81/TCP');
    assert.equal(reason(service(80, 'nobody')), 'Nobody is behind shop/svc/api');
  });
});
