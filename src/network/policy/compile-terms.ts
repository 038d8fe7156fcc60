import { type Cidr, covers, parseCidr } from '../../cluster/address.ts';
import { type Requirement, requirementsOf } from '../../cluster/selector.ts';
import type { LabelSelector } from '../../manifests/kinds.ts';
import type { Path } from '../../manifests/manifest.ts';
import { type List, present } from '../../manifests/schema.ts';
import type { PeerTerm } from './policy.ts';

/** The terms of a selector, with paths from the object's root. */
export function termsAt(selector: LabelSelector, path: Path): readonly Requirement[] {
  return requirementsOf(selector).map((term) => ({ ...term, path: [...path, ...term.path] }));
}

/** An absent or empty list means all, never none (kubernetes/api `networking/v1/types.go` NetworkPolicyIngressRule). */
export function termsOrAny<T, R>(
  items: List<T> | undefined,
  path: Path,
  term: (item: T, path: Path) => R,
): readonly R[] | 'any' {
  if (!items || items.length === 0) return 'any';
  return present(items).map(([index, item]) => term(item, [...path, index]));
}

/**
 * A block of addresses and the holes in it, which must lie strictly inside.
 * Source: kubernetes/kubernetes `pkg/apis/networking/validation/validation.go` ValidateIPBlock.
 */
export function blockTerm(text: string, exceptions: List<string>, path: Path): PeerTerm {
  const block = parseCidr(text);
  if (!block) return { kind: 'unreadable', path, reason: 'cidr' };
  const except = exceptions.map((each) => parseCidr(each ?? ''));
  const inside = except.filter((each) => each !== undefined && covers(block, each) && each.prefix > block.prefix);
  if (inside.length < except.length) return { kind: 'unreadable', path, reason: 'except' };
  return { kind: 'block', path, text, block, except: inside as readonly Cidr[] };
}
