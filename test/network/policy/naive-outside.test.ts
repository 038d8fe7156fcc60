import { describe, it } from 'node:test';
import fc from 'fast-check';
import { compare, writtenPods } from './naive-comparison.ts';
import { clusterOfData, randomObjects, randomSample } from './random-cluster.ts';
import { askedAddresses } from './random-terms.ts';

describe('the engine and a naive evaluator', () => {
  it('agree on every connection of random clusters with their nodes and the world outside', () => {
    fc.assert(
      fc.property(randomObjects, randomSample, (objects, sample) => {
        const cluster = clusterOfData(objects);
        for (const other of [...cluster.nodes, ...askedAddresses]) {
          for (const pod of writtenPods(cluster)) {
            compare(cluster, other, pod, sample);
            compare(cluster, pod, other, sample);
          }
        }
      }),
      { numRuns: Number(process.env.RUNS ?? 1000) },
    );
  });
});
