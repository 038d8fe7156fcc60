import { groupBy } from '../manifests/group.ts';
import type { Severity } from '../manifests/problem.ts';
import type { Entry, EntryFix, Region, Report } from './report.ts';
import { version } from './version.ts';

/**
 * Findings as GitHub's code scanning and other collectors take them.
 * Source: OASIS Static Analysis Results Interchange Format 2.1.0.
 */
export function checkSarif(report: Report): string {
  const rules = [...new Set(report.entries.map(({ rule }) => rule))].sort();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Podwire', version, informationUri, rules: rules.map((id) => ruleOf(id, report)) } },
        // The columns of a `Region` are those of the editors.
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: report.unread.length === 0,
            toolExecutionNotifications: report.unread.map((text) => ({ level: 'error', message: { text } })),
          },
        ],
        results: report.entries.map((entry) => resultOf(entry, rules)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

const informationUri = 'https://github.com/podwire/podwire';

const levels: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

function ruleOf(id: string, { entries }: Report) {
  const severity = entries.find(({ rule }) => rule === id)?.severity ?? 'warning';
  return { id, helpUri: `${informationUri}#${id}`, defaultConfiguration: { level: levels[severity] } };
}

function resultOf({ rule, severity, message, region, related, ...rest }: Entry, rules: readonly string[]) {
  // A fix that changes nothing has no form in the schema.
  const fixes = rest.fixes.filter(({ replacements }) => replacements.length > 0);
  return {
    ruleId: rule,
    ruleIndex: rules.indexOf(rule),
    level: levels[severity],
    message: { text: message },
    locations: [{ physicalLocation: physical(region) }],
    ...(related.length > 0 && { relatedLocations: related.map(relatedLocation) }),
    ...(fixes.length > 0 && { fixes: fixes.map(fixOf) }),
  };
}

function relatedLocation({ message, region }: Entry['related'][number], index: number) {
  return { id: index + 1, message: { text: message }, physicalLocation: physical(region) };
}

function physical(region: Region) {
  return { artifactLocation: artifact(region.file), region: regionOf(region) };
}

/** A file's path as a URI reference: relative where it is, so that a checkout elsewhere understands it. */
function artifact(file: string) {
  const uri = file.split('/').map(encodeURIComponent).join('/');
  return { uri: file.startsWith('/') ? `file://${uri}` : uri };
}

function regionOf({ start, end }: Region) {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

function fixOf({ title, replacements }: EntryFix) {
  const byFile = groupBy(replacements, ({ region }) => region.file);
  const artifactChanges = [...byFile].map(([file, each]) => ({
    artifactLocation: artifact(file),
    replacements: each.map(({ region, text }) => ({
      deletedRegion: regionOf(region),
      insertedContent: { text },
    })),
  }));
  return { description: { text: title }, artifactChanges };
}
