import type { Severity } from './problem.ts';

/**
 * What can be wrong with a text before any network is thought of, and how grave it is unless the settings say otherwise.
 * An error is what kubectl or the API server refuses.
 */
export const textRules = {
  /** The text is no YAML to kubectl, or a tag or a merge key in it asks for the impossible. */
  'syntax-error': 'error',
  /** Something other than a comment behind `---`. */
  'document-separator': 'error',
  /** A key that stands twice in one map; the last one wins. */
  'duplicate-key': 'error',
  /** A value of another type than its field has. */
  'wrong-type': 'error',
  /** A plain scalar that YAML 1.1 reads as another type, where a string is asked. */
  'unquoted-string': 'error',
  /** A number or a boolean in quotes. */
  'quoted-value': 'error',
  /** Aliases that would unfold to more than go-yaml puts up with. */
  'excessive-aliases': 'error',
  /** Nesting that nothing in the API comes near. */
  'too-deep': 'error',
  /** An object without a name: it is none to the API server, and nothing in the cluster. */
  'missing-name': 'error',
  /** A file that `podwire.maxFileSize` keeps from being read. */
  'file-too-large': 'information',
} as const satisfies Record<string, Severity>;

export type TextRule = keyof typeof textRules;
