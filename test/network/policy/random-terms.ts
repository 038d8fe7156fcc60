import fc from 'fast-check';

/** Few of everything, so that selectors, names and numbers meet often. */
export const namespace: fc.Arbitrary<string> = fc.constantFrom('east', 'west', 'north');

const key = fc.constantFrom('app', 'tier', '__proto__');
const value = fc.constantFrom('a', 'b', 'c');

/** Labels of a namespace, a pod or a node. */
export const labels: fc.Arbitrary<Record<string, string>> = fc.dictionary(key, value, { maxKeys: 3 });

const expression = fc.oneof(
  fc.record({
    key,
    operator: fc.constantFrom('In', 'NotIn'),
    values: fc.array(value, { minLength: 1, maxLength: 2 }),
  }),
  fc.record({ key, operator: fc.constantFrom('Exists', 'DoesNotExist') }),
);

const everything = fc.constant({});

const narrow = fc.record(
  {
    matchLabels: fc.dictionary(key, value, { maxKeys: 2 }),
    matchExpressions: fc.array(expression, { maxLength: 2 }),
  },
  { requiredKeys: [] },
);

/** A label selector. Half of them select everything, or rules would hardly ever meet. */
export const selector: fc.Arbitrary<object> = fc.oneof(everything, narrow);

/** A selector of namespaces, which may ask for their names. */
export const namespaceSelector: fc.Arbitrary<object> = fc.oneof(
  { arbitrary: selector, weight: 2 },
  { arbitrary: namespace.map((name) => ({ matchLabels: { 'kubernetes.io/metadata.name': name } })), weight: 1 },
);

export const protocol: fc.Arbitrary<string> = fc.constantFrom('TCP', 'UDP', 'SCTP');
export const portName: fc.Arbitrary<string> = fc.constantFrom('http', 'dns', 'admin');
export const portNumber: fc.Arbitrary<number> = fc.constantFrom(1, 80, 90, 8080, 65_535);

/** Every number that is an edge of a generated term, and one on each side of it. */
export const askedPorts: readonly number[] = [1, 2, 79, 80, 81, 89, 90, 91, 8079, 8080, 8081, 65_534, 65_535];

/** Blocks with edges between the addresses of pods, of nodes and of the outside ends that a check asks for. */
export const block: fc.Arbitrary<string> = fc.constantFrom(
  '0.0.0.0/0',
  '10.0.0.0/28',
  '10.0.0.3/29',
  '10.0.0.8/30',
  '10.0.0.5/32',
  '10.1.0.0/24',
  '192.0.2.0/24',
  '198.51.100.7/32',
  '::/0',
  '2001:db8::/124',
  '2001:db8::4/126',
  '2001:db8:1::/64',
  '2001:db8:ffff::/48',
);

/** Addresses outside of random clusters: within, at the edge of and without those blocks. */
export const outsideAddress: fc.Arbitrary<string> = fc.constantFrom(
  '10.0.0.16',
  '192.0.2.0',
  '198.51.100.7',
  '198.51.100.8',
  '2001:db8:0:1::',
  '2001:db8:ffff::1',
  '64:ff9b::1',
);
