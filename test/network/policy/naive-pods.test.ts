import { describe, it } from 'node:test';
import fc from 'fast-check';
import { compare, writtenPods } from './naive-comparison.ts';
import { clusterOfData, randomObjects, randomSample } from './random-cluster.ts';

describe('the engine and a naive evaluator', () => {
  it('agree on every connection between the pods of random clusters', () => {
    fc.assert(
      fc.property(randomObjects, randomSample, (objects, sample) => {
        const cluster = clusterOfData(objects);
        const pods = writtenPods(cluster);
        for (const from of pods) for (const to of pods) compare(cluster, from, to, sample);
      }),
      { numRuns: Number(process.env.RUNS ?? 1000) },
    );
  });
});
