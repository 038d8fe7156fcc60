import { type Report, severities } from './report.ts';

/** Findings for programs: the fields of `Entry`, and how many there are of each severity. */
export function checkJson({ entries, unread }: Report): string {
  const summary = severities.map((severity) => {
    return [severity, entries.filter((entry) => entry.severity === severity).length] as const;
  });
  const findings = entries.map(({ rule, severity, message, region, related, fixes }) => {
    return { rule, severity, message, ...region, related: related.map(flat), fixes };
  });
  return `${JSON.stringify({ findings, summary: Object.fromEntries(summary), unread }, null, 2)}\n`;
}

function flat<T extends { readonly region: object }>({ region, ...rest }: T) {
  return { ...rest, ...region };
}
