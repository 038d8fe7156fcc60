import type { Path, Place } from '../manifests/manifest.ts';
import type { Finding, Rule } from './finding.ts';

/** What a policy says in vain may be why a path is blocked; a port that is refused is looked for in vain. */
const causes: ReadonlySet<Rule> = new Set<Rule>([
  'policy-peer-means-nobody',
  'policy-port-missing',
  'target-port-missing',
  'target-port-undeclared',
]);

/** One cause is one finding: what a blocked path leads to, or the API server refuses, is not told a second time. */
export function toldOnce(findings: readonly Finding[]): readonly Finding[] {
  const told = findings.flatMap(placesOf);
  return findings.filter(
    ({ rule, place: { manifest, path } }) =>
      !causes.has(rule) || !told.some((place) => place.manifest === manifest && isWithin(place.path, path)),
  );
}

function placesOf({ rule, place, related }: Finding): readonly Place[] {
  if (rule === 'policy-invalid' || rule === 'service-invalid') return [place];
  return rule === 'path-blocked' ? related.map((each) => each.place) : [];
}

function isWithin(path: Path, outer: Path): boolean {
  return outer.every((name, depth) => name === path[depth]);
}
