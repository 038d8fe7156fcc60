import * as l10n from '@vscode/l10n';
import type { Cluster } from '../cluster/cluster.ts';
import type { Spot } from '../manifests/file.ts';
import type { Path, Place } from '../manifests/manifest.ts';
import { type NamedPlace, namesIn } from '../network/names.ts';
import type { Policy } from '../network/policy/policy.ts';
import { type Block, type Doc, emphasis, line } from './doc.ts';
import { hostnameDoc } from './hostname.ts';
import { policyDoc, ruleDoc, selectionDoc } from './policy.ts';
import { ruleAt } from './selected.ts';
import { serviceDoc } from './service.ts';
import { subjectOf } from './subject.ts';
import { workloadDoc } from './workload.ts';

/** What there is to tell about a spot in a text. */
export interface Hover {
  readonly doc: Doc;
  /** What is told about: the spot itself where it is left out. */
  readonly place?: Place;
}

/** What there is to tell about a spot: the name of a host in it, or the object that it belongs to. */
export function hoverAt(cluster: Cluster, spot: Spot): Hover | undefined {
  const names = namesAt(cluster, spot);
  const [name] = names;
  if (name) {
    const place = { ...name.place, within: name.around };
    return { doc: names.slice(0, mostReaders).flatMap((each) => hostnameDoc(cluster, each)), place };
  }
  const doc = objectDoc(cluster, spot);
  return doc && { doc };
}

/** What stands before an answer that is given while manifests are still being read. */
export function stillReading(): Block {
  return line(emphasis(l10n.t('Still reading manifests: the rest may change this.')));
}

/** Of the workloads that read one ConfigMap so many are told. */
const mostReaders = 3;

/** What a name, or the URL around it, means at a spot, once for each workload that reads the text. */
export function namesAt(cluster: Cluster, { manifest, path, part, within }: Spot): readonly NamedPlace[] {
  if (within === undefined || part !== 'value') return [];
  return namesIn(cluster).filter(({ place, around: [from, to] }) => {
    const isHere = place.manifest.object === manifest.object && samePath(place.path, path);
    return isHere && from <= within && within <= to;
  });
}

/** Whether two paths lead to the same field. */
export function samePath(a: Path, b: Path): boolean {
  return a.length === b.length && a.every((step, index) => step === b[index]);
}

/** Whether `path` is `start` or leads on from it. */
export function startsWith(path: Path, ...start: Path): boolean {
  return start.every((step, index) => path[index] === step);
}

function objectDoc(cluster: Cluster, { manifest, path }: Spot): Doc | undefined {
  const subject = subjectOf(cluster, manifest);
  switch (subject?.kind) {
    case 'service':
      return isOfService(path) ? serviceDoc(cluster, subject.service) : undefined;
    case 'workload':
      return isOfWorkload(path, subject.workload.template) ? workloadDoc(cluster, subject.workload) : undefined;
    case 'policy':
      return policyDocAt(cluster, subject.policy, path);
    default:
      return undefined;
  }
}

function isName(path: Path): boolean {
  return startsWith(path, 'kind') || startsWith(path, 'metadata', 'name');
}

function isOfService(path: Path): boolean {
  const fields = ['selector', 'ports', 'clusterIP', 'clusterIPs', 'type', 'externalName'];
  return isName(path) || fields.some((field) => startsWith(path, 'spec', field));
}

/** The template as such, its labels and the selector that finds them; what stands in its containers is not the pod. */
function isOfWorkload(path: Path, template: Path): boolean {
  const isTemplate = template.length > 0 && samePath(path, template);
  const isLabel = startsWith(path, ...template, 'metadata');
  return (
    isName(path) ||
    isTemplate ||
    isLabel ||
    startsWith(path, 'spec', 'selector') ||
    startsWith(path, 'spec', 'replicas')
  );
}

function policyDocAt(cluster: Cluster, policy: Policy, path: Path): Doc | undefined {
  if (startsWith(path, ...policy.subject.path)) return selectionDoc(cluster, policy);
  const found = ruleAt(policy, path);
  if (found) return ruleDoc(cluster, policy, found.direction, found.rule);
  return isName(path) || path[0] === 'spec' ? policyDoc(cluster, policy) : undefined;
}
