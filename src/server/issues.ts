import type { Finding, Related } from '../checks/finding.ts';
import type { Place, Span } from '../manifests/manifest.ts';
import { spanOf } from '../manifests/manifest.ts';
import type { Fix, Severity } from '../manifests/problem.ts';
import type { Snapshot } from '../manifests/workspace.ts';
import type { Denied } from '../network/denied.ts';
import { commentIssues } from '../questions/asked/issues.ts';
import { allRules } from './config.ts';
import { allWorlds, type Context, worldOfFile } from './context.ts';

/** A problem of a text or a finding of a cluster, in one form. */
export interface Issue {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly uri: string;
  readonly span: Span;
  readonly related: readonly { readonly message: string; readonly uri: string; readonly span: Span }[];
  readonly fixes: readonly Fix[];
  /** What policy denies: the ways to let it through are found when they are asked for. */
  readonly denied?: Denied;
}

/** Everything that is wrong, by file. */
export function issuesByFile(context: Context): ReadonlyMap<string, readonly Issue[]> {
  const { snapshot, worlds } = allWorlds(context);
  const issues = [
    ...problemsOf(context, snapshot),
    ...worlds.flatMap(({ findings }) => findings.map(fromFinding)),
    ...inComments(context, snapshot),
  ];
  const byFile = new Map<string, Issue[]>();
  for (const issue of issues) {
    const known = byFile.get(issue.uri);
    if (known) known.push(issue);
    else byFile.set(issue.uri, [issue]);
  }
  return byFile;
}

/** What is wrong in one file. */
export function issuesOf(context: Context, uri: string): readonly Issue[] {
  return issuesByFile(context).get(uri) ?? [];
}

function problemsOf({ worlds, session }: Context, snapshot: Snapshot): readonly Issue[] {
  const own = [...worlds.configFiles(snapshot).values()].flatMap(({ problems }) => problems);
  const texts = [...snapshot.problems].flatMap(([uri, problems]) => {
    const folder = snapshot.setOf(uri)?.id ?? uri;
    const { rules } = worlds.configOf(snapshot, folder, session.roots);
    return problems.flatMap((problem) => {
      const severity = rules[problem.rule] ?? problem.severity;
      return severity === 'off' ? [] : [{ ...problem, severity }];
    });
  });
  return [...own, ...texts].map((problem) => ({ related: [], fixes: [], ...problem }));
}

const ruleNames = Object.keys(allRules);

/** Each file is asked about in the world that it belongs to. */
function inComments(context: Context, snapshot: Snapshot): readonly Issue[] {
  const speaking = [...snapshot.files.values()].filter(({ comments }) => comments.length > 0);
  return speaking.flatMap((file) => {
    const { cluster, config } = worldOfFile(context, file.uri);
    const issues = commentIssues(cluster, file, { severities: config.rules, names: ruleNames });
    return issues.map((issue) => ({ ...issue, related: issue.related.map(writtenRelated) }));
  });
}

function fromFinding({ rule, severity, message, place, related, fixes, denied }: Finding): Issue {
  return {
    rule,
    severity,
    message,
    ...writtenAt(place),
    related: related.map(writtenRelated),
    fixes,
    ...(denied && { denied }),
  };
}

function writtenRelated({ message, place }: Related): Issue['related'][number] {
  return { message, ...writtenAt(place) };
}

function writtenAt(place: Place): { readonly uri: string; readonly span: Span } {
  return { uri: place.manifest.uri, span: spanOf(place) };
}
