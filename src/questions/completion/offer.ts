import type { Cluster, Endpoint, Service, ServicePort } from '../../cluster/cluster.ts';

/** A name, or a port, that can be written where the cursor stands. */
export interface Offer {
  readonly label: string;
  readonly detail: string;
  readonly kind: 'service' | 'port' | 'namespace';
  /** Those with the lower one come first. */
  readonly rank: number;
  /** The id of what the name, or the port, is of. */
  readonly service?: string;
}

/** Which of a Service's names a text can use: one that asks no resolver of the cluster's knows none. */
export type Forms = 'all' | 'full' | 'none';

/** The names of all Services as they are seen from a namespace: short in the own, `.ns` for others, and in full. */
export function namesFrom({ services, settings }: Cluster, namespace: string, forms: Forms): readonly Offer[] {
  if (forms === 'none') return [];
  return [...services.values()].flatMap((service) => {
    const isOwn = service.namespace === namespace;
    const beside = `${service.name}.${service.namespace}`;
    const names: readonly (readonly [label: string, rank: number])[] = [
      ...(isOwn && forms === 'all' ? [[service.name, 0] as const] : []),
      ...(forms === 'all' ? [[beside, isOwn ? 2 : 1] as const] : []),
      [`${beside}.svc.${settings.clusterDomain}`, 3],
    ];
    return names.map(([label, rank]) => nameOffer(service, label, rank));
  });
}

/** The names of the Services in a namespace, or in all of them. */
export function plainNames({ services }: Cluster, namespace: string | undefined): readonly Offer[] {
  const inside = [...services.values()].filter((each) => namespace === undefined || each.namespace === namespace);
  return inside.map((service) => nameOffer(service, service.name, 0));
}

/** What every cluster has is seldom what is meant. */
function nameOffer(service: Service, label: string, rank: number): Offer {
  const detail = [service.namespace, typeOf(service), portsOf(service)].filter((each) => each !== '').join(' · ');
  return { label, detail, kind: 'service', rank: service.manifest ? rank : rank + 4, service: service.id };
}

function typeOf({ type, headless, externalName, clusterIPs }: Service): string {
  if (externalName) return `${type} ${externalName}`;
  return headless ? 'headless' : [type, clusterIPs[0] ?? ''].join(' ').trim();
}

function portsOf({ ports, externalName }: Service): string {
  return externalName ? '' : ports.map(({ port, protocol, name }) => `${port}/${protocol} ${name}`.trim()).join(', ');
}

/** The ports of a Service, by number or by name. */
export function portOffers(service: Service, by: 'name' | 'number'): readonly Offer[] {
  const offers = service.ports.flatMap((port): Offer[] => {
    if (by === 'name' && port.name === '') return [];
    const number = by === 'number' ? dialledPort(service, port) : port.port;
    const [label, other] = by === 'name' ? [port.name, String(number)] : [String(number), port.name];
    const detail = [other, port.protocol].filter((each) => each !== '').join(' · ');
    return [{ label, detail, kind: 'port', rank: port.index, service: service.id }];
  });
  return [...new Map(offers.map((offer) => [offer.label, offer])).values()];
}

/** A headless name is that of its endpoints, which listen on the target port. */
function dialledPort({ headless, endpoints }: Service, { index, port }: ServicePort): number {
  const listening = endpoints.flatMap(({ ports }: Endpoint) => ports.get(index) ?? []);
  return headless ? (listening[0] ?? port) : port;
}

/** The namespaces, those that somebody wrote before those that every cluster has. */
export function namespaceOffers({ namespaces, services }: Cluster): readonly Offer[] {
  const used = new Set([...services.values()].flatMap(({ manifest, namespace }) => (manifest ? [namespace] : [])));
  return [...namespaces.keys()].map((label) => ({
    label,
    detail: '',
    kind: 'namespace',
    rank: used.has(label) ? 0 : 1,
  }));
}

/** The Service that a name of one of the forms means from a namespace; that of one of its endpoints means it too. */
export function serviceNamed({ services, settings }: Cluster, host: string, namespace: string): Service | undefined {
  const labels = host.toLowerCase().replace(/\.$/, '').split('.');
  const tail = `.svc.${settings.clusterDomain}`.toLowerCase();
  const at = (from: number) => {
    const rest = labels.slice(from).join('.');
    const short = rest.endsWith(tail) ? rest.slice(0, -tail.length) : rest.replace(/\.svc$/, '');
    const [name = '', home = namespace, more] = short.split('.');
    return more === undefined ? services.get(`${home}/${name}`) : undefined;
  };
  const pods = at(1);
  return at(0) ?? (pods?.headless ? pods : undefined);
}
