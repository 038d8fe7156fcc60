import { groupBy } from '../manifests/group.ts';
import { xmlText } from '../topology/export/xml.ts';
import { type Entry, type Report, reaches } from './report.ts';

/**
 * Findings as test results: each file is a suite, each finding a case in it, failed where it makes the check fail; a
 * file without findings is one passed case, and an input that could not be read is an error.
 */
export function checkJunit({ entries, files, unread, failOn }: Report): string {
  const byFile = groupBy(entries, ({ region }) => region.file);
  const names = [...new Set([...files, ...byFile.keys()])];
  const suites = [
    ...names.map((file) => fileSuite(file, byFile.get(file) ?? [], (entry) => reaches(entry.severity, failOn))),
    ...unread.map(unreadSuite),
  ];
  const total = (count: (suite: Suite) => number) => suites.reduce((sum, suite) => sum + count(suite), 0);
  const attributes = `tests="${total(({ tests }) => tests)}" failures="${total(({ failures }) => failures)}" errors="${unread.length}"`;
  const body = suites.map(({ xml }) => xml).join('\n');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="podwire" ${attributes}>\n${body}\n</testsuites>\n`;
}

interface Suite {
  readonly tests: number;
  readonly failures: number;
  readonly xml: string;
}

function fileSuite(file: string, entries: readonly Entry[], fails: (entry: Entry) => boolean): Suite {
  const failures = entries.filter(fails).length;
  const tests = Math.max(1, entries.length);
  const cases = entries.length > 0 ? entries.map((entry) => caseOf(entry, fails(entry))) : [passed(file)];
  return { tests, failures, xml: suiteXml(file, cases, `tests="${tests}" failures="${failures}" errors="0"`) };
}

function suiteXml(name: string, cases: readonly string[], counts: string): string {
  return `  <testsuite name="${xmlText(name)}" ${counts}>\n${cases.join('\n')}\n  </testsuite>`;
}

function passed(file: string): string {
  return `    <testcase name="podwire" classname="${xmlText(file)}"/>`;
}

function caseOf({ rule, severity, message, region, related }: Entry, fails: boolean): string {
  const { file, start } = region;
  const head = `    <testcase name="${xmlText(`${rule} at ${start.line}:${start.column}`)}" classname="${xmlText(file)}">`;
  const places = related.map((each) => `${each.region.file}:${each.region.start.line}: ${each.message}`);
  const body = xmlText([`${file}:${start.line}:${start.column}: ${message}`, ...places].join('\n'));
  const inner = fails
    ? `<failure type="${severity}" message="${xmlText(message)}">${body}</failure>`
    : `<system-out>${xmlText(severity)}: ${body}</system-out>`;
  return `${head}\n      ${inner}\n    </testcase>`;
}

function unreadSuite(message: string): Suite {
  const testcase = `    <testcase name="read" classname="podwire">\n      <error message="${xmlText(message)}"/>\n    </testcase>`;
  return { tests: 1, failures: 0, xml: suiteXml(message, [testcase], 'tests="1" failures="0" errors="1"') };
}
