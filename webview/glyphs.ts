import type { PartGlyph } from '../src/topology/graph.ts';

/** Line art in a 16 × 16 box. */
const cube = 'M8 1.5 14 4.8V11.2L8 14.5 2 11.2V4.8ZM2.2 4.9 8 8.1 13.8 4.9M8 8.1V14.3';
const cylinder =
  'M2.5 4C2.5 2.6 5 1.6 8 1.6S13.5 2.6 13.5 4 11 6.4 8 6.4 2.5 5.4 2.5 4V12C2.5 13.4 5 14.4 8 14.4S13.5 13.4 13.5 12V4M2.5 8C2.5 9.4 5 10.4 8 10.4S13.5 9.4 13.5 8';
const layers = 'M8 1.8 14.2 5 8 8.2 1.8 5ZM1.8 8.2 8 11.4 14.2 8.2M1.8 11.2 8 14.4 14.2 11.2';
const clock = 'M8 1.6A6.4 6.4 0 1 1 8 14.4 6.4 6.4 0 1 1 8 1.6M8 4.4V8L10.6 9.6';
const task = 'M8 1.6A6.4 6.4 0 1 1 8 14.4 6.4 6.4 0 1 1 8 1.6M5.2 8.2 7.2 10.2 10.9 6';
const copies = 'M5.5 5.5H14V14H5.5ZM10.5 5.3V2H2V10.5H5.3';
const hexagon = 'M8 1.8 13.4 4.9V11.1L8 14.2 2.6 11.1V4.9Z';

const kinds: Readonly<Record<string, string>> = {
  Deployment: cube,
  StatefulSet: cylinder,
  DaemonSet: layers,
  CronJob: clock,
  Job: task,
  ReplicaSet: copies,
  ReplicationController: copies,
  Pod: hexagon,
};

/** The glyph of a workload's kind. */
export function kindGlyph(kind: string): string {
  return Object.hasOwn(kinds, kind) ? (kinds[kind] ?? hexagon) : hexagon;
}

/** The glyphs of what one view has beside the others. */
export const partGlyphs: Readonly<Record<PartGlyph, string>> = {
  address:
    'M8 14.4C8 14.4 12.8 9.6 12.8 6.3A4.8 4.8 0 1 0 3.2 6.3C3.2 9.6 8 14.4 8 14.4ZM8 4.8A1.6 1.6 0 1 1 8 8 1.6 1.6 0 1 1 8 4.8',
  bridge: 'M1.5 11.5H14.5M3.5 11.5V6.5M8 11.5V6.5M12.5 11.5V6.5M1.5 6.5H14.5',
  device: 'M2.5 3.5H13.5V11H2.5ZM5 11V13.5M8 11V13.5M11 11V13.5M5.5 6.5H10.5',
  globe: 'M8 1.6A6.4 6.4 0 1 1 8 14.4 6.4 6.4 0 1 1 8 1.6M1.7 8H14.3M8 1.6C4.2 5 4.2 11 8 14.4 11.8 11 11.8 5 8 1.6',
  inward: 'M1.5 8H10M6.8 4.6 10.2 8 6.8 11.4M13.6 2.8V13.2',
  name: 'M2 4H9.5L14 8 9.5 12H2ZM5 8H8',
  nobody: 'M8 1.8A6.2 6.2 0 1 1 8 14.2 6.2 6.2 0 1 1 8 1.8M3.7 3.7 12.3 12.3',
  outward: 'M2.4 2.8V13.2M5.4 8H14M10.8 4.6 14.2 8 10.8 11.4',
  pod: hexagon,
  pods: copies,
  slice: 'M2.5 3H13.5V13H2.5ZM2.5 6.3H13.5M2.5 9.6H13.5M5.8 6.3V13',
  workload: cube,
};

export const glyphs = {
  globe: 'M8 1.6A6.4 6.4 0 1 1 8 14.4 6.4 6.4 0 1 1 8 1.6M1.7 8H14.3M8 1.6C4.2 5 4.2 11 8 14.4 11.8 11 11.8 5 8 1.6',
  shield: 'M8 1.5 13.5 3.4V7.6C13.5 10.9 11.3 13.4 8 14.6 4.7 13.4 2.5 10.9 2.5 7.6V3.4Z',
  lock: 'M3.5 7H12.5V14H3.5ZM5.3 7V4.7C5.3 3.1 6.4 2 8 2S10.7 3.1 10.7 4.7V7',
  inward: 'M1.5 8H10M6.8 4.6 10.2 8 6.8 11.4M13.6 2.8V13.2',
  outward: 'M2.4 2.8V13.2M5.4 8H14M10.8 4.6 14.2 8 10.8 11.4',
  folded: 'M2 4.5H5.5L7 6H14V13H2ZM5.8 9.5H10.2M8 7.3V11.7',
  host: 'M2 2.5H14V7H2ZM2 9H14V13.5H2ZM4.6 4.75H4.7M4.6 11.25H4.7',
  door: 'M9.5 2H14V14H9.5M1.8 8H9.8M6.8 4.8 10 8 6.8 11.2',
} as const;
