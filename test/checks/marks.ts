import { findingsOf } from '../../src/checks/find.ts';
import type { Finding, Severities } from '../../src/checks/finding.ts';
import { buildCluster } from '../../src/cluster/build.ts';
import type { Cluster } from '../../src/cluster/cluster.ts';
import { defaultSettings, type Settings } from '../../src/cluster/settings.ts';
import { applySplices } from '../../src/edits/splice.ts';
import { deniedFixes } from '../../src/fixes/denied-fixes.ts';
import type { World } from '../../src/fixes/trial.ts';
import { spanOf } from '../../src/manifests/manifest.ts';
import type { Fix } from '../../src/manifests/problem.ts';
import { Workspace } from '../../src/manifests/workspace.ts';

/**
 * Manifests with the expected findings written under the lines that they stand at:
 *
 *     targetPort: web
 *     #           ^^^ warning target-port-missing: No container …
 *
 * A finding that goes on over several lines is marked on the first.
 */
const mark = /^\s*#\s*(\^+) (.*)$/;

/** The marks of a text, as `line:column-column text`. */
export function expectedMarks(text: string): readonly string[] {
  const lines = text.split('\n');
  let marked = 0;
  return lines.flatMap((line, index) => {
    const match = mark.exec(line);
    if (!match) {
      marked = index;
      return [];
    }
    const from = line.indexOf('^');
    return [`${marked + 1}:${from}-${from + (match[1] ?? '').length} ${match[2]}`];
  });
}

const uri = 'file:///work/app.yaml';

/** The cluster of one text. */
export function clusterOf(text: string, settings: Partial<Settings> = {}): Cluster {
  return worldOf(text, settings).cluster;
}

function worldOf(text: string, settings: Partial<Settings>): World {
  const workspace = new Workspace({ roots: ['file:///work'] });
  workspace.apply([{ uri, text }]);
  const { sets, file } = workspace.snapshot();
  const manifests = sets[0]?.manifests ?? [];
  return { manifests, cluster: buildCluster(manifests, { ...defaultSettings, ...settings }), file };
}

/** The findings of one text. */
export function findings(
  text: string,
  severities: Severities = {},
  settings: Partial<Settings> = {},
): readonly Finding[] {
  return findingsOf(clusterOf(text, settings), severities);
}

/** The findings of a text in the form of its marks. */
export function actualMarks(
  text: string,
  severities: Severities = {},
  settings: Partial<Settings> = {},
): readonly string[] {
  const marks = findings(text, severities, settings).map((finding) => {
    const { start, end } = spanOf(finding.place);
    const line = text.slice(0, start).split('\n').length;
    const from = start - (text.lastIndexOf('\n', start - 1) + 1);
    const stop = text.indexOf('\n', start);
    const to = from + Math.min(end, stop < 0 ? end : stop) - start;
    return { line, from, text: `${line}:${from}-${to} ${finding.severity} ${finding.rule}: ${finding.message}` };
  });
  return marks.sort((a, b) => a.line - b.line || a.from - b.from).map((each) => each.text);
}

/** What is offered for the first finding of a rule. */
export function fixesFor(text: string, rule: string): readonly Fix[] {
  const world = worldOf(text, {});
  const finding = findingsOf(world.cluster, {}).find((each) => each.rule === rule);
  return [...(finding?.fixes ?? []), ...(finding?.denied ? deniedFixes(world, finding.denied) : [])];
}

/** The text after the first fix of the finding of a rule. */
export function fixed(text: string, rule: string): string {
  return applySplices(text, fixesFor(text, rule)[0]?.splices ?? []);
}
