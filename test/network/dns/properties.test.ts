import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { buildCluster } from '../../../src/cluster/build.ts';
import type { Cluster, Pod, Service } from '../../../src/cluster/cluster.ts';
import { Workspace } from '../../../src/manifests/workspace.ts';
import { type Libc, namesToTry } from '../../../src/network/dns/expansion.ts';
import { lookUp } from '../../../src/network/dns/lookup.ts';
import { recordTypes } from '../../../src/network/dns/record.ts';
import { resolvConfOf } from '../../../src/network/dns/resolv-conf.ts';
import { answerTo } from '../../../src/network/dns/zone.ts';
import { reverseName } from '../../../src/network/dns/zoned-name.ts';
import { anyEdit, networksOf } from '../../cluster/network.ts';

/** The last network of any sequence of edits. */
const cluster = fc.array(anyEdit, { maxLength: 8 }).map((edits): Cluster => {
  const { files, settings } = networksOf(edits).at(-1) as ReturnType<typeof networksOf>[number];
  const workspace = new Workspace({ roots: ['file:///work'] });
  workspace.apply([...files].map(([name, text]) => ({ uri: `file:///work/${name}`, text })));
  return buildCluster(workspace.snapshot().sets[0]?.manifests ?? [], settings);
});

function podsOf({ workloads }: Cluster): readonly Pod[] {
  return [...workloads.values()].flatMap(({ pods, prototype }) => [...pods.slice(0, 1), prototype]);
}

const label = fc.constantFrom(
  'api',
  'data',
  'web',
  'shop',
  'svc',
  'pod',
  'cluster',
  'local',
  '_http',
  '_tcp',
  'x',
  '',
  '*',
  'in-addr',
  'arpa',
  '10-244-0-7',
);
const anyName = fc.oneof(
  fc.array(label, { maxLength: 8 }).map((labels) => labels.join('.')),
  fc.string({ maxLength: 300 }),
  fc.ipV4(),
  fc.ipV6(),
);

test('whatever is asked there is an answer, and records with it or not', () => {
  fc.assert(
    fc.property(cluster, anyName, fc.constantFrom(...recordTypes), (each, name, type) => {
      const { status, records, elsewhere } = answerTo(each, { name, type });
      assert.equal(records.length > 0 || elsewhere === true, status === 'NOERROR');
      assert.ok(records.every((record) => record.type === type || record.type === 'CNAME'));
    }),
    { numRuns: 200 },
  );
});

test('a look-up sends the first of the names to try, and ends with the one that answers', () => {
  fc.assert(
    fc.property(cluster, anyName, fc.constantFrom<Libc>('glibc', 'musl'), (each, name, libc) => {
      for (const pod of podsOf(each).slice(0, 3)) {
        const found = lookUp(each, pod, name, { libc });
        const tried = [...new Set(found.tried.map((query) => query.name))];
        const names = namesToTry(name, resolvConfOf(each, pod), libc);
        assert.equal(tried.length, Math.min(found.tries, names.length));
        assert.deepEqual(
          names.filter((one) => tried.includes(one)),
          tried,
        );
        if (found.status === 'NOERROR' && found.tries > 0) assert.equal(tried.at(-1), found.name);
        assert.ok(found.status === 'NOERROR' || found.records.length === 0);
      }
    }),
    { numRuns: 100 },
  );
});

test('every ClusterIP has the name of its Service, and the name has it', () => {
  fc.assert(
    fc.property(cluster, (each) => {
      for (const service of each.services.values()) {
        for (const address of service.clusterIPs) {
          assert.ok(dataOf(each, fullName(each, service), address).includes(address));
          assert.equal(namesAt(each, address).length, 1);
        }
      }
    }),
    { numRuns: 100 },
  );
});

test('every ready endpoint has a name of its Service that leads back to it', () => {
  fc.assert(
    fc.property(cluster, (each) => {
      for (const service of each.services.values()) {
        const end = `.${fullName(each, service)}`;
        for (const address of readyAddresses(each, service)) {
          const own = namesAt(each, address).filter((name) => name.endsWith(end));
          assert.ok(own.length > 0, address);
          assert.ok(own.every((name) => dataOf(each, name, address).includes(address)));
        }
      }
    }),
    { numRuns: 100 },
  );
});

function fullName({ settings }: Cluster, { name, namespace }: Service): string {
  return `${name}.${namespace}.svc.${settings.clusterDomain}.`;
}

/** Of those that are ready; an address that is a ClusterIP as well has the name of that alone. */
function readyAddresses({ services }: Cluster, { endpoints }: Service): readonly string[] {
  const clusterIPs = new Set([...services.values()].flatMap((each) => each.clusterIPs));
  return endpoints.flatMap(({ ready, addresses }) => (ready ? addresses.filter((one) => !clusterIPs.has(one)) : []));
}

function dataOf(cluster: Cluster, name: string, address: string): readonly string[] {
  const type = address.includes(':') ? 'AAAA' : 'A';
  return answerTo(cluster, { name, type }).records.map(({ data }) => data);
}

function namesAt(cluster: Cluster, address: string): readonly string[] {
  return answerTo(cluster, { name: reverseName(address) ?? '', type: 'PTR' }).records.map(({ data }) => data);
}
