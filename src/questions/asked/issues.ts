import * as l10n from '@vscode/l10n';
import type { Cluster } from '../../cluster/cluster.ts';
import { rulesNamedBy } from '../../manifests/comments.ts';
import type { File, FileComment } from '../../manifests/file.ts';
import type { Span } from '../../manifests/manifest.ts';
import type { Fix, Severity } from '../../manifests/problem.ts';
import { nearestWord } from '../../network/distance.ts';
import { capitalized, phrase, plain } from '../doc.ts';
import type { Related } from './answer.ts';
import { type AskedQuestion, answerTo, questionsIn } from './comments.ts';
import { type QuestionRule, questionRules } from './rules.ts';

/** Something that is wrong with what a person asks in a comment, or that is not as the person expects. */
export interface CommentIssue {
  readonly rule: QuestionRule;
  readonly severity: Severity;
  readonly message: string;
  readonly uri: string;
  readonly span: Span;
  readonly related: readonly Related[];
  readonly fixes: readonly Fix[];
}

/** What the settings say of rules, and the names of all that there are. */
export interface Rules {
  readonly severities: Readonly<Partial<Record<string, Severity | 'off'>>>;
  readonly names: readonly string[];
}

/** An issue before its file and its severity are known, with the texts that can stand in the place of its own. */
type Draft = Omit<CommentIssue, 'severity' | 'uri' | 'fixes'> & {
  readonly severity?: Severity;
  readonly instead?: readonly string[];
};

/** What is wrong with the comments of a file, or not as they expect, in the cluster that the file belongs to. */
export function commentIssues(cluster: Cluster, file: File, { severities, names }: Rules): readonly CommentIssue[] {
  const drafts: readonly (readonly [FileComment, Draft])[] = [
    ...questionsIn(file).flatMap((asked) => draftOf(cluster, asked).map((draft) => [asked.comment, draft] as const)),
    ...file.comments.flatMap((comment) => mistakesIn(comment, names).map((draft) => [comment, draft] as const)),
  ];
  return drafts.flatMap(([{ ignored }, { instead = [], ...draft }]) => {
    const severity = severities[draft.rule] ?? draft.severity ?? questionRules[draft.rule];
    if (severity === 'off' || ignored.has(draft.rule)) return [];
    return [{ ...draft, severity, uri: file.uri, fixes: instead.map((text) => fixOf(file.uri, draft.span, text)) }];
  });
}

function fixOf(uri: string, span: Span, text: string): Fix {
  return { title: l10n.t('Change to `{0}`', text), splices: [{ uri, span, text }] };
}

/** More that could be meant than these is no help. */
const mostFixes = 6;

/** What could be written in the place of a word: a port that stands behind a name stays there. */
function insteadOf(word: string, expected: readonly string[]): readonly string[] {
  const port = /^[^:]*(:[^:]*)$/.exec(word)?.[1] ?? '';
  return expected.slice(0, mostFixes).map((each) => `${each}${port}`);
}

function draftOf(cluster: Cluster, asked: AskedQuestion): readonly Draft[] {
  const { text, start, comment } = asked;
  const answer = answerTo(cluster, asked);
  if (!('error' in answer)) {
    const { failure, related } = answer;
    return failure === undefined ? [] : [{ rule: 'expectation-failed', message: failure, span: comment.span, related }];
  }
  const [from, to] = answer.at;
  // What is missing at the end is told of the whole comment, because nothing cannot be underlined.
  const span = from === to ? comment.span : { start: start + from, end: start + to };
  // What a person asserts and nobody can check is as grave as what does not hold.
  const isExpectation = /^\s*expect\b/i.test(text);
  return [
    {
      rule: 'question-unreadable',
      message: plain(capitalized(phrase(answer.error))),
      span,
      related: [],
      ...(from < to && { instead: insteadOf(text.slice(from, to), answer.expected) }),
      ...(isExpectation && { severity: 'error' }),
    },
  ];
}

/** Rules that there are not, and words behind `podwire-` that mean nothing. */
function mistakesIn(comment: FileComment, names: readonly string[]): readonly Draft[] {
  const word = /^podwire-([\w-]*)\s*:/i.exec(comment.text)?.[1];
  if (word === undefined) return [];
  if (word.toLowerCase() !== 'ignore') return [unknownWord(comment, word)];
  const unknown = rulesNamedBy(comment).filter(({ rule }) => !names.includes(rule));
  return unknown.map(({ rule, span }) => {
    const near = nearestWord(rule, names);
    const message = l10n.t('There is no rule `{0}`', rule);
    const told = near ? `${message}. ${l10n.t('Did you mean `{0}`?', near)}` : message;
    return { rule: 'unknown-rule', message: told, span, related: [], ...(near && { instead: [near] }) };
  });
}

function unknownWord({ span, text }: FileComment, word: string): Draft {
  const start = span.end - text.length;
  const message = l10n.t(
    '`podwire-{0}` means nothing here; a comment begins with `podwire:` or `podwire-ignore:`',
    word,
  );
  return {
    rule: 'question-unreadable',
    message,
    span: { start, end: start + 'podwire-'.length + word.length },
    related: [],
  };
}
