import type { WalkView } from '../src/client/panel-protocol.ts';
import type { Tone } from './marks.ts';

/** A walk that there is. */
export type Walk = Exclude<WalkView, { readonly end: 'none' }>;
export type Hop = Walk['hops'][number];
export type Words = Hop['how'];

/** How good the end of a walk is, as far as it is sure. */
export function toneOf(walk: WalkView): Tone {
  if (walk.end === 'none' || walk.depends) return 'warn';
  return walk.end === 'arrives' ? 'good' : 'bad';
}

/** What stands out about a hop: what policy says at it, and that the packet goes no further. */
export function toneOfHop({ hops, end }: Walk, index: number): Tone | undefined {
  const { allowed, depends } = hops[index] ?? {};
  if (depends) return 'warn';
  if (end !== 'arrives' && index === hops.length - 1) return 'bad';
  if (allowed === undefined) return undefined;
  // What policy denies goes on where nothing enforces it.
  return allowed ? 'good' : 'warn';
}

/** The commands to paste into a shell, each line of comments saying where the next ones are to be run. */
export function commandsText(commands: Walk['commands']): string {
  const lines = commands.flatMap(({ on, command }, index) => {
    return on !== commands[index - 1]?.on ? [`# ${on === '' ? 'kubectl' : on}`, command] : [command];
  });
  return `${lines.join('\n')}\n`;
}
