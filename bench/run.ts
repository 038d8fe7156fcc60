// How long the engine takes, as ratios to what `yaml` alone takes to parse the same text:
// `npm run bench [-- --objects N --seed S --rounds R]`.

import { parseArgs } from 'node:util';
import type { Cluster } from '../src/cluster/cluster.ts';
import { clusterMaker, connectAll, explain } from './connectivity.ts';
import { editedFiles, type KindOfEdit, kindsOfEdits } from './edits.ts';
import { edit, open, parseAlone } from './engine.ts';
import { type GeneratedFile, generateCrowd, generateWorkspace, shapeOf } from './generate.ts';
import { generateDefinitions } from './generate-definitions.ts';
import { findInEqualRules } from './many.ts';
import { median, sweep, timeOf } from './timing.ts';

const { values } = parseArgs({
  options: {
    objects: { type: 'string', default: '5000' },
    seed: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '5' },
  },
});
const [objects, seed, rounds] = [Number(values.objects), Number(values.seed), Number(values.rounds)];

const shape = shapeOf(objects, seed);
const files = generateWorkspace(shape);
const definitions = generateDefinitions(Math.max(1, Math.round(objects / 100)), seed);
say(`${objects} objects (${shape.workloads} workloads, ${shape.policies} policies), ${megabytes(size(files))} of text`);
say(`${megabytes(size(definitions))} that are mostly CustomResourceDefinitions`);

// The engine comes first and alone, so that what it needs at most is not what `yaml` needs.
const opened = open(files);
let latest = opened;
open(definitions);
const peak = process.resourceUsage().maxRSS * 1024;
globalThis.gc?.();
const kept = process.memoryUsage().heapUsed;
parseAlone(files);

const times = {
  parse: [] as number[],
  cold: [] as number[],
  parseDefinitions: [] as number[],
  definitions: [] as number[],
};
for (let round = 0; round < rounds; round++) {
  times.parse.push(fresh(() => parseAlone(files)));
  times.cold.push(fresh(() => open(files)));
  times.parseDefinitions.push(fresh(() => parseAlone(definitions)));
  times.definitions.push(fresh(() => open(definitions)));
}
const base = median(times.parse);

say('');
say(row('measure', 'median', 'ratio to B', 'target'));
say(row('B: yaml alone', milliseconds(base), '1.000', ''));
line('cold', median(times.cold), base, '≤ 2');
for (const kind of kindsOfEdits) line(kind, timeOfEdits(kind), base, kind === 'edit' ? '≤ 0.05' : '');
line('cold, mostly definitions', median(times.definitions), median(times.parseDefinitions), 'well below 1');
say('');
measureConnectivity();
say('');
measureMany();
say('');
say(
  `${opened.findings} findings at ${objects} objects; peak memory ${megabytes(peak)}, kept on the heap ${megabytes(kept)}`,
);

/** Who reaches whom in a cluster of many policies, and in one of five times the pods under the same policies. */
function measureConnectivity(): void {
  const shape = { namespaces: 200, workloads: 2000, policies: 1000, seed };
  const few = generateWorkspace(shape);
  const make = clusterMaker(few);
  const makeLarge = clusterMaker([...few, ...generateCrowd(shape, 4 * shape.workloads)]);
  say(
    `${shape.workloads} workloads in ${shape.namespaces} namespaces, ${shape.policies} policies; then five times the workloads`,
  );
  const parse = Array.from({ length: rounds }, () => fresh(() => parseAlone(few)));
  const [all, large] = [make, makeLarge].map((maker) =>
    median(Array.from({ length: rounds + 2 }, () => timeOfConnecting(maker)).slice(2)),
  ) as [number, number];
  sweep();
  const before = held();
  const cluster = make();
  const built = held();
  connectAll(cluster);
  const connected = held();
  const explained = Array.from({ length: rounds + 2 }, (_, round) => timeOfExplaining(cluster, round)).slice(2);
  line('B: yaml alone', median(parse), median(parse), '');
  line('full connectivity', all, median(parse), '≤ 0.3');
  line('at 10,000 workloads', large, all, '≤ 6 of the one above');
  line('one explain', median(explained), all, '≤ 0.01 of full connectivity');
  say(`memory: cluster ${megabytes(built - before)}, its connectivity ${megabytes(connected - built)}`);
}

/** How the time grows with the rules of one policy, each of which says what the others do. */
function measureMany(): void {
  const timeWith = (count: number) => {
    const find = findInEqualRules(count);
    return median(Array.from({ length: rounds + 2 }, () => fresh(find)).slice(2));
  };
  line('1,000 rules in a policy', timeWith(1000), timeWith(100), 'about 10 of 100 rules');
}

/** The time of one question of many: a clock of threads is too coarse for one alone. */
function timeOfExplaining(cluster: Cluster, round: number): number {
  const questions = Array.from({ length: 100 }, (_, index) => round * 100 + index);
  return timeOf(() => questions.map((number) => explain(cluster, number))) / questions.length;
}

/** What is on the heap and beside it, without garbage. */
function held(): number {
  sweep();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function timeOfConnecting(make: () => Cluster): number {
  const cluster = make();
  return fresh(() => connectAll(cluster));
}

/** Whoever types does so for a while: the first half warms up, and nothing is swept away in between. */
function timeOfEdits(kind: KindOfEdit): number {
  sweep();
  const times = editedFiles(kind, files, 16 * rounds).map((file) =>
    timeOf(() => {
      latest = edit(latest, file);
    }),
  );
  return median(times.slice(times.length / 2));
}

/** The time of work that begins without the garbage of others. */
function fresh(work: () => unknown): number {
  sweep();
  return timeOf(work);
}

function size(all: readonly GeneratedFile[]): number {
  return all.reduce((sum, { text }) => sum + text.length, 0);
}

function line(measure: string, time: number, unit: number, target: string): void {
  say(row(measure, milliseconds(time), (time / unit).toFixed(3), target));
}

function row(measure: string, time: string, ratio: string, target: string): string {
  return `${measure.padEnd(26)}${time.padStart(12)}${ratio.padStart(13)}   ${target}`.trimEnd();
}

function milliseconds(time: number): string {
  return `${time.toFixed(1)} ms`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
