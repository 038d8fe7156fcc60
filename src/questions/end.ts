import { type AddressRange, formatAddress, widthOf } from '../cluster/address.ts';
import type { Node, Pod, Service, Workload } from '../cluster/cluster.ts';
import { hasEnded } from '../cluster/phase.ts';
import { workloadName } from '../network/words.ts';

/** What a person can name as an end of a connection. */
export type End =
  | { readonly kind: 'workload'; readonly workload: Workload }
  | { readonly kind: 'pod'; readonly pod: Pod }
  | { readonly kind: 'service'; readonly service: Service }
  | { readonly kind: 'node'; readonly node: Node }
  /** An address, or a range of them, that the cluster gives to nobody. */
  | { readonly kind: 'outside'; readonly range: AddressRange }
  /** The world outside the cluster: every address that it gives to nobody. */
  | { readonly kind: 'internet' };

export type EndKind = End['kind'];

/** Whether an end is nothing of the cluster. */
export function isOutside({ kind }: End): boolean {
  return kind === 'internet' || kind === 'outside';
}

/** Whether all pods of an end have ended, so that nobody is there. */
export function isOver(end: End): boolean {
  if (end.kind === 'pod') return hasEnded(end.pod);
  return end.kind === 'workload' && end.workload.pods.length > 0 && end.workload.pods.every(hasEnded);
}

/** `shop/deploy/cart`: a name that means one thing alone, in the form in which it can be asked for. */
export function fullName(end: End): string {
  switch (end.kind) {
    case 'workload':
      return `${end.workload.namespace}/${workloadName(end.workload)}`;
    case 'pod':
      return `${end.pod.namespace}/pod/${end.pod.name}`;
    case 'service':
      return `${end.service.namespace}/svc/${end.service.name}`;
    default:
      return briefName(end);
  }
}

/** `cart`: the name alone, where what surrounds it says the rest. */
export function briefName(end: End): string {
  switch (end.kind) {
    case 'workload':
      return end.workload.name;
    case 'pod':
      return end.pod.name;
    case 'service':
      return end.service.name;
    case 'node':
      return end.node.name;
    case 'outside':
      return rangeText(end.range);
    case 'internet':
      return 'internet';
  }
}

/** `10.0.0.0/8` where the range is a block, `10.0.0.1` where it is one address, else `first-last`. */
export function rangeText(range: AddressRange): string {
  const first = formatAddress({ family: range.family, value: range.first });
  if (range.first === range.last) return first;
  const size = range.last - range.first + 1n;
  const isBlock = (size & (size - 1n)) === 0n && range.first % size === 0n;
  if (isBlock) return `${first}/${widthOf(range.family) - (size.toString(2).length - 1)}`;
  return `${first}-${formatAddress({ family: range.family, value: range.last })}`;
}
