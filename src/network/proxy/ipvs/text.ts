import type { Family } from '../../../cluster/address.ts';
import { addressAndPort } from '../../services/address-and-port.ts';
import type { Target } from '../../services/targets.ts';
import type { Ipvs, VirtualServer } from './servers.ts';
import { type IpSet, setName } from './sets.ts';

/** The table as `ipvsadm -Ln` prints it, and before it what `ip address show dev kube-ipvs0` has. */
export function ipvsText({ servers, bound }: Ipvs): string {
  return [
    'kube-ipvs0: <BROADCAST,NOARP> state DOWN',
    ...bound.map(({ address }) => `    ${boundText(address)}`),
    '',
    'IP Virtual Server version 1.2.1 (size=4096)',
    'Prot LocalAddress:Port Scheduler Flags',
    '  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn',
    ...servers.flatMap((server) => [serverText(server), ...server.targets.map(targetText)]),
  ].join('\n');
}

/** One address of the device. */
export function boundText(address: string): string {
  return address.includes(':') ? `inet6 ${address}/128 scope global` : `inet ${address}/32 scope global kube-ipvs0`;
}

/** The line of a virtual server: round robin, the default scheduler. */
export function serverText(server: VirtualServer): string {
  const flags = server.persistent === undefined ? '' : ` persistent ${server.persistent}`;
  return `${server.protocol.padEnd(4)} ${addressAndPort(server)} rr${flags}`;
}

/** The line of an endpoint behind it. */
export function targetText(target: Target): string {
  return `  -> ${addressAndPort(target).padEnd(28)} Masq    1      0          0`;
}

/** The entries of sets as `ipset save` prints them. */
export function setsText(sets: readonly IpSet[], family: Family): string {
  return sets
    .flatMap(({ kind, entries }) => entries.map(({ text }) => `add ${setName(kind, family)} ${text}`))
    .join('\n');
}
