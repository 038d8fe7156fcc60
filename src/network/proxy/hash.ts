import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';

/** The letters of RFC 4648's base32, in the order of their values. */
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The first `length` characters (at most 51) of the SHA-256 of a text in base32, as kube-proxy names its chains. */
export function hashOf(text: string, length: number): string {
  const bits = [...sha256(utf8ToBytes(text))].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return Array.from({ length }, (_, index) => letters[Number.parseInt(bits.slice(index * 5, index * 5 + 5), 2)]).join(
    '',
  );
}
