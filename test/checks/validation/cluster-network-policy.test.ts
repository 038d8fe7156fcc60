import { describe, it } from 'node:test';
import { check } from './check.ts';

describe('what the schema of a ClusterNetworkPolicy refuses', () => {
  it('is a tier that is none, a priority out of its range, and pods without a selector', () => {
    check(`
kind: ClusterNetworkPolicy
apiVersion: policy.networking.k8s.io/v1alpha2
metadata: { name: spec }
spec:
  tier: admin
      # ^^^^^ error policy-invalid: \`tier\` must be one of \`Admin\`, \`Baseline\`, not \`admin\`
  priority: 1001
          # ^^^^ error policy-invalid: \`priority\` must be a number from 0 to 1000, not 1001
  subject:
    pods: { namespaceSelector: {} }
  # ^^^^ error policy-invalid: \`podSelector\` is missing
---
kind: ClusterNetworkPolicy
apiVersion: policy.networking.k8s.io/v1alpha2
metadata: { name: other }
spec:
  tier: NetworkPolicy
      # ^^^^^^^^^^^^^ error policy-invalid: \`tier\` must be one of \`Admin\`, \`Baseline\`, not \`NetworkPolicy\`
  priority: 1
  subject: { pods: { podSelector: {} } }
`);
  });

  it('is an action of the kinds before, and a peer that its direction does not know', () => {
    check(`
kind: ClusterNetworkPolicy
apiVersion: policy.networking.k8s.io/v1alpha2
metadata: { name: rules }
spec:
  tier: Baseline
  priority: 1
  subject: { namespaces: {} }
  ingress:
    - action: Allow
            # ^^^^^ error policy-invalid: \`action\` must be one of \`Accept\`, \`Deny\`, \`Pass\`, not \`Allow\`
      from: [{ nodes: {} }, {}]
             # ^^^^^ error policy-invalid: There is no \`nodes\` here, only \`namespaces\`, \`pods\`
                          # ^^ error policy-invalid: One of \`namespaces\`, \`pods\` must be given
    - action: Pass
      from: []
          # ^^ error policy-invalid: \`from\` must not be empty
      protocols: []
               # ^^ error policy-invalid: \`protocols\` must not be empty
  egress:
    - action: Pass
      to: [{ domainNames: [example.com] }]
           # ^^^^^^^^^^^ warning policy-invalid: \`domainNames\` works in a rule with the action \`Accept\` alone
      protocols: [{ destinationNamedPort: http }]
                  # ^^^^^^^^^^^^^^^^^^^^ error policy-invalid: \`destinationNamedPort\` cannot stand in a rule with \`domainNames\`: only pods have named ports
    - action: Accept
      to: [{ domainNames: [example.com.] }, { networks: ["fd00::/8", "fd00::/129"] }]
                                                                   # ^^^^^^^^^^^^ error policy-invalid: \`fd00::/129\` is no range of addresses such as 10.0.0.0/8 or fd00::/8
`);
  });

  it('is a protocol of nothing, of two things, or with a port out of its range', () => {
    check(`
kind: ClusterNetworkPolicy
apiVersion: policy.networking.k8s.io/v1alpha2
metadata: { name: protocols }
spec:
  tier: Admin
  priority: 1
  subject: { namespaces: {} }
  ingress:
    - action: Accept
      from: [{ pods: { podSelector: {} } }]
      protocols:
        - {}
        # ^^ error policy-invalid: One of \`tcp\`, \`udp\`, \`sctp\`, \`destinationNamedPort\` must be given
        - tcp: {}
        # ^^^ error policy-invalid: \`destinationPort\` is missing
        - tcp: { destinationPort: {} }
               # ^^^^^^^^^^^^^^^ error policy-invalid: One of \`number\`, \`range\` must be given
        - tcp: { destinationPort: { number: 80, range: { start: 1, end: 2 } } }
                                              # ^^^^^ error policy-invalid: \`range\` cannot stand beside \`number\`: one alone must be given
          udp: { destinationPort: { number: 53 } }
        # ^^^ error policy-invalid: \`udp\` cannot stand beside \`tcp\`: one alone must be given
        - udp: { destinationPort: { number: 65536 } }
                                          # ^^^^^ error policy-invalid: \`number\` must be a number from 1 to 65535, not 65536
        - sctp: { destinationPort: { range: { start: 9, end: 8 } } }
                                                           # ^ error policy-invalid: \`end\` must not be below \`start\`: 8 is less than 9
        - sctp: { destinationPort: { range: { start: 9, end: 9 } } }
                                                           # ^ error policy-invalid: A range has two ports at least; one is given by \`number\`
        - sctp: { destinationPort: { range: { end: 9 } } }
                                   # ^^^^^ error policy-invalid: \`start\` is missing
        - destinationNamedPort: http
`);
  });
});
