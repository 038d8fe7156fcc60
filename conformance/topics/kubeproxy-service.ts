import type { Protocol } from '../../src/cluster/cluster.ts';
import { type ProxiedPort, proxiedPorts } from '../../src/network/services/proxied-port.ts';
import { clusterOf, serviceOf } from '../cluster.ts';

/** A port of a Service and an endpoint behind it, as the vectors about names give them. */
export interface NamedPort {
  readonly namespace: string;
  readonly service: string;
  readonly portName: string;
  readonly protocol: Protocol;
  /** `10.0.0.1:80`. */
  readonly endpoint: string | null;
}

/** The port as proxies see it. */
export function proxiedPortOf({ namespace, service, portName: name, protocol }: NamedPort): ProxiedPort {
  const object = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { namespace, name: service },
    spec: { clusterIP: '172.30.0.41', ports: [{ ...(name && { name }), protocol, port: 80 }] },
  };
  const [port] = proxiedPorts(serviceOf(clusterOf([object]), `${namespace}/${service}`));
  if (!port) throw new Error(`no proxy serves ${namespace}/${service}`);
  return port;
}

/** The address and the port of an endpoint. */
export function endpointOf(text: string): { readonly address: string; readonly port: number } {
  const colon = text.lastIndexOf(':');
  return { address: text.slice(0, colon).replace(/^\[|\]$/g, ''), port: Number(text.slice(colon + 1)) };
}
