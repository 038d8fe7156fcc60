import { linkedServices, variablesOf } from '../../src/network/services/env.ts';
import { clusterOf } from '../cluster.ts';
import type { Answer } from './answer.ts';

interface GivenService {
  readonly ns: string;
  readonly name: string;
  readonly clusterIP: string;
  readonly ports?: readonly object[];
}

interface Given {
  readonly service?: GivenService;
  readonly services?: readonly GivenService[];
  readonly pod: { readonly ns: string; readonly enableServiceLinks?: boolean };
}

/** The variables that a container gets, and the Services that they are of. */
export function serviceLinks({ service, services = [], pod }: Given): Answer {
  const cluster = clusterOf(
    [...services, ...(service ? [service] : [])].map(({ ns, name, clusterIP, ports = [{ port: 80 }] }) => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { namespace: ns, name },
      spec: { clusterIP, ports },
    })),
  );
  const { ns: namespace, ...spec } = pod;
  const linked = linkedServices(cluster, { namespace, spec });
  return { ...Object.assign({}, ...linked.map(variablesOf)), servicesInjected: linked.map(({ id }) => id) };
}
