import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WalkView } from '../../src/client/panel-protocol.ts';
import { type Ends, Inquiry, type Question } from '../../webview/inquiry.ts';
import { commandsText, toneOf, toneOfHop } from '../../webview/walk-facts.ts';
import { idIn, wantedIn } from '../../webview/wanted.ts';
import { edge } from './fixture.ts';
import { arriving, denied, none } from './walks.ts';

const frontend: Ends = { set: '/shop', source: 'Deployment/shop/frontend', target: 'Service/shop/cart', ports: [] };

/** An inquiry and what it has asked. */
function inquire(isOpen = true): { inquiry: Inquiry<WalkView>; asked: Question[] } {
  const asked: Question[] = [];
  return { inquiry: new Inquiry<WalkView>((question) => asked.push(question), isOpen), asked };
}

test('a walk is asked for when its ends are picked, and again with each new picture', () => {
  const { inquiry, asked } = inquire();
  inquiry.about(undefined);
  assert.equal(asked.length, 0);
  inquiry.about(frontend);
  inquiry.about({ ...frontend });
  assert.deepEqual(
    asked.map((question) => [question.ends.target, question.port]),
    [
      ['Service/shop/cart', undefined],
      ['Service/shop/cart', undefined],
    ],
  );
});

test('what was told of a walk stays until the next answer, and goes with its ends', () => {
  const { inquiry, asked } = inquire();
  inquiry.about(frontend);
  assert.ok(inquiry.receive(asked[0]?.request ?? 0, arriving));
  inquiry.about({ ...frontend });
  assert.equal(inquiry.answer, arriving);
  assert.equal(inquiry.answered, asked[0]?.request, 'its links are known under the number of the answer');
  assert.ok(inquiry.receive(asked[1]?.request ?? 0, denied));
  assert.equal(inquiry.answer, denied);
  inquiry.about({ ...frontend, target: 'Service/shop/catalog' });
  assert.equal(inquiry.answer, undefined);
  inquiry.about({ ...frontend, set: '/other' });
  assert.equal(inquiry.answer, undefined);
});

test('an answer that another question has overtaken is dropped', () => {
  const { inquiry, asked } = inquire();
  inquiry.about(frontend);
  inquiry.about({ ...frontend, target: 'Service/shop/catalog' });
  assert.equal(inquiry.receive(asked[0]?.request ?? 0, denied), false);
  assert.equal(inquiry.answer, undefined);
  inquiry.about(undefined);
  assert.equal(inquiry.receive(asked[1]?.request ?? 0, denied), false);
});

test('a folded walk is not asked for until somebody looks', () => {
  const { inquiry, asked } = inquire(false);
  inquiry.about(frontend);
  inquiry.about({ ...frontend });
  assert.equal(asked.length, 0);
  inquiry.look(true);
  assert.equal(asked.length, 1);
  assert.ok(inquiry.receive(asked[0]?.request ?? 0, arriving));
  inquiry.look(false);
  inquiry.look(true);
  assert.equal(asked.length, 1, 'it is known already');
});

test('the port is the first one until another is chosen, which stays while the call has it', () => {
  const { inquiry, asked } = inquire();
  const ports = ['80/TCP', '443/TCP'];
  inquiry.about({ ...frontend, ports });
  inquiry.choose('443/TCP');
  inquiry.about({ ...frontend, ports: ['8080/TCP', ...ports] });
  inquiry.about({ ...frontend, ports: ['80/TCP'] });
  assert.deepEqual(
    asked.map(({ port }) => port),
    ['80/TCP', '443/TCP', '443/TCP', '80/TCP'],
  );
});

test('where a packet is stopped stands out, and what policy says on the way', () => {
  const tones = (walk: typeof denied) => walk.hops.map((_, index) => toneOfHop(walk, index));
  assert.deepEqual([toneOf(arriving), toneOf(denied), toneOf(none)], ['good', 'bad', 'warn']);
  assert.deepEqual(tones(arriving), [undefined, undefined, undefined, 'good', undefined, 'good', undefined]);
  assert.deepEqual(tones(denied), [undefined, undefined, undefined, 'good', undefined, 'bad']);
  const unsure = {
    ...arriving,
    depends: true,
    hops: arriving.hops.map((hop) => ({ ...hop, depends: 'allowed' in hop })),
  };
  assert.deepEqual([toneOf(unsure), tones(unsure)[4], tones(unsure)[5]], ['warn', undefined, 'warn']);
  const unenforced = arriving.hops.map((hop) => (hop.allowed === undefined ? hop : { ...hop, allowed: false }));
  assert.deepEqual(tones({ ...arriving, hops: unenforced })[5], 'warn');
});

test('commands are copied with the place where each is to be run', () => {
  assert.equal(
    commandsText(arriving.commands),
    `# kubectl
kubectl get pod -n shop -l app=frontend -o wide
# node-2
iptables-save -t nat | grep KUBE-SVC-ITBI3OHKD3FRXPDK
conntrack -L -p tcp --reply-src 10.244.0.80
# node-1
ip route get 10.244.0.80
# kubectl
kubectl exec -n shop deploy/frontend -- nc -vz catalog 8080
`,
  );
});

test('a picked call is the same one when it is no longer blocked, and is there again when its text is', () => {
  const blocked = { ...edge('calls', 'a', 'b', { blocked: 'ingress' }), id: 'calls a b ingress' };
  const open = { ...edge('calls', 'a', 'b'), id: 'calls a b ' };
  const wanted = wantedIn({ nodes: [], edges: [blocked] }, blocked.id);
  assert.equal(idIn({ nodes: [], edges: [edge('selects', 'a', 'b'), open] }, wanted), open.id);
  assert.equal(idIn({ nodes: [], edges: [] }, wanted), undefined);
  assert.equal(idIn({ nodes: [], edges: [blocked] }, wanted), blocked.id);
  assert.equal(idIn({ nodes: [], edges: [open] }, wantedIn(undefined, 'Deployment/shop/cart')), undefined);
});
