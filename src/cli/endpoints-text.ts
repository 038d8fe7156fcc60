import { alignColumns } from '../questions/text.ts';
import type { EndpointData, PortData, ServiceData } from './endpoints-data.ts';

/** A Service for people: its address in the first line, then a line for each port and each endpoint behind it. */
export function endpointsText(data: ServiceData): string {
  const { service, type, ports } = data;
  const lines = ports.map((port) => [portText(port), ...rowsOf(port)].join('\n'));
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

function cellsOf({ addresses, port, pod, node, simulated, ready, serving, terminating }: EndpointData): string[] {
  const where = addresses.map((address) => (address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`));
  const states = [simulated ? 'simulated' : '', ready ? '' : 'not ready', terminating ? 'terminating' : ''];
  const state = [...states, terminating && serving ? 'serving' : ''].filter(Boolean).join(', ');
  return [where.join(' '), pod ?? 'no pod', node ? `on ${node}` : '', state];
}
