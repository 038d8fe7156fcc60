import type { Cluster, Pod } from '../../cluster/cluster.ts';
import type { Connection, Party } from './party.ts';
import type { Direction } from './policy.ts';

/** What the policies of one end of a connection are asked. */
export interface Question {
  readonly cluster: Cluster;
  readonly direction: Direction;
  readonly connection: Connection;
  /** The pod whose policies are asked. */
  readonly subject: Pod;
  /** The other end. */
  readonly other: Party;
}
