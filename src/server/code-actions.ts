import * as l10n from '@vscode/l10n';
import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { Splice } from '../edits/splice.ts';
import { deniedFixes } from '../fixes/denied-fixes.ts';
import type { PolicyFix } from '../fixes/policy-fixes.ts';
import { pathText } from '../fixes/words.ts';
import type { Fix } from '../manifests/problem.ts';
import type { Snapshot } from '../manifests/workspace.ts';
import { type Context, worldOf } from './context.ts';
import { diagnosticOf } from './diagnostics.ts';
import { type Issue, issuesOf } from './issues.ts';
import { rangeOf, touches } from './positions.ts';

/** The ways out of what is wrong at a range, and for each rule a way to silence it in the document. */
export function codeActions(context: Context, { textDocument: { uri }, range, context: asked }: CodeActionParams) {
  if (asked.only && !asked.only.some((kind) => CodeActionKind.QuickFix.startsWith(kind))) return [];
  const snapshot = context.session.snapshot();
  const here = issuesOf(context, uri).filter((issue) => touches(rangeOf(snapshot, uri, issue.span), range));
  const rules = new Map(here.map((issue) => [issue.rule, issue]));
  return [
    ...here.flatMap((issue) => ownActions(snapshot, issue)),
    ...here.flatMap((issue) => policyActions(context, snapshot, issue)),
    ...[...rules.values()].flatMap((issue) => ignoreAction(snapshot, issue)),
  ];
}

function ownActions(snapshot: Snapshot, issue: Issue): readonly CodeAction[] {
  const fixes = issue.fixes.filter(({ splices }) => splices.length > 0);
  return fixes.map((fix) => actionOf(snapshot, issue, fix, fixes.length === 1));
}

/** The first is preferred, unless it opens more than what is blocked. */
function policyActions(context: Context, snapshot: Snapshot, issue: Issue): readonly CodeAction[] {
  const world = issue.denied && worldOf(context, issue.uri)?.world;
  if (!issue.denied || !world) return [];
  const { cluster, set } = world;
  const fixes = deniedFixes({ cluster, manifests: set.manifests, file: snapshot.file }, issue.denied);
  return fixes.map((fix, at) => {
    const action = actionOf(snapshot, issue, fix, at === 0 && !fix.opensMore);
    return fix.opensMore && context.client.annotations ? { ...action, edit: confirmed(snapshot, fix) } : action;
  });
}

/** An edit that is shown before it is made, with every path that it opens. */
function confirmed(snapshot: Snapshot, { splices, opens }: PolicyFix): WorkspaceEdit {
  const annotationId = 'opens';
  const documentChanges = Object.entries(changesOf(snapshot, splices)).map(([uri, edits]) => ({
    textDocument: { uri, version: null },
    edits: edits.map((edit) => ({ ...edit, annotationId })),
  }));
  const label = l10n.t('Opens more than what is blocked ({0} paths)', String(opens.length));
  const description = opens.map(pathText).join(', ');
  return { documentChanges, changeAnnotations: { [annotationId]: { label, description, needsConfirmation: true } } };
}

function actionOf(snapshot: Snapshot, issue: Issue, { title, splices }: Fix, isPreferred: boolean): CodeAction {
  return {
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnosticOf(snapshot, issue)],
    ...(isPreferred && { isPreferred }),
    edit: { changes: changesOf(snapshot, splices) },
  };
}

function changesOf(snapshot: Snapshot, splices: readonly Splice[]): Record<string, TextEdit[]> {
  const changes: Record<string, TextEdit[]> = {};
  for (const { uri, span, text } of splices) {
    changes[uri] ??= [];
    changes[uri].push({ range: rangeOf(snapshot, uri, span), newText: text });
  }
  return changes;
}

/** JSON has no comments; a problem that belongs to no object of a document cannot be silenced in it. */
function ignoreAction(snapshot: Snapshot, issue: Issue): CodeAction | [] {
  const { uri, span, rule } = issue;
  const file = snapshot.file(uri);
  const manifest = file?.documents.findLast(({ start }) => start <= span.start)?.manifests[0];
  if (!file || !manifest || /\.json$/i.test(uri)) return [];
  const { line } = file.positionAt(manifest.locate([]).start);
  const at = file.offsetAt({ line, character: 0 });
  const indent = /^[ \t]*/.exec(file.text.slice(at))?.[0] ?? '';
  const lineEnd = file.text.includes('\r\n') ? '\r\n' : '\n';
  const text = `${indent}# podwire-ignore: ${rule}${lineEnd}`;
  const fix: Fix = {
    title: l10n.t('Ignore {0} in this document', rule),
    splices: [{ uri, span: { start: at, end: at }, text }],
  };
  return actionOf(snapshot, issue, fix, false);
}
