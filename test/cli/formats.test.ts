import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkJson } from '../../src/cli/check-json.ts';
import { checkJunit } from '../../src/cli/check-junit.ts';
import { checkSarif } from '../../src/cli/check-sarif.ts';
import { checkText } from '../../src/cli/check-text.ts';
import type { Entry, Region, Report } from '../../src/cli/report.ts';
import { version } from '../../src/cli/version.ts';

const region = (file: string, line: number, column = 1, length = 4): Region => ({
  file,
  start: { line, column },
  end: { line, column: column + length },
});

const blocked: Entry = {
  rule: 'path-blocked',
  severity: 'warning',
  message: '`web` cannot reach <api>:80',
  region: region('a b.yaml', 3, 5),
  related: [{ message: 'default-deny', region: region('policies.yaml', 12) }],
  fixes: [{ title: 'Open it', replacements: [{ region: region('policies.yaml', 14, 9), text: 'web' }] }],
};

const hint: Entry = {
  rule: 'target-port-undeclared',
  severity: 'hint',
  message: 'declares other ports',
  region: region('c.yaml', 1),
  related: [],
  fixes: [],
};

const report: Report = {
  entries: [blocked, hint],
  files: ['a b.yaml', 'c.yaml', 'd.yaml'],
  objects: 7,
  unread: ['gone.yaml: no such file'],
  failOn: 'warning',
};

describe('text', () => {
  test('place, severity, message and rule on one line, what it relates to below', () => {
    assert.equal(
      checkText(report),
      `a b.yaml:3:5: warning: \`web\` cannot reach <api>:80 [path-blocked]
    policies.yaml:12:1: default-deny

c.yaml:1:1: hint: declares other ports [target-port-undeclared]

1 warning, 1 hint in 7 objects of 3 files.
`,
    );
  });

  test('says so when there is nothing', () => {
    assert.equal(
      checkText({ ...report, entries: [], files: ['a'], objects: 1 }),
      'Nothing found in 1 object of 1 file.\n',
    );
  });
});

test('json has every field, and a count for every severity', () => {
  const { findings, summary, unread } = JSON.parse(checkJson(report));
  assert.deepEqual(findings[0], {
    rule: 'path-blocked',
    severity: 'warning',
    message: '`web` cannot reach <api>:80',
    file: 'a b.yaml',
    start: { line: 3, column: 5 },
    end: { line: 3, column: 9 },
    related: [
      { message: 'default-deny', file: 'policies.yaml', start: { line: 12, column: 1 }, end: { line: 12, column: 5 } },
    ],
    fixes: blocked.fixes,
  });
  assert.deepEqual(summary, { error: 0, warning: 1, information: 0, hint: 1 });
  assert.deepEqual(unread, ['gone.yaml: no such file']);
});

describe('sarif', () => {
  const log = JSON.parse(checkSarif(report));
  const [run] = log.runs;

  test('is version 2.1.0, of one run of Podwire', () => {
    assert.equal(log.version, '2.1.0');
    assert.equal(log.runs.length, 1);
    assert.equal(run.tool.driver.name, 'Podwire');
    assert.equal(run.tool.driver.version, version);
  });

  test('every result names its rule by id and index', () => {
    const { rules } = run.tool.driver;
    for (const { ruleId, ruleIndex } of run.results) assert.equal(rules[ruleIndex].id, ruleId);
    assert.deepEqual(
      run.results.map(({ level }: { level: string }) => level),
      ['warning', 'note'],
    );
  });

  test('a place is a relative URI and a region that counts from one', () => {
    const [result] = run.results;
    assert.deepEqual(result.locations, [
      {
        physicalLocation: {
          artifactLocation: { uri: 'a%20b.yaml' },
          region: { startLine: 3, startColumn: 5, endLine: 3, endColumn: 9 },
        },
      },
    ]);
    assert.equal(result.relatedLocations[0].message.text, 'default-deny');
    assert.deepEqual(result.fixes[0].artifactChanges[0].replacements, [
      {
        deletedRegion: { startLine: 14, startColumn: 9, endLine: 14, endColumn: 13 },
        insertedContent: { text: 'web' },
      },
    ]);
  });

  test('what could not be read makes the invocation fail', () => {
    assert.equal(run.invocations[0].executionSuccessful, false);
    assert.equal(run.invocations[0].toolExecutionNotifications[0].message.text, 'gone.yaml: no such file');
  });
});

test('junit: a suite for each file, a failure for what fails, an error for what could not be read', () => {
  assert.equal(
    checkJunit(report),
    `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="podwire" tests="4" failures="1" errors="1">
  <testsuite name="a b.yaml" tests="1" failures="1" errors="0">
    <testcase name="path-blocked at 3:5" classname="a b.yaml">
      <failure type="warning" message="\`web\` cannot reach &lt;api&gt;:80">a b.yaml:3:5: \`web\` cannot reach &lt;api&gt;:80&#10;policies.yaml:12: default-deny</failure>
    </testcase>
  </testsuite>
  <testsuite name="c.yaml" tests="1" failures="0" errors="0">
    <testcase name="target-port-undeclared at 1:1" classname="c.yaml">
      <system-out>hint: c.yaml:1:1: declares other ports</system-out>
    </testcase>
  </testsuite>
  <testsuite name="d.yaml" tests="1" failures="0" errors="0">
    <testcase name="podwire" classname="d.yaml"/>
  </testsuite>
  <testsuite name="gone.yaml: no such file" tests="1" failures="0" errors="1">
    <testcase name="read" classname="podwire">
      <error message="gone.yaml: no such file"/>
    </testcase>
  </testsuite>
</testsuites>
`,
  );
});
