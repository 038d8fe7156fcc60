import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { serviceRanges } from '../../src/cluster/service-ranges.ts';
import { planServices, type ServicePlan } from '../../src/cluster/services.ts';
import { defaultSettings } from '../../src/cluster/settings.ts';
import type { ServiceObject } from '../../src/manifests/kinds.ts';
import type { Manifest } from '../../src/manifests/manifest.ts';
import { Workspace } from '../../src/manifests/workspace.ts';

const kind = fc.constantFrom('ClusterIP', 'ClusterIP', 'ClusterIP', 'NodePort', 'LoadBalancer');

/** A Service as people write it; every tenth says its address or its node port. */
const service = fc
  .record({
    name: fc.stringMatching(/^[a-z]([a-z0-9-]{1,8}[a-z0-9])?$/),
    namespace: fc.constantFrom('shop', 'data', 'default'),
    type: kind,
    given: fc.option(fc.nat(65_000), { freq: 9 }),
    families: fc.constantFrom('SingleStack', 'PreferDualStack'),
  })
  .map(({ name, namespace, type, given, families }) => {
    const clusterIP = given !== null ? { clusterIP: `10.96.${given >> 8}.${given & 255}` } : {};
    const nodePort = given !== null && type !== 'ClusterIP' ? { nodePort: 30_000 + (given % 2768) } : {};
    return {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace },
      spec: { type, ipFamilyPolicy: families, ...clusterIP, ports: [{ port: 80, ...nodePort }] },
    };
  });

const idOf = ({ metadata }: { metadata: { name: string; namespace: string } }) =>
  `${metadata.namespace}/${metadata.name}`;

const [services = []] = fc.sample(
  fc.uniqueArray(service, { minLength: 1500, maxLength: 1500, selector: idOf, size: 'max' }),
  { numRuns: 1, seed: 4 },
);
const [first, additions] = [services.slice(0, 500), services.slice(500)];

/** What a Service was given of what there is once: its addresses and its ports of the nodes. */
function drawn({ clusterIPs, ports, healthCheckNodePort }: ServicePlan): readonly unknown[] {
  return [...clusterIPs, ...ports.map(({ nodePort }) => nodePort), healthCheckNodePort];
}

test('of 500 Services none gets another address in 1,000 additions of one, and something else only who had what the new one has', () => {
  const workspace = new Workspace({ roots: ['file:///work'] });
  const plansWith = (name: string, text: string) => {
    workspace.apply([{ uri: `file:///work/${name}.yaml`, text }]);
    const manifests = (workspace.snapshot().sets[0]?.manifests ?? []) as Manifest<ServiceObject>[];
    return planServices(manifests, defaultSettings, serviceRanges(manifests, defaultSettings).ranges, undefined);
  };
  const all = [...plansWith('first', first.map((each) => JSON.stringify(each)).join('\n---\n')).values()];
  let moved = 0;
  for (const added of additions) {
    const after = plansWith('added', JSON.stringify(added));
    const itself = after.get(idOf(added));
    assert.ok(itself);
    for (const old of all) {
      const now = after.get(old.id);
      assert.ok(now && now.clusterIPs[0] === old.clusterIPs[0], `${old.id} was moved by ${itself.id}`);
      const has = drawn(now);
      const others = drawn(old).filter((each, index) => each !== has[index]);
      for (const each of others) assert.ok(drawn(itself).includes(each), `${old.id} had ${each}, not ${itself.id}`);
      moved += others.length;
    }
  }
  assert.ok(moved < additions.length / 20, `${moved} second addresses and node ports were moved`);
});
