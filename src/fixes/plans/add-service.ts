import * as l10n from '@vscode/l10n';
import type { Cluster, Workload } from '../../cluster/cluster.ts';
import { matches, requirementsOfMap } from '../../cluster/selector.ts';
import type { Data } from '../../edits/change.ts';
import type { Labels } from '../../manifests/kinds.ts';
import { workloadName } from '../../network/words.ts';
import { identityOf, stableLabels } from '../identity.ts';
import { freeName, withObject } from '../new-object.ts';
import { trialOf, type World } from '../trial.ts';
import { noSelector } from './also-isolated.ts';
import { type AskedPort, declaredPorts } from './ends.ts';
import { metadataFor } from './place.ts';
import { type Impossible, impossible, type Plan, planOf, type Remark, remarkAt } from './plan.ts';

/** Writes a Service for a workload, of type ClusterIP, beside it: its containers' ports, and labels that nobody else has. */
export function addService(world: World, workload: Workload): Plan | Impossible {
  const { cluster } = world;
  const { manifest, template } = workload;
  if (!manifest) return impossible(l10n.t('{0} is written in no file', workloadName(workload)));
  const ports = distinct(declaredPorts(workload));
  if (ports.length === 0) {
    return impossible(l10n.t('No container of {0} declares a port', workloadName(workload)), [
      remarkAt(workloadName(workload), manifest, [...template, 'spec', 'containers']),
    ]);
  }
  const selector = selectorFor(cluster, workload);
  const others = alsoSelected(cluster, workload, selector);
  if (others.length > 0 || Object.keys(selector).length === 0) return noSelector(workload, others);
  const name = nameFor(cluster, workload);
  const object: Data = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadataFor(name, workload.namespace, manifest),
    spec: { selector: { ...selector }, ports: portsOf(ports) },
  };
  const trial = withObject(trialOf(world), [manifest], object, `${name}-service.yaml`);
  if (!trial)
    return impossible(l10n.t('There is no file that a Service for {0} could be written into', workloadName(workload)));
  const title = l10n.t('Add a Service for {0}', workloadName(workload));
  return planOf(world, trial, title, () => servicesOf(cluster, workload));
}

/** The labels that name it, else all that stay; only those that somebody wrote, or a controller gives for good. */
function selectorFor(cluster: Cluster, workload: Workload): Labels {
  const own = identityOf(cluster, workload.prototype);
  return alsoSelected(cluster, workload, own).length === 0 ? own : stableLabels(workload);
}

function alsoSelected(cluster: Cluster, workload: Workload, selector: Labels): readonly Workload[] {
  const terms = requirementsOfMap(selector);
  return [...cluster.workloads.values()].filter(
    (each) =>
      each !== workload &&
      each.namespace === workload.namespace &&
      [each.prototype, ...each.pods].some(({ labels }) => matches(labels, terms)),
  );
}

type DeclaredPort = AskedPort & { readonly name?: string };

function distinct(ports: readonly DeclaredPort[]): readonly DeclaredPort[] {
  return [...new Map(ports.toReversed().map((port) => [`${port.port}/${port.protocol}`, port])).values()].toReversed();
}

/** More than one port must have names (kubernetes/kubernetes `pkg/apis/core/validation/validation.go` ValidateService). */
function portsOf(ports: readonly DeclaredPort[]): Data {
  const names: string[] = [];
  return ports.map(({ name, port, protocol }) => {
    const own = freeName(names, name ?? `${protocol.toLowerCase()}-${port}`);
    names.push(own);
    const isNamed = ports.length > 1 || name !== undefined;
    return { ...(isNamed && { name: own }), port, targetPort: name ?? port, ...(protocol !== 'TCP' && { protocol }) };
  });
}

/**
 * The name of a Service is a label of DNS that begins with a letter (kubernetes/kubernetes
 * `pkg/apis/core/validation/names.go` ValidateServiceName).
 */
function nameFor(cluster: Cluster, { namespace, name }: Workload): string {
  const taken = [...cluster.services.values()].filter((each) => each.namespace === namespace);
  const label = name
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '');
  return freeName(
    taken.map((each) => each.name),
    label.slice(0, 60).replace(/-+$/, '') || 'service',
  );
}

/** The Services that lead there already. */
function servicesOf(cluster: Cluster, workload: Workload): readonly Remark[] {
  return [...cluster.services.values()]
    .filter(({ endpoints }) => endpoints.some(({ pod }) => pod?.workload === workload))
    .map(({ name, manifest }) => remarkAt(l10n.t('{0} leads there already', name), manifest));
}
