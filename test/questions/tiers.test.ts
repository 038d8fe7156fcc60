import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { explainDoc } from '../../src/questions/explain.ts';
import { definitionsAt, referencesAt } from '../../src/questions/navigation.ts';
import { reach } from '../../src/questions/reach.ts';
import { resolveSource, resolveTarget } from '../../src/questions/resolve-end.ts';
import { documents, hoverText, shown, worldOf } from './fixture.ts';
import { admin, bank, baseline, egressPolicy, money } from './tiers.ts';

const fromWeb = 'from: [{ namespaces: { matchLabels: { team: web } } }]';
const fromAll = 'from: [{ namespaces: {} }]';
const toTill = `action: Allow, ${fromWeb}, ports: [{ namedPort: http }]`;
const denyWeb = `action: Deny, ${fromWeb}`;

/** The reasons that `explain` gives, without what it is about. */
function reasons(policies: string, from: string, to: string): readonly string[] {
  const world = worldOf({ ...bank, 'policies.yaml': policies });
  const source = resolveSource(world.cluster, from);
  const target = resolveTarget(world.cluster, to);
  assert.ok('end' in source && 'end' in target);
  const { end, port } = target;
  const answer = reach(world.cluster, { from: source.end, to: end, ...(port !== undefined && { port }) });
  const [first = '', ...rest] = shown(world, explainDoc(answer)).trimEnd().split('\n');
  return [first.replace(/\. .*/, '.'), ...rest.filter((each) => each.startsWith('  ')).map((each) => each.trim())];
}

const netpol = (spec: string) =>
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: own, namespace: bank }\nspec: ${spec}`;
const closed = netpol('{ podSelector: {} }');

describe('the proof', () => {
  it('names the tier that admits over a NetworkPolicy', () => {
    assert.deepEqual(reasons(documents(admin('money', 1, money, toTill), closed), 'front/web', 'bank/svc/till:8080'), [
      'Allowed.',
      'Egress: no policy isolates web.',
      'Ingress: admin policy money rule 1 (policies.yaml:6) admits all pods of namespaces with team=web on http.',
    ]);
  });

  it('leads to the rule that denies, and tells the rule before it that nearly admits', () => {
    assert.deepEqual(reasons(admin('money', 1, money, toTill, denyWeb), 'front/web', 'bank/svc/ledger:9000').slice(2), [
      'Ingress: admin policy money rule 2 (policies.yaml:7) denies all pods of namespaces with team=web on any port.',
      'Nearest: money rule 1 (policies.yaml:6): it asks for the port http, which the pod does not have.',
    ]);
  });

  it('tells what was passed on before what decides', () => {
    const pass = admin('money', 1, money, `action: Pass, ${fromAll}`);
    const open = netpol('{ podSelector: {}, ingress: [{}] }');
    const [, , ingress] = reasons(documents(pass, open), 'front/web', 'bank/svc/till:8080');
    assert.equal(
      ingress,
      'Ingress: admin policy money rule 1 (policies.yaml:6) passes it on; own rule 1 (policies.yaml:12) admits anyone on any port.',
    );
    assert.equal(
      reasons(pass, 'front/web', 'bank/svc/till:8080')[2],
      'Ingress: admin policy money rule 1 (policies.yaml:6) passes it on; no NetworkPolicy isolates till.',
    );
  });

  it('names a baseline rule that denies, and one that was asked in vain', () => {
    const deny = baseline('namespaces: {}', `action: Deny, ${fromWeb}`);
    assert.equal(
      reasons(deny, 'front/web', 'bank/svc/till:8080')[2],
      'Ingress: baseline policy default rule 1 (policies.yaml:6) denies all pods of namespaces with team=web on any port.',
    );
    assert.equal(
      reasons(deny, 'bank/till', 'bank/svc/ledger:9000')[2],
      'Ingress: no rule of baseline policy default (policies.yaml:3) matches, and no NetworkPolicy isolates ledger.',
    );
  });

  it('says of a tie which of the policies goes here', () => {
    const tie = documents(admin('b', 1, money, `action: Allow, ${fromAll}`), admin('a', 1, money, denyWeb));
    const [answer, , ingress, assumption] = reasons(tie, 'front/web', 'bank/svc/till:8080');
    assert.equal(answer, 'Depends; taken for denied.');
    assert.match(ingress ?? '', /^Ingress: admin policy a rule 1 /);
    assert.equal(
      assumption,
      'Depends on the plugin: a (policies.yaml:11), b (policies.yaml:3) have one priority, and any of them may be asked first; here it is a.',
    );
  });

  it('leads to what a rule asks that nobody understands', () => {
    const unknown = admin('money', 1, money, 'action: Deny, from: [{ weather: {} }]');
    assert.equal(
      reasons(unknown, 'front/web', 'bank/svc/till:8080')[2],
      'Ingress: admin policy money rule 1 (policies.yaml:6) denies everything, for what it asks cannot be understood.',
    );
  });

  it('says of names that nobody knows here whose addresses they are', () => {
    const out = egressPolicy(
      'out',
      'Admin',
      3,
      'action: Accept, to: [{ domainNames: ["*.example.org"] }]',
      'action: Deny, to: [{ networks: [0.0.0.0/0] }]',
    );
    assert.deepEqual(reasons(out, 'bank/till', '203.0.113.7:443'), [
      'Depends; taken for denied.',
      'Egress: admin policy out rule 2 (policies.yaml:7) denies it the way to 0.0.0.0/0 on any port.',
      'Nearest: out rule 1 (policies.yaml:6): it asks for the addresses of *.example.org.',
      'Depends on the name service: whether the address is one of *.example.org; here: no.',
    ]);
  });
});

/** What a hover over the `|` in a policy tells, beside the bank; where the bank is written does not matter. */
function told(policy: string): readonly string[] {
  const lines = hoverText(policy, {}, bank);
  return lines.map((line) => line.replaceAll(/ \(bank\.yaml:\d+\)/g, ''));
}

describe('a hover over a policy for the whole cluster', () => {
  const rules = [toTill, `action: Pass, ${fromAll}, ports: [{ portNumber: { port: 9000 } }]`, denyWeb];

  it('tells its place in the order, whom it is about, and what each rule does', () => {
    assert.deepEqual(told(admin('mon|ey', 10, money, ...rules)), [
      'money · AdminNetworkPolicy · Admin tier · priority 10',
      'For all pods of namespaces with team=money: bank/deploy/ledger, bank/deploy/till',
      'Ingress: the first rule that matches decides',
      '  rule 1 (a.yaml:6): Allow from all pods of namespaces with team=web on http — now front/deploy/web',
      '  rule 2 (a.yaml:7): Pass from all pods of all namespaces on 9000/TCP',
      '  rule 3 (a.yaml:8): Deny from all pods of namespaces with team=web on any port — now front/deploy/web',
      'Egress: says nothing',
      'Asked before any NetworkPolicy; what no rule matches, and what one passes on, is left to these.',
      'calico enforces AdminNetworkPolicy from 3.29 to 3.31.',
    ]);
  });

  it('tells of its subject whom it is about alone', () => {
    const lines = told(admin('money', 10, money.replace('team', 'te|am'), ...rules));
    assert.deepEqual(
      lines.map((line) => line.split(':')[0]),
      [
        'money · AdminNetworkPolicy · Admin tier · priority 10',
        'For all pods of namespaces with team=money',
        'calico enforces AdminNetworkPolicy from 3.29 to 3.31.',
      ],
    );
  });

  it('tells of a rule whom its peers mean now, what its named ports are, and what it leaves to others', () => {
    assert.deepEqual(told(admin('money', 10, money, toTill.replace('action', 'ac|tion'))).slice(0, 5), [
      'money · ingress rule 1 · Admin tier · priority 10',
      'Allow from all pods of namespaces with team=web on http',
      'Now front/deploy/web',
      'http is 8080/TCP on deploy/till',
      'For bank/deploy/ledger, bank/deploy/till',
    ]);
    assert.deepEqual(told(admin('money', 10, money, `ac|tion: Pass, ${fromAll}`)).slice(1, 5), [
      'Pass from all pods of all namespaces on any port',
      'Every workload',
      'For bank/deploy/ledger, bank/deploy/till',
      'What it matches is left to NetworkPolicies, and then to the Baseline tier.',
    ]);
  });

  it('tells nodes, networks and names apart', () => {
    const peers = 'to: [{ nodes: {} }, { networks: [192.0.2.0/24] }, { domainNames: [example.org] }]';
    const lines = told(egressPolicy('out', 'Baseline', 7, `ac|tion: Accept, ${peers}`));
    assert.deepEqual(lines.slice(0, 5), [
      'out · egress rule 1 · Baseline tier · priority 7',
      'Accept to all nodes or 192.0.2.0/24 or example.org on any port',
      '  all nodes — now node-1, node-2',
      '  192.0.2.0/24 — addresses, those of pods and nodes among them',
      '  example.org — whatever addresses they resolve to',
    ]);
    assert.ok(lines.includes('Asked only where no NetworkPolicy isolates the pod.'));
  });

  it('says which label was probably meant', () => {
    const label = (team: string) => `namespaces: { matchLabels: { team: ${team} } }`;
    const lines = told(admin('mon|ey', 10, label('mony'), `action: Deny, from: [{ ${label('wep')} }]`));
    assert.equal(lines[1], 'For all pods of namespaces with team=mony: now nobody; did you mean team=money?');
    assert.match(lines[3] ?? '', /now nobody$/);
  });

  it('says what fails closed', () => {
    const lines = told(
      admin('mon|ey', 10, money, 'action: Allow, from: [{ weather: {} }]', 'action: Pass, from: [{ weather: {} }]'),
    );
    assert.deepEqual(lines.slice(3, 5), [
      '  rule 1 (a.yaml:6): accepts nothing, for what it asks cannot be understood',
      '  rule 2 (a.yaml:7): denies everything, for what it asks cannot be understood',
    ]);
    assert.equal(told(admin('mon|ey', 10, ''))[1], 'For nobody: what its subject asks cannot be understood');
  });
});

describe('a hover over a workload', () => {
  const till = (...policies: readonly string[]) => {
    const file = (bank['bank.yaml'] ?? '').replace('name: till, namespace', 'name: ti|ll, namespace');
    const lines = hoverText(file, {}, { 'policies.yaml': documents(...policies) });
    return lines.find((line) => line.startsWith('Ingress'))?.replaceAll(/ \(policies\.yaml:\d+\)/g, '');
  };
  const deny = baseline('namespaces: {}', `action: Deny, ${fromAll}`);

  it('tells which policies for the whole cluster are asked, and in which order', () => {
    const rest = ' · Egress open: no policy isolates it';
    const pass = admin('second', 2, money, `action: Pass, ${fromAll}`);
    const first = admin('first', 1, money, toTill);
    assert.equal(
      till(pass, first, closed),
      `Ingress isolated by own; asked first: admin policy first, admin policy second${rest}`,
    );
    assert.equal(till(first), `Ingress not isolated; asked: admin policy first${rest}`);
    assert.equal(
      till(first, deny),
      `Ingress isolated by baseline policy default; asked first: admin policy first${rest}`,
    );
    assert.equal(
      till(deny, closed),
      `Ingress isolated by own${rest}`,
      'what isolates is final: the baseline is not asked',
    );
  });
});

describe('navigation', () => {
  const policies = documents(
    admin('money', 1, money, denyWeb),
    egressPolicy('out', 'Admin', 3, 'action: Deny, to: [{ nodes: { matchLabels: { zone: a } } }]'),
  );
  const node = '{ apiVersion: v1, kind: Node, metadata: { name: n, labels: { zone: a } } }';
  const world = worldOf({ ...bank, 'policies.yaml': policies, 'node.yaml': node });

  function at(file: string, text: string, ask: typeof definitionsAt): readonly string[] {
    const whole = { ...bank, 'policies.yaml': policies, 'node.yaml': node }[file] ?? '';
    const spot = world.snapshot.at(`file:///w/${file}`, whole.indexOf(text) + text.length - 1);
    return spot ? ask(world.cluster, spot).map(world.where) : [];
  }

  it('leads from a subject and a peer to the pods and nodes that they mean', () => {
    const ofBank = ['bank.yaml:27', 'bank.yaml:41'];
    assert.deepEqual([...at('policies.yaml', 'team: mon', definitionsAt)].sort(), ofBank);
    assert.deepEqual(at('policies.yaml', 'team: web', definitionsAt), ['bank.yaml:12']);
    assert.deepEqual(at('policies.yaml', 'zone: a', definitionsAt), ['node.yaml:1']);
    assert.deepEqual([...at('policies.yaml', 'name: mon', referencesAt)].sort(), ofBank);
  });

  it('leads from a workload to the subjects that take it in', () => {
    assert.deepEqual(
      at('bank.yaml', 'name: till', referencesAt).filter((each) => each.startsWith('policies')),
      ['policies.yaml:4', 'policies.yaml:12'],
    );
  });
});
