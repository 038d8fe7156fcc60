import { addressAndPort } from '../network/services/address-and-port.ts';
import { alignColumns } from '../questions/text.ts';
import type { EndpointData, PortData, ServiceData } from './endpoints-data.ts';

/** A Service for people: its address in the first line, then a line for each port and each endpoint behind it. */
export function endpointsText(data: ServiceData): string {
  const { service, type, ports } = data;
  const lines = ports.length > 0 ? ports.flatMap((port) => [portText(port), ...rowsOf(port)]) : rowsWithoutPorts(data);
  return `${[`${service} · ${type} · ${addressText(data)}`, ...lines].join('\n')}\n`;
}

function addressText({ clusterIPs, simulated, headless, externalName }: ServiceData): string {
  if (externalName) return `→ ${externalName}`;
  if (headless) return 'headless: the name is the pods’ own';
  return `${clusterIPs.join(', ')}${simulated ? ' simulated' : ''}`;
}

function portText({ name, port, protocol, targetPort, nodePort, nodePortSimulated, endpoints }: PortData): string {
  const onNodes = nodePort ? `· node port ${nodePort}${nodePortSimulated ? ' simulated' : ''}` : '';
  const words = [name, `${port}/${protocol}`, `→ ${targetPort}`, onNodes];
  const none = endpoints.length === 0 ? ': no endpoints' : '';
  return `  ${words.filter(Boolean).join(' ')}${none}`;
}

function rowsOf({ endpoints }: PortData): readonly string[] {
  if (endpoints.length === 0) return [];
  const rows = alignColumns(endpoints.map((endpoint) => cellsOf(endpoint)));
  return rows.split('\n').map((row) => `  ${row}`);
}

/** A headless Service needs no ports: its name is all that leads to the pods. */
function rowsWithoutPorts({ slices }: ServiceData): readonly string[] {
  const listed = slices.flatMap(({ endpoints }) => endpoints);
  if (listed.length === 0) return [];
  const rows = alignColumns(
    listed.map(({ address, pod = 'no pod', nodeName, ...state }) => [
      address,
      pod,
      nodeName ? `on ${nodeName}` : '',
      stateText(state),
    ]),
  );
  return rows.split('\n').map((row) => `  ${row}`);
}

function cellsOf({ addresses, port, pod, node, simulated, ...state }: EndpointData): string[] {
  const where = addresses.map((address) => addressAndPort({ address, port }));
  const states = [simulated ? 'simulated' : '', stateText(state)].filter(Boolean).join(', ');
  return [where.join(' '), pod ?? 'no pod', node ? `on ${node}` : '', states];
}

function stateText({ ready, serving, terminating }: Pick<EndpointData, 'ready' | 'serving' | 'terminating'>): string {
  const states = [ready ? '' : 'not ready', terminating ? 'terminating' : ''];
  return [...states, terminating && serving ? 'serving' : ''].filter(Boolean).join(', ');
}
