import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lensesOf } from '../../src/questions/lenses.ts';
import { documents, worldOf } from './fixture.ts';

function service(name: string, spec: string): string {
  return `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}, namespace: shop}\nspec: {${spec}}`;
}

test('a lens over an ExternalName says where it leads', () => {
  const alias = (name: string, target: string) => service(name, `type: ExternalName, externalName: ${target}`);
  const { cluster, snapshot } = worldOf({
    'a.yaml': documents(
      service('api', 'selector: {app: api}, ports: [{port: 80}]'),
      alias('in', 'api.shop.svc.cluster.local'),
      alias('out', 'example.org'),
      alias('lost', 'ghost.shop.svc.cluster.local'),
    ),
  });
  const manifests = snapshot.sets.flatMap((set) => set.manifests);
  const lenses = lensesOf(cluster, manifests, { services: true, workloads: false });
  assert.deepEqual(
    lenses.map((lens) => lens.title()),
    [
      'no endpoints',
      'another name for shop/svc/api: no endpoints',
      'outside the cluster: example.org',
      'no address: ghost.shop.svc.cluster.local',
    ],
  );
});
