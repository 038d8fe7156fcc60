import type { ServiceObject } from '../manifests/kinds.ts';
import type { Path } from '../manifests/manifest.ts';
import { present } from '../manifests/schema.ts';
import { nodePortBand } from './allocation.ts';
import { hash } from './hash.ts';

/** Hands out the ports that are open on every node. What the protocol is does not count. */
export interface NodePorts {
  /** Keeps a port from being handed out: the manifests give it to somebody. */
  reserve(port: number): void;
  /** A port for `key`, or undefined where all are taken. */
  take(key: string): number | undefined;
}

/** Ports from the first to the last, both included. */
export interface NodePortRange {
  readonly first: number;
  readonly last: number;
}

/**
 * The range that a text names: `30000-32767`, `30000+2767` or one port; undefined where it names none.
 * Source: kubernetes/apimachinery `pkg/util/net/port_range.go` PortRange.Set.
 */
export function parseNodePortRange(text: string): NodePortRange | undefined {
  const [, base, sign, more] = /^(\d{1,5})(?:([-+])(\d{1,5}))?$/.exec(text.trim()) ?? [];
  const first = Number(base);
  const last = more === undefined ? first : sign === '+' ? first + Number(more) : Number(more);
  return first >= 1 && first <= last && last <= 65_535 ? { first, last } : undefined;
}

/**
 * A pool of the node ports of a range, the dynamic band first. One number is given once, whatever the protocol.
 * Source: kubernetes/kubernetes `pkg/registry/core/service/portallocator/allocator.go`.
 */
export function nodePortPool({ first, last }: NodePortRange): NodePorts {
  const dynamicFirst = first + nodePortBand(last - first + 1);
  const taken = new Set<number>();
  const draw = (key: string, from: number, to: number): number | undefined => {
    const [start, count] = [hash(key), to - from + 1];
    for (let step = 0; step < count; step++) {
      const port = from + ((start + step) % count);
      const isFree = taken.size < taken.add(port).size;
      if (isFree) return port;
    }
    return undefined;
  };
  return {
    reserve: (port) => {
      taken.add(port);
    },
    take: (key) => draw(key, dynamicFirst, last) ?? draw(key, first, dynamicFirst - 1),
  };
}

/** A port of the nodes that the text of a Service asks for. */
export interface GivenNodePort {
  readonly number: number;
  /** The Service's port that is reached by it; absent for the health check. */
  readonly port?: number;
  readonly path: Path;
}

/** The ports of the nodes that the text of a Service asks for. */
export function givenNodePorts({ spec }: ServiceObject): readonly GivenNodePort[] {
  if (!spec) return [];
  const ports = present(spec.ports).flatMap(([index, { port, nodePort }]) =>
    nodePort ? [{ number: nodePort, port, path: ['spec', 'ports', index, 'nodePort'] }] : [],
  );
  const { healthCheckNodePort: number } = spec;
  return number ? [...ports, { number, path: ['spec', 'healthCheckNodePort'] }] : ports;
}
