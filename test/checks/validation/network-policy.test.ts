import { describe, it } from 'node:test';
import { check } from './check.ts';

describe('what the API server refuses of a NetworkPolicy', () => {
  it('is a policy type that is none', () => {
    check(`
kind: NetworkPolicy
apiVersion: networking.k8s.io/v1
metadata: { name: refused }
spec:
  podSelector: {}
  policyTypes:
    - ingress
    # ^^^^^^^ error policy-invalid: \`policyTypes\` must be one of \`Ingress\`, \`Egress\`, not \`ingress\`
    - Both
    # ^^^^ error policy-invalid: \`policyTypes\` must be one of \`Ingress\`, \`Egress\`, not \`Both\`
---
kind: NetworkPolicy
apiVersion: networking.k8s.io/v1
metadata: { name: many }
spec:
  policyTypes: [Ingress, Egress, Ingress]
# ^^^^^^^^^^^ error policy-invalid: \`policyTypes\` has 3 items, and 2 are the most
---
kind: NetworkPolicy
apiVersion: networking.k8s.io/v1
metadata: { name: twice }
spec:
  policyTypes: [Ingress, Ingress]
`);
  });

  it('is a label that no object can have', () => {
    check(`
kind: NetworkPolicy
apiVersion: networking.k8s.io/v1
metadata: { name: refused }
spec:
  podSelector:
    matchLabels:
      -app: web
    # ^^^^ error policy-invalid: A label key is letters, digits, \`-\`, \`_\` and \`.\`, with a letter or a digit first and last, after a domain and \`/\` if wanted; \`-app\` is not
      example.com/-x: web
    # ^^^^^^^^^^^^^^ error policy-invalid: A label key is letters, digits, \`-\`, \`_\` and \`.\`, with a letter or a digit first and last, after a domain and \`/\` if wanted; \`example.com/-x\` is not
      Example.com/x: web
    # ^^^^^^^^^^^^^ error policy-invalid: The domain in a label key is lower-case letters, digits, \`-\` and \`.\`, with a letter or a digit first and last and beside each dot; \`Example.com\` is not
      a/b/c: web
    # ^^^^^ error policy-invalid: A label key is letters, digits, \`-\`, \`_\` and \`.\`, with a letter or a digit first and last, after a domain and \`/\` if wanted; \`a/b/c\` is not
      /d: web
    # ^^ error policy-invalid: The domain in a label key is lower-case letters, digits, \`-\` and \`.\`, with a letter or a digit first and last and beside each dot; \`\` is not
      app: web-
         # ^^^^ error policy-invalid: A label value is letters, digits, \`-\`, \`_\` and \`.\`, with a letter or a digit first and last; \`web-\` is not
      tier: front end
          # ^^^^^^^^^ error policy-invalid: A label value is letters, digits, \`-\`, \`_\` and \`.\`, with a letter or a digit first and last; \`front end\` is not
      long: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
          # ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error policy-invalid: A label value has 63 characters at most; this one has 64
      empty: ""
      longest: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
      aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa: web
    # ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error policy-invalid: The name in a label key has 63 characters at most; this one has 64
`);
  });

  it('is an expression whose operator, values or key do not fit', () => {
    check(`
kind: NetworkPolicy
apiVersion: networking.k8s.io/v1
metadata: { name: refused }
spec:
  podSelector:
    matchExpressions:
      - key: app
        operator: in
                # ^^ error policy-invalid: \`operator\` must be one of \`In\`, \`NotIn\`, \`Exists\`, \`DoesNotExist\`, not \`in\`
        values: [web]
      - key: app
        operator: Is
                # ^^ error policy-invalid: \`operator\` must be one of \`In\`, \`NotIn\`, \`Exists\`, \`DoesNotExist\`, not \`Is\`
        values: [web]
      - key: app
        operator: In
                # ^^ error policy-invalid: \`In\` needs \`values\`
      - key: app
        operator: NotIn
        values: []
              # ^^ error policy-invalid: \`NotIn\` needs \`values\`
      - key: app
        operator: Exists
        values: [web]
              # ^^^^^ error policy-invalid: \`Exists\` takes no \`values\`
      - key: app
        operator: DoesNotExist
        values:
          - web
        # ^^^^^ error policy-invalid: \`DoesNotExist\` takes no \`values\`
      - key: app.
           # ^^^^ error policy-invalid: A label key is letters, digits, \`-\`, \`_\` and \`.\`, with a letter or a digit first and last, after a domain and \`/\` if wanted; \`app.\` is not
        operator: Exists
      - operator: Exists
      # ^^^^^^^^^^^^^^^^ error policy-invalid: \`key\` is missing
      - key: app
      # ^^^^^^^^ error policy-invalid: \`operator\` is missing
        values: [web]
      - key: app
        operator: In
        values: [web, /web, "-"]
                    # ^^^^ error policy-invalid: A label value is letters, digits, \`-\`, \`_\` and \`.\`, with a letter or a digit first and last; \`/web\` is not
                          # ^^^ error policy-invalid: A label value is letters, digits, \`-\`, \`_\` and \`.\`, with a letter or a digit first and last; \`-\` is not
      - key: app
        operator: Exists
        values: []
`);
  });

  it('is a peer of nothing, or of a block and more', () => {
    check(`
kind: NetworkPolicy
apiVersion: networking.k8s.io/v1
metadata: { name: refused }
spec:
  podSelector: {}
  ingress:
    - from:
        - {}
        # ^^ error policy-invalid: One of \`podSelector\`, \`namespaceSelector\`, \`ipBlock\` must be given
        - podSelector: {}
          ipBlock:
        # ^^^^^^^ error policy-invalid: \`ipBlock\` cannot stand beside a selector: make a peer of its own of it
            cidr: 10.0.0.0/8
        - namespaceSelector: {}
          podSelector: {}
        - namespaceSelector:
            matchLabels:
              team: a b
                  # ^^^ error policy-invalid: A label value is letters, digits, \`-\`, \`_\` and \`.\`, with a letter or a digit first and last; \`a b\` is not
        - podSelector:
            matchExpressions:
              - key: app
                operator: Exist
                        # ^^^^^ error policy-invalid: \`operator\` must be one of \`In\`, \`NotIn\`, \`Exists\`, \`DoesNotExist\`, not \`Exist\`
`);
  });

  it('is a block that is none, or not in its own form', () => {
    check(`
kind: NetworkPolicy
apiVersion: networking.k8s.io/v1
metadata: { name: refused }
spec:
  podSelector: {}
  egress:
    - to:
        - ipBlock:
        # ^^^^^^^ error policy-invalid: \`cidr\` is missing
            except: [10.0.0.0/8]
        - ipBlock: { cidr: "" }
                         # ^^ error policy-invalid: \`\` is no range of addresses such as 10.0.0.0/8 or fd00::/8
        - ipBlock: { cidr: 10.0.0.0 }
                         # ^^^^^^^^ error policy-invalid: \`10.0.0.0\` is no range of addresses such as 10.0.0.0/8 or fd00::/8
        - ipBlock: { cidr: 10.0.0.0/33 }
                         # ^^^^^^^^^^^ error policy-invalid: \`10.0.0.0/33\` is no range of addresses such as 10.0.0.0/8 or fd00::/8
        - ipBlock: { cidr: 10.0.0.0/8/8 }
                         # ^^^^^^^^^^^^ error policy-invalid: \`10.0.0.0/8/8\` is no range of addresses such as 10.0.0.0/8 or fd00::/8
        - ipBlock: { cidr: fd00::/129 }
                         # ^^^^^^^^^^ error policy-invalid: \`fd00::/129\` is no range of addresses such as 10.0.0.0/8 or fd00::/8
        - ipBlock: { cidr: 010.0.0.0/8 }
                         # ^^^^^^^^^^^ error policy-invalid: \`010.0.0.0/8\` has a number that begins with 0: some read it as octal, and since 1.36 it is refused
        - ipBlock: { cidr: "::ffff:010.0.0.0/104" }
                         # ^^^^^^^^^^^^^^^^^^^^^^ error policy-invalid: \`::ffff:010.0.0.0/104\` has a number that begins with 0: some read it as octal, and since 1.36 it is refused
        - ipBlock: { cidr: 10.1.2.3/8 }
                         # ^^^^^^^^^^ warning policy-invalid: \`10.1.2.3/8\` has bits behind its prefix; since 1.36 the API server refuses that. It means \`10.0.0.0/8\`
        - ipBlock: { cidr: 10.0.0.0/08 }
                         # ^^^^^^^^^^^ warning policy-invalid: The prefix of \`10.0.0.0/08\` begins with 0; since 1.36 the API server refuses that. It means \`10.0.0.0/8\`
        - ipBlock: { cidr: "::ffff:10.0.0.0/104" }
                         # ^^^^^^^^^^^^^^^^^^^^^ warning policy-invalid: \`::ffff:10.0.0.0/104\` is IPv4 in the form of IPv6; since 1.36 the API server refuses that. It means \`10.0.0.0/8\`
        - ipBlock: { cidr: "fd00::1/8" }
                         # ^^^^^^^^^^^ warning policy-invalid: \`fd00::1/8\` has bits behind its prefix; since 1.36 the API server refuses that. It means \`fd00::/8\`
        - ipBlock: { cidr: FD00::/8 }
        - ipBlock: { cidr: "::10.0.0.0/128" }
        - ipBlock: { cidr: 0.0.0.0/0 }
`);
  });

  it('is an exception that does not lie in its block', () => {
    check(`
kind: NetworkPolicy
apiVersion: networking.k8s.io/v1
metadata: { name: refused }
spec:
  podSelector: {}
  ingress:
    - from:
        - ipBlock:
            cidr: 10.0.0.0/8
            except:
              - 10.0.0.0/8
              # ^^^^^^^^^^ error policy-invalid: \`except\` must leave something of \`cidr\`; \`10.0.0.0/8\` takes all of 10.0.0.0/8 away
              - 10.0.0.0/7
              # ^^^^^^^^^^ error policy-invalid: \`except\` must leave something of \`cidr\`; \`10.0.0.0/7\` takes all of 10.0.0.0/8 away
              - 11.0.0.0/8
              # ^^^^^^^^^^ error policy-invalid: \`except\` must lie in \`cidr\`; \`11.0.0.0/8\` is outside of 10.0.0.0/8
              - fd00::/8
              # ^^^^^^^^ error policy-invalid: \`except\` must lie in \`cidr\`; \`fd00::/8\` is outside of 10.0.0.0/8
              - 10.1.0.0
              # ^^^^^^^^ error policy-invalid: \`10.1.0.0\` is no range of addresses such as 10.0.0.0/8 or fd00::/8
              - 10.1.2.3/16
              # ^^^^^^^^^^^ warning policy-invalid: \`10.1.2.3/16\` has bits behind its prefix; since 1.36 the API server refuses that. It means \`10.1.0.0/16\`
              - 10.2.0.0/16
        - ipBlock:
            cidr: 10.0.0.0/40
                # ^^^^^^^^^^^ error policy-invalid: \`10.0.0.0/40\` is no range of addresses such as 10.0.0.0/8 or fd00::/8
            except:
              - 11.0.0.0/8
              - eleven
              # ^^^^^^ error policy-invalid: \`eleven\` is no range of addresses such as 10.0.0.0/8 or fd00::/8
`);
  });

  it('is a port that no packet has', () => {
    check(`
kind: NetworkPolicy
apiVersion: networking.k8s.io/v1
metadata: { name: refused }
spec:
  podSelector: {}
  ingress:
    - ports:
        - protocol: tcp
                  # ^^^ error policy-invalid: \`protocol\` must be one of \`TCP\`, \`UDP\`, \`SCTP\`, not \`tcp\`
        - protocol: HTTP
                  # ^^^^ error policy-invalid: \`protocol\` must be one of \`TCP\`, \`UDP\`, \`SCTP\`, not \`HTTP\`
        - port: 0
              # ^ error policy-invalid: \`port\` must be a number from 1 to 65535, not 0
        - port: 65536
              # ^^^^^ error policy-invalid: \`port\` must be a number from 1 to 65535, not 65536
        - port: -1
              # ^^ error policy-invalid: \`port\` must be a number from 1 to 65535, not -1
        - port: 65535
        - port: "80"
              # ^^^^ error policy-invalid: In quotes \`80\` is the name of a port, and a name has a letter in it
        - port: "70000000"
              # ^^^^^^^^^^ error policy-invalid: The name of a port is lower-case letters, digits and single \`-\` between them, with a letter among them; \`70000000\` is not
        - port: ""
              # ^^ error policy-invalid: The name of a port is lower-case letters, digits and single \`-\` between them, with a letter among them; \`\` is not
        - port: HTTP
              # ^^^^ error policy-invalid: The name of a port is lower-case letters, digits and single \`-\` between them, with a letter among them; \`HTTP\` is not
        - port: -http
              # ^^^^^ error policy-invalid: The name of a port is lower-case letters, digits and single \`-\` between them, with a letter among them; \`-http\` is not
        - port: http-
              # ^^^^^ error policy-invalid: The name of a port is lower-case letters, digits and single \`-\` between them, with a letter among them; \`http-\` is not
        - port: http--alt
              # ^^^^^^^^^ error policy-invalid: The name of a port is lower-case letters, digits and single \`-\` between them, with a letter among them; \`http--alt\` is not
        - port: a-very-long-name
              # ^^^^^^^^^^^^^^^^ error policy-invalid: The name of a port has 15 characters at most; this one has 16
        - port: 123-456
              # ^^^^^^^ error policy-invalid: The name of a port is lower-case letters, digits and single \`-\` between them, with a letter among them; \`123-456\` is not
        - port: 8080-alt
`);
  });

  it('is an end that fits no beginning', () => {
    check(`
kind: NetworkPolicy
apiVersion: networking.k8s.io/v1
metadata: { name: refused }
spec:
  podSelector: {}
  egress:
    - ports:
        - endPort: 90
                 # ^^ error policy-invalid: \`endPort\` needs a \`port\`, where the range begins
        - port: http
          endPort: 90
                 # ^^ error policy-invalid: \`endPort\` needs a number in \`port\`; \`http\` is a name
        - port: 90
          endPort: 80
                 # ^^ error policy-invalid: \`endPort\` must not be below \`port\`: 80 is less than 90
        - port: 90
          endPort: 65536
                 # ^^^^^ error policy-invalid: \`endPort\` must be a number from 1 to 65535, not 65536
        - port: 80
          endPort: 80
`);
  });

  it('has its place in JSON too', () => {
    check(`
{
  "kind": "NetworkPolicy",
  "apiVersion": "networking.k8s.io/v1",
  "metadata": { "name": "refused" },
  "spec": {
    "podSelector": { "matchExpressions": [{ "key": "app", "operator": "exists" }] },
                                                                    # ^^^^^^^^ error policy-invalid: \`operator\` must be one of \`In\`, \`NotIn\`, \`Exists\`, \`DoesNotExist\`, not \`exists\`
    "ingress": [{ "ports": [{ "port": "8080", "protocol": "tcp" }, { "port": 9, "endPort": 8 }] }]
                                    # ^^^^^^ error policy-invalid: In quotes \`8080\` is the name of a port, and a name has a letter in it
                                                        # ^^^^^ error policy-invalid: \`protocol\` must be one of \`TCP\`, \`UDP\`, \`SCTP\`, not \`tcp\`
                                                                                         # ^ error policy-invalid: \`endPort\` must not be below \`port\`: 8 is less than 9
  }
}
`);
  });

  it('is told once where an alias repeats it', () => {
    check(`
kind: NetworkPolicy
apiVersion: networking.k8s.io/v1
metadata: { name: refused }
spec:
  podSelector: &selector
    matchLabels: { app: -web }
                      # ^^^^ error policy-invalid: A label value is letters, digits, \`-\`, \`_\` and \`.\`, with a letter or a digit first and last; \`-web\` is not
  ingress:
    - from:
        - podSelector: *selector
`);
  });

  it('leaves alone what is only unusual', () => {
    check(`
kind: NetworkPolicy
apiVersion: networking.k8s.io/v1
metadata: { name: fine }
spec:
  podSelector:
    matchLabels: { app.kubernetes.io/name: Web_1.x, k8s-app: "", "1": "0" }
    matchExpressions:
      - { key: example.com/tier, operator: NotIn, values: ["", a] }
  policyTypes: []
  ingress:
    - {}
    - from: []
      ports: []
    - ports: [{}, { protocol: SCTP }, { port: http-alt }, { port: 1, endPort: 65535 }]
  egress: []
---
kind: NetworkPolicy
apiVersion: networking.k8s.io/v1
metadata: { name: empty }
`);
  });
});
