/**
 * A number from 0 to 2³²−1 for a text, always the same: where a real cluster would choose freely, the simulation
 * chooses by this, so that nothing moves when something else is edited. FNV-1a, with a finalizer so that the
 * low bits of short texts differ too.
 */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

/** Kubernetes makes suffixes of these alone, so that no bad word comes of it (apimachinery `pkg/util/rand` alphanums). */
const suffixCharacters = 'bcdfghjklmnpqrstvwxz2456789';

/** A suffix of `length` characters, at most 10, such as a controller appends to the name of a pod. */
export function suffix(text: string, length: number): string {
  let result = '';
  let value = hash(text);
  for (let index = 0; index < length; index++) {
    if (index === 5) value = hash(`${text}\0`);
    result += suffixCharacters[value % suffixCharacters.length];
    value = Math.floor(value / suffixCharacters.length);
  }
  return result;
}
