import type { PolicyFix } from '../fixes/policy-fixes.ts';
import { fixOf } from './entries.ts';
import type { Input } from './input.ts';
import { jsonRow, type ListRow } from './list-json.ts';
import { regionOf } from './places.ts';
import type { EntryFix } from './report.ts';

/** A way to let through what is denied, and how connectivity changes with it. */
interface FixData extends EntryFix {
  readonly opens: readonly ListRow[];
  readonly closes: readonly ListRow[];
}

/** Fixes as lines below the answer: where, and what to do. */
export function fixLines(input: Input, fixes: readonly PolicyFix[]): string {
  const lines = fixes.map(({ title, splices }) => `  ${placesText(input, splices)}: ${title.replaceAll('`', '')}\n`);
  return lines.length > 0 ? `To allow it:\n${lines.join('')}` : '';
}

function placesText(input: Input, splices: PolicyFix['splices']): string {
  const lines = splices.map(({ uri, span }) => {
    const { file, start } = regionOf(input, uri, span);
    return `${file}:${start.line}`;
  });
  return [...new Set(lines)].join(', ');
}

/** Fixes as plain JSON. */
export function fixData(input: Input, fixes: readonly PolicyFix[]): readonly FixData[] {
  return fixes.map((fix) => ({ ...fixOf(input, fix), opens: fix.opens.map(jsonRow), closes: fix.closes.map(jsonRow) }));
}
