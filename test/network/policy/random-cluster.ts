import fc from 'fast-check';

/** Few of everything, so that selectors, names and numbers meet often. */
const namespace = fc.constantFrom('east', 'west', 'north');
const key = fc.constantFrom('app', 'tier', '__proto__');
const value = fc.constantFrom('a', 'b', 'c');
const protocol = fc.constantFrom('TCP', 'UDP', 'SCTP');
const portName = fc.constantFrom('http', 'dns', 'admin');

/** The numbers that a check asks for: every edge that a generated term can have, and one on each side of it. */
export const askedPorts: readonly number[] = [1, 79, 80, 81, 89, 90, 91, 8080, 65_534, 65_535];
const portNumber = fc.constantFrom(1, 80, 90, 8080, 65_535);

const labels = fc.dictionary(key, value, { maxKeys: 3 });

const expression = fc.oneof(
  fc.record({
    key,
    operator: fc.constantFrom('In', 'NotIn'),
    values: fc.array(value, { minLength: 1, maxLength: 2 }),
  }),
  fc.record({ key, operator: fc.constantFrom('Exists', 'DoesNotExist') }),
);

const selector = fc.record(
  {
    matchLabels: fc.dictionary(key, value, { maxKeys: 2 }),
    matchExpressions: fc.array(expression, { maxLength: 2 }),
  },
  { requiredKeys: [] },
);

const namespaceSelector = fc.oneof(
  selector,
  namespace.map((name) => ({ matchLabels: { 'kubernetes.io/metadata.name': name } })),
);

/** Pods have addresses from 10.0.0.0 to 10.0.0.15. */
const block = fc.oneof(
  fc.record({
    cidr: fc.constantFrom('10.0.0.0/28', '10.0.0.3/29', '0.0.0.0/0'),
    except: fc.array(fc.constantFrom('10.0.0.2/31', '10.0.0.4/30', '10.0.0.1/32'), { maxLength: 2 }),
  }),
  fc.record({ cidr: fc.constantFrom('10.0.0.8/30', '10.0.0.5/32', '192.0.2.0/24') }),
);

const peer = fc.oneof(
  fc.record({ podSelector: selector }),
  fc.record({ namespaceSelector }),
  fc.record({ podSelector: selector, namespaceSelector }),
  fc.record({ ipBlock: block }),
);

const port = fc.oneof(
  fc.record({ protocol }, { requiredKeys: [] }),
  fc.record({ protocol, port: fc.oneof(portNumber, portName) }, { requiredKeys: ['port'] }),
  fc
    .record({ protocol, port: portNumber, endPort: portNumber }, { requiredKeys: ['port', 'endPort'] })
    .map((each) => ({ ...each, endPort: Math.max(each.port, each.endPort) })),
);

const ports = fc.array(port, { maxLength: 3 });
const peers = fc.array(peer, { maxLength: 3 });

const policySpec = fc.record(
  {
    podSelector: selector,
    policyTypes: fc.subarray(['Ingress', 'Egress']),
    ingress: fc.array(fc.record({ from: peers, ports }, { requiredKeys: [] }), { maxLength: 3 }),
    egress: fc.array(fc.record({ to: peers, ports }, { requiredKeys: [] }), { maxLength: 3 }),
  },
  { requiredKeys: [] },
);

const policy = fc.record({ namespace, spec: policySpec });

const containerPort = fc.record(
  { name: portName, containerPort: portNumber, protocol },
  { requiredKeys: ['name', 'containerPort'] },
);

const pod = fc.record({ namespace, labels, ports: fc.array(containerPort, { maxLength: 3 }) });

/** The objects of a small cluster: namespaces, Pods with the addresses that an export would show, and policies. */
export const randomObjects = fc
  .record({
    namespaces: fc.array(fc.record({ name: namespace, labels }), { maxLength: 3 }),
    pods: fc.array(pod, { minLength: 2, maxLength: 7 }),
    policies: fc.array(policy, { maxLength: 5 }),
  })
  .map(({ namespaces, pods, policies }) => [
    ...namespaces.map((metadata) => ({ apiVersion: 'v1', kind: 'Namespace', metadata })),
    ...pods.map(({ namespace, labels, ports }, index) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { namespace, name: `pod-${index}`, labels },
      spec: { containers: [{ name: 'server', ports }] },
      status: { phase: 'Running', podIP: `10.0.0.${index + 1}` },
    })),
    ...policies.map(({ namespace, spec }, index) => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { namespace, name: `policy-${index}` },
      spec,
    })),
  ]);
