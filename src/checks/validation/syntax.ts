import * as l10n from '@vscode/l10n';

/**
 * What is wrong with the form of a name, a label or a port's name; undefined where nothing is.
 * Source: apimachinery `pkg/util/validation/validation.go`.
 */

const word = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const dnsLabel = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const longestWord = 63;
const longestSubdomain = 253;
const longestPortName = 15;

/** The value of a label (IsValidLabelValue). */
export function wrongLabelValue(text: string): string | undefined {
  if (text === '' || isPlaceholder(text)) return undefined;
  if (text.length > longestWord) return tooLong(l10n.t('A label value'), text, longestWord);
  if (word.test(text)) return undefined;
  return l10n.t(
    'A label value is letters, digits, `-`, `_` and `.`, with a letter or a digit first and last; `{0}` is not',
    text,
  );
}

/** The key of a label: a name, and before it a domain and a slash if wanted (IsQualifiedName). */
export function wrongLabelKey(text: string): string | undefined {
  if (isPlaceholder(text)) return undefined;
  const slash = text.indexOf('/');
  const name = text.slice(slash + 1);
  const domain = l10n.t('The domain in a label key');
  const wrongDomain = slash < 0 ? undefined : wrongSubdomain(text.slice(0, slash), domain);
  if (wrongDomain !== undefined) return wrongDomain;
  if (name.length > longestWord) return tooLong(l10n.t('The name in a label key'), name, longestWord);
  if (word.test(name)) return undefined;
  return l10n.t(
    'A label key is letters, digits, `-`, `_` and `.`, with a letter or a digit first and last, after a domain and `/` if wanted; `{0}` is not',
    text,
  );
}

/** A name that may become a part of a host name: a namespace's, a Service's (IsDNS1123Label). */
export function wrongDnsLabel(text: string): string | undefined {
  if (isPlaceholder(text)) return undefined;
  if (text.length > longestWord) return tooLong(l10n.t('This name'), text, longestWord);
  if (dnsLabel.test(text)) return undefined;
  return l10n.t(
    'This name is lower-case letters, digits and `-`, with a letter or a digit first and last; `{0}` is not',
    text,
  );
}

/** Such names with dots between them: most objects' names (IsDNS1123Subdomain). */
export function wrongSubdomain(text: string, what = l10n.t('This name')): string | undefined {
  if (isPlaceholder(text)) return undefined;
  if (text.length > longestSubdomain) return tooLong(what, text, longestSubdomain);
  if (text.split('.').every((part) => dnsLabel.test(part))) return undefined;
  return l10n.t(
    '{0} is lower-case letters, digits, `-` and `.`, with a letter or a digit first and last and beside each dot; `{1}` is not',
    what,
    text,
  );
}

const searchLabel = /^_?[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?$/;

/** A domain of a search list, which may end in a dot or be one alone (IsDNS1123SubdomainWithUnderscore). */
export function wrongSearchDomain(text: string): string | undefined {
  if (text === '.' || isPlaceholder(text)) return undefined;
  const name = text.replace(/\.$/, '');
  if (name.length > longestSubdomain) return tooLong(l10n.t('A domain to search'), name, longestSubdomain);
  if (name.split('.').every((part) => searchLabel.test(part))) return undefined;
  return l10n.t('A domain to search is lower-case letters, digits, `-`, `_` and `.`; `{0}` is not', text);
}

/** The name of a port (IsValidPortName). */
export function wrongPortName(text: string): string | undefined {
  if (text.length > longestPortName) return tooLong(l10n.t('The name of a port'), text, longestPortName);
  if (/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text) && /[a-z]/.test(text)) return undefined;
  return l10n.t(
    'The name of a port is lower-case letters, digits and single `-` between them, with a letter among them; `{0}` is not',
    text,
  );
}

function tooLong(what: string, text: string, most: number): string {
  return l10n.t('{0} has {1} characters at most; this one has {2}', what, String(most), String(text.length));
}

/** `${NAME}`, which envsubst or Flux fills in before anything is applied: what comes of it nobody knows. */
export function isPlaceholder(text: string): boolean {
  return /\$\{[^}]*\}/.test(text);
}
