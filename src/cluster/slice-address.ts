import { type Address, contains, parseAddress, parseCidr } from './address.ts';

/** Addresses that never lead from one machine to another: nobody can be reached at them. */
const special = [
  '0.0.0.0/32',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '224.0.0.0/24',
  '::/128',
  '::1/128',
  'fe80::/10',
  'ff02::/16',
];
const specialBlocks = special.flatMap((text) => parseCidr(text) ?? []);

/** Source: kubernetes/kubernetes `pkg/apis/core/validation/validation.go` ValidateNonSpecialIP (later ValidateEndpointIP). */
export function isSpecial(address: Address): boolean {
  return specialBlocks.some((block) => contains(block, address));
}

/**
 * What the API server refuses of an address in an EndpointSlice: `other-type`, one that is not of the slice's family or
 * no address at all, and `special`, one that stays on a machine or link. Of names and of types that it does not know
 * nothing is said here.
 * Source: kubernetes/kubernetes `pkg/apis/discovery/validation/validation.go` validateEndpoints.
 */
export function refusedInSlice(text: string, addressType: string | undefined): 'other-type' | 'special' | undefined {
  if (addressType !== 'IPv4' && addressType !== 'IPv6') return undefined;
  const address = parseAddress(text);
  if (!address || addressType !== `IPv${address.family}`) return 'other-type';
  return isSpecial(address) ? 'special' : undefined;
}
