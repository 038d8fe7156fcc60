import * as l10n from '@vscode/l10n';
import { canonicalText, parseAddress } from '../../cluster/address.ts';
import { isSpecial } from '../../cluster/slice-address.ts';
import type { Path } from '../../manifests/manifest.ts';
import { present } from '../../manifests/schema.ts';
import { problemsOfRepetition, problemsOfWord } from './fields.ts';
import { type Problem, replacement } from './problem.ts';
import type { ServiceSpec } from './service.ts';
import { isPlaceholder } from './syntax.ts';

/**
 * What the API server refuses of the addresses of a Service and of their families.
 * Source: kubernetes/kubernetes `pkg/apis/core/validation/validation.go` ValidateServiceClusterIPsRelatedFields (it stands
 * beside that file in later versions).
 */
export function problemsInServiceAddresses(spec: ServiceSpec): readonly Problem[] {
  const external = present(spec.externalIPs).flatMap(([index, text]) => problemsOfExternalIP(text, index));
  if (spec.type === 'ExternalName') return external;
  return [...problemsOfFamilies(spec), ...problemsOfClusterIPs(spec), ...external];
}

const families = ['IPv4', 'IPv6'];

function problemsOfFamilies({ ipFamilies = [], ipFamilyPolicy }: ServiceSpec): readonly Problem[] {
  const path: Path = ['spec', 'ipFamilies'];
  const wrong = present(ipFamilies).flatMap(([index, family]) =>
    problemsOfWord(family, 'ipFamilies', families, [...path, index]),
  );
  const problems = [...wrong, ...problemsOfRepetition(ipFamilies, path)];
  if (problems.length > 0 || ipFamilies.length < 2 || (ipFamilyPolicy ?? 'SingleStack') !== 'SingleStack') {
    return problems;
  }
  return [{ path, part: 'key', message: l10n.t('A Service of a single stack has one family; set `ipFamilyPolicy`') }];
}

function problemsOfClusterIPs(spec: ServiceSpec): readonly Problem[] {
  const { clusterIP = '', clusterIPs, type } = spec;
  const isOnNodes = type === 'NodePort' || type === 'LoadBalancer';
  const given = clusterIPs?.length ? present(clusterIPs) : [];
  const alone: Problem[] =
    clusterIP && clusterIP !== 'None' ? [...problemsOfAddress(clusterIP, ['spec', 'clusterIP'])] : [];
  if (clusterIP === 'None' && isOnNodes) {
    const message = l10n.t('A Service of `type: {0}` has an address: `clusterIP` cannot be None', type);
    alone.push({ path: ['spec', 'clusterIP'], message });
  }
  return [...alone, ...problemsOfList(given, clusterIP), ...problemsOfOrder(spec)];
}

type Listed = readonly (readonly [index: number, text: string])[];

function problemsOfList(given: Listed, clusterIP: string): readonly Problem[] {
  const path: Path = ['spec', 'clusterIPs'];
  const [first] = given;
  if (!first) return [];
  if (first[1] !== clusterIP) {
    const message = l10n.t('The first of `clusterIPs` must be `clusterIP`, which is `{0}`', clusterIP);
    return [{ path: [...path, first[0]], message }];
  }
  if (given.length > 2) return [{ path, part: 'key', message: l10n.t('`clusterIPs` has one address of each family') }];
  const rest = given.slice(1).flatMap(([index, text]) => problemsOfAddress(text, [...path, index]));
  const [one, other] = given.map(([, text]) => parseAddress(text)?.family);
  const isAlike = rest.length === 0 && one !== undefined && one === other;
  return isAlike ? [{ path, part: 'key', message: l10n.t('`clusterIPs` has one address of each family') }] : rest;
}

/** An address of another family than the one that stands at its place in `ipFamilies`. */
function problemsOfOrder({ clusterIP = '', clusterIPs, ipFamilies }: ServiceSpec): readonly Problem[] {
  const listed = clusterIPs?.length ? clusterIPs : [clusterIP];
  return present(listed).flatMap(([index, text]) => {
    const family = parseAddress(text)?.family;
    const asked = ipFamilies?.[index];
    if (!family || !asked || !families.includes(asked) || asked === `IPv${family}`) return [];
    const path = clusterIPs?.length ? ['spec', 'clusterIPs', index] : ['spec', 'clusterIP'];
    return [{ path, message: l10n.t('`{0}` is no {1} address, as `ipFamilies` asks', text, asked) }];
  });
}

/** Source: apimachinery `pkg/util/validation/ip.go` IsValidIPForLegacyField. */
function problemsOfAddress(text: string, path: Path): readonly Problem[] {
  if (isPlaceholder(text)) return [];
  const address = parseAddress(text);
  if (!address) return [{ path, message: l10n.t('`{0}` is no IP address', text) }];
  const canonical = canonicalText(text);
  if (address.family === 6 || canonical === text) return [];
  const message = l10n.t('`{0}` is IPv4 in the form of IPv6', text);
  return [{ path, severity: 'warning', message, repair: replacement(path, text, canonical) }];
}

function problemsOfExternalIP(text: string, index: number): readonly Problem[] {
  const path = ['spec', 'externalIPs', index];
  const problems = problemsOfAddress(text, path);
  const address = parseAddress(text);
  if (problems.length > 0 || !address || !isSpecial(address)) return problems;
  return [staysNear(text, path)];
}

/** An address at which nobody else can be reached. */
export function staysNear(text: string, path: Path): Problem {
  return { path, message: l10n.t('`{0}` is an address that stays on one machine or link', text) };
}
