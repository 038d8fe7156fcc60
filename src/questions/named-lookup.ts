import * as l10n from '@vscode/l10n';
import { parseAddress } from '../cluster/address.ts';
import type { Cluster, Pod } from '../cluster/cluster.ts';
import type { Libc } from '../network/dns/expansion.ts';
import { type Lookup, lookUp } from '../network/dns/lookup.ts';
import type { RecordType } from '../network/dns/record.ts';
import { type End, fullName } from './end.ts';
import type { NameError } from './names.ts';
import { resolveSource } from './resolve-end.ts';

/** A look-up by the words that a person has for it. */
export interface LookupWords {
  readonly name: string;
  /** A workload or a pod. */
  readonly from: string;
  /** Without it addresses are asked for, and of an address its names. */
  readonly type?: RecordType;
  readonly libc?: Libc;
}

/** Who looks up which name, by whose resolver. */
export interface LookupAsked {
  readonly pod: Pod;
  readonly name: string;
  readonly libc: Libc;
}

/** Who looks up what, and what becomes of it. */
export interface NamedLookup {
  readonly asked: LookupAsked;
  readonly lookup: Lookup;
}

/** What is wrong with who asks, or with the name that is asked for. */
export type LookupError = NameError & { readonly isOfName?: true };

/** The look-up that a person asks for. */
export function namedLookup(cluster: Cluster, words: LookupWords): NamedLookup | LookupError {
  const { name, from, libc = 'glibc', type = parseAddress(name) ? 'PTR' : undefined } = words;
  if (!parseAddress(name) && !isName(name)) {
    return { error: l10n.t('“{0}” is no name that can be looked up', name), candidates: [], isOfName: true };
  }
  const source = resolveSource(cluster, from);
  if ('error' in source) return source;
  const pod = podOf(source.end);
  if (!pod) {
    const error = l10n.t(
      '{0} is no pod, nor a workload that has any: nobody knows how it resolves names',
      fullName(source.end),
    );
    return { error, candidates: [] };
  }
  return { asked: { pod, name, libc }, lookup: lookUp(cluster, pod, name, { libc, ...(type && { type }) }) };
}

/** What fits into a query: labels of 1 to 63 octets, 253 in all (RFC 1035, 2.3.4). No resolver sends anything else. */
function isName(name: string): boolean {
  const bare = name.replace(/\.$/, '');
  return bare.length <= 253 && bare.split('.').every((label) => /^[^\s.]{1,63}$/.test(label));
}

/** All pods of a workload look names up alike. */
function podOf(end: End): Pod | undefined {
  if (end.kind === 'pod') return end.pod;
  return end.kind === 'workload' ? (end.workload.pods[0] ?? end.workload.prototype) : undefined;
}
