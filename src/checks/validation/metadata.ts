import type { KubernetesObject } from '../../manifests/kinds.ts';
import { kinds } from '../../manifests/kinds.ts';
import type { Path } from '../../manifests/manifest.ts';
import type { Problem } from './problem.ts';
import { wrongDnsLabel, wrongSubdomain } from './syntax.ts';

const namespaced = new Set(kinds.filter((kind) => kind.namespaced).map(({ kind }) => kind));

/** Kinds whose names become a part of host names. */
const inHostNames = new Set(['Namespace', 'Service']);

/**
 * What is wrong with the names of an object and of its namespace.
 * Source: apimachinery `pkg/api/validation/objectmeta.go` ValidateObjectMetaAccessor; kubernetes/kubernetes
 * `pkg/apis/core/validation/validation.go`, with RelaxedServiceNameValidation, which holds from 1.36 on.
 */
export function problemsInNames({ kind = '', metadata }: KubernetesObject): readonly Problem[] {
  const wrong = inHostNames.has(kind) ? wrongDnsLabel : wrongSubdomain;
  const { name, generateName, namespace } = metadata ?? {};
  return [
    ...problemsOf(name, wrong, ['metadata', 'name']),
    ...problemsOf(name ? undefined : withoutDashes(generateName), wrong, ['metadata', 'generateName']),
    ...(namespaced.has(kind) ? problemsOf(namespace, wrongDnsLabel, ['metadata', 'namespace']) : []),
  ];
}

/** The API server puts letters behind it, so that it may end in dashes. */
function withoutDashes(generateName: string | undefined): string | undefined {
  return generateName?.replace(/-+$/, '');
}

function problemsOf(
  text: string | undefined,
  wrong: (text: string) => string | undefined,
  path: Path,
): readonly Problem[] {
  const message = text ? wrong(text) : undefined;
  return message === undefined ? [] : [{ path, message }];
}
