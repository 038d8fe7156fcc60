import { deployment, documents } from './fixture.ts';

/** Policies for the whole cluster, each in a few words, and a small bank that they are about. */

/** A till and a ledger in `bank`, and a web shop in `front`; both namespaces have a label `team`. */
export const bank: Readonly<Record<string, string>> = {
  'bank.yaml': documents(
    '{ apiVersion: v1, kind: Namespace, metadata: { name: bank, labels: { team: money } } }',
    '{ apiVersion: v1, kind: Namespace, metadata: { name: front, labels: { team: web } } }',
    deployment('web', {
      namespace: 'front',
      env: { TILL: 'http://till.bank:8080', LEDGER: 'http://ledger.bank:9000' },
    }),
    deployment('till', { namespace: 'bank', ports: ['http:8080'] }),
    deployment('ledger', { namespace: 'bank', ports: ['data:9000'] }),
    serviceText('till', 8080),
    serviceText('ledger', 9000),
  ),
};

function serviceText(name: string, port: number): string {
  return `{ apiVersion: v1, kind: Service, metadata: { name: ${name}, namespace: bank }, spec: { selector: { app: ${name} }, ports: [{ port: ${port} }] } }`;
}

/** About the namespaces of one team. */
export const money = 'namespaces: { matchLabels: { team: money } }';

/** An AdminNetworkPolicy; each rule stands on a line of its own, from line 6 on. */
export function admin(name: string, priority: number, subject: string, ...ingress: readonly string[]): string {
  return [
    'apiVersion: policy.networking.k8s.io/v1alpha1',
    'kind: AdminNetworkPolicy',
    `metadata: { name: ${name} }`,
    `spec: { priority: ${priority}, subject: { ${subject} },`,
    '  ingress: [',
    ...ingress.map((rule) => `  { ${rule} },`),
    '  ] }',
  ].join('\n');
}

/** The BaselineAdminNetworkPolicy. */
export function baseline(subject: string, ...ingress: readonly string[]): string {
  return [
    'apiVersion: policy.networking.k8s.io/v1alpha1',
    'kind: BaselineAdminNetworkPolicy',
    'metadata: { name: default }',
    `spec: { subject: { ${subject} },`,
    '  ingress: [',
    ...ingress.map((rule) => `  { ${rule} },`),
    '  ] }',
  ].join('\n');
}

/** A ClusterNetworkPolicy with egress rules. */
export function egressPolicy(name: string, tier: string, priority: number, ...egress: readonly string[]): string {
  return [
    'apiVersion: policy.networking.k8s.io/v1alpha2',
    'kind: ClusterNetworkPolicy',
    `metadata: { name: ${name} }`,
    `spec: { tier: ${tier}, priority: ${priority}, subject: { ${money} },`,
    '  egress: [',
    ...egress.map((rule) => `  { ${rule} },`),
    '  ] }',
  ].join('\n');
}
