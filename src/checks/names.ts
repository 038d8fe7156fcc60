import * as l10n from '@vscode/l10n';
import type { Cluster, Service } from '../cluster/cluster.ts';
import type { Place } from '../manifests/manifest.ts';
import type { Fix } from '../manifests/problem.ts';
import { hasPort } from '../network/calls.ts';
import { type NamedPlace, namesIn } from '../network/names.ts';
import type { Draft } from './finding.ts';
import { noSuchPort } from './service-port.ts';

/** Names of Services that are not there, and ports that a Service does not have. */
export function findInNames(cluster: Cluster): readonly Draft[] {
  const seen = new Set<string>();
  const drafts: Draft[] = [];
  const names = namesIn(cluster);
  const direct = new Set(names.flatMap((name) => (name.indirect ? [] : [idOf(name)])));
  for (const name of names) {
    // Where the value of a variable is wrong, who refers to it is not; backends of an Ingress are looked at by themselves.
    if (name.asker === 'controller' || (name.indirect && direct.has(idOf(name)))) continue;
    const draft = name.target.kind === 'unknown' ? unknownService(cluster, name) : missingPort(name);
    if (draft && isFirst(seen, draft)) drafts.push(draft);
  }
  return drafts;
}

/** The same for all the places in which one workload names one host, and is wrong in the same way. */
function idOf({ workload, host, target, port }: NamedPlace): string {
  return [workload?.id, host, target.kind, target.kind === 'service' ? port : ''].join(' ');
}

/** A ConfigMap that several workloads read is one text, and one mistake. */
function isFirst(seen: Set<string>, { place, rule }: Draft): boolean {
  const { manifest, path, within } = place;
  const { start } = manifest.locate([]);
  const key = JSON.stringify([rule, manifest.uri, start, path, within]);
  return seen.size < seen.add(key).size;
}

function unknownService(cluster: Cluster, name: NamedPlace): Draft | undefined {
  const { target, host, place } = name;
  if (target.kind !== 'unknown') return undefined;
  const { asked, nearest, asksNode } = target;
  if (asksNode && nearest) return unresolved(name, nearest);
  const message = unknownMessage(name, target);
  const suggestion = nearest && nameFor(cluster, nearest, name);
  return {
    rule: 'unknown-service',
    // Where the manifests bring no Service at all, those live elsewhere.
    ...(!nearest && !hasServices(cluster, asked.namespace) && { severity: 'information' }),
    message: suggestion ? `${message}. ${l10n.t('Did you mean `{0}`?', suggestion)}` : message,
    place,
    ...(nearest?.manifest && { related: [relatedService(nearest)] }),
    ...(suggestion && !name.indirect && { fixes: [replaceHost(place, host, suggestion)] }),
  };
}

function unknownMessage({ asker, host }: NamedPlace, { asked, nearest }: Unknown): string {
  if (asker === 'dns' && nearest?.namespace === asked.namespace && nearest.name === asked.name) {
    return l10n.t('The target of an ExternalName is looked up as it is, and `{0}` is no name in full', host);
  }
  return l10n.t('No Service `{0}` in namespace `{1}`', asked.name, asked.namespace);
}

type Unknown = Extract<NamedPlace['target'], { kind: 'unknown' }>;

function hasServices({ services }: Cluster, namespace: string): boolean {
  return [...services.values()].some((service) => service.manifest && service.namespace === namespace);
}

/** Whether the node's DNS knows the cluster's names is not the manifests' to say. */
function unresolved({ asker, place }: NamedPlace, service: Service): Draft {
  return {
    rule: 'unknown-service',
    severity: 'information',
    message: unresolvedMessage(asker, service.name),
    place,
    ...(service.manifest && { related: [relatedService(service)] }),
  };
}

function unresolvedMessage(asker: NamedPlace['asker'], service: string): string {
  switch (asker) {
    case 'kubelet':
      return l10n.t('The kubelet asks its node’s DNS, which knows no name of the cluster, for Service `{0}`', service);
    case 'apiServer':
      return l10n.t(
        'The API server asks its node’s DNS, which knows no name of the cluster, for Service `{0}`; name it as `service`',
        service,
      );
    default:
      return l10n.t(
        'The pod asks its node’s DNS, which knows no name of the cluster, for Service `{0}`; see its dnsPolicy',
        service,
      );
  }
}

/** The shortest name by which the Service is found; nothing is put behind the target of an ExternalName. */
function nameFor({ settings }: Cluster, service: Service, { asker, namespace }: NamedPlace): string {
  if (asker === 'dns') return `${service.name}.${service.namespace}.svc.${settings.clusterDomain}`;
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

function missingPort(name: NamedPlace): Draft | undefined {
  const { target, port, place, portPlace, host, srv } = name;
  if (target.kind !== 'service' || target.service.type === 'ExternalName') return undefined;
  const { service } = target;
  const asked = srv === undefined ? port : srv.slice(1, srv.indexOf('.'));
  if (asked === undefined || hasPort(name) || !service.manifest) return undefined;
  const draft = noSuchPort(service, service.manifest, String(asked), portPlace ?? place);
  const fixes = port === undefined || name.indirect || portPlace ? [] : portFix(place, host, port, service);
  return { ...draft, fixes };
}

function portFix({ manifest, path, within }: Place, host: string, port: number, { ports }: Service): readonly Fix[] {
  const [only] = ports;
  const written = within ? within[1] - within[0] === host.length + 1 + String(port).length : false;
  if (!only || ports.length > 1 || !within || !written) return [];
  const span = manifest.locateText(path, within[0] + host.length + 1, within[1]);
  const title = l10n.t('Change to port {0}', String(only.port));
  return [{ title, splices: [{ uri: manifest.uri, span, text: String(only.port) }] }];
}
