import { test } from 'node:test';
import { check } from './check.ts';

function slice(addressType: string, endpoints: string): string {
  return `
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: web-1, labels: { kubernetes.io/service-name: web } }
addressType: ${addressType}
endpoints:
${endpoints}`;
}

test('an address in an EndpointSlice is of its type, and one at which others can be reached', () => {
  check(
    slice(
      'IPv4',
      `
  - addresses: [300.1.1.1]
              # ^^^^^^^^^ error service-invalid: \`300.1.1.1\` is no IPv4 address, as \`addressType\` asks
  - addresses: ["2001:db8::1"]
              # ^^^^^^^^^^^^^ error service-invalid: \`2001:db8::1\` is no IPv4 address, as \`addressType\` asks
  - addresses: [127.0.0.1]
              # ^^^^^^^^^ error service-invalid: \`127.0.0.1\` is an address that stays on one machine or link
  - addresses: [192.0.2.1, 169.254.0.1]
                         # ^^^^^^^^^^^ error service-invalid: \`169.254.0.1\` is an address that stays on one machine or link
  - addresses: ["\${ADDRESS}"]
`,
    ),
  );
  check(
    slice(
      'IPv6',
      `
  - addresses: ["2001:db8::1"]
  - addresses: [192.0.2.1]
              # ^^^^^^^^^ error service-invalid: \`192.0.2.1\` is no IPv6 address, as \`addressType\` asks
`,
    ),
  );
});

test('names in an EndpointSlice are no addresses', () => {
  check(slice('FQDN', '  - addresses: [db.example.org]'));
});
