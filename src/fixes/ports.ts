import type { Data } from '../edits/change.ts';
import type { NetworkPolicyObject } from '../manifests/kinds.ts';
import { present } from '../manifests/schema.ts';
import type { Connection } from '../network/policy/party.ts';
import type { Policy } from '../network/policy/policy.ts';

/** The port of a connection as an item of a NetworkPolicy: with the protocol where it is not TCP, or where others have one. */
export function portItem({ manifest }: Policy, { port, protocol }: Connection): Data {
  const { spec } = manifest.object as NetworkPolicyObject;
  const rules = [...present(spec?.ingress), ...present(spec?.egress)];
  const says = rules.some(([, rule]) => present(rule.ports).some(([, each]) => each.protocol !== undefined));
  return says || protocol !== 'TCP' ? { protocol, port } : { port };
}

/** `8080/TCP`. */
export function portText({ port, protocol }: Connection): string {
  return `${port}/${protocol}`;
}
