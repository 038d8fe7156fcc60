import type { Cluster, Service } from '../cluster/cluster.ts';
import { present } from '../manifests/schema.ts';
import { addressAndPort } from '../network/services/address-and-port.ts';
import type { PortData, ServiceData } from './endpoints-data.ts';
import { listText } from './endpoints-list.ts';

/** A field of an object as kubectl describes it; a line that goes on with the field before has no key. */
export type Field = readonly [key: string, value: string];

type Spec = NonNullable<NonNullable<Service['manifest']>['object']['spec']>;

/**
 * The fields of a Service in the order and form of kubectl, with the defaults that the API server fills in; what is
 * simulated says so. Source: kubernetes/kubectl `pkg/describe/describe.go` describeService; kubernetes/kubernetes
 * `pkg/apis/core/v1/defaults.go` SetDefaults_Service.
 */
export function fieldsOf(cluster: Cluster, service: Service, data: ServiceData): readonly Field[] {
  const { manifest, namespace, name, selector } = service;
  const { metadata, spec = {} } = manifest?.object ?? {};
  return [
    ['Name', name],
    ['Namespace', namespace],
    ...fieldOfLines('Labels', entriesOf(metadata?.labels).map(equation)),
    ...fieldOfLines('Annotations', entriesOf(metadata?.annotations).flatMap(annotationLines)),
    ['Selector', entriesOf(selector).map(equation).join(',') || none],
    ['Type', data.type],
    ...addressFields(cluster, service, data),
    ...data.ports.flatMap((port) => portFields(port, data, spec)),
    ['Session Affinity', affinityText(spec)],
    ...trafficFields(service, spec),
  ];
}

const none = '<none>';

function given(key: string, value: string | number | undefined): readonly Field[] {
  return value ? [[key, String(value)]] : [];
}

function fieldOfLines(key: string, lines: readonly string[]): readonly Field[] {
  return lines.length === 0 ? [[key, none]] : lines.map((line, index) => [index === 0 ? key : '', line]);
}

type Entry = readonly [key: string, value: string];

function entriesOf(map: Readonly<Record<string, string>> | undefined): readonly Entry[] {
  return Object.entries(map ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
}

function equation([key, value]: Entry): string {
  return `${key}=${value}`;
}

/** What kubectl keeps for itself of an object that it applied, and shows nobody. */
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** How much kubectl shows of an annotation in a line. */
const longest = 140;

function annotationLines([key, written]: Entry): readonly string[] {
  if (key === lastApplied) return [];
  const value = written.replace(/\n$/, '');
  if (key.length + value.length + 2 <= longest && !value.includes('\n')) return [`${key}: ${value}`];
  const short = (line: string) => (line.length > longest - 2 ? `${line.slice(0, longest - 2)}...` : line);
  return [`${key}:`, ...value.split('\n').map((line) => `  ${short(line)}`)];
}

function addressFields(cluster: Cluster, { type, families, manifest }: Service, data: ServiceData): readonly Field[] {
  const { spec = {}, status } = manifest?.object ?? {};
  const policy = spec.ipFamilyPolicy ?? (families.length > 1 ? 'RequireDualStack' : 'SingleStack');
  const ingress = present(status?.loadBalancer?.ingress).map(([, each]) => ingressText(each));
  return [
    ...given('IP Family Policy', type === 'ExternalName' ? undefined : policy),
    ['IP Families', data.ipFamilies.join(',') || none],
    ...clusterAddressFields(cluster, data),
    ...given('External IPs', textsOf(spec.externalIPs)),
    ...given('Desired LoadBalancer IP', spec.loadBalancerIP),
    ...given('External Name', data.externalName),
    ...given('LoadBalancer Ingress', ingress.join(', ')),
  ];
}

function clusterAddressFields({ serviceRanges }: Cluster, data: ServiceData): readonly Field[] {
  const { clusterIPs, simulated, headless, type } = data;
  const { ranges, inferred } = serviceRanges;
  const from = inferred ? `, in ${ranges.join(' and ')} as given ones are` : '';
  const mark = simulated ? ` (simulated${from})` : '';
  const all = headless && type !== 'ExternalName' ? ['None'] : clusterIPs;
  return [
    ['IP', `${all[0] ?? ''}${mark}`],
    ['IPs', all.join(',') || none],
  ];
}

type Status = NonNullable<NonNullable<Service['manifest']>['object']['status']>;
type Ingress = NonNullable<NonNullable<NonNullable<Status['loadBalancer']>['ingress']>[number]>;

/** Nodes take an address for their own unless it is said (`SetDefaults_Service`). */
function ingressText({ ip, hostname = '', ipMode = 'VIP' }: Ingress): string {
  return ip ? `${ip} (${ipMode})` : hostname;
}

function textsOf(texts: Spec['externalIPs']): string {
  return present(texts)
    .map(([, text]) => text)
    .join(',');
}

function portFields(data: PortData, { slices }: ServiceData, { ports }: Spec): readonly Field[] {
  const { name, port, protocol, targetPort, nodePort, nodePortSimulated = false } = data;
  const named = (text: string) => `${name || '<unset>'}  ${text}`;
  const written = present(ports).find(([, each]) => each.port === port && (each.name ?? '') === name)?.[1];
  return [
    ['Port', named(`${port}/${protocol}`)],
    ['TargetPort', `${targetPort}/${protocol}`],
    ...given('AppProtocol', written?.appProtocol),
    ...given('NodePort', nodePort && named(nodePortText(`${nodePort}/${protocol}`, nodePortSimulated))),
    [
      'Endpoints',
      listText(
        slices.flatMap((slice) => readyIn(slice, name)),
        none,
      ),
    ],
  ];
}

/** Slice by slice; an endpoint without ports stands with its address alone. */
function readyIn({ ports, endpoints }: ServiceData['slices'][number], name: string): readonly string[] {
  const ready = endpoints.filter((endpoint) => endpoint.ready);
  if (ports.length === 0) return ready.map(({ address }) => address);
  const own = ports.filter((port) => port.name === name);
  return own.flatMap(({ port }) => ready.map(({ address }) => addressAndPort({ address, port })));
}

function nodePortText(port: number | string, simulated: boolean): string {
  return `${port}${simulated ? ' (simulated)' : ''}`;
}

/** The longest that a node remembers a client where nothing is said (kubernetes/api `core/v1/types.go`). */
const usualAffinity = 10_800;

function affinityText({ sessionAffinity = 'None', sessionAffinityConfig }: Spec): string {
  if (sessionAffinity !== 'ClientIP') return sessionAffinity;
  return `${sessionAffinity} (${sessionAffinityConfig?.clientIP?.timeoutSeconds ?? usualAffinity} s)`;
}

function trafficFields(service: Service, spec: Spec): readonly Field[] {
  const { type, healthCheckNodePort: port } = service;
  const internal = type === 'ExternalName' ? spec.internalTrafficPolicy : (spec.internalTrafficPolicy ?? 'Cluster');
  return [
    ...given('External Traffic Policy', isOpenOutside(service) ? (spec.externalTrafficPolicy ?? 'Cluster') : undefined),
    ...given('Internal Traffic Policy', internal),
    ...given('HealthCheck NodePort', port && nodePortText(port, !spec.healthCheckNodePort)),
    ...given('LoadBalancer Source Ranges', textsOf(spec.loadBalancerSourceRanges)),
    ...given('Traffic Distribution', spec.trafficDistribution),
    ...given('Publishes Not Ready', spec.publishNotReadyAddresses ? 'true' : undefined),
  ];
}

function isOpenOutside({ type, manifest }: Service): boolean {
  if (type === 'ExternalName') return false;
  return type !== 'ClusterIP' || present(manifest?.object.spec?.externalIPs).length > 0;
}
