import type { Cluster, Service } from '../cluster/cluster.ts';
import { present } from '../manifests/schema.ts';
import { variablesOf } from '../network/services/env.ts';
import { alignColumns } from '../questions/text.ts';
import type { PortData, ServiceData } from './endpoints-data.ts';
import { originLines } from './endpoints-origin.ts';

/** One Service in full, in the form of `kubectl describe service` and `kubectl get endpointslices`. */
export function describeText(cluster: Cluster, service: Service, data: ServiceData): string {
  const fields = fieldsOf(cluster, service, data);
  const width = Math.max(...fields.map(([key]) => key.length)) + 3;
  const parts = [
    fields.map(([key, value]) => `${`${key}:`.padEnd(width)}${value}`.trimEnd()),
    section('EndpointSlices', slicesTable(data)),
    section('Endpoints', endpointsTable(data)),
    section(
      'No traffic, or none on some port, goes to',
      data.notEndpoints.map(({ pod, message }) => `  ${pod}: ${message}`),
    ),
    section('Variables in containers of its namespace that start after it', variableLines(service)),
    section('How this comes to be', originLines(cluster, service)),
  ];
  return `${parts.flat().join('\n')}\n`;
}

/** Every column is aligned; what stands under a heading is indented. */
function section(heading: string, lines: readonly string[]): readonly string[] {
  return lines.length > 0 ? [`${heading}:`, ...lines] : [];
}

type Field = readonly [key: string, value: string];

/** In the order of kubernetes/kubectl `pkg/describe/describe.go` describeService. */
function fieldsOf(cluster: Cluster, service: Service, data: ServiceData): readonly Field[] {
  const { manifest, namespace, name, selector, families, healthCheckNodePort } = service;
  const { metadata, spec = {}, status } = manifest?.object ?? {};
  const ingress = present(status?.loadBalancer?.ingress).map(([, { ip, hostname }]) => ip ?? hostname ?? '');
  const ofPolicy: Field[] = isOpenOutside(service)
    ? [['External Traffic Policy', spec.externalTrafficPolicy ?? 'Cluster']]
    : [];
  return [
    ['Name', name],
    ['Namespace', namespace],
    ['Labels', mapText(metadata?.labels)],
    ['Annotations', mapText(metadata?.annotations)],
    ['Selector', mapText(selector)],
    ['Type', data.type],
    ['IP Family Policy', spec.ipFamilyPolicy ?? (families.length > 1 ? 'RequireDualStack' : 'SingleStack')],
    ['IP Families', data.ipFamilies.join(',')],
    ['IP', addressText(cluster, data)],
    ...given(
      'External IPs',
      present(spec.externalIPs)
        .map(([, ip]) => ip)
        .join(','),
    ),
    ...given('External Name', data.externalName),
    ...given('Desired LoadBalancer IP', spec.loadBalancerIP),
    ...given('LoadBalancer Ingress', ingress.join(', ')),
    ...data.ports.flatMap(portFields),
    ['Session Affinity', affinityText(spec)],
    ...ofPolicy,
    ['Internal Traffic Policy', spec.internalTrafficPolicy ?? 'Cluster'],
    ...given('Traffic Distribution', spec.trafficDistribution),
    ...given('Publishes Not Ready', spec.publishNotReadyAddresses ? 'true' : undefined),
    ...given(
      'HealthCheck NodePort',
      healthCheckNodePort && nodePortText(healthCheckNodePort, !spec.healthCheckNodePort),
    ),
    ...given(
      'LoadBalancer Source Ranges',
      present(spec.loadBalancerSourceRanges)
        .map(([, range]) => range)
        .join(','),
    ),
  ];
}

function given(key: string, value: string | number | undefined): readonly Field[] {
  return value ? [[key, String(value)]] : [];
}

function isOpenOutside({ type, manifest }: Service): boolean {
  return type === 'NodePort' || type === 'LoadBalancer' || present(manifest?.object.spec?.externalIPs).length > 0;
}

function mapText(map: Readonly<Record<string, string>> | undefined): string {
  const entries = Object.entries(map ?? {}).map(([key, value]) => `${key}=${value}`);
  return entries.length > 0 ? entries.join(',') : '<none>';
}

function addressText({ serviceRanges }: Cluster, { clusterIPs, simulated, headless, type }: ServiceData): string {
  if (type === 'ExternalName') return '<none>';
  if (headless) return 'None';
  const { ranges, inferred } = serviceRanges;
  const from = inferred ? `, in ${ranges.join(' and ')} as given ones are` : '';
  return `${clusterIPs.join(', ')}${simulated ? ` (simulated${from})` : ''}`;
}

/** The longest that a node remembers a client where nothing is said (kubernetes/api `core/v1/types.go`). */
const usualAffinity = 10_800;

function affinityText({ sessionAffinity = 'None', sessionAffinityConfig }: Spec): string {
  if (sessionAffinity !== 'ClientIP') return sessionAffinity;
  return `${sessionAffinity} (${sessionAffinityConfig?.clientIP?.timeoutSeconds ?? usualAffinity} s)`;
}

type Spec = NonNullable<NonNullable<Service['manifest']>['object']['spec']>;

function portFields({
  name,
  port,
  protocol,
  targetPort,
  nodePort,
  nodePortSimulated,
  endpoints,
}: PortData): readonly Field[] {
  const named = (text: string) => `${name || '<unset>'}  ${text}`;
  const ready = endpoints.filter((endpoint) => endpoint.ready);
  const addresses = ready.flatMap((endpoint) => endpoint.addresses.map((each) => joined(each, endpoint.port)));
  return [
    ['Port', named(`${port}/${protocol}`)],
    ['TargetPort', `${targetPort}/${protocol}`],
    ...given('NodePort', nodePort && named(nodePortText(`${nodePort}/${protocol}`, nodePortSimulated ?? false))),
    ['Endpoints', listText(addresses)],
  ];
}

function nodePortText(port: number | string, simulated: boolean): string {
  return `${port}${simulated ? ' (simulated)' : ''}`;
}

function joined(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

const mostListed = 3;

function listText(texts: readonly string[]): string {
  if (texts.length === 0) return '<none>';
  const rest = texts.length - mostListed;
  return `${texts.slice(0, mostListed).join(',')}${rest > 0 ? ` + ${rest} more...` : ''}`;
}

function slicesTable({ slices }: ServiceData): readonly string[] {
  if (slices.length === 0) return [];
  const rows = slices.map(({ name, addressType, ports, endpoints }) => [
    name,
    addressType,
    ports.length > 0 ? ports.map(({ port }) => port).join(',') : '<unset>',
    listText(endpoints.map(({ address }) => address)),
  ]);
  return alignColumns([['NAME', 'ADDRESSTYPE', 'PORTS', 'ENDPOINTS'], ...rows]).split('\n');
}

function endpointsTable({ slices }: ServiceData): readonly string[] {
  const rows = slices.flatMap(({ endpoints }) =>
    endpoints.map(({ address, pod, nodeName, zone, hostname, hints, ...conditions }) => [
      address,
      pod ?? '<none>',
      nodeName ?? '<none>',
      zone ?? '<none>',
      stateText(conditions),
      [hostname ? `hostname ${hostname}` : '', hints ? `for ${[...hints.zones, ...hints.nodes].join(', ')}` : '']
        .filter(Boolean)
        .join(', '),
    ]),
  );
  if (rows.length === 0) return [];
  return alignColumns([['ADDRESS', 'POD', 'NODE', 'ZONE', 'STATE', ''], ...rows]).split('\n');
}

type Conditions = Pick<ServiceData['slices'][number]['endpoints'][number], 'ready' | 'serving' | 'terminating'>;

function stateText({ ready, serving, terminating }: Conditions): string {
  const words = [
    ready ? 'ready' : 'not ready',
    terminating ? 'terminating' : '',
    terminating && serving ? 'serving' : '',
  ];
  return words.filter(Boolean).join(', ');
}

/** The variables of a port by its number say the same again. */
function variableLines(service: Service): readonly string[] {
  const variables = Object.entries(variablesOf(service)).filter(([name]) => name.includes('_SERVICE_'));
  return variables.map(([name, value]) => `  ${name}=${value}`);
}
