import * as l10n from '@vscode/l10n';
import type { Service } from '../cluster/cluster.ts';
import type { Fix } from '../manifests/problem.ts';
import type { NamedPlace } from '../network/names.ts';

/** The shortest name by which a pod of `namespace` finds the Service. */
export function serviceNamed(service: Pick<Service, 'name' | 'namespace'>, namespace: string): string {
  return service.namespace === namespace ? service.name : `${service.name}.${service.namespace}`;
}

/** Another host in the place of one; the port, the scheme and whatever else stands around it stay. */
export function replaceHost({ place, host, indirect }: NamedPlace, name: string): readonly Fix[] {
  if (indirect) return [];
  const { manifest, path, within = [0, 0] } = place;
  const span = manifest.locateText(path, within[0], within[0] + host.length);
  return [{ title: l10n.t('Change to `{0}`', name), splices: [{ uri: manifest.uri, span, text: name }] }];
}

/** Another port in the place of one, wherever it is written; or behind a host in a URL that leaves it to the scheme. */
export function replacePort(name: NamedPlace, port: number): readonly Fix[] {
  const { place, portPlace, host, indirect } = name;
  const text = String(port);
  if (portPlace) {
    const { manifest, path } = portPlace;
    return [changed(port, { uri: manifest.uri, span: manifest.locate(path), text })];
  }
  const { manifest, path, within } = place;
  if (indirect || !within) return [];
  const end = within[0] + host.length;
  if (isPortWritten(name)) {
    return [changed(port, { uri: manifest.uri, span: manifest.locateText(path, end + 1, within[1]), text })];
  }
  const isUrl = name.around[0] < within[0] && within[1] === end;
  if (!isUrl || name.srv !== undefined) return [];
  const { end: at } = manifest.locateText(path, within[0], end);
  const splice = { uri: manifest.uri, span: { start: at, end: at }, text: `:${text}` };
  return [{ title: l10n.t('Add port {0}', text), splices: [splice] }];
}

/** Whether the port of a name is written, rather than the scheme's own or that of a variable beside it. */
export function isPortWritten({ place: { within }, portPlace, host, port }: NamedPlace): boolean {
  return (
    portPlace !== undefined || (within !== undefined && within[1] - within[0] === host.length + 1 + String(port).length)
  );
}

function changed(port: number, splice: Fix['splices'][number]): Fix {
  return { title: l10n.t('Change to port {0}', String(port)), splices: [splice] };
}
