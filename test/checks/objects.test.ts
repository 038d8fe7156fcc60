import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { actualMarks, expectedMarks } from './marks.ts';

function check(text: string): void {
  assert.deepEqual(actualMarks(text), expectedMarks(text));
}

describe('objects', () => {
  it('that are defined twice are told at the one that does not count', () => {
    check(`
kind: Service
apiVersion: v1
metadata:
  name: api
  #     ^^^ warning duplicate-object: Service default/api is defined again further on, and the last one counts
---
kind: Service
apiVersion: v1
metadata: { name: api, namespace: default }
`);
  });
});

describe('a NetworkPolicy that the API server refuses', () => {
  it('says where and why, and admits nothing there', () => {
    check(`
kind: NetworkPolicy
apiVersion: networking.k8s.io/v1
metadata: { name: odd }
spec:
  policyTypes: [ingress, Ingress]
  #             ^^^^^^^ error policy-invalid: A policy type is \`Ingress\` or \`Egress\`
  podSelector:
    matchExpressions:
      - { key: app, operator: Is, values: [a] }
      # ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error policy-invalid: A term needs a key and one of In, NotIn (with values), Exists, DoesNotExist (without); this one matches nothing
  ingress:
    - from:
        - ipBlock: { cidr: 10.0.0.0/33 }
        # ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error policy-invalid: \`cidr\` is no address range such as 10.0.0.0/8; this peer admits nothing
        - ipBlock: { cidr: 10.0.0.0/8, except: [11.0.0.0/8] }
        # ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error policy-invalid: \`except\` must hold address ranges inside of \`cidr\`; this peer admits nothing
        - { ipBlock: { cidr: 10.0.0.0/8 }, podSelector: {} }
        # ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error policy-invalid: \`ipBlock\` cannot stand beside a selector; this peer admits nothing
        - {}
        # ^^ error policy-invalid: A peer needs a podSelector, a namespaceSelector or an ipBlock; this one admits nothing
      ports:
        - { port: 90, endPort: 80 }
        # ^^^^^^^^^^^^^^^^^^^^^^^^^ error policy-invalid: A port is TCP, UDP or SCTP, with a number from 1 to 65535 or a name, and \`endPort\` only behind a number that is not greater; this one admits nothing
`);
  });
});
