import * as l10n from '@vscode/l10n';
import type { Cluster, Service } from '../cluster/cluster.ts';
import { replaceString } from '../edits/value.ts';
import type { Fix } from '../manifests/problem.ts';
import { nearestWord } from '../network/distance.ts';
import { isElsewhere } from '../network/dns/directory.ts';
import { type Backend, type BackendPort, backendsOf } from '../network/ingress/backends.ts';
import { lacksPort, serviceOf } from '../network/ingress/targets.ts';
import type { Draft } from './finding.ts';
import { noSuchPort } from './service-port.ts';

/** Ingresses and Routes that lead to a Service that is not there, or to a port that it does not have. */
export function findInIngresses(cluster: Cluster): readonly Draft[] {
  return backendsOf(cluster).flatMap((backend) => {
    const service = serviceOf(cluster, backend);
    return (service ? missingPort(service, backend) : unknownService(cluster, backend)) ?? [];
  });
}

function unknownService(cluster: Cluster, { manifest, namespace, service, path }: Backend): Draft | undefined {
  if (isElsewhere(cluster, namespace, service)) return undefined;
  const written = [...cluster.services.values()].filter((each) => each.manifest && each.namespace === namespace);
  const names = written.map(({ name }) => name);
  const nearest = nearestWord(service, names);
  const message = l10n.t('No Service `{0}` in namespace `{1}`', service, namespace);
  return {
    rule: 'unknown-service',
    // Where the manifests bring no Service at all, those live elsewhere.
    ...(names.length === 0 && { severity: 'information' }),
    message: nearest ? `${message}. ${l10n.t('Did you mean `{0}`?', nearest)}` : message,
    place: { manifest, path },
    fixes: nearest
      ? [{ title: l10n.t('Change to `{0}`', nearest), splices: [replaceString(manifest, path, service, nearest)] }]
      : [],
  };
}

/** What an ExternalName leads to has whatever ports it has. */
function missingPort(service: Service, { manifest, port }: Backend): Draft | undefined {
  if (!port || !service.manifest || service.type === 'ExternalName' || !lacksPort(service, port)) return undefined;
  const draft = noSuchPort(service, service.manifest, String(port.value), { manifest, path: port.path });
  return { ...draft, fixes: port.of === 'service' ? portFixes(service, manifest, port) : [] };
}

/** A name that is nearly that of a port, else the number of the port that leads to it in the pods, else any of a few. */
function portFixes({ ports }: Service, manifest: Backend['manifest'], { value, path }: BackendPort): readonly Fix[] {
  if (typeof value === 'string') {
    const names = ports.map(({ name }) => name).filter((name) => name !== '');
    const nearest = nearestWord(value, names) ?? (names.length === 1 ? names[0] : undefined);
    if (nearest === undefined) return [];
    return [{ title: l10n.t('Change to `{0}`', nearest), splices: [replaceString(manifest, path, value, nearest)] }];
  }
  const leading = ports.find(({ targetPort }) => targetPort === value);
  const offered = leading ? [leading] : ports.slice(0, mostOffered);
  return offered.map(({ port }) => ({
    title: l10n.t('Change to port {0}', String(port)),
    splices: [{ uri: manifest.uri, span: manifest.locate(path), text: String(port) }],
  }));
}

/** Of how many ports each is offered. */
const mostOffered = 3;
