import assert from 'node:assert/strict';
import type { Cluster } from '../../../src/cluster/cluster.ts';
import type { Hop, Step } from '../../../src/network/path/hop.ts';
import type { Packet } from '../../../src/network/path/packet.ts';
import type { Site } from '../../../src/network/path/site.ts';
import { type Walk, walk } from '../../../src/network/path/walk.ts';
import { walkQuestion } from '../../../src/questions/trace-question.ts';

/** The walk that `podwire trace FROM TO` makes. */
export function walked(cluster: Cluster, from: string, to: string, choice?: number): Walk {
  const question = walkQuestion(cluster, from, to, choice);
  assert.ok(!('error' in question), 'error' in question ? question.error : '');
  return walk(cluster, question);
}

/** A walk as lines: where, by which interfaces, what, and the packet after it, its drawn ports as `*`. */
export function lines({ hops, back }: Walk): readonly string[] {
  return [...hops.map(lineOf), ...back.map((hop) => `< ${lineOf(hop)}`)];
}

function lineOf({ at, in: by, out, step, after }: Hop): string {
  return [`${siteName(at)}`, interfaces(by, out), stepName(step), packetName(after)].filter((part) => part).join(' | ');
}

function interfaces(by: string | undefined, out: string | undefined): string {
  return by === undefined && out === undefined ? '' : `${by ?? ''}>${out ?? ''}`;
}

/** The name of a site, short as it is unique in these networks. */
export function siteName(at: Site): string {
  return at.kind === 'outside' ? 'outside' : at.kind === 'pod' ? at.pod.name : at.node.name;
}

function stepName(step: Step): string {
  switch (step.kind) {
    case 'resolve':
      return `resolve ${step.answer?.name ?? '?'}`;
    case 'send':
      return `send ${step.route}${step.arp ? ` arp ${step.arp.asks} ${step.arp.answers}` : ''}`;
    case 'bridge':
      return `bridge ${step.bridge}`;
    case 'nat':
      return `${step.what === 'destination' ? 'dnat' : 'snat'} ${step.chain.join(' ')}`;
    case 'refuse':
      return `${step.how} ${step.why} ${step.chain.join(' ')}`;
    case 'filter':
      return `${step.side.direction} ${step.side.allowed ? 'allowed' : 'denied'} ${step.chain.join(' ')}`;
    case 'route':
      return step.route;
    case 'encapsulate':
    case 'decapsulate':
      return `${step.kind} ${step.transport.name} mtu ${step.mtu}`;
    case 'lost':
      return `lost ${step.why}`;
    case 'arrive':
      return `arrive ${step.container ?? '-'}`;
    case 'undo':
      return `undo ${step.what} ${step.by}${step.overBridge ? ' over the bridge' : ''}`;
    case 'balance':
      return `balance over ${step.nodes}`;
    case 'reply':
    case 'answered':
      return step.kind;
  }
}

function packetName({ source, destination, outer }: Packet): string {
  const inner = `${socket(source)} ${socket(destination)}`;
  return outer ? `${outer.source} ${outer.destination}:${outer.port ?? '-'} [${inner}]` : inner;
}

/** Ports that a kernel draws are the simulation's. */
function socket({ address, port }: Packet['source']): string {
  return `${address}:${port >= 32_768 ? '*' : port}`;
}
