import * as l10n from '@vscode/l10n';
import type { Problem } from './problem.ts';
import { textRules } from './rules.ts';

/** Why a file that is there is not read: a template of a chart, a template by its looks, its size, or its bytes. */
export type Reason = 'helm' | 'template' | 'too-large' | 'binary';

/** A file that is not read, and why. */
export interface PassedOver {
  readonly uri: string;
  readonly reason: Reason;
}

/** Whether a text, were it written in UTF-8, is longer than `limit` bytes. */
export function isLonger(text: string, limit: number): boolean {
  if (text.length * 3 <= limit) return false;
  let bytes = text.length;
  for (let at = 0; at < text.length && bytes <= limit; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x80) bytes += code >= 0x800 && (code < 0xd800 || code > 0xdfff) ? 2 : 1;
  }
  return bytes > limit;
}

/** That a YAML file is too large is told; large JSON is mostly somebody else's data. */
export function tooLarge(uri: string, limit: number): Problem[] {
  if (!/\.ya?ml$/i.test(uri)) return [];
  return [
    {
      rule: 'file-too-large',
      severity: textRules['file-too-large'],
      message: l10n.t('Not read: larger than {0} MB (podwire.maxFileSize)', Number((limit / 1_000_000).toPrecision(3))),
      uri,
      span: { start: 0, end: 0 },
    },
  ];
}
