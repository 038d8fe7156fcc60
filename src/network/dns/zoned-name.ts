import { type Family, formatAddress, parseAddress } from '../../cluster/address.ts';
import type { Directory } from './directory.ts';

/** A name in a zone that CoreDNS answers for. */
export interface ZonedName {
  /** Without its last dot. */
  readonly zone: string;
  /** What stands before the zone, in lower case: names are compared without regard to case. */
  readonly labels: readonly string[];
  readonly isReverse: boolean;
}

/** The reverse zones of kubeadm's Corefile, and how an address of each is written. */
const reverseZones = { 4: 'in-addr.arpa', 6: 'ip6.arpa' } as const;

/** Where a name lies, with its last dot or without; undefined where CoreDNS forwards it. */
export function zonedName({ settings }: Pick<Directory, 'settings'>, name: string): ZonedName | undefined {
  const labels = name.replace(/\.$/, '').toLowerCase().split('.');
  for (const zone of [settings.clusterDomain, reverseZones[4], reverseZones[6]]) {
    const end = zone.split('.');
    const start = labels.length - end.length;
    if (start < 0 || end.some((label, index) => labels[start + index] !== label)) continue;
    return { zone, labels: labels.slice(0, start), isReverse: zone !== settings.clusterDomain };
  }
  return undefined;
}

/** The name that an address is looked up by (RFC 1035 3.5, RFC 3596 2.5). */
export function reverseName(address: string): string | undefined {
  const parsed = parseAddress(address);
  if (!parsed) return undefined;
  const parts = partsOf(parsed.family, parsed.value).reverse();
  return `${parts.join('.')}.${reverseZones[parsed.family]}.`;
}

function partsOf(family: Family, value: bigint): string[] {
  return family === 4 ? formatAddress({ family, value }).split('.') : [...value.toString(16).padStart(32, '0')];
}

/** The address that a reverse name is of (coredns/coredns `plugin/pkg/dnsutil/reverse.go` ExtractAddressFromReverse). */
export function addressOf({ zone, labels }: ZonedName): string | undefined {
  const parts = [...labels].reverse();
  const text = zone === reverseZones[6] ? grouped(parts) : parts.length === 4 ? parts.join('.') : '';
  const address = parseAddress(text);
  return address && formatAddress(address);
}

function grouped(digits: readonly string[]): string {
  return /^[0-9a-f]{32}$/.test(digits.join('')) && digits.length === 32
    ? (digits.join('').match(/.{4}/g) ?? []).join(':')
    : '';
}
