import * as l10n from '@vscode/l10n';
import type { Cluster, Service } from '../cluster/cluster.ts';
import type { Place } from '../manifests/manifest.ts';
import type { Fix } from '../manifests/problem.ts';
import { type Call, callsOf, hasPort } from '../network/calls.ts';
import type { Draft } from './finding.ts';
import { noSuchPort } from './service-port.ts';

/** Names of Services that are not there, and ports that a Service does not have. */
export function findInNames(cluster: Cluster): readonly Draft[] {
  const seen = new Set<string>();
  const drafts: Draft[] = [];
  for (const call of callsOf(cluster)) {
    const draft = call.target.kind === 'unknown' ? unknownService(cluster, call) : missingPort(call);
    if (draft && isFirst(seen, draft)) drafts.push(draft);
  }
  return drafts;
}

/** A ConfigMap that several workloads read is one text, and one mistake. */
function isFirst(seen: Set<string>, { place, rule }: Draft): boolean {
  const { manifest, path, within } = place;
  const { start } = manifest.locate([]);
  const key = JSON.stringify([rule, manifest.uri, start, path, within]);
  return seen.size < seen.add(key).size;
}

function unknownService(cluster: Cluster, { target, host, place, workload }: Call): Draft | undefined {
  if (target.kind !== 'unknown') return undefined;
  const { asked, nearest, asksNode } = target;
  if (asksNode && nearest) return unresolved(nearest, place);
  const message = l10n.t('No Service `{0}` in namespace `{1}`', asked.name, asked.namespace);
  const suggestion = nearest && nameFor(nearest, workload.namespace);
  return {
    rule: 'unknown-service',
    // Where the manifests bring no Service at all, those live elsewhere.
    ...(!nearest && !hasServices(cluster, asked.namespace) && { severity: 'information' }),
    message: suggestion ? `${message}. ${l10n.t('Did you mean `{0}`?', suggestion)}` : message,
    place,
    ...(nearest?.manifest && { related: [relatedService(nearest)] }),
    ...(suggestion && { fixes: [replaceHost(place, host, suggestion)] }),
  };
}

function hasServices({ services }: Cluster, namespace: string): boolean {
  return [...services.values()].some((service) => service.manifest && service.namespace === namespace);
}

/** Whether the node's DNS knows the cluster's names is not the manifests' to say. */
function unresolved(service: Service, place: Place): Draft {
  return {
    rule: 'unknown-service',
    severity: 'information',
    message: l10n.t(
      'The pod asks its node’s DNS, which knows no name of the cluster, for Service `{0}`; see its dnsPolicy',
      service.name,
    ),
    place,
    ...(service.manifest && { related: [relatedService(service)] }),
  };
}

/** The shortest name by which a pod of `namespace` finds the Service. */
function nameFor(service: Service, namespace: string): string {
  return service.namespace === namespace ? service.name : `${service.name}.${service.namespace}`;
}

function relatedService(service: Service): NonNullable<Draft['related']>[number] {
  const place: Place = { manifest: service.manifest as NonNullable<Service['manifest']>, path: ['metadata', 'name'] };
  return { message: l10n.t('Service `{0}` in namespace `{1}`', service.name, service.namespace), place };
}

/** The host is a part of the mention: `redis:6379`, `http://redis/`. Its place begins with it. */
function replaceHost({ manifest, path, within = [0, 0] }: Place, host: string, name: string): Fix {
  const span = manifest.locateText(path, within[0], within[0] + host.length);
  return { title: l10n.t('Change to `{0}`', name), splices: [{ uri: manifest.uri, span, text: name }] };
}

function missingPort(call: Call): Draft | undefined {
  const { target, port, place, host } = call;
  if (target.kind !== 'service' || port === undefined || target.service.type === 'ExternalName') return undefined;
  const { service } = target;
  if (hasPort(call) || !service.manifest) return undefined;
  const draft = noSuchPort(service, service.manifest, String(port), place);
  return { ...draft, fixes: portFix(place, host, port, service) };
}

function portFix({ manifest, path, within }: Place, host: string, port: number, { ports }: Service): readonly Fix[] {
  const [only] = ports;
  const written = within ? within[1] - within[0] === host.length + 1 + String(port).length : false;
  if (!only || ports.length > 1 || !within || !written) return [];
  const span = manifest.locateText(path, within[0] + host.length + 1, within[1]);
  const title = l10n.t('Change to port {0}', String(only.port));
  return [{ title, splices: [{ uri: manifest.uri, span, text: String(only.port) }] }];
}
