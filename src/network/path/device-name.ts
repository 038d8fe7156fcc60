import { sha1 } from '@noble/hashes/legacy.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { Pod } from '../../cluster/cluster.ts';
import { hash } from '../../cluster/hash.ts';

/** As long as Linux lets the name of an interface be, without a prefix of four. */
const derivedLength = 11;

/**
 * The name that follows from a pod's: a prefix and the beginning of a SHA-1.
 * Source: projectcalico/calico `libcalico-go/lib/backend/k8s/conversion/workload_endpoint_default.go`
 * VethNameForWorkload; aws/amazon-vpc-cni-k8s `pkg/networkutils/names.go` GeneratePodHostVethName.
 */
export function derivedName(prefix: string, { namespace, name }: Pick<Pod, 'namespace' | 'name'>): string {
  const digest = [...sha1(utf8ToBytes(`${namespace}.${name}`))];
  const hex = digest.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${prefix}${hex.slice(0, derivedLength)}`;
}

/** A name that a plugin draws at random, or by what no manifest tells: the simulation's choice, always the same. */
export function drawnName(
  prefix: string,
  { namespace, name }: Pick<Pod, 'namespace' | 'name'>,
  length: number,
): string {
  const key = `${namespace}/${name}`;
  const hex = [key, `${key}\0`].map((text) => hash(text).toString(16).padStart(8, '0')).join('');
  return `${prefix}${hex.slice(0, length)}`;
}
