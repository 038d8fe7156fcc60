import * as l10n from '@vscode/l10n';
import { type Cidr, covers, formatAddress, parseAddress, parseCidr } from '../../cluster/address.ts';
import type { PolicyPeer } from '../../manifests/kinds.ts';
import type { Path } from '../../manifests/manifest.ts';
import { present } from '../../manifests/schema.ts';
import { missing } from './fields.ts';
import { type Problem, replacement } from './problem.ts';

/**
 * What is wrong in the block of addresses of a NetworkPolicy's peer.
 * Source: kubernetes/kubernetes `pkg/apis/networking/validation/validation.go` ValidateIPBlock.
 */
export function problemsInBlock({ cidr, except }: NonNullable<PolicyPeer['ipBlock']>, path: Path): readonly Problem[] {
  if (cidr === undefined) return [missing(path, 'cidr')];
  const block = parseCidr(cidr);
  return [
    ...problemsOfCidr(cidr, [...path, 'cidr']),
    ...present(except).flatMap(([index, text]) => problemsOfException(text, block, cidr, [...path, 'except', index])),
  ];
}

function problemsOfException(text: string, block: Cidr | undefined, cidr: string, path: Path): readonly Problem[] {
  const inner = parseCidr(text);
  if (!inner || !block || isInside(inner, block)) return problemsOfCidr(text, path);
  const message = covers(inner, block)
    ? l10n.t('`except` must leave something of `cidr`; `{0}` takes all of {1} away', text, cidr)
    : l10n.t('`except` must lie in `cidr`; `{0}` is outside of {1}', text, cidr);
  return [{ path, message }];
}

function isInside(inner: Cidr, outer: Cidr): boolean {
  return covers(outer, inner) && inner.prefix > outer.prefix;
}

/**
 * What is wrong with a range of addresses in a field that was there before the strict rules for such fields. The strict
 * ones hold from Kubernetes 1.36 on; before, all but zeros at the front meant what it means here.
 * Source: apimachinery `pkg/util/validation/ip.go` IsValidCIDRForLegacyField; kubernetes/kubernetes
 * `pkg/features/kube_features.go` StrictIPCIDRValidation.
 */
export function problemsOfCidr(text: string, path: Path): readonly Problem[] {
  const block = parseCidr(text);
  if (!block) return [{ path, message: wrongCidr(text) }];
  const canonical = canonicalText(block);
  const why = wrongForm(text, block);
  if (why === undefined) return [];
  const message = l10n.t('{0}; since 1.36 the API server refuses that. It means `{1}`', why, canonical);
  return [{ path, severity: 'warning', message, repair: replacement(path, text, canonical) }];
}

function wrongForm(text: string, block: Cidr): string | undefined {
  if (isMapped(text, block)) return l10n.t('`{0}` is IPv4 in the form of IPv6', text);
  if (hasLeadingZero(text)) return l10n.t('The prefix of `{0}` begins with 0', text);
  return hasHostBits(text, block) ? l10n.t('`{0}` has bits behind its prefix', text) : undefined;
}

/**
 * What is wrong with a range of addresses in a custom resource.
 * Source: apiserver `pkg/cel/library/cidr.go` isCIDR.
 */
export function problemsOfCustomCidr(text: string, path: Path): readonly Problem[] {
  const block = parseCidr(text);
  if (!block || hasLeadingZero(text)) return [{ path, message: wrongCidr(text) }];
  if (!isMapped(text, block)) return [];
  const message = l10n.t('An IPv4 range is not written as an IPv6 one; `{0}` is the same', canonicalText(block));
  return [{ path, message, repair: replacement(path, text, canonicalText(block)) }];
}

function wrongCidr(text: string): string {
  if (/(?:^|[.:])0\d+\./.test(text)) {
    return l10n.t('`{0}` has a number that begins with 0: some read it as octal, and since 1.36 it is refused', text);
  }
  return l10n.t('`{0}` is no range of addresses such as 10.0.0.0/8 or fd00::/8', text);
}

function canonicalText(block: Cidr): string {
  return `${formatAddress({ family: block.family, value: block.first })}/${block.prefix}`;
}

function isMapped(text: string, { family }: Cidr): boolean {
  return family === 4 && text.includes(':');
}

function hasLeadingZero(text: string): boolean {
  return /\/0\d/.test(text);
}

function hasHostBits(text: string, { first }: Cidr): boolean {
  return parseAddress(text.slice(0, text.indexOf('/')))?.value !== first;
}
