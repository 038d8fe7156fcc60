import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ask, documents, explained, type World, worldOf } from './fixture.ts';

const pod = (name: string, node: string, ports: string) => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: shop, labels: {app: ${name}}}
spec: {nodeName: ${node}, containers: [{name: main, image: x, ports: [${ports}]}]}`;

const policy = (name: string, spec: string) => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: ${name}, namespace: shop}
spec: ${spec}`;

const node = (name: string) => `
apiVersion: v1
kind: Node
metadata: {name: ${name}}
status: {addresses: [{type: InternalIP, address: 192.168.7.${name.length}}]}`;

const closed = policy('closed', '{podSelector: {matchLabels: {app: server}}, policyTypes: [Ingress]}');

/** A server at a port of its node, a client on another, and one that sends to the server's pods alone. */
function world(...policies: readonly string[]): World {
  const server = pod(
    'server',
    'near',
    '{containerPort: 8080, hostPort: 9000}, {containerPort: 81, hostPort: 82, protocol: UDP}',
  );
  const all = [server, pod('client', 'farther', ''), node('near'), node('farther'), ...policies];
  return worldOf({ 'all.yaml': documents(...all) });
}

describe('a port of a node that a pod asked for', () => {
  test('leads to the pod, whose policy decides on its own port', () => {
    for (const from of ['client', 'internet', '203.0.113.9', 'farther']) {
      assert.equal(ask(world(closed), from, 'near:9000').outcome, 'denied', from);
      assert.equal(ask(world(), from, 'near:9000').outcome, 'allowed', from);
    }
    const open = policy('open', '{podSelector: {matchLabels: {app: server}}, ingress: [{ports: [{port: 8080}]}]}');
    assert.equal(ask(world(open), 'client', 'near:9000').outcome, 'allowed');
  });

  test('is the node’s own where none asked for it, by that protocol', () => {
    for (const port of ['9001', '9000/UDP', '82']) {
      const { routes } = ask(world(closed), 'client', `near:${port}`);
      assert.equal(routes[0]?.to[0]?.kind, 'node', port);
    }
    assert.equal(ask(world(closed), 'client', 'near:82/UDP').outcome, 'denied');
  });

  test('depends where the policy of the caller knows the pod and not its node', () => {
    const toServer = '[{to: [{podSelector: {matchLabels: {app: server}}}]}]';
    const leaving = policy(
      'leaving',
      `{podSelector: {matchLabels: {app: client}}, policyTypes: [Egress], egress: ${toServer}}`,
    );
    assert.equal(ask(world(leaving), 'client', 'near:9000').outcome, 'depends');
    assert.equal(ask(world(leaving), 'client', 'pod/server:8080').outcome, 'allowed');
    assert.match(explained(world(leaving), 'client', 'near:9000').join('\n'), /^Depends[\s\S]*by a port of a node/);
  });
});
