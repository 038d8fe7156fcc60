import ipaddr from 'ipaddr.js';

export type Family = 4 | 6;

/** An IP address as a number, so that ranges of both families are compared in one way. */
export interface Address {
  readonly family: Family;
  readonly value: bigint;
}

/** All addresses from `first` to `last`, both included. */
export interface AddressRange {
  readonly family: Family;
  readonly first: bigint;
  readonly last: bigint;
}

export interface Cidr extends AddressRange {
  /** Leading bits that all addresses of the block share. */
  readonly prefix: number;
}

const bits = { 4: 32, 6: 128 } as const;

/** How many bits an address of the family has. */
export function widthOf(family: Family): number {
  return bits[family];
}

/**
 * An address in dotted or colon form, or undefined. An IPv4 address written into an IPv6 one is IPv4, as Go reads it
 * (k8s.io/utils `net/parse.go` ParseIPSloppy).
 */
export function parseAddress(text: string): Address | undefined {
  const dotted = parseDotted(text);
  if (dotted !== undefined) return { family: 4, value: BigInt(dotted) };
  const groups = text.includes(':') && !text.includes('%') ? inGroups(text) : undefined;
  if (groups === undefined || !ipaddr.IPv6.isValid(groups)) return undefined;
  const parsed = ipaddr.IPv6.parse(groups);
  return parsed.isIPv4MappedAddress()
    ? ofBytes(4, parsed.toIPv4Address().toByteArray())
    : ofBytes(6, parsed.toByteArray());
}

const dottedForm = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;

/** Four decimal numbers; none with a leading zero, which some would read as octal. By hand, for it is asked often. */
function parseDotted(text: string): number | undefined {
  const parts = dottedForm.exec(text)?.slice(1) ?? [];
  const isPlain = parts.length === 4 && parts.every((part) => Number(part) <= 255 && (part === '0' || part[0] !== '0'));
  return isPlain ? parts.reduce((value, part) => value * 256 + Number(part), 0) : undefined;
}

/** An IPv6 address without dots at its end, where ipaddr.js would read octal numbers, and `::1.2.3.4` as IPv4. */
function inGroups(text: string): string | undefined {
  const at = text.lastIndexOf(':') + 1;
  if (!text.includes('.', at)) return text;
  const tail = parseDotted(text.slice(at));
  return tail === undefined
    ? undefined
    : `${text.slice(0, at)}${(tail >>> 16).toString(16)}:${(tail & 0xffff).toString(16)}`;
}

function ofBytes(family: Family, bytes: readonly number[]): Address {
  return { family, value: bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n) };
}

/** The bits that all IPv4 addresses written into IPv6 ones have in front (`::ffff:0:0/96`). */
const mappedPrefix = 96;

/**
 * The block that `text` (`10.0.0.0/8`) names; bits behind the prefix are ignored. Undefined where it names none. The
 * prefix of an IPv4 address written into an IPv6 one counts the bits of the latter (Go, `net/ip.go` ParseCIDR).
 */
export function parseCidr(text: string): Cidr | undefined {
  const slash = text.indexOf('/');
  const address = slash > 0 ? parseAddress(text.slice(0, slash)) : undefined;
  const length = text.slice(slash + 1);
  if (!address || !/^\d{1,3}$/.test(length)) return undefined;
  const isMapped = address.family === 4 && text.includes(':');
  const prefix = Number(length) - (isMapped ? mappedPrefix : 0);
  return prefix >= 0 && prefix <= bits[address.family] ? blockOf(address, prefix) : undefined;
}

/** The block of `prefix` leading bits around an address. */
export function blockOf({ family, value }: Address, prefix: number): Cidr {
  const host = BigInt(bits[family] - prefix);
  const first = (value >> host) << host;
  return { family, first, last: first + (1n << host) - 1n, prefix };
}

/** The canonical text of an address (RFC 5952 for IPv6). */
export function formatAddress({ family, value }: Address): string {
  const bytes: number[] = [];
  for (let shift = bits[family] - 8; shift >= 0; shift -= 8) bytes.push(Number((value >> BigInt(shift)) & 255n));
  return family === 4 ? bytes.join('.') : new ipaddr.IPv6(bytes).toRFC5952String();
}

/** A block as policies and routes write it: its first address and the length of the prefix. */
export function formatCidr({ family, first, prefix }: Cidr): string {
  return `${formatAddress({ family, value: first })}/${prefix}`;
}

/** The one text of an address that may be written in several ways; what is no address stays as it is. */
export function canonicalText(text: string): string {
  const address = text.includes(':') ? parseAddress(text) : undefined;
  return address ? formatAddress(address) : text;
}

/** Whether `range` holds `address`; never across families. */
export function contains(range: AddressRange, address: Address): boolean {
  return range.family === address.family && range.first <= address.value && address.value <= range.last;
}

/** Whether all of `inner` lies in `outer`. */
export function covers(outer: AddressRange, inner: AddressRange): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
}

/** Whether the two share an address. */
export function overlaps(a: AddressRange, b: AddressRange): boolean {
  return a.family === b.family && a.first <= b.last && b.first <= a.last;
}

/** What two ranges that overlap share. */
export function intersection(a: AddressRange, b: AddressRange): AddressRange {
  return { family: a.family, first: a.first > b.first ? a.first : b.first, last: a.last < b.last ? a.last : b.last };
}

/** What is left of a range without others, in ascending order; pieces never touch. */
export function without(range: AddressRange, others: readonly AddressRange[]): readonly AddressRange[] {
  const { family } = range;
  const left: AddressRange[] = [];
  let first = range.first;
  for (const other of others.filter((each) => overlaps(range, each)).sort(byFirst)) {
    if (other.first > first) left.push({ family, first, last: other.first - 1n });
    if (other.last >= first) first = other.last + 1n;
  }
  return first > range.last ? left : [...left, { family, first, last: range.last }];
}

function byFirst(a: AddressRange, b: AddressRange): number {
  return a.first < b.first ? -1 : a.first > b.first ? 1 : 0;
}
