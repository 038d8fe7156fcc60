import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ask, documents, explained, type World, worldOf } from './fixture.ts';

const pod = (name: string, spec: string) => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: shop, labels: {app: ${name}}}
spec: {${spec} containers: [{name: main, image: x, ports: [{containerPort: 80}]}]}`;

const node = (name: string, zone: string) => `
apiVersion: v1
kind: Node
metadata: {name: ${name}, labels: {topology.kubernetes.io/zone: ${zone}}}
status: {addresses: [{type: InternalIP, address: 192.168.7.${name.length}}]}`;

function world(policy: string, server = 'nodeName: near,'): World {
  const service = `
apiVersion: v1
kind: Service
metadata: {name: server, namespace: shop}
spec: {selector: {app: server}, ${policy} ports: [{port: 80}]}`;
  const pods = [pod('server', server), pod('beside', 'nodeName: near,'), pod('apart', 'nodeName: farther,')];
  return worldOf({ 'all.yaml': documents(service, ...pods, node('near', 'a'), node('farther', 'b')) });
}

const local = 'internalTrafficPolicy: Local,';

describe('a ClusterIP whose traffic stays on the node', () => {
  test('is answered on the node of an endpoint alone', () => {
    assert.equal(ask(world(local), 'beside', 'svc/server:80').outcome, 'allowed');
    const { outcome, obstacles } = ask(world(local), 'apart', 'svc/server:80');
    assert.deepEqual([outcome, obstacles.map(({ kind }) => kind)], ['denied', ['no-local-endpoints']]);
    assert.equal(ask(world(''), 'apart', 'svc/server:80').outcome, 'allowed');
  });

  test('says which node drops it, and by which field', () => {
    assert.deepEqual(explained(world(local), 'apart', 'svc/server:80'), [
      'Not reachable. shop/pod/apart (all.yaml:18) → shop/svc/server:80 (all.yaml:3)',
      'farther runs no endpoint of server (all.yaml:3), whose internalTrafficPolicy: Local (all.yaml:4): it drops the connection.',
    ]);
  });

  test('is taken for answered where no manifest says on which node the endpoint is', () => {
    assert.equal(ask(world(local, ''), 'apart', 'svc/server:80').outcome, 'allowed');
  });

  test('is answered by the pod itself, dialled as it is', () => {
    assert.equal(ask(world(local), 'apart', 'pod/server:80').outcome, 'allowed');
  });

  test('is answered by its caller, where that is the endpoint there, though there are others', () => {
    const twins = ['near', 'farther'].map((on) => pod(on, `nodeName: ${on},`).replace(`app: ${on}`, 'app: server'));
    const service = `
apiVersion: v1
kind: Service
metadata: {name: server, namespace: shop}
spec: {selector: {app: server}, ${local} ports: [{port: 80}]}`;
    const both = worldOf({ 'all.yaml': documents(service, ...twins, node('near', 'a'), node('farther', 'b')) });
    const { outcome, routes } = ask(both, 'pod/near', 'svc/server:80');
    assert.equal(outcome, 'allowed');
    assert.deepEqual(
      routes.flatMap(({ to }) => to.map((party) => (party.kind === 'pod' ? party.pod.name : ''))),
      ['near'],
    );
  });
});
