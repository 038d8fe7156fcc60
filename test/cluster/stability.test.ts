import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Cluster } from '../../src/cluster/cluster.ts';
import { clusterOfObjects } from '../support/cluster.ts';

const name = fc.constantFrom(...Array.from({ length: 60 }, (_, index) => `n${index}`));
const namespace = fc.constantFrom('east', 'west');
const address = fc.nat(250).map((host) => `10.244.0.${host + 2}`);

const deployment = fc.record({ namespace, name, replicas: fc.nat(4) }).map(({ replicas, ...metadata }) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata,
  spec: { replicas, template: { metadata: { labels: { app: metadata.name } } } },
}));
const exported = fc.record({ namespace, name, podIP: address }).map(({ podIP, ...metadata }) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata,
  status: { phase: 'Running', podIP },
}));
const service = fc
  .record({ namespace, name, clusterIP: fc.option(fc.nat(250).map((host) => `10.96.5.${host + 1}`)) })
  .map(({ clusterIP, ...metadata }) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: { type: 'NodePort', ports: [{ port: 80 }], ...(clusterIP && { clusterIP }) },
  }));
const object = fc.oneof(deployment, exported, service);

/** Everything that a real cluster would choose: who has which address, and where each pod runs. */
function choices(cluster: Cluster): ReadonlyMap<string, { value: string; given: boolean }> {
  const pods = [...cluster.workloads.values()].flatMap((workload) => workload.pods);
  const services = [...cluster.services.values()];
  return new Map([
    ...pods.map((pod): [string, { value: string; given: boolean }] => [
      `pod ${pod.namespace}/${pod.name}`,
      { value: `${pod.addresses.join()} on ${pod.node?.name}`, given: !pod.simulated },
    ]),
    ...services.map(({ id, clusterIPs, simulated, ports }): [string, { value: string; given: boolean }] => [
      `service ${id}`,
      { value: `${clusterIPs.join()} ${ports.map(({ nodePort }) => nodePort).join()}`, given: !simulated },
    ]),
  ]);
}

function isKnown(objects: readonly object[], added: { kind: string; metadata: object }): boolean {
  return objects.some(
    (each) => JSON.stringify({ ...each, spec: 0, status: 0 }) === JSON.stringify({ ...added, spec: 0, status: 0 }),
  );
}

describe('the choices of the simulation', () => {
  it('are the same for the same objects, in whatever order they are read', () => {
    const objects = fc.uniqueArray(object, {
      maxLength: 15,
      selector: ({ kind, metadata }) => JSON.stringify([kind, metadata]),
    });
    fc.assert(
      fc.property(objects, fc.nat(), (all, turn) => {
        const at = all.length > 0 ? turn % all.length : 0;
        const turned = [...all.slice(at), ...all.slice(0, at)];
        assert.deepEqual(choices(clusterOfObjects(turned)), choices(clusterOfObjects(all)));
      }),
      { numRuns: 60 },
    );
  });

  it('are the same in any order where Services draw the same node port', () => {
    const services = Array.from({ length: 150 }, (_, index) => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: `s${index}` },
      spec: { type: 'NodePort', ports: [{ port: 80 }] },
    }));
    assert.deepEqual(choices(clusterOfObjects(services.toReversed())), choices(clusterOfObjects(services)));
  });

  it('stay when an object is added: given addresses always, drawn ones unless somebody took them', () => {
    const moved = { drawn: 0, of: 0 };
    fc.assert(
      fc.property(fc.array(object, { maxLength: 15 }), object, (objects, added) => {
        if (isKnown(objects, added)) return;
        const before = choices(clusterOfObjects(objects));
        const after = choices(clusterOfObjects([...objects, added]));
        const fresh = [...after].filter(([key]) => !before.has(key)).flatMap(([, { value }]) => value.split(/[ ,]/));
        for (const [key, { value, given }] of before) {
          const now = after.get(key)?.value;
          if (given && key.startsWith('pod')) assert.equal(now, value, key);
          moved.of += 1;
          if (now === value) continue;
          moved.drawn += 1;
          // Who moved was pushed: what it had belongs to another now.
          const others = [...after].filter(([other]) => other !== key).flatMap(([, each]) => each.value.split(/[ ,]/));
          assert.ok(
            value.split(/[ ,]/).some((part) => fresh.includes(part) || others.includes(part)),
            `${key} moved from ${value} to ${now}`,
          );
        }
      }),
      { numRuns: 200 },
    );
    assert.ok(moved.drawn < moved.of * 0.05, `${moved.drawn} of ${moved.of} moved`);
  });
});
