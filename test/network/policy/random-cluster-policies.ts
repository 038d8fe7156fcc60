import fc from 'fast-check';
import { block, namespaceSelector, portName, portNumber, protocol, selector } from './random-terms.ts';

const pods = fc.record({ namespaceSelector, podSelector: selector });
const subject = fc.oneof(fc.record({ namespaces: namespaceSelector }), fc.record({ pods }));

const inside = fc.oneof(fc.record({ namespaces: namespaceSelector }), fc.record({ pods }));

/** What an egress rule may name beside pods; the API takes no named port beside it. */
const addressed = fc.oneof(
  { arbitrary: fc.record({ networks: fc.array(block, { minLength: 1, maxLength: 2 }) }), weight: 3 },
  { arbitrary: fc.record({ nodes: selector }), weight: 1 },
);
const domains = fc.constant({ domainNames: ['*.example.org'] });

/** A peer of a kind that is not known: no field of it was left when it was read. */
const unknown = fc.constant({});

const ascending = fc.constantFrom(
  { start: 1, end: 80 },
  { start: 80, end: 90 },
  { start: 90, end: 65_535 },
  { start: 1, end: 65_535 },
);

/** The names of fields and actions in which the two versions of the API differ. */
interface Version {
  readonly accept: string;
  readonly ports: string;
  readonly numbered: fc.Arbitrary<object>;
  readonly named: fc.Arbitrary<object>;
}

const v1alpha1: Version = {
  accept: 'Allow',
  ports: 'ports',
  numbered: fc.oneof(
    fc.record({ portNumber: fc.record({ protocol, port: portNumber }, { requiredKeys: ['port'] }) }),
    fc
      .record({ protocol: fc.option(protocol, { nil: undefined }), range: ascending })
      .map(({ protocol, range }) => ({ portRange: { ...(protocol && { protocol }), ...range } })),
  ),
  named: portName.map((namedPort) => ({ namedPort })),
};

const destinationPort = fc.oneof(
  portNumber.map((number) => ({ number })),
  ascending.map((range) => ({ range })),
);

const v1alpha2: Version = {
  accept: 'Accept',
  ports: 'protocols',
  numbered: fc
    .record({ protocol, bounds: fc.record({ destinationPort }, { requiredKeys: [] }) })
    .map(({ protocol, bounds }) => ({ [protocol.toLowerCase()]: bounds })),
  named: portName.map((destinationNamedPort) => ({ destinationNamedPort })),
};

/** Up to three rules of a direction. Of sources the API knows pods alone: all else is a peer of no kind that is known. */
function rulesOf(version: Version, end: 'from' | 'to', actions: readonly string[]): fc.Arbitrary<readonly object[]> {
  const rule = (peer: fc.Arbitrary<object>, port: fc.Arbitrary<object>, allowed = actions) =>
    fc.record(
      {
        action: fc.constantFrom(...allowed),
        [end]: fc.array(peer, { minLength: 1, maxLength: 2 }),
        [version.ports]: fc.array(port, { minLength: 1, maxLength: 2 }),
      },
      { requiredKeys: ['action', end] },
    );
  const unusual = end === 'from' ? fc.oneof(unknown, addressed, domains) : unknown;
  const amongPods = rule(
    fc.oneof({ arbitrary: inside, weight: 9 }, { arbitrary: unusual, weight: 1 }),
    fc.oneof({ arbitrary: version.numbered, weight: 2 }, { arbitrary: version.named, weight: 1 }),
  );
  if (end === 'from') return fc.array(amongPods, { maxLength: 3 });
  const anywhere = rule(fc.oneof(inside, addressed, addressed), version.numbered);
  const byName = rule(fc.oneof(domains, inside, addressed), version.numbered, [version.accept]);
  const each = fc.oneof(
    { arbitrary: amongPods, weight: 4 },
    { arbitrary: anywhere, weight: 4 },
    { arbitrary: byName, weight: 1 },
  );
  return fc.array(each, { maxLength: 3 });
}

function specOf(version: Version, actions: readonly string[]) {
  return fc.record({
    subject,
    ingress: rulesOf(version, 'from', actions),
    egress: rulesOf(version, 'to', actions),
  });
}

const group = 'policy.networking.k8s.io';

const admin = specOf(v1alpha1, ['Allow', 'Deny', 'Pass']).map((spec) => ({
  apiVersion: `${group}/v1alpha1`,
  kind: 'AdminNetworkPolicy',
  spec,
}));

const baseline = specOf(v1alpha1, ['Allow', 'Deny']).map((spec) => ({
  apiVersion: `${group}/v1alpha1`,
  kind: 'BaselineAdminNetworkPolicy',
  metadata: { name: 'default' },
  spec,
}));

const tiered = fc
  .record({ tier: fc.constantFrom('Admin', 'Baseline'), spec: specOf(v1alpha2, ['Accept', 'Deny', 'Pass']) })
  .map(({ tier, spec }) => ({
    apiVersion: `${group}/v1alpha2`,
    kind: 'ClusterNetworkPolicy',
    spec: { tier, ...spec },
  }));

/** Where priorities come from: mostly each policy has its own; some clusters have two with the same. */
const priorities = fc.oneof(
  { arbitrary: fc.uniqueArray(fc.nat(9), { minLength: 3, maxLength: 3 }), weight: 3 },
  { arbitrary: fc.array(fc.nat(1), { minLength: 3, maxLength: 3 }), weight: 1 },
);

/** The policies above and below those of namespaces, of both versions of their API. */
export const randomClusterPolicies: fc.Arbitrary<readonly object[]> = fc
  .record({
    prioritized: fc.array(fc.oneof(admin, tiered, tiered), { minLength: 1, maxLength: 3 }),
    priorities,
    baselines: fc.array(baseline, { maxLength: 1 }),
  })
  .map(({ prioritized, priorities, baselines }) => [
    ...prioritized.map(({ spec, ...header }, index) => ({
      ...header,
      metadata: { name: `cluster-policy-${index}` },
      spec: { ...spec, priority: priorities[index] },
    })),
    ...baselines,
  ]);
