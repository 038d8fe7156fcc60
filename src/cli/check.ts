import { findingsOf } from '../checks/find.ts';
import { buildCluster } from '../cluster/build.ts';
import { deniedFixes } from '../fixes/denied-fixes.ts';
import type { World } from '../fixes/trial.ts';
import { commentIssues } from '../questions/asked/issues.ts';
import { allRules } from '../server/config.ts';
import { checkJson } from './check-json.ts';
import { checkJunit } from './check-junit.ts';
import { checkSarif } from './check-sarif.ts';
import { checkText } from './check-text.ts';
import { type Call, type Command, exit } from './command.ts';
import { compareEntries, entryOfComment, entryOfFinding, entryOfProblem } from './entries.ts';
import { type Input, readInput } from './input.ts';
import { printable } from './printable.ts';
import { type Entry, type Report, reaches, severities } from './report.ts';
import { type NamedSet, pickSets } from './sets.ts';
import { formatOption, inputOptions } from './shared-options.ts';
import { noteUnread } from './unread.ts';

/** `podwire check`: everything that is wrong with the manifests, in every set of them. */
export const check: Command = {
  name: 'check',
  operands: 'PATH…',
  summary: 'what is wrong with the manifests',
  details: `Finds what will not work, or not as it is likely meant: Services without endpoints, names that do not resolve, calls
that a policy blocks, texts that the API server refuses, and expectations in comments that do not hold
(# podwire: expect internet -> svc/db:5432 denied). Answers for every set of manifests below the PATHs.

Exit status: 0 nothing at or above --fail-on; 1 something; 2 the call was wrong, or an input could not be read.`,
  options: {
    ...formatOption('text', 'json', 'sarif', 'junit'),
    'fail-on': {
      choices: ['warning', 'error', 'information', 'hint'],
      help: 'the least severity that fails the check',
    },
    ...inputOptions,
  },
  async run(call) {
    const input = await readInput(call, call.operands);
    const report = reportOn(call, input);
    noteUnread(call, input);
    await call.out.write(formats[call.options.format ?? 'text']?.(report) ?? '');
    if (input.unread.length > 0) return exit.wrong;
    return report.entries.some(({ severity }) => reaches(severity, report.failOn)) ? exit.findings : exit.ok;
  },
};

const formats: Readonly<Record<string, (report: Report) => string>> = {
  text: (report) => printable(checkText(report)),
  json: checkJson,
  sarif: checkSarif,
  junit: checkJunit,
};

/** The formats that show ways out: to find one of a denial means to judge the whole cluster again. */
const showingFixes: ReadonlySet<string> = new Set(['json', 'sarif']);

function reportOn(call: Call, input: Input): Report {
  const sets = pickSets(call, input);
  const uris = new Set(sets.flatMap(({ files }) => files.map(({ uri }) => uri)));
  const everything = call.options.set === undefined;
  const problems = [...input.snapshot.problems.values()]
    .flat()
    .filter(({ uri }) => everything || uris.has(uri))
    .flatMap((problem) => entryOfProblem(input, problem) ?? []);
  const findings = sets.flatMap((set) => entriesOfSet(call, input, set));
  const entries: Entry[] = [...problems, ...findings];
  return {
    entries: entries.sort(compareEntries),
    files: [...uris].map(input.display).sort(),
    objects: sets.reduce((sum, { manifests }) => sum + manifests.length, 0),
    unread: input.unread,
    failOn: severities.find((severity) => severity === call.options['fail-on']) ?? 'warning',
  };
}

function entriesOfSet({ options }: Call, input: Input, { manifests, files, config }: NamedSet): readonly Entry[] {
  const cluster = buildCluster(manifests, config.settings);
  const world: World = { manifests, cluster, file: input.snapshot.file };
  const isTold = showingFixes.has(options.format ?? '');
  const findings = findingsOf(cluster, config.rules).map((finding) => {
    const found = finding.denied && isTold ? deniedFixes(world, finding.denied) : [];
    return entryOfFinding(input, finding, isTold ? [...finding.fixes, ...found] : []);
  });
  const rules = { severities: config.rules, names: Object.keys(allRules) };
  const inComments = files.flatMap((file) => commentIssues(cluster, file, rules));
  return [...findings, ...inComments.map((issue) => entryOfComment(input, issue))];
}
