import fc from 'fast-check';
import { block, namespace, namespaceSelector, portName, portNumber, protocol, selector } from './random-terms.ts';

/** Pods have addresses from 10.0.0.1 and from 2001:db8::1 on. */
const ipBlock = fc.oneof(
  fc.record({ cidr: block }),
  fc.record({
    cidr: fc.constantFrom('10.0.0.0/28', '0.0.0.0/0'),
    except: fc.array(fc.constantFrom('10.0.0.2/31', '10.0.0.4/30', '10.0.0.1/32'), { maxLength: 2 }),
  }),
  fc.record({
    cidr: fc.constantFrom('2001:db8::/32', '::/0'),
    except: fc.array(fc.constantFrom('2001:db8::2/127', '2001:db8::4/126', '2001:db8:ffff::/48'), { maxLength: 2 }),
  }),
);

const peer = fc.oneof(
  fc.record({ podSelector: selector }),
  fc.record({ namespaceSelector }),
  fc.record({ podSelector: selector, namespaceSelector }),
  fc.record({ ipBlock }),
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

const spec = fc.record(
  {
    podSelector: selector,
    policyTypes: fc.subarray(['Ingress', 'Egress']),
    ingress: fc.array(fc.record({ from: peers, ports }, { requiredKeys: [] }), { maxLength: 3 }),
    egress: fc.array(fc.record({ to: peers, ports }, { requiredKeys: [] }), { maxLength: 3 }),
  },
  { requiredKeys: [] },
);

/** NetworkPolicies of a few namespaces. */
export const randomPolicies: fc.Arbitrary<readonly object[]> = fc
  .array(fc.record({ namespace, spec }), { maxLength: 4 })
  .map((policies) =>
    policies.map(({ namespace, spec }, index) => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { namespace, name: `policy-${index}` },
      spec,
    })),
  );
