import { t } from '../strings.ts';

const word = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const domain = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const longestWord = 63;
const longestDomain = 253;

/**
 * What is wrong with the key of a label, while it is typed; undefined where nothing is.
 * Source: apimachinery `pkg/util/validation/validation.go` IsQualifiedName.
 */
export function keyProblem(key: string): string | undefined {
  const slash = key.indexOf('/');
  const prefix = slash < 0 ? undefined : key.slice(0, slash);
  if (prefix !== undefined && (prefix.length > longestDomain || !domain.test(prefix))) return t('labelBadDomain');
  const name = key.slice(slash + 1);
  return name.length <= longestWord && word.test(name) ? undefined : t('labelBadKey');
}

/**
 * What is wrong with the value of a label; it may be empty.
 * Source: apimachinery `pkg/util/validation/validation.go` IsValidLabelValue.
 */
export function valueProblem(value: string): string | undefined {
  return value === '' || (value.length <= longestWord && word.test(value)) ? undefined : t('labelBadValue');
}
