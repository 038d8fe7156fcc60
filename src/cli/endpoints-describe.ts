import type { Cluster, Service } from '../cluster/cluster.ts';
import { variablesOf } from '../network/services/env.ts';
import { alignColumns } from '../questions/text.ts';
import type { ServiceData } from './endpoints-data.ts';
import { fieldsOf } from './endpoints-fields.ts';
import { listText } from './endpoints-list.ts';
import { originLines } from './endpoints-origin.ts';

/** One Service in full, in the form of `kubectl describe service` and `kubectl get endpointslices`. */
export function describeText(cluster: Cluster, service: Service, data: ServiceData): string {
  const fields = fieldsOf(cluster, service, data);
  const width = Math.max(...fields.map(([key]) => key.length)) + 3;
  const parts = [
    fields.map(([key, value]) => `${(key && `${key}:`).padEnd(width)}${value}`.trimEnd()),
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

function slicesTable({ slices }: ServiceData): readonly string[] {
  if (slices.length === 0) return [];
  const rows = slices.map(({ name, addressType, ports, endpoints }) => [
    name,
    addressType,
    listText(
      ports.map(({ port }) => port),
      '<unset>',
    ),
    listText(
      endpoints.map(({ address }) => address),
      '<unset>',
    ),
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
