import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fixed } from '../marks.ts';
import { check, refusals } from './check.ts';

function pod(spec: string): string {
  return `
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers: [{ name: web }]
${spec}`;
}

describe('what the API server refuses of how a pod looks names up', () => {
  it('is a policy that there is not, and a slip in capitals has a repair', () => {
    const text = pod(`
  dnsPolicy: clusterFirst
           # ^^^^^^^^^^^^ error pod-invalid: \`dnsPolicy\` must be one of \`ClusterFirst\`, \`ClusterFirstWithHostNet\`, \`Default\`, \`None\`, not \`clusterFirst\`
`);
    check(text);
    const after = fixed(text, 'pod-invalid');
    assert.equal(after, text.replace('dnsPolicy: clusterFirst', 'dnsPolicy: ClusterFirst'));
    assert.deepEqual(refusals(after), []);
    assert.match(fixed(pod('  dnsPolicy: ClusterFirstWithHostNetwork'), 'pod-invalid'), /: ClusterFirstWithHostNet$/);
  });

  it('is no nameserver where it asks nobody else', () => {
    check(
      pod(`
  dnsPolicy: None
           # ^^^^ error pod-invalid: With \`dnsPolicy: None\` the pod needs a nameserver of its own in \`dnsConfig.nameservers\`
`),
    );
    check(
      pod(`
  dnsPolicy: None
  dnsConfig:
# ^^^^^^^^^ error pod-invalid: With \`dnsPolicy: None\` the pod needs a nameserver of its own in \`dnsConfig.nameservers\`
    searches: [example.org]
`),
    );
    check(pod('  dnsPolicy: None\n  dnsConfig: { nameservers: [192.0.2.53] }'));
  });

  it('is more than a resolver takes, an address that is none, and a domain that is none', () => {
    check(
      pod(`
  dnsConfig:
    nameservers: [192.0.2.1, 192.0.2.2, 192.0.2.3, 192.0.2.4]
  # ^^^^^^^^^^^ error pod-invalid: \`nameservers\` has 4 items, and 3 are the most
    searches: [., _dns.example.org., Example.org]
                                   # ^^^^^^^^^^^ error pod-invalid: A domain to search is lower-case letters, digits, \`-\`, \`_\` and \`.\`; \`Example.org\` is not
    options: [{ name: ndots, value: "2" }, { value: x }]
                                         # ^^^^^^^^^^^^ error pod-invalid: \`name\` is missing
`),
    );
    check(
      pod(`
  dnsConfig:
    nameservers: [dns.example.org]
                # ^^^^^^^^^^^^^^^ error pod-invalid: \`dns.example.org\` is no address
`),
    );
    const searches = (count: number, length: number) =>
      refusals(
        pod(`  dnsConfig: { searches: [${Array.from({ length: count }, (_, at) => `${at}`.padStart(length, 'a'))}] }`),
      );
    assert.deepEqual(searches(32, 63), []);
    assert.match(searches(33, 4).join(), /`searches` has 33 items, and 32 are the most/);
    const long = Array.from({ length: 32 }, () => `${'a'.repeat(40)}.${'b'.repeat(40)}`);
    assert.match(
      refusals(pod(`  dnsConfig: { searches: [${long}] }`)).join(),
      /`searches` has 2623 characters, and 2048 are/,
    );
  });

  it('is a name or an alias that is none, in the template of any kind', () => {
    const spec =
      '{ hostname: db.0, subdomain: DB, hostAliases: [{ ip: gateway, hostnames: [Api] }], containers: [{ name: c }] }';
    const found = (kind: string, at: string) =>
      refusals(
        `{ apiVersion: ${kind === 'CronJob' ? 'batch/v1' : kind === 'Pod' ? 'v1' : 'apps/v1'}, kind: ${kind}, metadata: { name: web }, spec: ${at} }`,
      ).length;
    assert.equal(found('Deployment', `{ template: { spec: ${spec} } }`), 4);
    assert.equal(found('CronJob', `{ jobTemplate: { spec: { template: { spec: ${spec} } } } }`), 4);
    assert.equal(found('Pod', spec), 4);
  });
});

describe('a name in an ExternalName', () => {
  const aliasOf = (name: string) =>
    `{ apiVersion: v1, kind: Service, metadata: { name: db }, spec: { type: ExternalName, externalName: "${name}" } }`;

  it('is found in a URL, before a port and in capitals', () => {
    for (const text of [
      'https://db.example.org/x',
      'db.example.org:5432',
      'DB.example.org',
      'tcp://db.example.org:5432',
    ]) {
      assert.equal(refusals(aliasOf(text)).length, 1);
      const after = fixed(aliasOf(text), 'service-invalid');
      assert.equal(after, aliasOf('db.example.org'));
      assert.deepEqual(refusals(after), []);
    }
  });

  it('may end in a dot, and has no underscore', () => {
    assert.deepEqual(refusals(aliasOf('db.example.org.')), []);
    assert.equal(refusals(aliasOf('my_db.example.org')).length, 1);
    assert.equal(fixed(aliasOf('my_db.example.org'), 'service-invalid'), aliasOf('my_db.example.org'));
  });
});
