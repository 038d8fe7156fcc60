import { describe, it } from 'node:test';
import { check } from './check.ts';

describe('what the schema of an AdminNetworkPolicy refuses', () => {
  it('is a priority out of its range, and a subject of nothing or of two things', () => {
    check(`
kind: AdminNetworkPolicy
apiVersion: policy.networking.k8s.io/v1alpha1
metadata: { name: low }
spec:
  priority: -1
          # ^^ error policy-invalid: \`priority\` must be a number from 0 to 1000, not -1
  subject: {}
# ^^^^^^^ error policy-invalid: One of \`namespaces\`, \`pods\` must be given
---
kind: AdminNetworkPolicy
apiVersion: policy.networking.k8s.io/v1alpha1
metadata: { name: high }
spec:
  priority: 1001
          # ^^^^ error policy-invalid: \`priority\` must be a number from 0 to 1000, not 1001
  subject:
    namespaces: {}
    pods: { podSelector: {} }
  # ^^^^ error policy-invalid: \`pods\` cannot stand beside \`namespaces\`: one alone must be given
  # ^^^^ error policy-invalid: \`namespaceSelector\` is missing
`);
  });

  it('is a rule without an action or a peer, or with those of another kind', () => {
    check(`
kind: AdminNetworkPolicy
apiVersion: policy.networking.k8s.io/v1alpha1
metadata: { name: rules }
spec:
  priority: 0
  subject: { namespaces: {} }
  ingress:
    - name: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
          # ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error policy-invalid: The name of a rule has 100 characters at most; this one has 101
      action: allow
            # ^^^^^ error policy-invalid: \`action\` must be one of \`Allow\`, \`Deny\`, \`Pass\`, not \`allow\`
      from: []
          # ^^ error policy-invalid: \`from\` must not be empty
    - action: Accept
    # ^^^^^^^^^^^^^^ error policy-invalid: \`from\` is missing
            # ^^^^^^ error policy-invalid: \`action\` must be one of \`Allow\`, \`Deny\`, \`Pass\`, not \`Accept\`
      to: [{ namespaces: {} }]
    # ^^ error policy-invalid: There is no \`to\` here, only \`name\`, \`action\`, \`from\`, \`ports\`
    - action: Log
            # ^^^ error policy-invalid: \`action\` must be one of \`Allow\`, \`Deny\`, \`Pass\`, not \`Log\`
      from: [{ namespaces: {} }]
      ports: []
           # ^^ error policy-invalid: \`ports\` must not be empty
    - from: [{ namespaces: {} }]
    # ^^^^^^^^^^^^^^^^^^^^^^^^^^ error policy-invalid: \`action\` is missing
`);
  });

  it('is a peer of nothing, of two things, or of what its direction does not know', () => {
    check(`
kind: AdminNetworkPolicy
apiVersion: policy.networking.k8s.io/v1alpha1
metadata: { name: peers }
spec:
  priority: 0
  subject: { namespaces: {} }
  ingress:
    - action: Deny
      from:
        - {}
        # ^^ error policy-invalid: One of \`namespaces\`, \`pods\` must be given
        - namespaces: {}
          pods: { namespaceSelector: {}, podSelector: {} }
        # ^^^^ error policy-invalid: \`pods\` cannot stand beside \`namespaces\`: one alone must be given
        - networks: [10.0.0.0/8]
        # ^^^^^^^^ error policy-invalid: There is no \`networks\` here, only \`namespaces\`, \`pods\`
        - nodes: {}
        # ^^^^^ error policy-invalid: There is no \`nodes\` here, only \`namespaces\`, \`pods\`
        - pods:
        # ^^^^ error policy-invalid: \`podSelector\` is missing
            namespaceSelector: {}
  egress:
    - action: Deny
      to:
        - networks: []
                  # ^^ error policy-invalid: \`networks\` must not be empty
        - networks: [10.0.0.0, 10.0.0.0/8, 10.0.0.0/08, 10.0.0.0/8, "::ffff:10.0.0.0/104", 10.1.2.3/8]
                   # ^^^^^^^^ error policy-invalid: \`10.0.0.0\` is no range of addresses such as 10.0.0.0/8 or fd00::/8
                                         # ^^^^^^^^^^^ error policy-invalid: \`10.0.0.0/08\` is no range of addresses such as 10.0.0.0/8 or fd00::/8
                                                      # ^^^^^^^^^^ error policy-invalid: \`10.0.0.0/8\` stands in the list already
                                                                  # ^^^^^^^^^^^^^^^^^^^^^ error policy-invalid: An IPv4 range is not written as an IPv6 one; \`10.0.0.0/8\` is the same
        - domainNames: [com, "*.com", -a.b, a..b]
        # ^^^^^^^^^^^ warning policy-invalid: \`domainNames\` works in a rule with the action \`Allow\` alone
                      # ^^^ error policy-invalid: \`com\` is no domain name such as example.com or *.example.com
                           # ^^^^^^^ error policy-invalid: \`*.com\` is no domain name such as example.com or *.example.com
                                    # ^^^^ error policy-invalid: \`-a.b\` is no domain name such as example.com or *.example.com
                                          # ^^^^ error policy-invalid: \`a..b\` is no domain name such as example.com or *.example.com
    - action: Allow
      to:
        - domainNames: [example.com, "*.example.com", example.com, Example.com.]
                                                    # ^^^^^^^^^^^ error policy-invalid: \`example.com\` stands in the list already
`);
  });

  it('is a port of nothing, of two things, or out of its range', () => {
    check(`
kind: AdminNetworkPolicy
apiVersion: policy.networking.k8s.io/v1alpha1
metadata: { name: ports }
spec:
  priority: 1000
  subject: { pods: { namespaceSelector: {}, podSelector: {} } }
  ingress:
    - action: Pass
      from: [{ namespaces: {} }]
      ports:
        - {}
        # ^^ error policy-invalid: One of \`portNumber\`, \`portRange\`, \`namedPort\` must be given
        - portNumber: { protocol: UDP, port: 80 }
          namedPort: http
        # ^^^^^^^^^ error policy-invalid: \`namedPort\` cannot stand beside \`portNumber\`: one alone must be given
        - portNumber: { protocol: TCP }
        # ^^^^^^^^^^ error policy-invalid: \`port\` is missing
        - portNumber: { port: 0 }
                            # ^ error policy-invalid: \`port\` must be a number from 1 to 65535, not 0
        - portRange: { start: 9 }
        # ^^^^^^^^^ error policy-invalid: \`end\` is missing
        - portRange: { start: 0, end: 65536 }
                            # ^ error policy-invalid: \`start\` must be a number from 1 to 65535, not 0
                                    # ^^^^^ error policy-invalid: \`end\` must be a number from 1 to 65535, not 65536
        - portRange: { start: 9, end: 9 }
  egress:
    - action: Allow
      to: [{ namespaces: {} }, { nodes: {} }]
      ports: [{ portNumber: { port: 80 } }, { namedPort: http }]
                                            # ^^^^^^^^^ error policy-invalid: \`namedPort\` cannot stand in a rule with \`nodes\`: only pods have named ports
`);
  });

  it('is another question than what nobody can make sense of', () => {
    check(`
kind: AdminNetworkPolicy
apiVersion: policy.networking.k8s.io/v1alpha1
metadata: { name: senseless }
spec:
  priority: 7
  subject:
    namespaces:
      matchLabels: { team: a b }
                         # ^^^ warning policy-invalid: A label value is letters, digits, \`-\`, \`_\` and \`.\`, with a letter or a digit first and last; \`a b\` is not
      matchExpressions:
        - key: team
          operator: In
                  # ^^ warning policy-invalid: \`In\` needs \`values\`
        - key: team
          operator: is
                  # ^^ warning policy-invalid: \`operator\` must be one of \`In\`, \`NotIn\`, \`Exists\`, \`DoesNotExist\`, not \`is\`
          values: [a]
        - key: team
        # ^^^^^^^^^ error policy-invalid: \`operator\` is missing
        - operator: Exists
        # ^^^^^^^^^^^^^^^^ error policy-invalid: \`key\` is missing
  ingress:
    - action: Allow
      from: [{ namespaces: {} }]
      ports:
        - portNumber: { protocol: tcp, port: 80 }
                                # ^^^ warning policy-invalid: \`protocol\` must be one of \`TCP\`, \`UDP\`, \`SCTP\`, not \`tcp\`
        - portRange: { protocol: SCPT, start: 9, end: 8 }
                               # ^^^^ warning policy-invalid: \`protocol\` must be one of \`TCP\`, \`UDP\`, \`SCTP\`, not \`SCPT\`
                                                    # ^ warning policy-invalid: \`end\` must not be below \`start\`: 8 is less than 9
  egress:
    - action: Pass
      to: [{ domainNames: [example.com] }, { nodes: { matchLabels: { -role: db } } }]
           # ^^^^^^^^^^^ warning policy-invalid: \`domainNames\` works in a rule with the action \`Allow\` alone
                                                                   # ^^^^^ warning policy-invalid: A label key is letters, digits, \`-\`, \`_\` and \`.\`, with a letter or a digit first and last, after a domain and \`/\` if wanted; \`-role\` is not
`);
  });
});

describe('what the schema of a BaselineAdminNetworkPolicy refuses', () => {
  it('is another name, a priority, Pass, and what has no meaning below NetworkPolicies', () => {
    check(`
kind: BaselineAdminNetworkPolicy
apiVersion: policy.networking.k8s.io/v1alpha1
metadata:
  name: base
      # ^^^^ error policy-invalid: A cluster has one BaselineAdminNetworkPolicy, and its name is \`default\`
spec:
  priority: 5
# ^^^^^^^^ error policy-invalid: There is no \`priority\` here, only \`subject\`, \`ingress\`, \`egress\`
  subject: { namespaces: {} }
  egress:
    - action: Pass
            # ^^^^ error policy-invalid: \`action\` must be one of \`Allow\`, \`Deny\`, not \`Pass\`
      to:
        - domainNames: [example.com]
        # ^^^^^^^^^^^ error policy-invalid: There is no \`domainNames\` here, only \`namespaces\`, \`pods\`, \`nodes\`, \`networks\`
        - networks: [10.0.0.0/8]
      ports: [{ namedPort: http }]
              # ^^^^^^^^^ error policy-invalid: \`namedPort\` cannot stand in a rule with \`domainNames\`: only pods have named ports
`);
  });
});
