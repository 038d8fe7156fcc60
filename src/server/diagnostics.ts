import { type Connection, type Diagnostic, DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver';
import type { Severity } from '../manifests/problem.ts';
import type { Snapshot } from '../manifests/workspace.ts';
import type { Context } from './context.ts';
import { type Issue, issuesByFile } from './issues.ts';
import { rangeOf } from './positions.ts';

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** What these rules mark has no effect. */
const withoutEffect: ReadonlySet<string> = new Set([
  'duplicate-object',
  'policy-not-enforced',
  'policy-redundant',
  'policy-rule-shadowed',
]);

/** Where each rule is described; what is wrong in a `podwire.yaml` is no rule that could be set. */
function documentationOf(rule: string): string {
  return `https://github.com/podwire/podwire#${rule === 'configuration' ? 'settings' : rule}`;
}

/** An issue as editors show it. */
export function diagnosticOf(snapshot: Snapshot, { rule, severity, message, uri, span, related }: Issue): Diagnostic {
  return {
    range: rangeOf(snapshot, uri, span),
    severity: severities[severity],
    code: rule,
    codeDescription: { href: documentationOf(rule) },
    source: 'podwire',
    message,
    ...(withoutEffect.has(rule) && { tags: [DiagnosticTag.Unnecessary] }),
    ...(related.length > 0 && {
      relatedInformation: related.map((each) => ({
        message: each.message,
        location: { uri: each.uri, range: rangeOf(snapshot, each.uri, each.span) },
      })),
    }),
  };
}

/** Sends diagnostics, and those of each file only when they are others than before. */
export function publisher(connection: Connection, context: Context): () => Promise<void> {
  const sent = new Map<string, string>();
  return async () => {
    const snapshot = context.session.snapshot();
    const issues = issuesByFile(context);
    for (const uri of new Set([...sent.keys(), ...issues.keys()])) {
      const diagnostics = (issues.get(uri) ?? []).map((issue) => diagnosticOf(snapshot, issue));
      const text = JSON.stringify(diagnostics);
      if ((sent.get(uri) ?? '[]') === text) continue;
      if (diagnostics.length > 0) sent.set(uri, text);
      else sent.delete(uri);
      await connection.sendDiagnostics({ uri, diagnostics });
    }
  };
}
