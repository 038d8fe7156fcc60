import type { Family } from '../../cluster/address.ts';
import type { Cluster, Pod } from '../../cluster/cluster.ts';
import type { Place } from '../../manifests/manifest.ts';
import type { Party } from '../policy/party.ts';
import { endAt, type Hop, type Step } from './hop.ts';
import type { Packet } from './packet.ts';
import type { PodNetwork, Transport } from './pod-network.ts';
import type { Site } from './site.ts';

/** A walk while it is made: where the packet is now, and what has happened to it. */
export interface Course {
  readonly cluster: Cluster;
  readonly network: PodNetwork;
  readonly transport: Transport;
  readonly family: Family;
  /** Which of several endpoints is taken, counted from one. */
  readonly choice: number;
  readonly hops: Hop[];
  packet: Packet;
  /** What leads the packet to the next node in the place of the transport. */
  detour?: Transport;
  /** The pod that sends. */
  readonly sender?: Pod;
  /** Whether the sender's policies have been asked. */
  isLetOut: boolean;
  /** Who is meant by the destination, where its address alone does not tell. */
  receiver?: Party;
  /** The Service's port, where one was dialled and has been rewritten. */
  dialled?: number;
  /** The interface that the packet has come in by, until something happens to it there. */
  by?: string;
}

interface Details {
  readonly out?: string;
  readonly after?: Packet;
  readonly place?: Place;
}

/** Notes what happens next, and says whether the walk goes on. */
export function record(course: Course, at: Site, step: Step, { out, after, place }: Details = {}): boolean {
  const hop: Hop = {
    at,
    step,
    before: course.packet,
    after: after ?? course.packet,
    ...(course.by !== undefined && { in: course.by }),
    ...(out !== undefined && { out }),
    ...(place && { place }),
  };
  course.hops.push(hop);
  course.packet = hop.after;
  delete course.by;
  return endAt(hop) === undefined;
}
