import type { Settings } from '../cluster/settings.ts';
import type { Place } from '../manifests/manifest.ts';
import { type Command, commandsFor } from '../network/path/commands.ts';
import type { End, Hop, Step } from '../network/path/hop.ts';
import type { Packet } from '../network/path/packet.ts';
import type { Walk } from '../network/path/walk.ts';
import type { Outcome } from '../network/policy/side.ts';
import { plain } from './doc.ts';
import { howPhrase, siteText } from './trace-words.ts';

/** A walk as plain JSON. `Where` is what the surface makes of a place. */
export interface TraceData<Where> {
  readonly end: End;
  /** Absent on plain Docker hosts, where there are none. */
  readonly network?: { readonly cni: string; readonly transport: string; readonly proxyMode: string };
  readonly hops: readonly HopData<Where>[];
  /** What happens to the answer. */
  readonly back: readonly HopData<Where>[];
  readonly commands: readonly Command[];
}

/** One hop as plain JSON. */
export interface HopData<Where> {
  readonly where: { readonly kind: 'pod' | 'node' | 'outside'; readonly name: string; readonly namespace?: string };
  readonly in?: string;
  readonly out?: string;
  readonly step: Step['kind'];
  /** The table and its chains, or the programs, that do it. */
  readonly chain?: readonly string[];
  /** What policy says, `depends` where that rests on an assumption; then what it is taken for. */
  readonly outcome?: Outcome;
  readonly allowed?: boolean;
  readonly before: Packet;
  readonly after: Packet;
  /** In words. */
  readonly how: string;
  readonly place?: Where;
}

/** A walk without the objects of the cluster. */
export function traceData<Where>(settings: Settings, walk: Walk, where: (place: Place) => Where): TraceData<Where> {
  const { cni, proxyMode } = settings;
  const { end, hops, back, transport } = walk;
  const dataOf = (hop: Hop) => hopData(hop, where);
  const told = { hops: hops.map(dataOf), back: back.map(dataOf), commands: commandsFor(settings, walk) };
  return { end, ...(transport && { network: { cni, transport: transport.name, proxyMode } }), ...told };
}

function hopData<Where>(hop: Hop, where: (place: Place) => Where): HopData<Where> {
  const { at, in: by, out, step, before, after, place } = hop;
  return {
    where: { kind: at.kind, name: siteText(at), ...(at.kind === 'pod' && { namespace: at.pod.namespace }) },
    ...(by !== undefined && { in: by }),
    ...(out !== undefined && { out }),
    step: step.kind,
    ...('chain' in step && { chain: step.chain }),
    ...(step.kind === 'filter' && { outcome: step.side.outcome, allowed: step.side.allowed }),
    before,
    after,
    how: plain(howPhrase(hop)),
    ...(place && { place: where(place) }),
  };
}
