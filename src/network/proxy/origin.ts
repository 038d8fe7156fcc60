import type { Service } from '../../cluster/cluster.ts';
import type { Path } from '../../manifests/manifest.ts';
import type { ProxiedPort } from '../services/proxied-port.ts';

/** What a rule is there for: the Service, and the field of it that asks for the rule. */
export interface Origin {
  readonly service: Service;
  readonly path: Path;
}

/** The port itself, or another field of its Service. */
export function originOf({ service, port }: ProxiedPort, ...path: Path): Origin {
  return { service, path: path.length > 0 ? path : ['spec', 'ports', port.index] };
}
