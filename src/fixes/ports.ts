import type { Data } from '../edits/change.ts';
import type { NetworkPolicyObject } from '../manifests/kinds.ts';
import type { Path } from '../manifests/manifest.ts';
import { present } from '../manifests/schema.ts';
import type { Connection } from '../network/policy/party.ts';
import type { Policy } from '../network/policy/policy.ts';

/** The field of a rule that lists its ports. */
export function portsField({ kind }: Policy): string {
  return kind === 'ClusterNetworkPolicy' ? 'protocols' : 'ports';
}

/** Where the number stands in an item of that list. */
export function numberIn({ kind }: Policy, { protocol }: Connection): Path {
  switch (kind) {
    case 'NetworkPolicy':
      return ['port'];
    case 'ClusterNetworkPolicy':
      return [protocol.toLowerCase(), 'destinationPort', 'number'];
    default:
      return ['portNumber', 'port'];
  }
}

/** The port of a connection as an item of that list. */
export function portItem(policy: Policy, { port, protocol }: Connection): Data {
  switch (policy.kind) {
    case 'NetworkPolicy':
      return namesProtocols(policy) || protocol !== 'TCP' ? { protocol, port } : { port };
    case 'ClusterNetworkPolicy':
      return { [protocol.toLowerCase()]: { destinationPort: { number: port } } };
    default:
      return { portNumber: { protocol, port } };
  }
}

/** Whether a NetworkPolicy says the protocol of its ports, which may be left out where it is TCP. */
export function namesProtocols({ manifest }: Policy): boolean {
  const { spec } = manifest.object as NetworkPolicyObject;
  const rules = [...present(spec?.ingress), ...present(spec?.egress)];
  return rules.some(([, rule]) => present(rule.ports).some(([, each]) => each.protocol !== undefined));
}

/** `8080/TCP`. */
export function portText({ port, protocol }: Connection): string {
  return `${port}/${protocol}`;
}
