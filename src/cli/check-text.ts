import { groupBy } from '../manifests/group.ts';
import { type Entry, type Region, type Report, severities } from './report.ts';

/** Findings for people: grouped by file, each with its place, what it relates to, and a summary at the end. */
export function checkText(report: Report): string {
  const byFile = groupBy(report.entries, ({ region }) => region.file);
  const groups = [...byFile.values()].map((entries) => `${entries.map(entryText).join('\n')}\n\n`);
  return `${groups.join('')}${summary(report)}\n`;
}

function entryText({ rule, severity, message, region, related }: Entry): string {
  const lines = related.map((each) => `    ${placeText(each.region)}: ${indented(each.message)}`);
  return [`${placeText(region)}: ${severity}: ${indented(message)} [${rule}]`, ...lines].join('\n');
}

function placeText({ file, start }: Region): string {
  return `${file}:${start.line}:${start.column}`;
}

/** A message of several lines stays one block. */
function indented(message: string): string {
  return message.replaceAll('\n', '\n    ');
}

function summary({ entries, files, objects }: Report): string {
  const counts = severities.flatMap((severity) => {
    const count = entries.filter((entry) => entry.severity === severity).length;
    return count > 0 ? [counted(count, nouns[severity])] : [];
  });
  const found = counts.length > 0 ? counts.join(', ') : 'Nothing found';
  return `${found} in ${counted(objects, ['object', 'objects'])} of ${counted(files.length, ['file', 'files'])}.`;
}

const nouns = {
  error: ['error', 'errors'],
  warning: ['warning', 'warnings'],
  information: ['information', 'informations'],
  hint: ['hint', 'hints'],
} as const;

function counted(count: number, [one, many]: readonly [string, string]): string {
  return `${count} ${count === 1 ? one : many}`;
}
